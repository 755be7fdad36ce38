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
