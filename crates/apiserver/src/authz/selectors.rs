//! Selectors of a request, as authorizers see them: what of them can be understood. They only narrow, so what cannot be is left out.
use api::authorization::v1::{
    FieldSelectorAttributes, LabelSelectorAttributes, ResourceAttributes,
};
use meta::{
    Str, fields, labels,
    v1::{FieldSelectorRequirement, LabelSelectorRequirement},
};

/// Where the selectors stand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Selectors<'a> {
    #[default]
    None,
    /// In a request's query.
    Texts {
        field: Option<&'a str>,
        label: Option<&'a str>,
    },
    /// In a review's question.
    Asked(&'a ResourceAttributes),
}

impl Selectors<'_> {
    /// Whether a list is narrowed to objects whose field has this one value.
    pub(super) fn demands(&self, field: &str, value: &str) -> bool {
        self.fields().is_some_and(|selector| {
            selector.requirements.iter().any(|requirement| {
                requirement.key == field
                    && requirement.operator == "In"
                    && requirement.values.as_slice() == [Str::from(value)]
            })
        })
    }

    /// The field selector in the form of reviews.
    pub(super) fn fields(&self) -> Option<FieldSelectorAttributes> {
        let requirements = match self {
            Self::None => return None,
            Self::Texts { field, .. } => parsed_fields((*field)?),
            Self::Asked(asked) => {
                let selector = asked.field_selector.as_deref()?;
                if selector.raw_selector.is_empty() {
                    let known = |r: &&FieldSelectorRequirement| {
                        matches!((&*r.operator, r.values.len()), ("In" | "NotIn", 1))
                    };
                    selector
                        .requirements
                        .iter()
                        .filter(known)
                        .cloned()
                        .collect()
                } else {
                    parsed_fields(&selector.raw_selector)
                }
            }
        };
        (!requirements.is_empty()).then(|| FieldSelectorAttributes {
            requirements,
            ..FieldSelectorAttributes::default()
        })
    }

    /// The label selector in the form of reviews.
    pub(super) fn labels(&self) -> Option<LabelSelectorAttributes> {
        let requirements = match self {
            Self::None => return None,
            Self::Texts { label, .. } => parsed_labels((*label)?),
            Self::Asked(asked) => {
                let selector = asked.label_selector.as_deref()?;
                if selector.raw_selector.is_empty() {
                    let known = |r: &&LabelSelectorRequirement| {
                        matches!(&*r.operator, "In" | "NotIn" | "Exists" | "DoesNotExist")
                    };
                    selector
                        .requirements
                        .iter()
                        .filter(known)
                        .cloned()
                        .collect()
                } else {
                    parsed_labels(&selector.raw_selector)
                }
            }
        };
        (!requirements.is_empty()).then(|| LabelSelectorAttributes {
            requirements,
            ..LabelSelectorAttributes::default()
        })
    }
}

fn parsed_fields(text: &str) -> Vec<FieldSelectorRequirement> {
    let Ok(selector) = fields::Selector::parse(text) else {
        return Vec::new();
    };
    let requirement = |r: &fields::Requirement| FieldSelectorRequirement {
        key: r.field.clone(),
        operator: if r.negated { "NotIn" } else { "In" }.into(),
        values: vec![r.value.clone()],
    };
    selector.requirements().iter().map(requirement).collect()
}

fn parsed_labels(text: &str) -> Vec<LabelSelectorRequirement> {
    use labels::Operator;
    let Ok(selector) = labels::Selector::parse(text) else {
        return Vec::new();
    };
    let requirement = |r: &labels::Requirement| {
        let operator = match r.operator() {
            Operator::In | Operator::Equals | Operator::DoubleEquals => "In",
            Operator::NotIn | Operator::NotEquals => "NotIn",
            Operator::Exists => "Exists",
            Operator::DoesNotExist => "DoesNotExist",
            Operator::GreaterThan | Operator::LessThan => return None,
        };
        Some(LabelSelectorRequirement {
            key: r.key().clone(),
            operator: operator.into(),
            values: r.values().to_vec(),
        })
    };
    selector
        .requirements()
        .iter()
        .filter_map(requirement)
        .collect()
}
