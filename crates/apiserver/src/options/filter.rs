//! From selectors to a [`Filter`]: field labels become positions, or are refused.
use crate::cache::{Field, FieldRequirement, Filter};
use meta::{ApiError, Str, fields, labels};
use resource::ResourceInfo;

/// # Errors
/// 400 for a field label that the kind does not have.
pub(crate) fn filter_of(
    info: &ResourceInfo,
    namespace: &str,
    labels: Option<labels::Selector>,
    fields: Option<&fields::Selector>,
) -> Result<Filter, ApiError> {
    let mut filter = Filter {
        namespace: Str::from(namespace),
        labels,
        ..Filter::default()
    };
    for requirement in fields.into_iter().flat_map(fields::Selector::requirements) {
        let field = match requirement.field.as_str() {
            "metadata.name" => Field::Name,
            "metadata.namespace" if info.namespaced() => Field::Namespace,
            label => {
                let known = info.field_labels.iter().position(|known| *known == label);
                Field::Selectable(known.ok_or_else(|| unsupported(info, label))?)
            }
        };
        filter.fields.push(FieldRequirement {
            field,
            equal: !requirement.negated,
            value: requirement.value.clone(),
        });
    }
    Ok(filter)
}

/// Kinds with their own labels say so in one way, all others in another.
fn unsupported(info: &ResourceInfo, label: &str) -> ApiError {
    ApiError::bad_request(if info.field_labels.is_empty() && !info.dynamic {
        format!(
            "{label:?} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
        )
    } else {
        format!("field label not supported: {label}")
    })
}
