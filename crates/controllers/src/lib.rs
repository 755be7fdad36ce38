//! The built-in controllers. To add one: write its module, add one line to [`ALL`].
//!
//! Each is level-triggered: a key goes in, `plan` (pure, table-tested) looks at what is there and decides,
//! `reconcile` acts. They share nothing but caches. Behaviour, names, reasons and messages are those of
//! kube-controller-manager v1.36.

mod bootstrap_signer;
mod bootstrap_token;
mod certificates;
mod claim;
mod cluster_role_aggregation;
mod custom_resource_definition;
mod deployment;
mod disruption;
mod disruption_budget;
mod endpoint_slice;
mod endpoints;
mod garbage_collector;
mod legacy_token_cleaner;
mod namespace;
mod node_ipam;
mod node_lifecycle;
mod owner;
mod pod_gc;
mod pods;
mod protection;
mod replica_set;
mod resource_quota;
mod root_ca;
mod selection;
mod service_account;
mod service_account_token;
mod service_cidr;
mod service_pods;
mod taint_eviction;
mod taints;
mod time;
mod token_cleaner;
mod trigger;
mod ttl;
mod validating_admission_policy;

use client::controller::{Builder, Context};

pub use self::{
    certificates::{Authority, AuthorityError},
    node_ipam::Cidr,
    selection::Selection,
    service_account_token::TokenSigner,
};

use std::{sync::Arc, time::Duration};

/// Takes what it needs from the builder and starts.
pub type Register = fn(Builder, &Options);

/// Stands for the API server's own identity, in place of a service account: upstream runs the controller in the API server.
pub const API_SERVER: &str = "system:apiserver";

/// Stands for the controller manager's own identity, in place of a service account: without this controller there are no tokens for one.
pub const CONTROLLER_MANAGER: &str = "system:kube-controller-manager";

/// One controller.
#[derive(Clone, Copy, Debug)]
pub struct Controller {
    /// Upstream's name, as `--controllers` takes it.
    pub name: &'static str,
    /// Service account in `kube-system` that it acts as; or [`API_SERVER`] or [`CONTROLLER_MANAGER`].
    pub service_account: &'static str,
    pub register: Register,
    /// Whether `*` means it too.
    pub by_default: bool,
}

/// What controllers need to know of the cluster.
#[derive(Clone, Debug)]
pub struct Options {
    /// Signs what the built-in signers issue.
    pub authority: Arc<Authority>,
    /// Address ranges of pods, one per family at most; nodes get parts of them. Empty: nodes get none.
    pub cluster_cidrs: Vec<Cidr>,
    /// Tokens of old that the cluster made by itself, and that nobody has used for so long, are taken out of use. Upstream: a year.
    pub legacy_tokens_unused: Duration,
    /// PEM of the cluster's certificate authority, published in every namespace.
    pub root_ca_pem: String,
    pub selection: Selection,
    /// Terminated pods beyond this number are deleted, oldest first; 0 keeps all. Upstream: 12,500.
    pub terminated_pods_max: usize,
    /// Signs the tokens that Secrets hold.
    pub token_signer: TokenSigner,
}

/// Every controller, alphabetically.
pub const ALL: &[Controller] = &[
    on_demand(controller(
        "bootstrap-signer-controller",
        "bootstrap-signer",
        bootstrap_signer::register,
    )),
    controller(
        "certificatesigningrequest-approving-controller",
        "certificate-controller",
        certificates::approve::register,
    ),
    controller(
        "certificatesigningrequest-cleaner-controller",
        "certificate-controller",
        certificates::clean::register,
    ),
    controller(
        "certificatesigningrequest-signing-controller",
        "certificate-controller",
        certificates::sign::register,
    ),
    controller(
        "clusterrole-aggregation-controller",
        "clusterrole-aggregation-controller",
        cluster_role_aggregation::register,
    ),
    controller(
        "crd-condition-controller",
        API_SERVER,
        custom_resource_definition::register,
    ),
    controller(
        "crd-finalizer",
        API_SERVER,
        custom_resource_definition::cleanup::register,
    ),
    controller(
        "deployment-controller",
        "deployment-controller",
        deployment::register,
    ),
    controller(
        "disruption-controller",
        "disruption-controller",
        disruption_budget::register,
    ),
    controller(
        "endpoints-controller",
        "endpoint-controller",
        endpoints::register,
    ),
    controller(
        "endpointslice-controller",
        "endpointslice-controller",
        endpoint_slice::register,
    ),
    controller(
        "endpointslice-mirroring-controller",
        "endpointslicemirroring-controller",
        endpoint_slice::mirror::register,
    ),
    controller(
        "garbage-collector-controller",
        "generic-garbage-collector",
        garbage_collector::register,
    ),
    controller(
        "legacy-serviceaccount-token-cleaner-controller",
        "legacy-service-account-token-cleaner",
        legacy_token_cleaner::register,
    ),
    controller(
        "namespace-controller",
        "namespace-controller",
        namespace::register,
    ),
    controller(
        "node-ipam-controller",
        "node-controller",
        node_ipam::register,
    ),
    controller(
        "node-lifecycle-controller",
        "node-controller",
        node_lifecycle::register,
    ),
    controller(
        "persistentvolume-protection-controller",
        "pv-protection-controller",
        protection::volume::register,
    ),
    controller(
        "persistentvolumeclaim-protection-controller",
        "pvc-protection-controller",
        protection::claim::register,
    ),
    controller(
        "pod-garbage-collector-controller",
        "pod-garbage-collector",
        pod_gc::register,
    ),
    controller(
        "replicaset-controller",
        "replicaset-controller",
        replica_set::register,
    ),
    controller(
        "resourcequota-controller",
        "resourcequota-controller",
        resource_quota::register,
    ),
    controller(
        "root-ca-certificate-publisher-controller",
        "root-ca-cert-publisher",
        root_ca::register,
    ),
    controller(
        "service-cidr-controller",
        "service-cidrs-controller",
        service_cidr::register,
    ),
    controller(
        "serviceaccount-controller",
        "service-account-controller",
        service_account::register,
    ),
    controller(
        "serviceaccount-token-controller",
        CONTROLLER_MANAGER,
        service_account_token::register,
    ),
    controller(
        "taint-eviction-controller",
        "node-controller",
        taint_eviction::register,
    ),
    on_demand(controller(
        "token-cleaner-controller",
        "token-cleaner",
        token_cleaner::register,
    )),
    controller("ttl-controller", "ttl-controller", ttl::register),
    controller(
        "validatingadmissionpolicy-status-controller",
        "validatingadmissionpolicy-status-controller",
        validating_admission_policy::register,
    ),
    controller(
        "volumeattributesclass-protection-controller",
        "volumeattributesclass-protection-controller",
        protection::attributes_class::register,
    ),
];

const fn controller(
    name: &'static str,
    service_account: &'static str,
    register: Register,
) -> Controller {
    Controller {
        name,
        service_account,
        register,
        by_default: true,
    }
}

/// Runs only when it is named.
const fn on_demand(controller: Controller) -> Controller {
    Controller {
        by_default: false,
        ..controller
    }
}

/// Starts the selected controllers; they end when the context's tasks drain.
pub fn start(context: &Context, options: &Options) {
    for controller in ALL.iter().filter(|one| options.selection.runs(one)) {
        (controller.register)(
            Builder::new(controller.name, controller.service_account, context),
            options,
        );
    }
}
