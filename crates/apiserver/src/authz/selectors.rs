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
            Self::Texts { field, .. } => parsed_fields((*field)?)?,
            Self::Asked(asked) => asked_fields(asked)?.requirements,
        };
        (!requirements.is_empty()).then(|| FieldSelectorAttributes {
            requirements: requirements.into(),
            ..FieldSelectorAttributes::default()
        })
    }

    /// The label selector in the form of reviews.
    pub(super) fn labels(&self) -> Option<LabelSelectorAttributes> {
        let requirements = match self {
            Self::None => return None,
            Self::Texts { label, .. } => parsed_labels((*label)?)?,
            Self::Asked(asked) => asked_labels(asked)?.requirements,
        };
        (!requirements.is_empty()).then(|| LabelSelectorAttributes {
            requirements: requirements.into(),
            ..LabelSelectorAttributes::default()
        })
    }
}

/// Which selectors of a question could not be read, in the words of its answer.
pub(crate) fn unread(asked: &ResourceAttributes) -> Vec<&'static str> {
    const WORDS: [(&str, &str); 2] = [
        (
            "spec.resourceAttributes.fieldSelector ignored due to parse error",
            "spec.resourceAttributes.fieldSelector partially ignored due to parse error",
        ),
        (
            "spec.resourceAttributes.labelSelector ignored due to parse error",
            "spec.resourceAttributes.labelSelector partially ignored due to parse error",
        ),
    ];
    let fields = asked_fields(asked).map(|read| read.loss());
    let labels = asked_labels(asked).map(|read| read.loss());
    let losses = [fields.flatten(), labels.flatten()].into_iter().zip(WORDS);
    losses
        .filter_map(|(loss, (all, part))| match loss? {
            Loss::All => Some(all),
            Loss::Part => Some(part),
        })
        .collect()
}

/// How much of a selector could not be read.
enum Loss {
    All,
    Part,
}

/// What could be read of a selector.
struct Read<R> {
    requirements: Vec<R>,
    complete: bool,
}

impl<R: Clone> Read<R> {
    /// A text is read as a whole or not at all; of requirements, those that are known.
    fn new(text: Option<Option<Vec<R>>>, given: &[R], known: impl Fn(&&R) -> bool) -> Self {
        match text {
            Some(parsed) => Self {
                complete: parsed.is_some(),
                requirements: parsed.unwrap_or_default(),
            },
            None => {
                let requirements: Vec<R> = given.iter().filter(known).cloned().collect();
                Self {
                    complete: requirements.len() == given.len(),
                    requirements,
                }
            }
        }
    }

    fn loss(&self) -> Option<Loss> {
        match (self.complete, self.requirements.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Loss::All),
            (false, false) => Some(Loss::Part),
        }
    }
}

fn asked_fields(asked: &ResourceAttributes) -> Option<Read<FieldSelectorRequirement>> {
    let selector = asked.field_selector.as_deref()?;
    let text = &selector.raw_selector;
    Some(Read::new(
        (!text.is_empty()).then(|| parsed_fields(text)),
        &selector.requirements,
        |r| matches!((&*r.operator, r.values.len()), ("In" | "NotIn", 1)),
    ))
}

fn asked_labels(asked: &ResourceAttributes) -> Option<Read<LabelSelectorRequirement>> {
    let selector = asked.label_selector.as_deref()?;
    let text = &selector.raw_selector;
    Some(Read::new(
        (!text.is_empty()).then(|| parsed_labels(text)),
        &selector.requirements,
        |r| matches!(&*r.operator, "In" | "NotIn" | "Exists" | "DoesNotExist"),
    ))
}

fn parsed_fields(text: &str) -> Option<Vec<FieldSelectorRequirement>> {
    let selector = fields::Selector::parse(text).ok()?;
    let requirement = |r: &fields::Requirement| FieldSelectorRequirement {
        key: r.field.clone(),
        operator: if r.negated { "NotIn" } else { "In" }.into(),
        values: [r.value.clone()].into(),
    };
    Some(selector.requirements().iter().map(requirement).collect())
}

fn parsed_labels(text: &str) -> Option<Vec<LabelSelectorRequirement>> {
    use labels::Operator;
    let selector = labels::Selector::parse(text).ok()?;
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
            values: r.values().to_vec().into(),
        })
    };
    let requirements = selector.requirements().iter();
    Some(requirements.filter_map(requirement).collect())
}

#[cfg(test)]
mod tests;
