//! The bytes of an object in the store: a small head with what indexes need, then the body as it is sent.
//!
//! Head: format (1 byte), offset of the body, offset in the body at which the resource version belongs, then in the second format
//! the origin ([`resource::ResourceType::origin`]), then labels and selectable fields as counted, length-prefixed strings. All numbers are little-endian `u32`. So an event is indexed without reading JSON.
use bytes::Bytes;
use meta::{Map, Str, codec::Body};

const FORMAT: u8 = 1;
const FORMAT_WITH_ORIGIN: u8 = 2;
/// Format and two offsets.
const FIXED_BYTES: usize = 9;

/// What the head says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) body_at: u32,
    /// Counted from the start of the value.
    pub(super) resource_version_at: u32,
    pub(super) labels: Map<Str, Str>,
    pub(super) fields: Vec<Str>,
}

/// A value that this version of the server did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored value is not in format {FORMAT}")]
pub(crate) struct NotOurs;

/// Makes the value to store.
pub(crate) fn encode(body: &Body, origin: &str, labels: &Map<Str, Str>, fields: &[Str]) -> Bytes {
    let mut out = Vec::with_capacity(body.json.len() + 64 + 48 * labels.len() + 16 * fields.len());
    out.push(if origin.is_empty() {
        FORMAT
    } else {
        FORMAT_WITH_ORIGIN
    });
    put_u32(&mut out, 0);
    put_u32(&mut out, 0);
    if !origin.is_empty() {
        put_text(&mut out, origin);
    }
    put_u32(&mut out, length(labels.len()));
    for (key, value) in labels.iter() {
        put_text(&mut out, key);
        put_text(&mut out, value);
    }
    put_u32(&mut out, length(fields.len()));
    fields.iter().for_each(|field| put_text(&mut out, field));
    let body_at = length(out.len());
    out[1..5].copy_from_slice(&body_at.to_le_bytes());
    out[5..9].copy_from_slice(&(body_at + body.resource_version_at).to_le_bytes());
    out.extend_from_slice(&body.json);
    Bytes::from(out)
}

/// Reads the head of a value.
pub(super) fn parse(value: &[u8]) -> Result<Head, NotOurs> {
    read(value).ok_or(NotOurs)
}

/// The origin of a value whose head has been read.
pub(super) fn origin(value: &[u8]) -> &str {
    if value.first() != Some(&FORMAT_WITH_ORIGIN) {
        return "";
    }
    let mut rest = value.get(FIXED_BYTES..).unwrap_or_default();
    take_str(&mut rest).unwrap_or("")
}

fn read(value: &[u8]) -> Option<Head> {
    let (format, mut rest) = value.split_first()?;
    let mut head = Head {
        body_at: take_u32(&mut rest)?,
        resource_version_at: take_u32(&mut rest)?,
        ..Head::default()
    };
    match *format {
        FORMAT => {}
        FORMAT_WITH_ORIGIN => drop(take_str(&mut rest)?),
        _ => return None,
    }
    for _ in 0..take_u32(&mut rest)? {
        head.labels
            .insert(take_text(&mut rest)?, take_text(&mut rest)?);
    }
    for _ in 0..take_u32(&mut rest)? {
        head.fields.push(take_text(&mut rest)?);
    }
    let ordered = head.body_at < head.resource_version_at
        && (head.resource_version_at as usize) < value.len();
    (ordered && value.len() - rest.len() == head.body_at as usize).then_some(head)
}

fn length(count: usize) -> u32 {
    u32::try_from(count).expect("an object is far below 4 GiB")
}

fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, length(text.len()));
    out.extend_from_slice(text.as_bytes());
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    let (head, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(u32::from_le_bytes(*head))
}

fn take_text(rest: &mut &[u8]) -> Option<Str> {
    take_str(rest).map(Str::from)
}

fn take_str<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let size = take_u32(rest)? as usize;
    let (text, tail) = rest.split_at_checked(size)?;
    *rest = tail;
    std::str::from_utf8(text).ok()
}
