//! Group `admissionregistration.k8s.io`: what else looks at requests before they are stored.

pub(crate) mod client_config;
mod condition;
mod expression;
mod matching;
pub(crate) mod mutating_admission_policy;
pub(crate) mod mutating_admission_policy_binding;
pub(crate) mod mutating_webhook_configuration;
mod policy;
mod rule;
pub(crate) mod validating_admission_policy;
pub(crate) mod validating_admission_policy_binding;
pub(crate) mod validating_webhook_configuration;
mod webhook;

/// Names that will not be free for objects of the API once configurations can be read from files.
fn reserved_name_warnings(name: &str) -> Vec<String> {
    const SUFFIX: &str = ".static.k8s.io";
    let reserved = name.ends_with(SUFFIX).then(|| {
        format!(
            "metadata.name: names ending with {SUFFIX:?} will be reserved for static manifest-based configurations when the ManifestBasedAdmissionControlConfig feature gate is enabled"
        )
    });
    reserved.into_iter().collect()
}
