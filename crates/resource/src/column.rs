//! Columns of the `Table` form that `kubectl get` prints.
use meta::{Kind, Str, Time};
use serde_json::Value;

/// One cell: a JSON string, number or boolean, as upstream's printers give.
pub type Cell = Value;

/// What a printer may know besides the object.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Time);

impl Now {
    /// `5m3s`, `2d`, … since `then`; `<unknown>` when it is not set.
    #[must_use]
    pub fn age(&self, then: Option<&Time>) -> String {
        then.filter(|then| !then.is_zero()).map_or_else(
            || "<unknown>".to_owned(),
            |then| human_duration(self.0.unix_seconds() - then.unix_seconds()),
        )
    }
}

/// One column and how to fill it.
pub struct Column<T> {
    pub name: &'static str,
    /// `string`, `integer`, `boolean`, `number` or `date`.
    pub type_: &'static str,
    /// `name` for the column that identifies the row, else empty.
    pub format: &'static str,
    pub description: &'static str,
    /// 0 is always shown, 1 with `-o wide`.
    pub priority: i32,
    pub cell: fn(&T, &Now) -> Cell,
}

const CREATED_AT: &str = "Created At";

/// Whether these are the columns of kinds that have none of their own upstream. Their printer is another, which has no rows where there
/// is nothing to show.
#[must_use]
pub fn are_generic_columns(columns: &[ColumnDefinition]) -> bool {
    matches!(columns, [_, created] if created.name == CREATED_AT)
}

impl<T: Kind> Column<T> {
    /// The first column of nearly every kind.
    pub const NAME: Self = Self {
        name: "Name",
        type_: "string",
        format: "name",
        description: descriptions::NAME,
        priority: 0,
        cell: |object, _| Value::from(object.metadata().name.as_str()),
    };
    /// Age since `metadata.creationTimestamp`.
    pub const AGE: Self = Self {
        name: "Age",
        type_: "string",
        format: "",
        description: descriptions::CREATION_TIMESTAMP,
        priority: 0,
        cell: |object, now| Value::from(now.age(Some(&object.metadata().creation_timestamp))),
    };
    /// The same moment as it is stored, of kinds without columns of their own upstream.
    pub const CREATED_AT: Self = Self {
        name: CREATED_AT,
        type_: "date",
        format: "",
        description: descriptions::CREATION_TIMESTAMP,
        priority: 0,
        cell: |object, _| Value::from(object.metadata().creation_timestamp.to_string()),
    };
}

impl<T> Column<T> {
    /// A column of text.
    pub const fn text(
        name: &'static str,
        description: &'static str,
        cell: fn(&T, &Now) -> Cell,
    ) -> Self {
        Self {
            name,
            type_: "string",
            format: "",
            description,
            priority: 0,
            cell,
        }
    }
    /// A column of whole numbers.
    pub const fn integer(
        name: &'static str,
        description: &'static str,
        cell: fn(&T, &Now) -> Cell,
    ) -> Self {
        Self {
            name,
            type_: "integer",
            format: "",
            description,
            priority: 0,
            cell,
        }
    }
    /// Shown with `-o wide` only.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.priority = 1;
        self
    }
    /// The definition without the function that fills it.
    #[must_use]
    pub fn definition(&self) -> ColumnDefinition {
        ColumnDefinition {
            name: Str::const_new(self.name),
            type_: Str::const_new(self.type_),
            format: Str::const_new(self.format),
            description: Str::const_new(self.description),
            priority: self.priority,
        }
    }
}

impl<T> std::fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.definition().fmt(f)
    }
}

/// `meta.k8s.io/v1` `TableColumnDefinition`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnDefinition {
    pub name: Str,
    pub type_: Str,
    pub format: Str,
    pub description: Str,
    pub priority: i32,
}

/// Descriptions that clients see on columns shared by kinds: the API documentation's words, as upstream answers them.
pub mod descriptions {
    pub const NAME: &str = "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";
    pub const CREATION_TIMESTAMP: &str = "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
}

/// Upstream's short form of a duration: two units while the first is small, then one.
#[must_use]
pub fn human_duration(seconds: i64) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const YEAR: i64 = 365 * DAY;
    let two = |big: i64, big_unit: char, small: i64, small_unit: char| {
        if small == 0 {
            format!("{big}{big_unit}")
        } else {
            format!("{big}{big_unit}{small}{small_unit}")
        }
    };
    match seconds {
        i64::MIN..=-2 => "<invalid>".to_owned(),
        -1 => "0s".to_owned(),
        s if s < 2 * MINUTE => format!("{s}s"),
        s if s < 10 * MINUTE => two(s / MINUTE, 'm', s % MINUTE, 's'),
        s if s < 3 * HOUR => format!("{}m", s / MINUTE),
        s if s < 8 * HOUR => two(s / HOUR, 'h', s % HOUR / MINUTE, 'm'),
        s if s < 2 * DAY => format!("{}h", s / HOUR),
        s if s < 8 * DAY => two(s / DAY, 'd', s % DAY / HOUR, 'h'),
        s if s < 2 * YEAR => format!("{}d", s / DAY),
        s if s < 8 * YEAR => two(s / YEAR, 'y', s % YEAR / DAY, 'd'),
        s => format!("{}y", s / YEAR),
    }
}
