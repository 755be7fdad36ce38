//! The rows of the type table.

/// A published type.
#[derive(Debug)]
pub struct TypeInfo {
    /// OpenAPI name: `io.k8s.api.core.v1.PodSpec`.
    pub name: &'static str,
    /// What its JSON is.
    pub kind: TypeKind,
    /// Names of the fields that OpenAPI requires, in Go's order.
    pub required: &'static [&'static str],
    /// By JSON name. `TypeMeta` and inlined structs are flattened.
    pub fields: &'static [FieldInfo],
    /// `x-kubernetes-map-type: atomic`: applied as a whole wherever it stands.
    pub atomic: bool,
    /// `x-kubernetes-group-version-kind`; empty for `DeleteOptions` and `WatchEvent`, which belong to every group.
    pub kinds: &'static [GroupVersionKind],
    /// `x-kubernetes-unions`.
    pub unions: &'static [Union],
}

/// What the JSON of a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// An object. Without fields it may have any: `RawExtension`, `FieldsV1`.
    Struct,
    /// A string in RFC 3339.
    Time,
    /// An integer or a string.
    IntOrString,
    /// A string or a number.
    Quantity,
    /// Anything: JSON inside custom resource definitions.
    Any,
}

/// `x-kubernetes-group-version-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupVersionKind {
    /// "" for core.
    pub group: &'static str,
    /// Version in the group.
    pub version: &'static str,
    /// The kind.
    pub kind: &'static str,
}

/// `x-kubernetes-unions`.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The field that says which member is set; may be empty.
    pub discriminator: &'static str,
    /// Field and value of the discriminator.
    pub fields: &'static [(&'static str, &'static str)],
}

/// A field of a type.
#[derive(Debug)]
pub struct FieldInfo {
    /// JSON name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// OpenAPI v3 refers to the type directly instead of through `allOf`: the field has no documentation.
    pub bare_ref: bool,
    /// `default` as JSON: `"TCP"` with quotes, `{}`, `0`.
    pub default: Option<&'static str>,
    /// How the items of a list are told apart.
    pub list_type: ListType,
    /// `x-kubernetes-map-type` at the field; it wins over that of the type.
    pub map_type: MapType,
    /// Strategic merge: `merge`, `replace`, `retainKeys`, `merge,retainKeys`; empty when unset.
    pub patch_strategy: &'static str,
    /// Strategic merge: the key of list items; empty when unset.
    pub patch_merge_key: &'static str,
}

/// `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListType {
    /// No list, or nothing said, which means atomic.
    Unset,
    /// Replaced as a whole.
    Atomic,
    /// Items are told apart by value.
    Set,
    /// Items are told apart by these fields.
    Map(&'static [&'static str]),
}

/// `x-kubernetes-map-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapType {
    /// As the type says; granular if it says nothing.
    Unset,
    /// Merged by field.
    Granular,
    /// Replaced as a whole.
    Atomic,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Another type.
    Type(TypeId),
    /// A string; `values` are those of an enum, sorted; `format` is `byte` for base64.
    String {
        /// OpenAPI format, or empty.
        format: &'static str,
        /// Known values, or none.
        values: &'static [&'static str],
        /// Go's name of the type: `string`, `v1.ConditionStatus`.
        go: &'static str,
    },
    /// An integer.
    Integer {
        /// `int32` or `int64`.
        format: &'static str,
    },
    /// A float.
    Number {
        /// `double`.
        format: &'static str,
    },
    /// A bool.
    Boolean,
    /// A list of these.
    List(&'static Shape),
    /// An object with free keys and these values.
    Map(&'static Shape),
    /// An object of which nothing is said.
    Object,
}

/// Place of a type in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u16);

impl TypeId {
    /// The type.
    #[must_use]
    pub fn info(self) -> &'static TypeInfo {
        &crate::types()[usize::from(self.0)]
    }
}

impl TypeInfo {
    /// The field of that JSON name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FieldInfo> {
        let fields: &'static [FieldInfo] = self.fields;
        let index = fields.binary_search_by(|field| field.name.cmp(name)).ok()?;
        fields.get(index)
    }
    /// Go's name of the type, without package: `PodSpec`.
    #[must_use]
    pub fn go_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
    /// An object without declared fields: any may stand there.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.kind == TypeKind::Any || (self.kind == TypeKind::Struct && self.fields.is_empty())
    }
}

impl FieldInfo {
    /// The type of the field, or of its items or values, if it is one.
    #[must_use]
    pub fn element_type(&self) -> Option<&'static TypeInfo> {
        match &self.shape {
            Shape::Type(id) | Shape::List(Shape::Type(id)) | Shape::Map(Shape::Type(id)) => {
                Some(id.info())
            }
            _ => None,
        }
    }
    /// The type at the bottom of lists and maps, however deep.
    #[must_use]
    pub fn innermost_type(&self) -> Option<&'static TypeInfo> {
        let mut shape = &self.shape;
        while let Shape::List(inner) | Shape::Map(inner) = shape {
            shape = inner;
        }
        match shape {
            Shape::Type(id) => Some(id.info()),
            _ => None,
        }
    }
    /// Whether an object in this field is applied as a whole.
    #[must_use]
    pub fn is_atomic_map(&self) -> bool {
        match (self.map_type, &self.shape) {
            (MapType::Unset, Shape::Type(id)) => id.info().atomic,
            (map_type, _) => map_type == MapType::Atomic,
        }
    }
    /// Whether the strategy has this part: `merge`, `replace`, `retainKeys`.
    #[must_use]
    pub fn has_patch_strategy(&self, part: &str) -> bool {
        self.patch_strategy.split(',').any(|have| have == part)
    }
    /// The default as a JSON tree.
    #[must_use]
    pub fn default_value(&self) -> Option<serde_json::Value> {
        self.default
            .and_then(|text| serde_json::from_str(text).ok())
    }
}

/// A plain string.
pub(crate) const STRING: Shape = named("string");

/// A string with a type of its own in Go.
pub(crate) const fn named(go: &'static str) -> Shape {
    Shape::String {
        format: "",
        values: &[],
        go,
    }
}

/// The type at a place of the table.
pub(crate) const fn reference(id: u16) -> Shape {
    Shape::Type(TypeId(id))
}

/// A row of the generated table.
pub(crate) const fn field(name: &'static str, shape: Shape) -> FieldInfo {
    FieldInfo {
        name,
        shape,
        bare_ref: false,
        default: None,
        list_type: ListType::Unset,
        map_type: MapType::Unset,
        patch_strategy: "",
        patch_merge_key: "",
    }
}

impl FieldInfo {
    pub(crate) const fn bare(mut self) -> Self {
        self.bare_ref = true;
        self
    }
    pub(crate) const fn default(mut self, json: &'static str) -> Self {
        self.default = Some(json);
        self
    }
    pub(crate) const fn list(mut self, list_type: ListType) -> Self {
        self.list_type = list_type;
        self
    }
    pub(crate) const fn map(mut self, map_type: MapType) -> Self {
        self.map_type = map_type;
        self
    }
    pub(crate) const fn patch(mut self, strategy: &'static str, merge_key: &'static str) -> Self {
        self.patch_strategy = strategy;
        self.patch_merge_key = merge_key;
        self
    }
}
