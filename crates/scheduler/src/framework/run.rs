//! What happens at each point after Filter: who is asked, in which order, and what one plugin's answer means for the others.

use super::{
    plugins::Plugins,
    points::{Permission, Reason, Refusal, Remedy},
    statuses::NodeStatuses,
    waiting::WaitingPods,
};
use crate::{pod::PodView, state::State};
use client::Client;
use meta::Str;
use std::{sync::Arc, time::Duration};

/// A plugin's refusal of a pod that had a node.
#[derive(Debug)]
pub(crate) struct Setback {
    point: &'static str,
    /// Empty when no plugin took the pod on.
    pub(crate) plugin: &'static str,
    pub(crate) refusal: Refusal,
}

impl Setback {
    /// A pod that waited was rejected by a plugin, by name.
    pub(crate) fn while_waiting(plugin: &'static str, reason: Reason) -> Self {
        Self {
            point: "Permit",
            plugin,
            refusal: Refusal::Rejected(reason),
        }
    }

    /// In upstream's words: a rejection reads as one by the only node that was left.
    pub(crate) fn message(&self) -> String {
        match &self.refusal {
            Refusal::Rejected(reason) => format!("0/1 nodes are available: 1 {reason}."),
            Refusal::Failed(error) if self.plugin.is_empty() => error.to_string(),
            Refusal::Failed(error) => {
                format!("running {} plugin \"{}\": {error}", self.point, self.plugin)
            }
        }
    }
}

/// What the Permit plugins say together.
#[derive(Debug)]
pub(crate) enum Permitted {
    Now,
    /// When these plugins have allowed it, each within its time.
    Later(Vec<(&'static str, Duration)>),
}

/// What the PostFilter plugins say together.
#[derive(Debug, Default)]
pub(crate) struct Remedied {
    pub(crate) nominated: Option<Str>,
    /// Empty when there is nothing to say.
    pub(crate) message: String,
}

impl Plugins {
    /// Asks the PostFilter plugins until one has helped or says that none can.
    pub(crate) fn run_post_filters(
        &self,
        pod: &PodView,
        state: &State,
        statuses: &NodeStatuses,
    ) -> Remedied {
        let mut reasons: Vec<String> = Vec::new();
        for plugin in &self.post_filters {
            match plugin.post_filter(pod, state, statuses) {
                Remedy::Nominated(node) => {
                    return Remedied {
                        nominated: Some(node),
                        message: String::new(),
                    };
                }
                Remedy::None(more) => reasons.extend(more.iter().map(Reason::to_string)),
                Remedy::Never(reason) => {
                    reasons = vec![reason.to_string()];
                    break;
                }
                Remedy::Failed(error) => {
                    let plugin = plugin.name();
                    tracing::error!(pod = %pod.key, plugin, %error, "a PostFilter plugin failed");
                    reasons = vec![format!("running PostFilter plugin \"{plugin}\": {error}")];
                    break;
                }
            }
        }
        Remedied {
            nominated: None,
            message: reasons.join(", "),
        }
    }

    /// Runs Reserve. The caller rolls back with [`Plugins::unreserve`], also after an error of this.
    pub(crate) fn run_reserve(&self, pod: &PodView, node: &str) -> Result<(), Setback> {
        for plugin in &self.reserves {
            plugin.reserve(pod, node).map_err(|refusal| Setback {
                point: "Reserve",
                plugin: plugin.name(),
                refusal,
            })?;
        }
        Ok(())
    }

    /// Rolls back Reserve, in reverse.
    pub(crate) fn unreserve(&self, pod: &PodView, node: &str) {
        for plugin in self.reserves.iter().rev() {
            plugin.unreserve(pod, node);
        }
    }

    /// Runs Permit: all are asked unless one denies.
    pub(crate) fn run_permit(
        &self,
        pod: &PodView,
        node: &str,
        waiting: &WaitingPods,
    ) -> Result<Permitted, Setback> {
        let mut waits = Vec::new();
        for plugin in &self.permits {
            match plugin.permit(pod, node, waiting) {
                Permission::Allowed => {}
                Permission::Wait(wait) => waits.push((plugin.name(), wait)),
                Permission::Denied(refusal) => {
                    return Err(Setback {
                        point: "Permit",
                        plugin: plugin.name(),
                        refusal,
                    });
                }
            }
        }
        if waits.is_empty() {
            Ok(Permitted::Now)
        } else {
            Ok(Permitted::Later(waits))
        }
    }

    /// The binding cycle: PreBind one after the other, then the first Bind plugin that binds such pods.
    pub(crate) async fn run_bind(
        self: Arc<Self>,
        client: Client,
        pod: Arc<PodView>,
        node: Str,
    ) -> Result<(), Setback> {
        for plugin in &self.pre_binds {
            let outcome = plugin.pre_bind(client.clone(), &pod, &node).await;
            outcome.map_err(|refusal| Setback {
                point: "PreBind",
                plugin: plugin.name(),
                refusal,
            })?;
        }
        for plugin in &self.binders {
            let Some(binding) = plugin.bind(client.clone(), &pod, &node) else {
                continue;
            };
            return binding.await.map_err(|error| Setback {
                point: "Bind",
                plugin: plugin.name(),
                refusal: Refusal::Failed(Box::new(error)),
            });
        }
        Err(Setback {
            point: "Bind",
            plugin: "",
            refusal: Refusal::Failed("no Bind plugin of the profile binds the pod".into()),
        })
    }

    /// Tells the PostBind plugins; nothing that they do can fail the pod.
    pub(crate) fn run_post_bind(&self, pod: &PodView, node: &str) {
        for plugin in &self.post_binds {
            plugin.post_bind(pod, node);
        }
    }
}
