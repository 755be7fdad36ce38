//! [`Entry`]: one object at one revision, as bytes.
use super::stored::{self, NotOurs};
use bytes::Bytes;
use meta::{Map, Str, codec::json::Reader};
use parking_lot::Mutex;
use std::sync::{Arc, OnceLock};

/// One object. Immutable and shared; its document is never copied.
#[derive(Debug)]
pub(crate) struct Entry {
    /// `namespace/name`, or the name alone.
    pub(crate) key: Str,
    pub(crate) revision: u64,
    value: Bytes,
    /// The store has other bytes, which mean the same.
    renewed: bool,
    head: stored::Head,
    version: VersionText,
    converted: OnceLock<Box<Converted>>,
}

/// The same object in other versions, by their names: where finding out takes a webhook.
type Converted = Mutex<Vec<(Str, Arc<Entry>)>>;

impl Entry {
    pub(crate) fn new(key: Str, value: Bytes, revision: u64) -> Result<Self, NotOurs> {
        let head = stored::parse(&value)?;
        Ok(Self {
            key,
            revision,
            value,
            renewed: false,
            head,
            version: VersionText::new(revision),
            converted: OnceLock::new(),
        })
    }

    /// The same object as of another revision: what a DELETED event shows.
    pub(crate) fn at(&self, revision: u64) -> Self {
        Self::new(self.key.clone(), self.value.clone(), revision)
            .expect("the value has been read before")
    }

    /// Upstream makes the object up when it is asked for.
    pub(super) fn has_no_version(&mut self) {
        self.version.length = 0;
    }

    /// The same object in the bytes by which it would be written now.
    pub(super) fn renewed(&self, value: Bytes) -> Result<Self, NotOurs> {
        let mut entry = Self::new(self.key.clone(), value, self.revision)?;
        entry.renewed = true;
        Ok(entry)
    }

    /// See [`resource::ResourceType::origin`].
    pub(crate) fn origin(&self) -> &str {
        stored::origin(&self.value)
    }

    /// The same object in another version, if it has been asked for before.
    pub(crate) fn converted(&self, version: &str) -> Option<Arc<Self>> {
        let known = self.converted.get()?.lock();
        let found = known.iter().find(|(name, _)| name == version);
        found.map(|(_, entry)| Arc::clone(entry))
    }

    /// Keeps what [`Self::converted`] gives.
    pub(crate) fn keep_converted(&self, version: &Str, entry: &Arc<Self>) {
        let mut known = self.converted.get_or_init(Box::default).lock();
        if known.iter().all(|(name, _)| name != version) {
            known.push((version.clone(), Arc::clone(entry)));
        }
    }

    /// Empty for cluster-scoped objects.
    pub(crate) fn namespace(&self) -> &str {
        self.key
            .split_once('/')
            .map_or("", |(namespace, _)| namespace)
    }

    pub(crate) fn name(&self) -> &str {
        self.key.split_once('/').map_or(&self.key, |(_, name)| name)
    }

    pub(crate) fn labels(&self) -> &Map<Str, Str> {
        &self.head.labels
    }

    /// Values of the resource's field labels, in their order.
    pub(crate) fn fields(&self) -> &[Str] {
        &self.head.fields
    }

    /// JSON without type and resource version.
    pub(crate) fn body(&self) -> &[u8] {
        &self.value[self.head.body_at as usize..]
    }

    /// Whether `value` is what is stored, byte for byte.
    pub(crate) fn is_value(&self, value: &[u8]) -> bool {
        !self.renewed && self.value == value
    }

    pub(crate) fn size_bytes(&self) -> usize {
        self.value.len()
    }

    /// Length of the document from `"metadata"` on, resource version and closing brace included.
    pub(crate) fn document_len(&self) -> usize {
        self.body().len() - 1 + self.version.as_bytes().len()
    }

    /// The document in three parts.
    pub(crate) fn document_part(&self, index: usize) -> Option<&[u8]> {
        let (start, middle) = (
            self.head.body_at as usize + 1,
            self.head.resource_version_at as usize,
        );
        match index {
            0 => Some(&self.value[start..middle]),
            1 => Some(self.version.as_bytes()),
            2 => Some(&self.value[middle..]),
            _ => None,
        }
    }

    /// Appends the value of the document's `metadata`. `false` when the document does not begin with it, which none of ours does.
    pub(crate) fn write_metadata(&self, out: &mut Vec<u8>) -> bool {
        const LEAD: &[u8] = b"{\"metadata\":";
        let Some(rest) = self.body().strip_prefix(LEAD) else {
            return false;
        };
        let Ok(metadata) = Reader::new(rest).raw_value() else {
            return false;
        };
        let start = self.head.body_at as usize + LEAD.len();
        let at = (self.head.resource_version_at as usize).checked_sub(start);
        let Some((before, after)) = at.and_then(|at| metadata.split_at_checked(at)) else {
            return false;
        };
        out.reserve(metadata.len() + self.version.as_bytes().len());
        [before, self.version.as_bytes(), after]
            .into_iter()
            .for_each(|part| out.extend_from_slice(part));
        true
    }

    /// Appends the document from `"metadata"` on.
    pub(crate) fn write_document(&self, out: &mut Vec<u8>) {
        (0..3)
            .filter_map(|index| self.document_part(index))
            .for_each(|part| out.extend_from_slice(part));
    }
}

/// `"resourceVersion":"123",` without an allocation.
#[derive(Clone, Copy, Debug)]
struct VersionText {
    text: [u8; 43],
    length: u8,
}

impl VersionText {
    const LEAD: &[u8] = b"\"resourceVersion\":\"";
    const TAIL: &[u8] = b"\",";

    fn new(revision: u64) -> Self {
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(revision).as_bytes();
        let mut text = [0; 43];
        let mut length = 0;
        for part in [Self::LEAD, digits, Self::TAIL] {
            text[length..length + part.len()].copy_from_slice(part);
            length += part.len();
        }
        Self {
            text,
            length: u8::try_from(length).expect("at most 41 bytes"),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.text[..usize::from(self.length)]
    }
}
