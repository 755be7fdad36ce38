//! Lists, maps and messages that are written out.

use super::{
    Checker,
    unify::{Free, most_general},
    words::Shown,
};
use crate::{
    Type,
    node::{Element, Entry, Field, Kind, Node},
};
use cel::{
    IdedExpr,
    common::ast::{EntryExpr, ListExpr, MapExpr, StructExpr},
};

/// Fields of the message that is one operation of a JSON patch.
const PATCH_FIELDS: &[(&str, Type)] = &[
    ("from", Type::String),
    ("op", Type::String),
    ("path", Type::String),
    ("value", Type::Dyn),
];

impl<'a> Checker<'a> {
    pub(super) fn list(&mut self, ided: &'a IdedExpr, list: &'a ListExpr) -> Node {
        let mut joined = None;
        let mut elements = Vec::with_capacity(list.elements.len());
        for (index, element) in list.elements.iter().enumerate() {
            let value = self.expression(element);
            let optional = list.optional_indices.contains(&index);
            let type_ = self.present(&value, optional);
            joined = Some(self.join(joined, type_));
            elements.push(Element { value, optional });
        }
        let element = joined.unwrap_or_else(|| self.substitutions.fresh());
        self.node(ided.id, Type::list(element), Kind::List(elements))
    }

    pub(super) fn map(&mut self, ided: &'a IdedExpr, map: &'a MapExpr) -> Node {
        let (mut keys, mut values) = (None, None);
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            let EntryExpr::MapEntry(entry) = &entry.expr else {
                continue;
            };
            let key = self.expression(&entry.key);
            let type_ = key.type_.clone();
            keys = Some(self.join(keys, type_));
            let value = self.expression(&entry.value);
            let type_ = self.present(&value, entry.optional);
            values = Some(self.join(values, type_));
            entries.push(Entry {
                key,
                value,
                optional: entry.optional,
            });
        }
        let key = keys.unwrap_or_else(|| self.substitutions.fresh());
        let value = values.unwrap_or_else(|| self.substitutions.fresh());
        self.node(ided.id, Type::map(key, value), Kind::Map(entries))
    }

    /// What an optional element holds, where one is written so.
    fn present(&mut self, value: &Node, optional: bool) -> Type {
        let type_ = self.substitutions.applied(&value.type_, Free::Stay);
        match type_ {
            Type::Optional(of) if optional => (*of).clone(),
            Type::Dyn | Type::Error => type_,
            other if optional => {
                self.mismatch(value.offset, &Type::optional(other.clone()), &other);
                other
            }
            _ => value.type_.clone(),
        }
    }

    /// What both are. That they may differ shows later, where [`Self::homogeneous`] asks.
    fn join(&mut self, previous: Option<Type>, current: Type) -> Type {
        match previous {
            None => current,
            Some(previous) if self.substitutions.assignable(&previous, &current) => {
                most_general(&previous, &current).clone()
            }
            Some(_) => Type::Dyn,
        }
    }

    pub(super) fn message(&mut self, ided: &'a IdedExpr, message: &'a StructExpr) -> Node {
        let name = message.type_name.as_str();
        let name = name.strip_prefix('.').unwrap_or(name);
        if !self.environment.makes(name) {
            if self.environment.find(name).is_some() {
                let words = format!("'{name}' is not a type");
                self.problem(self.offset(ided.id), words);
                return self.broken(ided.id);
            }
            if crate::declarations::named_type(name).is_some() {
                let words = format!("'{name}' is not a message type");
                self.problem(self.offset(ided.id), words);
                return self.broken(ided.id);
            }
            return self.undeclared(ided.id, &message.type_name);
        }
        let mut fields = Vec::with_capacity(message.entries.len());
        for entry in &message.entries {
            let EntryExpr::StructField(field) = &entry.expr else {
                continue;
            };
            let value = self.expression(&field.value);
            let type_ = self.present(&value, field.optional);
            self.field_fits(entry.id, name, &field.field, &type_);
            fields.push(Field {
                name: field.field.as_str().into(),
                value,
                optional: field.optional,
            });
        }
        let type_ = self.message_type(name);
        self.node(ided.id, type_, Kind::Message(name.into(), fields))
    }

    fn message_type(&self, name: &str) -> Type {
        Type::object(crate::ObjectType::new(name))
    }

    fn field_fits(&mut self, id: u64, message: &str, field: &str, found: &Type) {
        if message != "JSONPatch" {
            return;
        }
        let mut known = PATCH_FIELDS.iter();
        let wanted = known.find(|(name, _)| *name == field);
        if wanted.is_none_or(|(_, wanted)| !self.substitutions.assignable(wanted, found)) {
            // Upstream knows the type that a field without a name would have.
            let wanted = wanted.map_or_else(String::new, |(_, wanted)| Shown(wanted).to_string());
            let found = Shown(found);
            let words = format!(
                "expected type of field '{field}' is '{wanted}' but provided type is '{found}'"
            );
            self.problem(self.offset(id), words);
        }
    }

    /// Lists and maps whose parts, looked at alone, are of different types.
    pub(super) fn homogeneous(&mut self, node: &Node) {
        match &node.kind {
            Kind::List(elements) => {
                let mut first: Option<Type> = None;
                for element in elements {
                    let type_ = held(&element.value, element.optional);
                    match &first {
                        None => first = Some(type_),
                        Some(first) if equivalent(first, &type_) => {}
                        Some(first) => {
                            self.mismatch(element.value.offset, first, &type_);
                            break;
                        }
                    }
                }
            }
            Kind::Map(entries) => {
                let Some(head) = entries.first() else {
                    return;
                };
                let (key, value) = (&head.key.type_, held(&head.value, head.optional));
                for entry in &entries[1..] {
                    if !equivalent(key, &entry.key.type_) {
                        self.mismatch(entry.key.offset, key, &entry.key.type_);
                    }
                    let type_ = held(&entry.value, entry.optional);
                    if !equivalent(&value, &type_) {
                        self.mismatch(entry.value.offset, &value, &type_);
                    }
                }
            }
            _ => {}
        }
    }
}

fn held(node: &Node, optional: bool) -> Type {
    match &node.type_ {
        Type::Optional(of) if optional => (**of).clone(),
        other => other.clone(),
    }
}

/// As cel-go's `IsEquivalentType`: parameters count where both have them.
fn equivalent(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::List(one), Type::List(other)) => equivalent(&one.element, &other.element),
        (Type::Map(one), Type::Map(other)) => {
            equivalent(&one.key, &other.key) && equivalent(&one.value, &other.value)
        }
        (Type::Optional(one), Type::Optional(other)) => equivalent(one, other),
        (Type::Type(_), Type::Type(_)) => true,
        _ => one == other,
    }
}
