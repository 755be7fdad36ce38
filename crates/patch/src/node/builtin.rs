//! Nodes of the built-in kinds: straight from the fact tables, nothing is built.

use schema::{FieldInfo, ListType, MapType, Shape, TypeInfo, TypeKind};

use super::{Field, KeyDefault, Keys, Kind, ListKind, Node, ScalarKind, Source, Strategy};

/// Go's type of what is a number or a text, which reads itself.
pub(crate) const INT_OR_STRING: GoScalar = GoScalar::plain("intstr.IntOrString");

/// Go's type of times, which read themselves too, out of a text.
pub(crate) const TIME: GoScalar = GoScalar::plain("v1.Time");

/// Go's type of bytes, which are a text in JSON, or a list of numbers.
pub(crate) const BYTES: GoScalar = GoScalar::plain("[]uint8");

/// A scalar type as `reflect` knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GoScalar {
    /// What it is: `string`, `int32`.
    pub(crate) kind: &'static str,
    /// What it is called: `v1.ConditionStatus`.
    pub(crate) name: &'static str,
}

impl GoScalar {
    pub(crate) const fn plain(name: &'static str) -> Self {
        Self { kind: name, name }
    }
}

/// Where in the tables.
#[derive(Clone, Copy, Debug)]
pub(super) enum Builtin {
    /// A type, and what the field that refers to it says of its atomicity.
    Type(&'static TypeInfo, MapType),
    /// A list, a map or a scalar with what its field says of it.
    Field(&'static FieldInfo),
    /// What is inside of those.
    Shape(&'static Shape),
}

impl Node<'static> {
    /// The schema of a built-in kind: `schema::lookup(group, version, kind)`.
    pub fn builtin(info: &'static TypeInfo) -> Self {
        Self(Source::Builtin(Builtin::Type(info, MapType::Unset)))
    }
}

impl Builtin {
    pub(super) fn kind(self) -> Kind<'static> {
        match self {
            Self::Type(info, map) => of_type(info, map),
            Self::Field(field) => match (&field.shape, field.list_type) {
                (Shape::List(_), list) => Kind::List(of_list(list, field)),
                (Shape::Map(_), _) => Kind::Map {
                    atomic: field.map_type == MapType::Atomic,
                },
                (shape, _) => of_shape(shape),
            },
            Self::Shape(shape) => of_shape(shape),
        }
    }

    pub(super) fn field(self, name: &str) -> Option<Field<'static>> {
        let Self::Type(info, _) = self else {
            return None;
        };
        let field = info.field(name)?;
        let node = match &field.shape {
            Shape::Type(id) => Self::Type(id.info(), field.map_type),
            _ => Self::Field(field),
        };
        let key = field.patch_merge_key;
        Some(Field {
            node: Node(Source::Builtin(node)),
            strategy: Strategy {
                merge: field.has_patch_strategy("merge"),
                replace: field.has_patch_strategy("replace"),
            },
            merge_key: (!key.is_empty()).then_some(key),
            default: field.default.map(KeyDefault::Json),
        })
    }

    pub(super) fn element(self) -> Node<'static> {
        let shape = match self {
            Self::Type(..) => return Node::untyped(),
            Self::Field(field) => &field.shape,
            Self::Shape(shape) => shape,
        };
        match shape {
            Shape::List(inner) | Shape::Map(inner) => Node(Source::Builtin(match inner {
                Shape::Type(id) => Self::Type(id.info(), MapType::Unset),
                inner => Self::Shape(inner),
            })),
            _ => Node::untyped(),
        }
    }

    pub(super) fn open(self) -> bool {
        match self {
            Self::Type(info, _) => info.kind != TypeKind::Struct || info.is_open(),
            Self::Field(_) | Self::Shape(_) => true,
        }
    }

    pub(super) fn go_scalar(self) -> Option<GoScalar> {
        let shape = match self {
            Self::Type(info, _) => return of_own_reader(info.kind),
            Self::Field(field) => &field.shape,
            Self::Shape(shape) => shape,
        };
        Some(match shape {
            Shape::String { format: "", go, .. } => GoScalar {
                kind: "string",
                name: go,
            },
            Shape::String { format: "byte", .. } => BYTES,
            Shape::Integer { format: "int32" } => GoScalar::plain("int32"),
            Shape::Integer { .. } => GoScalar::plain("int64"),
            Shape::Number { .. } => GoScalar::plain("float64"),
            Shape::Boolean => GoScalar::plain("bool"),
            _ => return None,
        })
    }

    pub(super) fn type_name(self) -> &'static str {
        match self {
            Self::Type(info, _) => info.go_name(),
            Self::Field(_) | Self::Shape(_) => "",
        }
    }
}

/// Types that read themselves.
fn of_own_reader(kind: TypeKind) -> Option<GoScalar> {
    match kind {
        TypeKind::IntOrString => Some(INT_OR_STRING),
        TypeKind::Time => Some(TIME),
        _ => None,
    }
}

fn of_type(info: &'static TypeInfo, map: MapType) -> Kind<'static> {
    match info.kind {
        // `RawExtension`: whoever writes it owns all of it.
        TypeKind::Struct if info.is_open() => Kind::Struct { atomic: true },
        TypeKind::Struct => Kind::Struct {
            atomic: match map {
                MapType::Unset => info.atomic,
                MapType::Granular => false,
                MapType::Atomic => true,
            },
        },
        TypeKind::Time | TypeKind::Quantity => Kind::Scalar(ScalarKind::Any),
        // A published int-or-string names no type of its own, only two that it may be: upstream lets everything pass.
        TypeKind::IntOrString | TypeKind::Any => Kind::Untyped,
    }
}

fn of_shape(shape: &'static Shape) -> Kind<'static> {
    match shape {
        Shape::Type(id) => of_type(id.info(), MapType::Unset),
        Shape::String { .. } => Kind::Scalar(ScalarKind::String),
        Shape::Integer { .. } | Shape::Number { .. } => Kind::Scalar(ScalarKind::Numeric),
        Shape::Boolean => Kind::Scalar(ScalarKind::Boolean),
        Shape::List(_) => Kind::List(ListKind::Atomic),
        Shape::Map(_) => Kind::Map { atomic: false },
        Shape::Object => Kind::Untyped,
    }
}

/// Lists without a type fall back to their patch strategy, which is older.
fn of_list(list: ListType, field: &'static FieldInfo) -> ListKind<'static> {
    match list {
        ListType::Map(keys) => ListKind::Map {
            keys: Keys::Static(keys),
        },
        ListType::Set => ListKind::Set,
        ListType::Unset if field.has_patch_strategy("merge") => {
            if field.patch_merge_key.is_empty() {
                return ListKind::Set;
            }
            ListKind::Map {
                keys: Keys::Static(std::slice::from_ref(&field.patch_merge_key)),
            }
        }
        ListType::Unset | ListType::Atomic => ListKind::Atomic,
    }
}
