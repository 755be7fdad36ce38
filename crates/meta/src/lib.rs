//! API machinery: what every Kubernetes object has in common. Knows no API group but `meta.k8s.io`.
//!
//! The codecs in [`codec`] are loops over `dyn` [`codec::Message`]; a type adds one static table and two `match`es.

mod bytes;
pub mod codec;
mod duration;
mod dynamic;
mod error;
mod field;
pub mod fields;
mod int_or_string;
mod kind;
pub mod labels;
mod list;
mod map;
mod quantity;
mod slice;
mod time;
pub mod validation;

mod generated {
    //! Written by `cargo xtask schema`.
    pub mod v1;
}

pub use base::go_float;

pub use self::{
    bytes::{ByteString, RawJson, StringList},
    duration::Duration,
    dynamic::{Dynamic, DynamicType},
    error::{ApiError, Reason},
    field::{
        BadValue, ErrorType, FieldError, FieldErrors, FieldPath, Json, Verbatim, go_quote,
        is_printable,
    },
    generated::v1,
    int_or_string::IntOrString,
    kind::{GroupVersionKind, Kind, KindObject, ObjectKey, Scope},
    list::ObjectList,
    map::{Iter as MapIter, Map},
    quantity::{ParseQuantityError, Quantity, QuantityFormat},
    slice::Slice,
    time::{MicroTime, Time, parse_rfc3339},
    v1::{
        Condition, DeleteOptions, LabelSelector, LabelSelectorRequirement, ListMeta,
        ManagedFieldsEntry, ObjectMeta, OwnerReference, Preconditions, Status, StatusCause,
        StatusDetails,
    },
};

/// A string of an API object: 24 bytes, in place up to 24 characters.
pub type Str = compact_str::CompactString;
