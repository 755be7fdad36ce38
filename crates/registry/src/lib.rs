//! The built-in resources, one module per kind. To add one: write its module, add one line to [`builtin`].

mod admissionregistration;
mod apiextensions;
mod apiregistration;
mod apps;
mod autoscaling;
mod batch;
mod certificates;
mod coordination;
mod core;
mod devices;
mod discovery;
mod expression;
mod flowcontrol;
pub mod fuzzing;
mod networking;
mod node;
mod policy;
mod rbac;
mod rules;
mod scheduling;
mod selector;
mod storage;
#[cfg(test)]
mod testing;
mod url;
mod x509;

pub use self::{core::service::ServiceNetwork, networking::addresses::Range as AddressRange};
use resource::{ResourceType, resource};
use std::sync::Arc;
use telemetry::metrics::Registry;

/// How long upstream keeps events, unless it is told otherwise.
pub const EVENT_TTL_SECONDS: u32 = 3600;

/// Every kind that the server serves, by group and name. Events are kept for `event_ttl_seconds`; 0 keeps them. What Services are given
/// is counted in `metrics`.
#[must_use]
pub fn builtin(
    services: ServiceNetwork,
    event_ttl_seconds: u32,
    metrics: &Registry,
) -> Vec<Arc<dyn ResourceType>> {
    vec![
        resource(admissionregistration::mutating_admission_policy::MutatingAdmissionPolicies),
        resource(admissionregistration::mutating_admission_policy_binding::MutatingAdmissionPolicyBindings),
        resource(admissionregistration::mutating_webhook_configuration::MutatingWebhookConfigurations),
        resource(admissionregistration::validating_admission_policy::ValidatingAdmissionPolicies),
        resource(admissionregistration::validating_admission_policy_binding::ValidatingAdmissionPolicyBindings),
        resource(admissionregistration::validating_webhook_configuration::ValidatingWebhookConfigurations),
        resource(apiextensions::custom_resource_definition::CustomResourceDefinitions),
        resource(apiregistration::api_service::APIServices),
        resource(apps::controller_revision::ControllerRevisions),
        resource(apps::daemon_set::DaemonSets),
        resource(apps::deployment::Deployments),
        resource(apps::replica_set::ReplicaSets),
        resource(apps::stateful_set::StatefulSets),
        resource(autoscaling::horizontal_pod_autoscaler::Autoscalers),
        resource(batch::cron_job::CronJobs),
        resource(batch::job::Jobs),
        resource(certificates::certificate_signing_request::CertificateSigningRequests),
        resource(coordination::lease::Leases),
        resource(core::component_status::ComponentStatuses),
        resource(core::config_map::ConfigMaps),
        resource(core::endpoints::EndpointsStrategy),
        resource(core::event::Events { ttl_seconds: event_ttl_seconds }),
        resource(core::limit_range::LimitRanges),
        resource(core::namespace::Namespaces),
        resource(core::node::Nodes),
        resource(core::persistent_volume::PersistentVolumes),
        resource(core::persistent_volume_claim::PersistentVolumeClaims),
        resource(core::pod::Pods),
        resource(core::pod_template::PodTemplates),
        resource(core::replication_controller::ReplicationControllers),
        resource(core::resource_quota::ResourceQuotas),
        resource(core::secret::Secrets),
        resource(core::service::Services::new(services, metrics)),
        resource(core::service_account::ServiceAccounts),
        resource(devices::device_class::DeviceClasses),
        resource(devices::resource_claim::ResourceClaims),
        resource(devices::resource_claim_template::ResourceClaimTemplates),
        resource(devices::resource_slice::ResourceSlices),
        resource(discovery::endpoint_slice::EndpointSlices),
        resource(flowcontrol::flow_schema::FlowSchemas),
        resource(flowcontrol::priority_level_configuration::PriorityLevelConfigurations),
        resource(networking::ingress::Ingresses),
        resource(networking::ingress_class::IngressClasses),
        resource(networking::ip_address::IPAddresses),
        resource(networking::network_policy::NetworkPolicies),
        resource(networking::service_cidr::ServiceCIDRs),
        resource(node::runtime_class::RuntimeClasses),
        resource(policy::pod_disruption_budget::Budgets),
        resource(rbac::cluster_role::ClusterRoles),
        resource(rbac::cluster_role_binding::ClusterRoleBindings),
        resource(rbac::role::Roles),
        resource(rbac::role_binding::RoleBindings),
        resource(scheduling::priority_class::PriorityClasses),
        resource(storage::csi_driver::CSIDrivers),
        resource(storage::csi_node::CSINodes),
        resource(storage::csi_storage_capacity::CSIStorageCapacities),
        resource(storage::storage_class::StorageClasses),
        resource(storage::volume_attachment::VolumeAttachments),
        resource(storage::volume_attributes_class::VolumeAttributesClasses),
    ]
}
