//! The columns that a definition adds to the table of its kind.
use api::apiextensions::v1::CustomResourceColumnDefinition;
use meta::{Dynamic, Str, codec};
use resource::{Cell, ColumnDefinition, Now, descriptions};
use serde_json::Value;
use structural::JsonPath;

/// One of them, and the way to its cells: none where the path cannot be read.
pub(super) struct PrinterColumn {
    definition: ColumnDefinition,
    path: Option<JsonPath>,
}

impl PrinterColumn {
    /// The columns of a version: its own, or the age of its objects.
    pub(super) fn all(columns: &[CustomResourceColumnDefinition]) -> Vec<Self> {
        if columns.is_empty() {
            let age = CustomResourceColumnDefinition {
                name: "Age".into(),
                type_: "date".into(),
                description: Str::const_new(descriptions::CREATION_TIMESTAMP),
                json_path: ".metadata.creationTimestamp".into(),
                ..CustomResourceColumnDefinition::default()
            };
            return vec![Self::new(&age)];
        }
        columns.iter().map(Self::new).collect()
    }

    fn new(column: &CustomResourceColumnDefinition) -> Self {
        let description = if column.description.is_empty() {
            let path = &column.json_path;
            format!("Custom resource definition column (in JSONPath format): {path}").into()
        } else {
            column.description.clone()
        };
        Self {
            definition: ColumnDefinition {
                name: column.name.clone(),
                type_: column.type_.clone(),
                format: column.format.clone(),
                description,
                priority: column.priority,
            },
            path: JsonPath::parse(&column.json_path).ok(),
        }
    }

    fn cell(&self, document: &Value, now: &Now) -> Cell {
        let age = |then| now.age(Some(&then));
        self.path.as_ref().map_or(Value::Null, |path| {
            structural::printer_cell(path, &self.definition.type_, document, &age)
        })
    }
}

/// The name, and the definition's own.
pub(super) fn definitions(columns: &[PrinterColumn]) -> Vec<ColumnDefinition> {
    let name = ColumnDefinition {
        name: Str::const_new("Name"),
        type_: Str::const_new("string"),
        format: Str::const_new("name"),
        description: Str::const_new(descriptions::NAME),
        priority: 0,
    };
    let own = columns.iter().map(|column| column.definition.clone());
    std::iter::once(name).chain(own).collect()
}

/// The row of an object.
pub(super) fn cells(columns: &[PrinterColumn], object: &Dynamic, now: &Now) -> Vec<Cell> {
    let document = codec::to_value(object);
    let own = columns.iter().map(|column| column.cell(&document, now));
    let name = Value::from(object.metadata.name.as_str());
    std::iter::once(name).chain(own).collect()
}
