//! Go's types as Rust's.

use super::upstream::{CORE, META, Package, Type, Upstream};
use crate::Error;

/// What a Go type is to us, pointers aside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    String,
    Bool,
    I32,
    I64,
    F64,
    Bytes,
    Raw,
    StringList,
    /// Quantity, Time and the like, by their name in `meta`.
    Scalar(&'static str),
    Struct {
        package: String,
        name: String,
    },
    List(Box<Shape>),
    Map(Box<Shape>),
}

/// Types of this name are the same in whichever package they are.
const ANY: &str = "";

/// Types with code of their own.
const SCALARS: &[(&str, &str, Shape)] = &[
    (META, "Time", Shape::Scalar("Time")),
    (META, "MicroTime", Shape::Scalar("MicroTime")),
    (META, "Duration", Shape::Scalar("Duration")),
    (META, "FieldsV1", Shape::Raw),
    (META, "Verbs", Shape::StringList),
    (
        "k8s.io/apimachinery/pkg/api/resource",
        "Quantity",
        Shape::Scalar("Quantity"),
    ),
    (
        "k8s.io/apimachinery/pkg/util/intstr",
        "IntOrString",
        Shape::Scalar("IntOrString"),
    ),
    (
        "k8s.io/apimachinery/pkg/runtime",
        "RawExtension",
        Shape::Raw,
    ),
    (ANY, "JSON", Shape::Raw),
    (ANY, "ExtraValue", Shape::StringList),
];

/// The package that `qualifier` means in `package`, for a type called `name`.
fn import(
    upstream: &Upstream,
    package: &str,
    qualifier: &str,
    name: &str,
) -> Result<String, Error> {
    let has = |package: &str| {
        upstream
            .types
            .get(package)
            .is_some_and(|types| types.contains_key(name))
    };
    let stable = package
        .rsplit_once('/')
        .map(|(group, _)| format!("{group}/v1"));
    let stable = stable.unwrap_or_default();
    let found = match qualifier {
        "" => package,
        "metav1" => META,
        "corev1" | "apiv1" => CORE,
        "v1" if has(CORE) => CORE,
        "v1" if has(META) => META,
        "v1" if has(&stable) => &stable,
        "batchv1" => "k8s.io/api/batch/v1",
        "authorizationv1" => "k8s.io/api/authorization/v1",
        "authenticationv1" => "k8s.io/api/authentication/v1",
        "resource" => "k8s.io/apimachinery/pkg/api/resource",
        "intstr" => "k8s.io/apimachinery/pkg/util/intstr",
        "runtime" => "k8s.io/apimachinery/pkg/runtime",
        "types" => "k8s.io/apimachinery/pkg/types",
        _ => return Err(format!("unknown package {qualifier} of {name} in {package}").into()),
    };
    Ok(found.to_owned())
}

fn split_qualified(ty: &str) -> (&str, &str) {
    ty.split_once('.').unwrap_or(("", ty))
}

/// What `ty` is, seen from `package`.
pub(super) fn shape(upstream: &Upstream, package: &str, ty: &str) -> Result<Shape, Error> {
    match ty {
        "string" => return Ok(Shape::String),
        "bool" => return Ok(Shape::Bool),
        "int32" => return Ok(Shape::I32),
        "int64" => return Ok(Shape::I64),
        "float64" => return Ok(Shape::F64),
        "[]byte" => return Ok(Shape::Bytes),
        "interface{}" => return Ok(Shape::Raw),
        _ => {}
    }
    if let Some(element) = ty.strip_prefix("[]") {
        return Ok(Shape::List(Box::new(shape(upstream, package, element)?)));
    }
    if let Some((_, value)) = ty
        .strip_prefix("map[")
        .and_then(|rest| rest.split_once(']'))
    {
        return Ok(Shape::Map(Box::new(shape(upstream, package, value)?)));
    }
    let (qualifier, name) = split_qualified(ty);
    let package = import(upstream, package, qualifier, name)?;
    if package == "k8s.io/apimachinery/pkg/types" {
        return Ok(Shape::String);
    }
    if let Some((_, _, shape)) = SCALARS
        .iter()
        .find(|row| (row.0 == package || row.0 == ANY) && row.1 == name)
    {
        return Ok(shape.clone());
    }
    match upstream
        .types
        .get(&package)
        .and_then(|types| types.get(name))
    {
        Some(Type::Struct { .. }) => Ok(Shape::Struct {
            package,
            name: name.to_owned(),
        }),
        Some(Type::Named { is, .. }) => shape(upstream, &package, is),
        None if name == "FieldsV1" => Ok(Shape::Raw),
        None => Err(format!("unknown type {ty} in {package}").into()),
    }
}

/// The type as `reflect` prints it: `[]v1.Container`.
pub(super) fn reflected(upstream: &Upstream, package: &str, ty: &str) -> Result<String, Error> {
    if ty == "[]byte" {
        return Ok("[]uint8".to_owned());
    }
    if let Some(element) = ty.strip_prefix("[]") {
        return Ok(format!("[]{}", reflected(upstream, package, element)?));
    }
    if let Some((key, value)) = ty
        .strip_prefix("map[")
        .and_then(|rest| rest.split_once(']'))
    {
        let (key, value) = (
            reflected(upstream, package, key)?,
            reflected(upstream, package, value)?,
        );
        return Ok(format!("map[{key}]{value}"));
    }
    let (qualifier, name) = split_qualified(ty);
    if matches!(
        ty,
        "string" | "bool" | "int32" | "int64" | "float64" | "interface{}"
    ) {
        return Ok(ty.to_owned());
    }
    let package = import(upstream, package, qualifier, name)?;
    if let Some(Type::Named { is, .. }) = upstream
        .types
        .get(&package)
        .and_then(|types| types.get(name))
        && matches!(upstream.types[&package].get(is), Some(Type::Named { .. }))
    {
        return reflected(upstream, &package, is);
    }
    Ok(format!(
        "{}.{name}",
        package.rsplit('/').next().unwrap_or_default()
    ))
}

/// The Rust type of a shape, in a module of `from`.
pub(super) fn rust(shape: &Shape, from: &Package) -> Result<String, Error> {
    Ok(match shape {
        Shape::String => "Str".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::I32 => "i32".to_owned(),
        Shape::I64 => "i64".to_owned(),
        Shape::F64 => "f64".to_owned(),
        Shape::Bytes => "ByteString".to_owned(),
        Shape::Raw => "RawJson".to_owned(),
        Shape::StringList => "StringList".to_owned(),
        Shape::Scalar(name) => (*name).to_owned(),
        Shape::Struct { package, name } if package == from.go => name.clone(),
        Shape::Struct { package, name } if package == META => format!("meta::v1::{name}"),
        Shape::Struct { package, name } => {
            let target = super::upstream::PACKAGES
                .iter()
                .find(|known| known.go == package);
            let target = target.ok_or_else(|| format!("{package} is not generated"))?;
            format!("crate::{}::{name}", target.module)
        }
        Shape::List(element) => format!("Vec<{}>", rust(element, from)?),
        Shape::Map(value) => format!("Map<Str, {}>", rust(value, from)?),
    })
}
