//! Answers of one object in the form that the client asked for.
use super::{
    Look, partial_json, partial_protobuf, pretty,
    table::{Rows, table},
    yaml,
};
use crate::{
    body::Body,
    negotiate::{Accepted, Form, Media},
    status,
};
use http::{Response, StatusCode};
use meta::{
    ApiError, ListMeta, Reason,
    codec::{self, Message},
};
use resource::{ErasedView, Object};

/// A view of an object: `scale`. `kind`: its group and kind, as for [`unlisted`].
pub(crate) fn view(
    look: &Look,
    code: StatusCode,
    view: &dyn ErasedView,
    kind: (&str, &str),
    object: &Object,
) -> Response<Body> {
    match look.accepted.form {
        Form::Table => one_row(look, code, &view, object),
        _ => unlisted(look.accepted, code, kind, object),
    }
}

/// A Table of one object.
pub(super) fn one_row(
    look: &Look,
    code: StatusCode,
    rows: &dyn Rows,
    object: &Object,
) -> Response<Body> {
    let meta = ListMeta {
        resource_version: object.metadata().resource_version.clone(),
        ..ListMeta::default()
    };
    let made = table(look, rows, &meta, std::slice::from_ref(object), true);
    json(look.accepted, code, made)
}

/// What no table shows: an object as it is, or its metadata. `kind`: its group and kind.
pub(crate) fn unlisted(
    accepted: Accepted,
    code: StatusCode,
    kind: (&str, &str),
    object: &Object,
) -> Response<Body> {
    match accepted.form {
        Form::Object | Form::Table => document(accepted, code, object.as_message(), codec::to_json),
        Form::PartialMetadata if accepted.media == Media::Protobuf => {
            let body = codec::envelope(accepted.meta_version, "PartialObjectMetadata", |out| {
                partial_protobuf(out, object)
            });
            status::with_body(code, Media::Protobuf.content_type(), Body::from(body))
        }
        Form::PartialMetadata => json(accepted, code, partial_json(accepted.meta_version, object)),
        Form::PartialMetadataList => no_list(&go_type(kind)),
    }
}

/// What upstream calls the type of a built-in kind, given by group and name.
pub(super) fn go_type((group, kind): (&str, &str)) -> String {
    format!("*{}.{kind}", crate::decode::internal_package(group))
}

/// The 406 for whoever wants a list of one object.
pub(super) fn no_list(go_type: &str) -> Response<Body> {
    let words = format!(
        "you requested PartialObjectMetadataList, but the requested object is not a list ({go_type})"
    );
    status::unformed(&ApiError::new(Reason::NotAcceptable, words))
}

/// The whole object. `to_json` writes it as a client sent it, or as it comes back from the store.
pub(crate) fn document(
    accepted: Accepted,
    code: StatusCode,
    message: &dyn Message,
    to_json: fn(&dyn Message) -> Vec<u8>,
) -> Response<Body> {
    if accepted.media == Media::Protobuf {
        return status::message(code, message, Media::Protobuf);
    }
    json(accepted, code, to_json(message))
}

/// JSON that is written already, as the client wants it.
pub(super) fn json(accepted: Accepted, code: StatusCode, mut json: Vec<u8>) -> Response<Body> {
    match accepted.media {
        Media::Yaml => status::with_body(code, Media::Yaml.content_type(), Body::from(yaml(&json))),
        _ if accepted.pretty => status::json(code, pretty(&json)),
        _ => {
            json.push(b'\n');
            status::json(code, json)
        }
    }
}
