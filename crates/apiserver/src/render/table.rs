//! The `Table` form that kubectl prints.
use super::{Look, partial_json};
use crate::{endpoint::Endpoint, options::IncludeObject};
use meta::{ListMeta, codec, v1::TableRowCondition};
use resource::{Cell, ColumnDefinition, ErasedView, Now, Object, Shown};
use serde_json::Value;
use std::borrow::Cow;

/// What makes rows of objects.
pub(super) trait Rows {
    fn columns(&self) -> Cow<'_, [ColumnDefinition]>;
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell>;
    fn conditions(&self, object: &Object) -> Vec<TableRowCondition>;
    /// The object as it stands beside its cells.
    fn shown<'o>(&self, object: &'o Object) -> Shown<'o>;
}

impl Rows for Endpoint {
    fn columns(&self) -> Cow<'_, [ColumnDefinition]> {
        Cow::Borrowed(&self.info().columns)
    }
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell> {
        self.served.cells(object, now)
    }
    fn conditions(&self, object: &Object) -> Vec<TableRowCondition> {
        self.served.row_conditions(object)
    }
    fn shown<'o>(&self, object: &'o Object) -> Shown<'o> {
        self.served.shown(object)
    }
}

impl Rows for &dyn ErasedView {
    fn columns(&self) -> Cow<'_, [ColumnDefinition]> {
        Cow::Owned(ErasedView::columns(*self))
    }
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell> {
        ErasedView::cells(*self, object, now)
    }
    fn conditions(&self, _object: &Object) -> Vec<TableRowCondition> {
        Vec::new()
    }
    fn shown<'o>(&self, object: &'o Object) -> Shown<'o> {
        Shown::Same(object)
    }
}

/// A Table of objects, of the group `meta.k8s.io`. `heads`: with what its columns are.
pub(super) fn table(
    look: &Look,
    rows: &dyn Rows,
    meta: &ListMeta,
    objects: &[Object],
    heads: bool,
) -> Vec<u8> {
    let version = look.accepted.meta_version;
    let mut out =
        format!("{{\"kind\":\"Table\",\"apiVersion\":\"{version}\",\"metadata\":").into_bytes();
    codec::value_to_json(&mut out, meta);
    out.extend_from_slice(b",\"columnDefinitions\":");
    if heads {
        put_definitions(&mut out, &rows.columns());
    } else {
        out.extend_from_slice(b"null");
    }
    if objects.is_empty() && resource::are_generic_columns(&rows.columns()) {
        out.extend_from_slice(b",\"rows\":null}");
        return out;
    }
    out.extend_from_slice(b",\"rows\":[");
    let now = Now(look.now);
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let cells = Value::Array(rows.cells(object, &now));
        out.extend_from_slice(b"{\"cells\":");
        out.extend_from_slice(cells.to_string().as_bytes());
        put_conditions(&mut out, &rows.conditions(object));
        match look.include {
            IncludeObject::None => out.extend_from_slice(b",\"object\":null"),
            IncludeObject::Metadata => {
                out.extend_from_slice(b",\"object\":");
                out.extend_from_slice(&partial_json(version, &*rows.shown(object)));
            }
            IncludeObject::Object => {
                out.extend_from_slice(b",\"object\":");
                codec::append_json(&mut out, rows.shown(object).as_message());
            }
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    out
}

fn put_conditions(out: &mut Vec<u8>, conditions: &[TableRowCondition]) {
    let mut lead: &[u8] = b",\"conditions\":[";
    for condition in conditions {
        out.extend_from_slice(std::mem::replace(&mut lead, b","));
        codec::value_to_json(out, condition);
    }
    if !conditions.is_empty() {
        out.push(b']');
    }
}

fn put_definitions(out: &mut Vec<u8>, columns: &[ColumnDefinition]) {
    let mut lead = b'[';
    for column in columns {
        out.push(std::mem::replace(&mut lead, b','));
        for (key, value) in [
            ("{\"name\":", &column.name),
            (",\"type\":", &column.type_),
            (",\"format\":", &column.format),
            (",\"description\":", &column.description),
        ] {
            out.extend_from_slice(key.as_bytes());
            codec::json::put_string(out, value);
        }
        out.extend_from_slice(format!(",\"priority\":{}}}", column.priority).as_bytes());
    }
    out.push(b']');
}
