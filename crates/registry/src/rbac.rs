//! rbac.authorization.k8s.io/v1: the four kinds, and the rules that they share.

mod binding;
pub(crate) mod cluster_role;
pub(crate) mod cluster_role_binding;
pub(crate) mod role;
pub(crate) mod role_binding;
mod rule;
#[cfg(test)]
mod tests;

const GROUP: &str = "rbac.authorization.k8s.io";
