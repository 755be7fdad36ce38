//! [`Dynamic`]: an object whose kind is known at run time only, as custom resources are. Its metadata is typed, the rest is a tree.

use crate::{
    GroupVersionKind, KindObject, ObjectMeta, Str,
    codec::{
        self, Body, DecodeError, FieldInfo, Message, MessageInfo, Mut, Ref, Shape, StrictError,
        Strictness, Value, field,
        json::{self, put_member, put_string, put_tree},
    },
};
use serde_json::{Map, Value as Tree};
use std::{any::Any, fmt, sync::Arc};

/// What a [`Dynamic`] is of. Shared by all objects of a kind in a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DynamicType {
    /// API group.
    pub group: Str,
    /// Version in the group.
    pub version: Str,
    /// The kind.
    pub kind: Str,
}

impl DynamicType {
    /// `group/version`.
    #[must_use]
    pub fn api_version(&self) -> String {
        format!("{}/{}", self.group, self.version)
    }
}

/// An object without a struct.
#[derive(Clone, Default, PartialEq)]
pub struct Dynamic {
    /// Its kind.
    pub type_: Arc<DynamicType>,
    /// Its metadata.
    pub metadata: ObjectMeta,
    /// Every other member of the document. `kind` is one of them only when a client sent another kind than [`Dynamic::type_`] says,
    /// so that validation can refuse it.
    pub content: Map<String, Tree>,
}

impl Dynamic {
    /// From a document, whose `apiVersion` is not looked at. What of the metadata nobody knows is dropped, and reported if asked.
    ///
    /// # Errors
    /// When the metadata do not decode, in Go's words.
    pub fn from_tree(
        type_: Arc<DynamicType>,
        mut document: Map<String, Tree>,
        strictness: Strictness,
    ) -> Result<(Self, Vec<StrictError>), DecodeError> {
        document.remove("apiVersion");
        if document.get("kind").and_then(Tree::as_str) == Some(&*type_.kind) {
            document.remove("kind");
        }
        let mut metadata = ObjectMeta::default();
        let mut strict = Vec::new();
        if let Some(sent) = document.remove("metadata") {
            let mut text = Vec::new();
            put_tree(&mut text, &sent);
            strict = codec::decode_into(&mut metadata, &text, strictness)?;
        }
        for error in &mut strict {
            if let StrictError::UnknownField(path) | StrictError::DuplicateField(path) = error {
                path.insert_str(0, "metadata.");
            }
        }
        let object = Self {
            type_,
            metadata,
            content: document,
        };
        Ok((object, strict))
    }

    /// From a body of the store ([`codec::encode_body`]), as of `revision`.
    ///
    /// # Errors
    /// When it is not such a body.
    pub fn from_body(
        type_: Arc<DynamicType>,
        body: &[u8],
        revision: u64,
    ) -> Result<Self, DecodeError> {
        let (Tree::Object(document), _) = json::parse_tree(body)? else {
            return Err(DecodeError::value("a stored object is a JSON object"));
        };
        let (mut object, _) = Self::from_tree(type_, document, Strictness::Lenient)?;
        object.metadata.resource_version = Str::from(itoa::Buffer::new().format(revision));
        Ok(object)
    }

    /// The object as the same kind in another version.
    #[must_use]
    pub fn with_type(&self, type_: &Arc<DynamicType>) -> Self {
        Self {
            type_: Arc::clone(type_),
            ..self.clone()
        }
    }

    /// The document.
    #[must_use]
    pub fn to_tree(&self) -> Map<String, Tree> {
        let mut document = self.content.clone();
        let type_ = &self.type_;
        document.insert("apiVersion".to_owned(), type_.api_version().into());
        if !document.contains_key("kind") {
            document.insert("kind".to_owned(), type_.kind.as_str().into());
        }
        document.insert("metadata".to_owned(), codec::value_to_tree(&self.metadata));
        document
    }

    /// Runs `act` on the content as one value, as schemas see it: without type and metadata.
    pub fn on_content<R>(&mut self, act: impl FnOnce(&mut Tree) -> R) -> R {
        let mut content = Tree::Object(std::mem::take(&mut self.content));
        let result = act(&mut content);
        if let Tree::Object(content) = content {
            self.content = content;
        }
        result
    }

    /// Appends the document: `apiVersion` and `kind`, then all else sorted by key.
    pub(crate) fn append_json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"apiVersion\":");
        put_string(out, &self.type_.api_version());
        out.extend_from_slice(b",\"kind\":");
        put_string(out, &self.type_.kind);
        out.push(b',');
        self.append_members(out, true);
        out.push(b'}');
    }

    /// As [`codec::encode_body`].
    pub(crate) fn body(&self) -> Body {
        let mut json = vec![b'{'];
        let at = self.append_members(&mut json, false);
        json.push(b'}');
        json.shrink_to_fit();
        Body {
            json,
            resource_version_at: u32::try_from(at).expect("a body is far below 4 GiB"),
        }
    }

    /// Metadata first, then the content. Gives the place of the resource version.
    fn append_members(&self, out: &mut Vec<u8>, with_version: bool) -> usize {
        const VERSION: &str = "resourceVersion";
        out.extend_from_slice(b"\"metadata\":{");
        let start = out.len();
        let mut at = None;
        let mut comma = false;
        if let Tree::Object(metadata) = codec::value_to_tree(&self.metadata) {
            for (key, value) in &metadata {
                if key.as_str() > VERSION && at.is_none() {
                    at = Some(out.len() + usize::from(comma));
                }
                if with_version || key != VERSION {
                    put_member(out, &mut comma, key, value);
                }
            }
        }
        out.push(b'}');
        let mut comma = true;
        for (key, value) in self.content.iter().filter(|(key, _)| *key != "kind") {
            put_member(out, &mut comma, key, value);
        }
        at.unwrap_or(start)
    }
}

/// The dynamic object that a message is, if it is one.
pub(crate) fn dynamic(message: &dyn Message) -> Option<&Dynamic> {
    let any: &dyn Any = message;
    any.downcast_ref()
}

static FIELDS: [FieldInfo; 1] = [field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 0)];
static KEYS: [u16; 1] = codec::keys(&FIELDS);
static INFO: MessageInfo = MessageInfo {
    go_name: "Unstructured",
    api_version: "",
    kind: "",
    shape: Shape::Struct,
    fields: &FIELDS,
    keys: &KEYS,
    protobuf_order: &[],
};

impl Value for Dynamic {
    fn view(&self) -> Ref<'_> {
        Ref::Message(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Message(self)
    }
}

/// To code that follows tables only the metadata are there; the codecs know better.
impl Message for Dynamic {
    fn info(&self) -> &'static MessageInfo {
        &INFO
    }
    fn field(&self, _index: usize) -> &dyn Value {
        &self.metadata
    }
    fn field_mut(&mut self, _index: usize) -> &mut dyn Value {
        &mut self.metadata
    }
}

impl KindObject for Dynamic {
    fn group_version_kind(&self) -> GroupVersionKind {
        let DynamicType {
            group,
            version,
            kind,
        } = &*self.type_;
        GroupVersionKind {
            group: group.clone(),
            version: version.clone(),
            kind: kind.clone(),
        }
    }
    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
    fn as_message(&self) -> &dyn Message {
        self
    }
    fn as_message_mut(&mut self) -> &mut dyn Message {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
    fn into_shared_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
    fn clone_object(&self) -> Box<dyn KindObject> {
        Box::new(self.clone())
    }
}

impl fmt::Debug for Dynamic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = Vec::new();
        self.append_json(&mut json);
        f.write_str(&String::from_utf8_lossy(&json))
    }
}

#[cfg(test)]
mod tests;
