//! Every type that is a document of its own, lists aside. Written by `cargo xtask schema`; do not edit.

use meta::codec::Message;

/// `apiVersion`, `kind`, and how to make one.
pub type Root = (&'static str, &'static str, fn() -> Box<dyn Message>);

/// By group version.
pub static ROOTS: &[Root] = &[
    ("admission.k8s.io/v1", "AdmissionReview", || {
        Box::new(crate::admission::v1::AdmissionReview::default())
    }),
    (
        "admissionregistration.k8s.io/v1",
        "MutatingAdmissionPolicy",
        || Box::new(crate::admissionregistration::v1::MutatingAdmissionPolicy::default()),
    ),
    (
        "admissionregistration.k8s.io/v1",
        "MutatingAdmissionPolicyBinding",
        || Box::new(crate::admissionregistration::v1::MutatingAdmissionPolicyBinding::default()),
    ),
    (
        "admissionregistration.k8s.io/v1",
        "MutatingWebhookConfiguration",
        || Box::new(crate::admissionregistration::v1::MutatingWebhookConfiguration::default()),
    ),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingAdmissionPolicy",
        || Box::new(crate::admissionregistration::v1::ValidatingAdmissionPolicy::default()),
    ),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingAdmissionPolicyBinding",
        || Box::new(crate::admissionregistration::v1::ValidatingAdmissionPolicyBinding::default()),
    ),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingWebhookConfiguration",
        || Box::new(crate::admissionregistration::v1::ValidatingWebhookConfiguration::default()),
    ),
    ("apidiscovery.k8s.io/v2", "APIGroupDiscovery", || {
        Box::new(crate::apidiscovery::v2::APIGroupDiscovery::default())
    }),
    ("apiextensions.k8s.io/v1", "ConversionReview", || {
        Box::new(crate::apiextensions::v1::ConversionReview::default())
    }),
    (
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        || Box::new(crate::apiextensions::v1::CustomResourceDefinition::default()),
    ),
    ("apiregistration.k8s.io/v1", "APIService", || {
        Box::new(crate::apiregistration::v1::APIService::default())
    }),
    ("apps/v1", "ControllerRevision", || {
        Box::new(crate::apps::v1::ControllerRevision::default())
    }),
    ("apps/v1", "DaemonSet", || {
        Box::new(crate::apps::v1::DaemonSet::default())
    }),
    ("apps/v1", "Deployment", || {
        Box::new(crate::apps::v1::Deployment::default())
    }),
    ("apps/v1", "ReplicaSet", || {
        Box::new(crate::apps::v1::ReplicaSet::default())
    }),
    ("apps/v1", "StatefulSet", || {
        Box::new(crate::apps::v1::StatefulSet::default())
    }),
    ("authentication.k8s.io/v1", "SelfSubjectReview", || {
        Box::new(crate::authentication::v1::SelfSubjectReview::default())
    }),
    ("authentication.k8s.io/v1", "TokenRequest", || {
        Box::new(crate::authentication::v1::TokenRequest::default())
    }),
    ("authentication.k8s.io/v1", "TokenReview", || {
        Box::new(crate::authentication::v1::TokenReview::default())
    }),
    (
        "authorization.k8s.io/v1",
        "LocalSubjectAccessReview",
        || Box::new(crate::authorization::v1::LocalSubjectAccessReview::default()),
    ),
    ("authorization.k8s.io/v1", "SelfSubjectAccessReview", || {
        Box::new(crate::authorization::v1::SelfSubjectAccessReview::default())
    }),
    ("authorization.k8s.io/v1", "SelfSubjectRulesReview", || {
        Box::new(crate::authorization::v1::SelfSubjectRulesReview::default())
    }),
    ("authorization.k8s.io/v1", "SubjectAccessReview", || {
        Box::new(crate::authorization::v1::SubjectAccessReview::default())
    }),
    ("autoscaling/v1", "HorizontalPodAutoscaler", || {
        Box::new(crate::autoscaling::v1::HorizontalPodAutoscaler::default())
    }),
    ("autoscaling/v1", "Scale", || {
        Box::new(crate::autoscaling::v1::Scale::default())
    }),
    ("autoscaling/v2", "HorizontalPodAutoscaler", || {
        Box::new(crate::autoscaling::v2::HorizontalPodAutoscaler::default())
    }),
    ("batch/v1", "CronJob", || {
        Box::new(crate::batch::v1::CronJob::default())
    }),
    ("batch/v1", "Job", || {
        Box::new(crate::batch::v1::Job::default())
    }),
    (
        "certificates.k8s.io/v1",
        "CertificateSigningRequest",
        || Box::new(crate::certificates::v1::CertificateSigningRequest::default()),
    ),
    ("coordination.k8s.io/v1", "Lease", || {
        Box::new(crate::coordination::v1::Lease::default())
    }),
    ("v1", "Binding", || {
        Box::new(crate::core::v1::Binding::default())
    }),
    ("v1", "ComponentStatus", || {
        Box::new(crate::core::v1::ComponentStatus::default())
    }),
    ("v1", "ConfigMap", || {
        Box::new(crate::core::v1::ConfigMap::default())
    }),
    ("v1", "Endpoints", || {
        Box::new(crate::core::v1::Endpoints::default())
    }),
    (
        "v1",
        "Event",
        || Box::new(crate::core::v1::Event::default()),
    ),
    ("v1", "LimitRange", || {
        Box::new(crate::core::v1::LimitRange::default())
    }),
    ("v1", "Namespace", || {
        Box::new(crate::core::v1::Namespace::default())
    }),
    ("v1", "Node", || Box::new(crate::core::v1::Node::default())),
    ("v1", "NodeProxyOptions", || {
        Box::new(crate::core::v1::NodeProxyOptions::default())
    }),
    ("v1", "PersistentVolume", || {
        Box::new(crate::core::v1::PersistentVolume::default())
    }),
    ("v1", "PersistentVolumeClaim", || {
        Box::new(crate::core::v1::PersistentVolumeClaim::default())
    }),
    ("v1", "Pod", || Box::new(crate::core::v1::Pod::default())),
    ("v1", "PodAttachOptions", || {
        Box::new(crate::core::v1::PodAttachOptions::default())
    }),
    ("v1", "PodExecOptions", || {
        Box::new(crate::core::v1::PodExecOptions::default())
    }),
    ("v1", "PodLogOptions", || {
        Box::new(crate::core::v1::PodLogOptions::default())
    }),
    ("v1", "PodPortForwardOptions", || {
        Box::new(crate::core::v1::PodPortForwardOptions::default())
    }),
    ("v1", "PodProxyOptions", || {
        Box::new(crate::core::v1::PodProxyOptions::default())
    }),
    ("v1", "PodStatusResult", || {
        Box::new(crate::core::v1::PodStatusResult::default())
    }),
    ("v1", "PodTemplate", || {
        Box::new(crate::core::v1::PodTemplate::default())
    }),
    ("v1", "RangeAllocation", || {
        Box::new(crate::core::v1::RangeAllocation::default())
    }),
    ("v1", "ReplicationController", || {
        Box::new(crate::core::v1::ReplicationController::default())
    }),
    ("v1", "ResourceQuota", || {
        Box::new(crate::core::v1::ResourceQuota::default())
    }),
    ("v1", "Secret", || {
        Box::new(crate::core::v1::Secret::default())
    }),
    ("v1", "SerializedReference", || {
        Box::new(crate::core::v1::SerializedReference::default())
    }),
    ("v1", "Service", || {
        Box::new(crate::core::v1::Service::default())
    }),
    ("v1", "ServiceAccount", || {
        Box::new(crate::core::v1::ServiceAccount::default())
    }),
    ("v1", "ServiceProxyOptions", || {
        Box::new(crate::core::v1::ServiceProxyOptions::default())
    }),
    ("discovery.k8s.io/v1", "EndpointSlice", || {
        Box::new(crate::discovery::v1::EndpointSlice::default())
    }),
    ("events.k8s.io/v1", "Event", || {
        Box::new(crate::events::v1::Event::default())
    }),
    ("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", || {
        Box::new(crate::flowcontrol::v1::FlowSchema::default())
    }),
    (
        "flowcontrol.apiserver.k8s.io/v1",
        "PriorityLevelConfiguration",
        || Box::new(crate::flowcontrol::v1::PriorityLevelConfiguration::default()),
    ),
    ("networking.k8s.io/v1", "IPAddress", || {
        Box::new(crate::networking::v1::IPAddress::default())
    }),
    ("networking.k8s.io/v1", "Ingress", || {
        Box::new(crate::networking::v1::Ingress::default())
    }),
    ("networking.k8s.io/v1", "IngressClass", || {
        Box::new(crate::networking::v1::IngressClass::default())
    }),
    ("networking.k8s.io/v1", "NetworkPolicy", || {
        Box::new(crate::networking::v1::NetworkPolicy::default())
    }),
    ("networking.k8s.io/v1", "ServiceCIDR", || {
        Box::new(crate::networking::v1::ServiceCIDR::default())
    }),
    ("node.k8s.io/v1", "RuntimeClass", || {
        Box::new(crate::node::v1::RuntimeClass::default())
    }),
    ("policy/v1", "Eviction", || {
        Box::new(crate::policy::v1::Eviction::default())
    }),
    ("policy/v1", "PodDisruptionBudget", || {
        Box::new(crate::policy::v1::PodDisruptionBudget::default())
    }),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", || {
        Box::new(crate::rbac::v1::ClusterRole::default())
    }),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", || {
        Box::new(crate::rbac::v1::ClusterRoleBinding::default())
    }),
    ("rbac.authorization.k8s.io/v1", "Role", || {
        Box::new(crate::rbac::v1::Role::default())
    }),
    ("rbac.authorization.k8s.io/v1", "RoleBinding", || {
        Box::new(crate::rbac::v1::RoleBinding::default())
    }),
    ("resource.k8s.io/v1", "DeviceClass", || {
        Box::new(crate::resource::v1::DeviceClass::default())
    }),
    ("resource.k8s.io/v1", "ResourceClaim", || {
        Box::new(crate::resource::v1::ResourceClaim::default())
    }),
    ("resource.k8s.io/v1", "ResourceClaimTemplate", || {
        Box::new(crate::resource::v1::ResourceClaimTemplate::default())
    }),
    ("resource.k8s.io/v1", "ResourceSlice", || {
        Box::new(crate::resource::v1::ResourceSlice::default())
    }),
    ("scheduling.k8s.io/v1", "PriorityClass", || {
        Box::new(crate::scheduling::v1::PriorityClass::default())
    }),
    ("storage.k8s.io/v1", "CSIDriver", || {
        Box::new(crate::storage::v1::CSIDriver::default())
    }),
    ("storage.k8s.io/v1", "CSINode", || {
        Box::new(crate::storage::v1::CSINode::default())
    }),
    ("storage.k8s.io/v1", "CSIStorageCapacity", || {
        Box::new(crate::storage::v1::CSIStorageCapacity::default())
    }),
    ("storage.k8s.io/v1", "StorageClass", || {
        Box::new(crate::storage::v1::StorageClass::default())
    }),
    ("storage.k8s.io/v1", "VolumeAttachment", || {
        Box::new(crate::storage::v1::VolumeAttachment::default())
    }),
    ("storage.k8s.io/v1", "VolumeAttributesClass", || {
        Box::new(crate::storage::v1::VolumeAttributesClass::default())
    }),
];
