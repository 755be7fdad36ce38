//! ServiceCIDRs: ready when they are there, and kept while the address of a Service would lose the only range that it is in.

use crate::{Cidr, Options, time::now};
use api::networking::v1::{IPAddress, ServiceCIDR};
use client::{
    Api, Cache, Patch, PatchParams,
    cache::{Selector, View},
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str, Time};
use platform::Platform;
use serde_json::json;
use std::net::IpAddr;

const FINALIZER: &str = "networking.k8s.io/service-cidr-finalizer";
const FIELD_MANAGER: &str = "service-cidr-controller";
/// Of the addresses that the API server has given to Services.
const MANAGED: &str = "ipaddress.kubernetes.io/managed-by=ipallocator.k8s.io";
/// Before a range goes, whoever gives addresses out has seen that it does.
const GRACE_SECONDS: i64 = 10;

const READY: &str = "Kubernetes Service CIDR is ready";
const TERMINATING: &str = "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let ranges = builder.primary::<ServiceCIDR>();
    let addresses = builder.view::<IPAddress, Address>(Selector {
        labels: Str::const_new(MANAGED),
        ..Selector::default()
    });
    let (queue, all) = (builder.queue(), ranges.clone());
    let wake_going = move || {
        for range in all.list(None) {
            if range.metadata.deletion_timestamp.is_some() {
                queue.add(ObjectKey::cluster(range.metadata.name.clone()));
            }
        }
    };
    let wake = wake_going.clone();
    // A range that comes or goes changes whose addresses would be lost with another.
    ranges.on_change(move |_| wake());
    addresses.on_change(move |_| wake_going());
    let controller = ServiceCidrs {
        ranges,
        addresses,
        api: builder.client().of(),
        platform: builder.platform().clone(),
    };
    builder.run(controller);
}

struct ServiceCidrs {
    ranges: Cache<ServiceCIDR>,
    addresses: Cache<IPAddress, Address>,
    api: Api<ServiceCIDR>,
    platform: Platform,
}

/// Of an address, itself.
#[derive(Debug)]
struct Address(Option<IpAddr>);

impl View<IPAddress> for Address {
    fn of(address: IPAddress) -> Self {
        Self(address.metadata.name.parse().ok())
    }
}

#[derive(Debug, PartialEq)]
enum Step {
    AddFinalizer,
    Say {
        ready: bool,
        reason: &'static str,
        message: &'static str,
    },
    WaitUntil(Time),
    Release,
}

impl Reconciler for ServiceCidrs {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(range) = self.ranges.get(key) else {
            return Ok(Action::Settled);
        };
        let all: Vec<Named> = self
            .ranges
            .list(None)
            .iter()
            .map(|one| named(one))
            .collect();
        let addresses = self.addresses.list(None);
        let addresses = addresses.iter().filter_map(|address| address.0);
        let now = now(&self.platform);
        for step in plan(&range, &all, addresses, now) {
            match step {
                Step::AddFinalizer => {
                    let patch = json!({"metadata": {"finalizers": [FINALIZER]}});
                    self.patch(key, &Patch::strategic(&patch)).await?;
                }
                Step::Say {
                    ready,
                    reason,
                    message,
                } => {
                    self.say(key, ready, reason, message, now).await?;
                }
                Step::WaitUntil(time) => {
                    let left = crate::time::until(time, 0, now);
                    return Ok(Action::RequeueAfter(left));
                }
                Step::Release => {
                    let patch =
                        json!({"metadata": {"$deleteFromPrimitiveList/finalizers": [FINALIZER]}});
                    self.patch(key, &Patch::strategic(&patch)).await?;
                }
            }
        }
        Ok(Action::Settled)
    }
}

impl ServiceCidrs {
    async fn patch(&self, key: &ObjectKey, patch: &Patch) -> Result<(), ReconcileError> {
        match self.api.patch(key, patch, &PatchParams::default()).await {
            Err(error) if !error.is_not_found() => Err(error.into()),
            _ => Ok(()),
        }
    }

    async fn say(
        &self,
        key: &ObjectKey,
        ready: bool,
        reason: &str,
        message: &str,
        now: Time,
    ) -> Result<(), ReconcileError> {
        let status = if ready { "True" } else { "False" };
        let configuration = json!({
            "apiVersion": "networking.k8s.io/v1",
            "kind": "ServiceCIDR",
            "metadata": {"name": key.name.as_str()},
            "status": {"conditions": [{
                "type": "Ready",
                "status": status,
                "reason": reason,
                "message": message,
                "lastTransitionTime": now.to_string(),
            }]},
        });
        let params = PatchParams::forced(FIELD_MANAGER);
        let patch = Patch::apply(&configuration);
        self.api
            .patch_subresource(key, "status", &patch, &params)
            .await?;
        Ok(())
    }
}

/// A range's name and what it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    name: Str,
    cidrs: Vec<Cidr>,
}

fn named(range: &ServiceCIDR) -> Named {
    let cidrs = range.spec.cidrs.iter();
    Named {
        name: range.metadata.name.clone(),
        // Validation lets nothing in that does not parse.
        cidrs: cidrs.filter_map(|cidr| cidr.parse().ok()).collect(),
    }
}

fn plan(
    range: &ServiceCIDR,
    all: &[Named],
    addresses: impl Iterator<Item = IpAddr>,
    now: Time,
) -> Vec<Step> {
    let metadata = &range.metadata;
    let has_finalizer = metadata.finalizers.iter().any(|one| one == FINALIZER);
    let mut steps = Vec::new();
    let say = |ready, reason, message| {
        (!says(range, ready, message)).then_some(Step::Say {
            ready,
            reason,
            message,
        })
    };
    match metadata.deletion_timestamp {
        None => {
            if !has_finalizer {
                steps.push(Step::AddFinalizer);
            }
            steps.extend(say(true, "", READY));
        }
        Some(_) if !has_finalizer => {}
        Some(_) if !can_go(&named(range), all, addresses) => {
            steps.extend(say(false, "Terminating", TERMINATING));
        }
        Some(since) => {
            let due = Time::from_unix_seconds(since.unix_seconds() + GRACE_SECONDS);
            if due.unix_seconds() > now.unix_seconds() {
                steps.push(Step::WaitUntil(due));
            } else {
                steps.push(Step::Release);
            }
        }
    }
    steps
}

fn says(range: &ServiceCIDR, ready: bool, message: &str) -> bool {
    let status = if ready { "True" } else { "False" };
    let mut conditions = range.status.conditions.iter();
    conditions.any(|condition| {
        condition.type_ == "Ready" && condition.status == status && condition.message == message
    })
}

/// All of the range is in other ranges too, or no address is in this one alone.
fn can_go(range: &Named, all: &[Named], mut addresses: impl Iterator<Item = IpAddr>) -> bool {
    let others = || all.iter().filter(|other| other.name != range.name);
    let covered =
        |cidr: &Cidr| others().any(|other| other.cidrs.iter().any(|other| other.contains(cidr)));
    range.cidrs.iter().all(covered)
        || !addresses.any(|address| {
            let holds = |range: &Named| range.cidrs.iter().any(|cidr| cidr.can_give(address));
            holds(range) && !others().any(holds)
        })
}

#[cfg(test)]
mod tests;
