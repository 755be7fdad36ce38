//! Custom resources: kinds that CustomResourceDefinitions add while the server runs. They are the same [`resource::ResourceType`] as
//! built-in kinds, over the schemas of their definitions, so that no verb knows of them.
pub(crate) mod api_services;
mod columns;
mod conversion;
mod definition;
mod definitions;
mod kind;
mod openapi;
mod scale;
mod validation;
mod versions;

pub(crate) use self::{
    conversion::Metrics as ConversionMetrics, definition::Definition, definitions::Definitions,
};
