//! Group `apiextensions.k8s.io`: kinds that users define.

mod conversion;
pub(crate) mod custom_resource_definition;
mod hub;
mod names;
mod parts;
mod ratchet;
mod schema;
mod show;
mod spec;
#[cfg(test)]
mod testing;
mod walk;
