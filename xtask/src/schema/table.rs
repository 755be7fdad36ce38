//! The structs as a table that is read when it is needed: every Go struct of every version, served or not.
//!
//! One line a struct, `=VERSION NAME KIND`, then one a field, `JSON GO GOTYPE NUMBER FLAGS TYPE`, `-` for what is empty. TYPE is a letter
//! for what has no parts, `@VERSION.NAME` for a struct, and behind `*`, `[` and `{` what a pointer, a list or a map holds.

use super::{
    Generated,
    go::{self, Shape},
    lifecycle,
    structs::{BY_HAND, UNVERSIONED, flags},
    upstream::{Field, META, Type, Upstream},
};
use crate::Error;
use std::fmt::Write as _;

/// Written for other programs than an API server, or not API types.
const WITHOUT: &[&str] = &["/helper", "/api/resource", "/runtime", "/util/intstr"];

pub(super) fn file(upstream: &Upstream) -> Result<Generated, Error> {
    let mut text = String::new();
    for (package, types) in &upstream.types {
        if WITHOUT.iter().any(|end| package.ends_with(end)) || package.contains("/metrics/") {
            continue;
        }
        for (name, ty) in types {
            let by_hand = package == META && BY_HAND.contains(&name.as_str());
            if let (Type::Struct { fields }, false) = (ty, by_hand) {
                put_struct(&mut text, upstream, package, name, fields)?;
            }
        }
    }
    Ok(Generated {
        path: "crates/schema/src/generated/structs.txt".into(),
        text,
    })
}

fn put_struct(
    out: &mut String,
    upstream: &Upstream,
    package: &str,
    name: &str,
    fields: &[Field],
) -> Result<(), Error> {
    let is_document = fields.iter().any(|field| field.go == "TypeMeta");
    let kind = match (is_document, package == META && UNVERSIONED.contains(&name)) {
        (false, _) => "-",
        (true, true) => "v1",
        (true, false) => "+",
    };
    writeln!(out, "={} {name} {kind}", version(package)?)?;
    for field in fields.iter().filter(|field| field.go != "TypeMeta") {
        let shape = go::shape(upstream, package, &field.ty)?;
        let pointer = if field.pointer { "*" } else { "" };
        writeln!(
            out,
            "{} {} {} {} {} {pointer}{}",
            if field.json.is_empty() {
                "-"
            } else {
                &field.json
            },
            field.go,
            go::reflected(upstream, package, &field.ty)?,
            field.number,
            flags(field),
            letters(&shape)?,
        )?;
    }
    Ok(())
}

fn letters(shape: &Shape) -> Result<String, Error> {
    Ok(match shape {
        Shape::String => "s".to_owned(),
        Shape::Bool => "b".to_owned(),
        Shape::I32 => "i".to_owned(),
        Shape::I64 => "l".to_owned(),
        Shape::F64 => "d".to_owned(),
        Shape::Bytes => "y".to_owned(),
        Shape::Raw => "r".to_owned(),
        Shape::StringList => "w".to_owned(),
        Shape::Scalar("Time") => "t".to_owned(),
        Shape::Scalar("MicroTime") => "m".to_owned(),
        Shape::Scalar("Duration") => "n".to_owned(),
        Shape::Scalar("Quantity") => "q".to_owned(),
        Shape::Scalar("IntOrString") => "o".to_owned(),
        Shape::Scalar(name) => return Err(format!("no letter for {name}").into()),
        Shape::Struct { package, name } => format!("@{}.{name}", version(package)?),
        Shape::List(element) => format!("[{}", letters(element)?),
        Shape::Map(value) => format!("{{{}", letters(value)?),
    })
}

/// `apiVersion` of the types of a Go package.
fn version(package: &str) -> Result<String, Error> {
    let (group, version) = lifecycle::place(package).ok_or("a package has a version")?;
    Ok(if group.is_empty() {
        version.to_owned()
    } else {
        format!("{group}/{version}")
    })
}
