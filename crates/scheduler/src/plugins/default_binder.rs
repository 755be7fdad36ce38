//! DefaultBinder: posts a Binding.

use crate::{
    framework::{self, Bind},
    pod::PodView,
};
use api::core::v1::{Binding, Pod};
use client::Client;

pub(super) struct DefaultBinder;

impl Bind for DefaultBinder {
    const NAME: &'static str = "DefaultBinder";

    fn bind(&self, client: Client, pod: &PodView, node: &str) -> Option<framework::Binding> {
        let key = pod.key.clone();
        let mut binding = Binding::default();
        binding.metadata.namespace = key.namespace.clone().unwrap_or_default();
        binding.metadata.name = key.name.clone();
        binding.metadata.uid = pod.uid.clone();
        binding.target.kind = "Node".into();
        binding.target.name = node.into();
        Some(Box::pin(async move {
            client.of::<Pod>().post(&key, "binding", &binding).await
        }))
    }
}
