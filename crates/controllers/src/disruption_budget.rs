//! Counts for each PodDisruptionBudget how many of its pods may be evicted; takes back announcements of disruptions that did not come.
//!
//! Source: `pkg/controller/disruption`. More than upstream: a change of an owner's scale is looked at when it happens, not when one of
//! its pods changes.

mod expected;
mod plan;
mod stale;

use self::{
    expected::{Expected, Failure, Owners},
    plan::{Plan, counts_owners, desired, failed, plan},
};
use crate::{Options, time::now};
use api::{
    core::v1::Pod,
    policy::v1::{PodDisruptionBudget, PodDisruptionBudgetStatus},
};
use client::{
    Api, Cache, Change, Queue, cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{
    Kind, ObjectKey,
    codec::Projection,
    labels::{self, Selector},
};
use platform::Platform;
use std::sync::Arc;

/// What is read of owners that no other controller reads.
const STATEFUL_SET: Projection = Projection(&[
    ("ObjectMeta", cache::META),
    ("StatefulSetSpec", &["replicas"]),
    ("StatefulSetStatus", &[]),
]);
const REPLICATION_CONTROLLER: Projection = Projection(&[
    ("ObjectMeta", cache::META),
    ("ReplicationControllerSpec", &["replicas"]),
    ("ReplicationControllerStatus", &[]),
]);

pub(crate) fn register(mut builder: Builder, _: &Options) {
    stale::register(builder.sibling());
    let events = builder.recorder("controllermanager");
    let budgets = builder.primary::<PodDisruptionBudget>();
    let wake = Wake {
        queue: builder.queue(),
        budgets: budgets.clone(),
        events: events.clone(),
    };
    let pods = crate::pods::cache(&mut builder);
    let waking = wake.clone();
    pods.on_change(move |change| waking.pod_changed(&change));
    let owners = Owners {
        replica_sets: builder.cache(),
        deployments: builder.cache(),
        stateful_sets: builder.view(cache::Selector {
            parts: STATEFUL_SET,
            ..cache::Selector::default()
        }),
        replication_controllers: builder.view(cache::Selector {
            parts: REPLICATION_CONTROLLER,
            ..cache::Selector::default()
        }),
        client: builder.client(),
    };
    wake.on_scale(&owners.replica_sets, |set| set.spec.replicas);
    wake.on_scale(&owners.deployments, |deployment| deployment.spec.replicas);
    wake.on_scale(&owners.stateful_sets, |set| set.spec.replicas);
    wake.on_scale(&owners.replication_controllers, |controller| {
        controller.spec.replicas
    });
    let controller = DisruptionBudgets {
        api: builder.client().of(),
        platform: builder.platform().clone(),
        events,
        budgets,
        pods,
        owners,
    };
    // Upstream has one worker.
    builder.workers(1);
    builder.run(controller);
}

/// Turns changes of pods and their owners into keys of budgets.
#[derive(Clone)]
struct Wake {
    queue: Queue<ObjectKey>,
    budgets: Cache<PodDisruptionBudget>,
    events: Recorder,
}

impl Wake {
    /// The scale of an owner of pods concerns the budgets of its namespace.
    fn on_scale<K: Kind>(&self, owners: &Cache<K>, scale: fn(&K) -> Option<i32>) {
        let wake = self.clone();
        owners.on_change(move |change| {
            if let (Some(old), Some(new)) = (change.old, change.new)
                && scale(old) != scale(new)
            {
                for budget in wake.budgets.list(change.key.namespace.as_deref()) {
                    wake.queue.add(budget.key());
                }
            }
        });
    }

    /// Budgets that select the pod as it was or as it is.
    fn pod_changed(&self, change: &Change<'_, Pod>) {
        let covers = |pod: Option<&Arc<Pod>>, selector: &Selector| {
            pod.is_some_and(|pod| selector.matches(&pod.metadata.labels))
        };
        let mut covering = Vec::new();
        for budget in self.budgets.list(change.key.namespace.as_deref()) {
            let Ok(selector) = selector_of(&budget) else {
                continue;
            };
            let covers_new = covers(change.new, &selector);
            if covers_new || covers(change.old, &selector) {
                self.queue.add(budget.key());
            }
            if covers_new {
                covering.push(budget.metadata.name.clone());
            }
        }
        if let (Some(pod), [first, _, ..]) = (change.new, &covering[..]) {
            let message = format!(
                "Pod {:?}/{:?} matches multiple PodDisruptionBudgets.  Chose {:?} arbitrarily.",
                pod.metadata.namespace.as_str(),
                pod.metadata.name.as_str(),
                first.as_str()
            );
            self.events
                .warning(&**pod, "MultiplePodDisruptionBudgets", message);
        }
    }
}

/// None selects nothing, the empty one everything, as in `policy/v1`.
fn selector_of(budget: &PodDisruptionBudget) -> Result<Selector, labels::ParseError> {
    Selector::from_label_selector(budget.spec.selector.as_deref())
}

struct DisruptionBudgets {
    api: Api<PodDisruptionBudget>,
    platform: Platform,
    events: Recorder,
    budgets: Cache<PodDisruptionBudget>,
    pods: Cache<Pod>,
    owners: Owners,
}

impl Reconciler for DisruptionBudgets {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(budget) = self.budgets.get(key) else {
            return Ok(Action::Settled);
        };
        match self.count(&budget).await {
            Ok(plan) => {
                self.write(&budget, plan.status).await?;
                Ok(plan
                    .look_again
                    .map_or(Action::Settled, Action::RequeueAfter))
            }
            Err(Failure::Api(error)) if error.is_conflict() => Err(error.into()),
            Err(failure) => {
                let status = failed(&budget, &failure.to_string(), now(&self.platform));
                self.write(&budget, status).await?;
                match failure {
                    // Only a change of what there is can help, and wakes us.
                    Failure::Said(_) => Ok(Action::Settled),
                    Failure::Api(error) => Err(error.into()),
                }
            }
        }
    }
}

impl DisruptionBudgets {
    async fn count(&self, budget: &PodDisruptionBudget) -> Result<Plan, Failure> {
        let pods = self.select(budget)?;
        let (expected, desired) = match self.expect(budget, &pods).await {
            Ok(found) => found,
            Err(failure) => {
                let message = format!("Failed to calculate the number of expected pods: {failure}");
                self.events
                    .warning(budget, "CalculateExpectedPodCountFailed", message);
                return Err(failure);
            }
        };
        if expected.unmanaged {
            let selector = budget.spec.selector.as_deref();
            let selector = selector.map_or_else(|| "nil".to_owned(), labels::go_form);
            let message = format!(
                "Pods selected by this PodDisruptionBudget (selector: {selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value."
            );
            self.events.warning(budget, "UnmanagedPods", message);
        }
        let plan = plan(budget, &pods, expected.count, desired, now(&self.platform));
        for pod in &plan.overdue {
            // Upstream names the namespace twice, and the budget not at all.
            let namespace = &budget.metadata.namespace;
            let message = format!(
                "Pod was expected by PDB {namespace}/{namespace} to be deleted but it wasn't"
            );
            self.events.warning(&**pod, "NotDeleted", message);
        }
        Ok(plan)
    }

    fn select(&self, budget: &PodDisruptionBudget) -> Result<Vec<Arc<Pod>>, Failure> {
        let selector = selector_of(budget).map_err(|error| {
            let message = format!("Failed to get pods: {error}");
            self.events.warning(budget, "NoPods", message);
            Failure::Said(error.to_string())
        })?;
        let mut pods = self.pods.list(Some(&budget.metadata.namespace));
        pods.retain(|pod| selector.matches(&pod.metadata.labels));
        if pods.is_empty() {
            self.events
                .normal(budget, "NoPods", "No matching pods found");
        }
        Ok(pods)
    }

    /// Also how many should be healthy.
    async fn expect(
        &self,
        budget: &PodDisruptionBudget,
        pods: &[Arc<Pod>],
    ) -> Result<(Expected, i32), Failure> {
        let expected = if counts_owners(&budget.spec) {
            self.owners.expected(pods).await?
        } else {
            Expected::there(&budget.spec, pods)
        };
        let desired = desired(&budget.spec, expected.count).map_err(Failure::Said)?;
        Ok((expected, desired))
    }

    async fn write(
        &self,
        budget: &PodDisruptionBudget,
        status: PodDisruptionBudgetStatus,
    ) -> Result<(), client::Error> {
        if status == budget.status {
            return Ok(());
        }
        let mut updated = budget.clone();
        updated.status = status;
        self.api.replace_status(&updated).await.map(drop)
    }
}

#[cfg(test)]
mod tests;
