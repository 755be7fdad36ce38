//! From selectors to a [`Filter`]: field labels become positions, or are refused.
use crate::cache::{Field, FieldRequirement, Filter};
use meta::{ApiError, Str, fields, go_quote, labels};
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
            "metadata.namespace" if has_namespace_field(info) => Field::Namespace,
            label => {
                let label = current_label(info, label);
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
    narrow(&mut filter, info);
    Ok(filter)
}

/// A field selector can say the namespace in place of the path. A list goes on relative to it then.
fn narrow(filter: &mut Filter, info: &ResourceInfo) {
    if !filter.namespace.is_empty() || !info.namespaced() {
        return;
    }
    let of_one = |wanted: &&FieldRequirement| wanted.field == Field::Namespace && wanted.equal;
    let Some(namespace) = filter
        .fields
        .iter()
        .find(of_one)
        .map(|wanted| &wanted.value)
    else {
        return;
    };
    if meta::validation::dns1123_label(namespace).is_empty() {
        filter.namespace = namespace.clone();
    }
}

/// Kinds without labels of their own have this one wherever they are.
fn has_namespace_field(info: &ResourceInfo) -> bool {
    info.namespaced() || (info.field_labels.is_empty() && !info.dynamic)
}

fn current_label<'a>(info: &ResourceInfo, label: &'a str) -> &'a str {
    let mut older = info.older_field_labels.iter();
    older
        .find(|(older, _)| *older == label)
        .map_or(label, |(_, current)| current)
}

/// Kinds with their own labels say so in one way (with two exceptions), all others in another.
fn unsupported(info: &ResourceInfo, label: &str) -> ApiError {
    ApiError::bad_request(if info.field_labels.is_empty() && !info.dynamic {
        let label = go_quote(label);
        format!(
            "{label} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
        )
    } else {
        match &*info.group {
            "batch" if !info.dynamic => {
                let label = go_quote(label);
                format!("field label {label} not supported for {}", info.kind)
            }
            "resource.k8s.io" if !info.dynamic => format!(
                "field label not supported for {}, Kind={}: {label}",
                info.api_version, info.kind
            ),
            _ => format!("field label not supported: {label}"),
        }
    })
}
