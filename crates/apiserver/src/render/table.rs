//! The `Table` form that kubectl prints.
use super::{Renderer, partial_json};
use crate::options::IncludeObject;
use meta::{ListMeta, codec};
use resource::{Now, Object};
use serde_json::Value;

/// A Table of objects, of the group `meta.k8s.io`. `heads`: with what its columns are.
pub(super) fn table(
    renderer: &Renderer<'_>,
    meta: &ListMeta,
    objects: &[Object],
    heads: bool,
) -> Vec<u8> {
    let version = renderer.accepted.meta_version;
    let mut out =
        format!("{{\"kind\":\"Table\",\"apiVersion\":\"{version}\",\"metadata\":").into_bytes();
    codec::value_to_json(&mut out, meta);
    out.extend_from_slice(b",\"columnDefinitions\":");
    let definitions = if heads {
        definitions(renderer)
    } else {
        Value::Null
    };
    out.extend_from_slice(definitions.to_string().as_bytes());
    out.extend_from_slice(b",\"rows\":[");
    let now = Now(renderer.now);
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let cells = Value::Array(renderer.endpoint.served.cells(object, &now));
        out.extend_from_slice(b"{\"cells\":");
        out.extend_from_slice(cells.to_string().as_bytes());
        match renderer.include {
            IncludeObject::None => out.extend_from_slice(b",\"object\":null"),
            IncludeObject::Metadata => {
                out.extend_from_slice(b",\"object\":");
                let shown = renderer.endpoint.served.shown(object);
                out.extend_from_slice(&partial_json(version, &*shown));
            }
            IncludeObject::Object => {
                out.extend_from_slice(b",\"object\":");
                let shown = renderer.endpoint.served.shown(object);
                codec::append_json(&mut out, shown.as_message());
            }
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    out
}

fn definitions(renderer: &Renderer<'_>) -> Value {
    let columns = renderer.endpoint.info().columns.iter().map(|column| {
        serde_json::json!({
            "name": column.name.as_str(),
            "type": column.type_.as_str(),
            "format": column.format.as_str(),
            "description": column.description.as_str(),
            "priority": column.priority,
        })
    });
    Value::Array(columns.collect())
}
