//! Gives a ClusterRole with an aggregation rule the rules of all roles that it selects.

use crate::Options;
use api::rbac::v1::{ClusterRole, PolicyRule};
use client::{
    Api, Cache, Patch, PatchParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, codec, labels::Selector};
use std::sync::Arc;

const FIELD_MANAGER: &str = "clusterrole-aggregation-controller";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let roles = builder.cache::<ClusterRole>();
    let (queue, all) = (builder.queue(), roles.clone());
    // Roles are few, and which of them an aggregation selects is what its reconcile finds out.
    roles.on_change(move |_| {
        let roles = all.list(None);
        let aggregated = roles.iter().filter(|role| role.aggregation_rule.is_some());
        for role in aggregated {
            queue.add(ObjectKey::cluster(role.metadata.name.clone()));
        }
    });
    let api = builder.client().of();
    builder.run(Aggregation { roles, api });
}

struct Aggregation {
    roles: Cache<ClusterRole>,
    api: Api<ClusterRole>,
}

impl Reconciler for Aggregation {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(role) = self.roles.get(key) else {
            return Ok(Action::Settled);
        };
        if let Some(rules) = plan(&role, self.roles.list(None)) {
            let rules: Vec<_> = rules.iter().map(|rule| codec::to_value(rule)).collect();
            let configuration = serde_json::json!({
                "apiVersion": "rbac.authorization.k8s.io/v1",
                "kind": "ClusterRole",
                "metadata": {"name": key.name.as_str()},
                "rules": rules,
            });
            let params = PatchParams::forced(FIELD_MANAGER);
            let patch = Patch::apply(&configuration);
            self.api.patch(key, &patch, &params).await?;
        }
        Ok(Action::Settled)
    }
}

/// The rules that the role should have, when it has others. Selector by selector, roles by name, each rule once.
fn plan(role: &ClusterRole, mut all: Vec<Arc<ClusterRole>>) -> Option<Vec<PolicyRule>> {
    let aggregation = role.aggregation_rule.as_ref()?;
    all.sort_by(|a, b| a.metadata.name.cmp(&b.metadata.name));
    let mut rules: Vec<PolicyRule> = Vec::new();
    for selector in &aggregation.cluster_role_selectors {
        // Validation lets no other selector in.
        let Ok(selector) = Selector::from_label_selector(Some(selector)) else {
            continue;
        };
        let others = all.iter().filter(|other| {
            other.metadata.name != role.metadata.name && selector.matches(&other.metadata.labels)
        });
        for rule in others.flat_map(|other| other.rules.iter()) {
            if !rules.contains(rule) {
                rules.push(rule.clone());
            }
        }
    }
    (rules[..] != role.rules[..]).then_some(rules)
}

#[cfg(test)]
mod tests;
