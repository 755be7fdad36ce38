//! The structs: one file for each group version.

use super::{
    Generated,
    go::{self, Shape},
    naming,
    upstream::{Field, META, PACKAGES, Package, Type, Upstream},
};
use crate::Error;
use std::{collections::BTreeMap, fmt::Write as _};

const HEADER: &str = "Written by `cargo xtask schema`; do not edit.";

/// In `meta` by hand.
pub(super) const BY_HAND: &[&str] = &[
    "Time",
    "MicroTime",
    "Duration",
    "Timestamp",
    "TypeMeta",
    "InternalEvent",
];

/// Types of `meta/v1` whose documents say `v1`.
pub(super) const UNVERSIONED: &[&str] = &[
    "Status",
    "APIVersions",
    "APIGroup",
    "APIGroupList",
    "APIResourceList",
    "DeleteOptions",
    "List",
];

pub(super) fn files(upstream: &Upstream) -> Result<Vec<Generated>, Error> {
    let mut files = Vec::new();
    for package in PACKAGES {
        let path = if package.go == META {
            "crates/meta/src/generated/v1.rs".to_owned()
        } else {
            format!(
                "crates/api/src/generated/{}.rs",
                package.module.replace("::", "/")
            )
        };
        files.push(Generated {
            path: path.into(),
            text: module(upstream, package)?,
        });
    }
    files.push(Generated {
        path: "crates/api/src/generated.rs".into(),
        text: modules(),
    });
    files.push(Generated {
        path: "crates/api/src/generated/roots.rs".into(),
        text: roots(upstream),
    });
    Ok(files)
}

fn modules() -> String {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (group, version) in PACKAGES
        .iter()
        .filter_map(|package| package.module.split_once("::"))
    {
        groups.entry(group).or_default().push(version);
    }
    groups.remove("meta");
    let mut out = format!("//! The group versions. {HEADER}\n\npub mod roots;\n");
    for (group, versions) in groups {
        let versions: String = versions
            .iter()
            .map(|version| format!("pub mod {version};"))
            .collect();
        out.push_str(&format!(
            "pub mod {group} {{\n//! Versions of the group.\n{versions}\n}}\n"
        ));
    }
    out
}

/// Every type that is a document of its own.
fn roots(upstream: &Upstream) -> String {
    let mut rows = String::new();
    for package in PACKAGES.iter().filter(|package| package.go != META) {
        for (name, ty) in &upstream.types[package.go] {
            let Type::Struct { fields } = ty else {
                continue;
            };
            let is_root = fields.iter().any(|field| field.go == "TypeMeta");
            if is_root && !is_list_of_kind(upstream, package, name, fields) {
                let (api_version, module) = (package.api_version(), package.module);
                rows.push_str(&format!("({api_version:?}, {name:?}, || Box::new(crate::{module}::{name}::default())),\n"));
            }
        }
    }
    format!(
        "//! Every type that is a document of its own, lists aside. {HEADER}\n\nuse meta::codec::Message;\n\n\
         /// `apiVersion`, `kind`, and how to make one.\npub type Root = (&'static str, &'static str, fn() -> Box<dyn Message>);\n\n\
         /// By group version.\npub static ROOTS: &[Root] = &[\n{rows}];\n"
    )
}

fn module(upstream: &Upstream, package: &Package) -> Result<String, Error> {
    let types = upstream
        .types
        .get(package.go)
        .ok_or_else(|| format!("{} is missing", package.go))?;
    let mut out = String::new();
    let mut names = Vec::new();
    for (name, ty) in types {
        if package.go == META && BY_HAND.contains(&name.as_str()) {
            continue;
        }
        match ty {
            Type::Struct { fields } if is_list_of_kind(upstream, package, name, fields) => {
                let item = name.trim_end_matches("List");
                writeln!(
                    out,
                    "/// List of [`{item}`].\npub type {name} = meta::ObjectList<{item}>;\n"
                )?;
            }
            Type::Struct { fields } => {
                names.push(name.as_str());
                message(&mut out, upstream, package, name, fields)?;
            }
            Type::Named { is, values } if is == "string" && !values.is_empty() => {
                constants(&mut out, name, values)?
            }
            Type::Named { .. } => {}
        }
    }
    let api_version = package.api_version();
    let body_uses = uses(&out, package);
    Ok(format!(
        "//! `{api_version}`. {HEADER}\n\n{body_uses}\n\n{out}\nmeta::codec::impl_value!({});\n",
        names.join(", ")
    ))
}

/// Imports of what the text names.
fn uses(text: &str, package: &Package) -> String {
    let names = [
        "ByteString",
        "Duration",
        "IntOrString",
        "Map",
        "MicroTime",
        "Quantity",
        "RawJson",
        "Slice",
        "Str",
        "StringList",
        "Time",
    ];
    let is_word = |name: &str| {
        text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            let part = |char: Option<char>| {
                char.is_some_and(|char| char.is_alphanumeric() || char == '_' || char == '"')
            };
            !part(before) && !part(after) && before != Some('.')
        })
    };
    let mut used: Vec<&str> = names.into_iter().filter(|name| is_word(name)).collect();
    if text.contains("impl Kind for") {
        used.extend(["Kind", "Scope"]);
    }
    let empty = if text.contains("codec::no_field") {
        "self, "
    } else {
        ""
    };
    let root = if package.go == META {
        "crate::{self as meta, "
    } else {
        "meta::{"
    };
    let used = used.join(", ");
    format!(
        "use {root}codec::{{{empty}FieldInfo, Message, MessageInfo, Shape, Value, field, keys}}, {used}}};"
    )
}

fn is_kind(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.go == "TypeMeta")
        && fields
            .iter()
            .any(|field| field.go == "ObjectMeta" && field.json == "metadata")
}

fn is_list_of_kind(upstream: &Upstream, package: &Package, name: &str, fields: &[Field]) -> bool {
    let Some(item) = name.strip_suffix("List") else {
        return false;
    };
    let item_is_kind = matches!(upstream.types[package.go].get(item), Some(Type::Struct { fields }) if is_kind(fields));
    item_is_kind && package.go != META && fields.iter().any(|field| field.go == "Items")
}

fn constants(out: &mut String, name: &str, values: &[String]) -> Result<(), Error> {
    let mut seen = BTreeMap::new();
    writeln!(
        out,
        "/// Values of `{name}`.\n#[derive(Debug)]\npub enum {name} {{}}\n\nimpl {name} {{"
    )?;
    for value in values {
        let constant = naming::screaming(value);
        if seen.insert(constant.clone(), value).is_none() {
            writeln!(
                out,
                "/// `{value}`.\npub const {constant}: &str = {value:?};"
            )?;
        }
    }
    writeln!(out, "}}\n")?;
    Ok(())
}

/// A field as Rust has it.
struct Member<'a> {
    field: &'a Field,
    name: String,
    ty: String,
    go_type: String,
}

fn members<'a>(
    upstream: &Upstream,
    package: &Package,
    fields: &'a [Field],
) -> Result<Vec<Member<'a>>, Error> {
    let kept = fields.iter().filter(|field| field.go != "TypeMeta");
    kept.map(|field| {
        let base = if field.inline || field.json.is_empty() {
            &field.go
        } else {
            &field.json
        };
        Ok(Member {
            field,
            name: naming::snake(base),
            ty: member_type(upstream, package, field)?,
            go_type: go::reflected(upstream, package.go, &field.ty)?,
        })
    })
    .collect()
}

/// Lists of the metadata's package of which an empty one is told from none although both are left out when written.
const NIL_MATTERS: &[&str] = &["matchExpressions", "values"];

/// Whether an empty list is another value than none: when written, to defaults and validation, or in what a message shows.
fn keeps_nil(package: &Package, field: &Field) -> bool {
    let told_apart = package.go != META || NIL_MATTERS.contains(&field.json.as_str());
    told_apart || !field.omit_empty && !field.json.is_empty()
}

fn member_type(upstream: &Upstream, package: &Package, field: &Field) -> Result<String, Error> {
    let shape = go::shape(upstream, package.go, &field.ty)?;
    let plain = go::rust(&shape, package)?;
    Ok(match shape {
        Shape::Struct { .. } if field.pointer => format!("Option<Box<{plain}>>"),
        _ if field.pointer => format!("Option<{plain}>"),
        Shape::List(element) if keeps_nil(package, field) => {
            format!("Slice<{}>", go::rust(&element, package)?)
        }
        _ => plain,
    })
}

fn message(
    out: &mut String,
    upstream: &Upstream,
    package: &Package,
    name: &str,
    fields: &[Field],
) -> Result<(), Error> {
    let members = members(upstream, package, fields)?;
    writeln!(
        out,
        "/// `{}` {name}.\n#[derive(Clone, Default, PartialEq)]\npub struct {name} {{",
        package.api_version()
    )?;
    for member in &members {
        writeln!(
            out,
            "/// `{}`.\npub {}: {},",
            member.label(),
            member.name,
            member.ty
        )?;
    }
    writeln!(
        out,
        "}}\n\nimpl Message for {name} {{\n#[rustfmt::skip]\nfn info(&self) -> &'static MessageInfo {{"
    )?;
    info(out, package, name, fields, &members)?;
    writeln!(out, "    }}")?;
    accessor(out, "field", "&self", "&", &members)?;
    accessor(out, "field_mut", "&mut self", "&mut ", &members)?;
    writeln!(out, "}}\n")?;
    if is_kind(fields) {
        kind(out, upstream, package, name)?;
    }
    Ok(())
}

impl Member<'_> {
    fn label(&self) -> &str {
        if self.field.json.is_empty() {
            &self.field.go
        } else {
            &self.field.json
        }
    }
}

/// As `meta::codec::Flags` has them.
pub(super) fn flags(field: &Field) -> u8 {
    u8::from(field.omit_empty) | u8::from(field.inline) << 1 | u8::from(field.omit_zero) << 2
}

fn info(
    out: &mut String,
    package: &Package,
    name: &str,
    fields: &[Field],
    members: &[Member<'_>],
) -> Result<(), Error> {
    writeln!(
        out,
        "        static FIELDS: [FieldInfo; {}] = [",
        members.len()
    )?;
    for member in members {
        let (go, json, ty, flags) = (
            &member.field.go,
            &member.field.json,
            &member.go_type,
            flags(member.field),
        );
        writeln!(
            out,
            "            field({go:?}, {json:?}, {ty:?}, {}, {flags}),",
            member.field.number
        )?;
    }
    let has_type = fields.iter().any(|field| field.go == "TypeMeta");
    let api_version = match (has_type, package.go == META && UNVERSIONED.contains(&name)) {
        (false, _) => String::new(),
        (true, true) => "v1".to_owned(),
        (true, false) => package.api_version(),
    };
    let kind = if has_type { name } else { "" };
    let shape = match name {
        "JSONSchemaPropsOrArray" => "SchemaOrArray",
        "JSONSchemaPropsOrBool" => "SchemaOrBool",
        "JSONSchemaPropsOrStringArray" => "SchemaOrStringArray",
        _ => "Struct",
    };
    let (order, count) = (protobuf_order(members), members.len());
    writeln!(
        out,
        "        ];\n        static KEYS: [u16; {count}] = keys(&FIELDS);\n        static INFO: MessageInfo = MessageInfo {{ go_name: {name:?}, api_version: {api_version:?}, kind: {kind:?}, \
         shape: Shape::{shape}, fields: &FIELDS, keys: &KEYS, protobuf_order: &{order:?} }};\n        &INFO"
    )?;
    Ok(())
}

fn protobuf_order(members: &[Member<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|index| members[*index].field.number);
    if order.is_sorted() { Vec::new() } else { order }
}

fn accessor(
    out: &mut String,
    name: &str,
    receiver: &str,
    borrow: &str,
    members: &[Member<'_>],
) -> Result<(), Error> {
    let argument = if members.is_empty() {
        "_index"
    } else {
        "index"
    };
    writeln!(
        out,
        "fn {name}({receiver}, {argument}: usize) -> {borrow}dyn Value {{"
    )?;
    match members {
        [] => writeln!(out, "codec::no_field()")?,
        [only] => writeln!(out, "let _ = index; {borrow}self.{}", only.name)?,
        [all @ .., last] => {
            writeln!(out, "match index {{")?;
            for (index, member) in all.iter().enumerate() {
                writeln!(out, "{index} => {borrow}self.{},", member.name)?;
            }
            writeln!(out, "_ => {borrow}self.{},\n}}", last.name)?;
        }
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn kind(out: &mut String, upstream: &Upstream, package: &Package, name: &str) -> Result<(), Error> {
    let key = (
        package.group.to_owned(),
        package.version().to_owned(),
        name.to_owned(),
    );
    let served = upstream.resources.get(&key);
    let plural = served.map_or_else(
        || format!("{}s", name.to_lowercase()),
        |resource| resource.plural.clone(),
    );
    let scope = if served.is_none_or(|resource| resource.namespaced) {
        "Namespaced"
    } else {
        "Cluster"
    };
    let (group, version, api_version) = (package.group, package.version(), package.api_version());
    writeln!(
        out,
        "impl Kind for {name} {{
            const GROUP: &'static str = {group:?};
            const VERSION: &'static str = {version:?};
            const API_VERSION: &'static str = {api_version:?};
            const KIND: &'static str = {name:?};
            const LIST_KIND: &'static str = \"{name}List\";
            const PLURAL: &'static str = {plural:?};
            const SCOPE: Scope = Scope::{scope};
            fn metadata(&self) -> &meta::v1::ObjectMeta {{ &self.metadata }}
            fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {{ &mut self.metadata }}
        }}\n"
    )?;
    Ok(())
}
