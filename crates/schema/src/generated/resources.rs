//! What discovery shows. Written by `cargo xtask schema`; do not edit.

use crate::discovery::{GroupInfo, ResourceInfo, SubresourceInfo};

/// In the order of upstream's documents, the preferred version first.
#[rustfmt::skip]
pub static GROUPS: &[GroupInfo] = &[
GroupInfo { name: "", versions: &["v1"] },
GroupInfo { name: "apiregistration.k8s.io", versions: &["v1"] },
GroupInfo { name: "apps", versions: &["v1"] },
GroupInfo { name: "events.k8s.io", versions: &["v1"] },
GroupInfo { name: "authentication.k8s.io", versions: &["v1"] },
GroupInfo { name: "authorization.k8s.io", versions: &["v1"] },
GroupInfo { name: "autoscaling", versions: &["v2", "v1"] },
GroupInfo { name: "batch", versions: &["v1"] },
GroupInfo { name: "certificates.k8s.io", versions: &["v1"] },
GroupInfo { name: "networking.k8s.io", versions: &["v1"] },
GroupInfo { name: "policy", versions: &["v1"] },
GroupInfo { name: "rbac.authorization.k8s.io", versions: &["v1"] },
GroupInfo { name: "storage.k8s.io", versions: &["v1"] },
GroupInfo { name: "admissionregistration.k8s.io", versions: &["v1"] },
GroupInfo { name: "apiextensions.k8s.io", versions: &["v1"] },
GroupInfo { name: "scheduling.k8s.io", versions: &["v1"] },
GroupInfo { name: "coordination.k8s.io", versions: &["v1"] },
GroupInfo { name: "node.k8s.io", versions: &["v1"] },
GroupInfo { name: "discovery.k8s.io", versions: &["v1"] },
GroupInfo { name: "resource.k8s.io", versions: &["v1"] },
GroupInfo { name: "flowcontrol.apiserver.k8s.io", versions: &["v1"] },
];

/// By group and version in the order of [`GROUPS`], then by name.
#[rustfmt::skip]
pub static RESOURCES: &[ResourceInfo] = &[
ResourceInfo { group: "", version: "v1", plural: "bindings", singular: "binding", kind: "Binding", namespaced: true, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "componentstatuses", singular: "componentstatus", kind: "ComponentStatus", namespaced: false, verbs: &["get", "list"], short_names: &["cs"], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "configmaps", singular: "configmap", kind: "ConfigMap", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["cm"], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "endpoints", singular: "endpoints", kind: "Endpoints", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ep"], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "events", singular: "event", kind: "Event", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ev"], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "limitranges", singular: "limitrange", kind: "LimitRange", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["limits"], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "namespaces", singular: "namespace", kind: "Namespace", namespaced: false, verbs: &["create", "delete", "get", "list", "patch", "update", "watch"], short_names: &["ns"], categories: &[], subresources: &[
    SubresourceInfo { name: "finalize", group: "", version: "", kind: "Namespace", verbs: &["update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "Namespace", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "nodes", singular: "node", kind: "Node", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["no"], categories: &[], subresources: &[
    SubresourceInfo { name: "proxy", group: "", version: "", kind: "NodeProxyOptions", verbs: &["create", "delete", "get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "Node", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "persistentvolumeclaims", singular: "persistentvolumeclaim", kind: "PersistentVolumeClaim", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["pvc"], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "PersistentVolumeClaim", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "persistentvolumes", singular: "persistentvolume", kind: "PersistentVolume", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["pv"], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "PersistentVolume", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "pods", singular: "pod", kind: "Pod", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["po"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "attach", group: "", version: "", kind: "PodAttachOptions", verbs: &["create", "get"] },
    SubresourceInfo { name: "binding", group: "", version: "", kind: "Binding", verbs: &["create"] },
    SubresourceInfo { name: "ephemeralcontainers", group: "", version: "", kind: "Pod", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "eviction", group: "policy", version: "v1", kind: "Eviction", verbs: &["create"] },
    SubresourceInfo { name: "exec", group: "", version: "", kind: "PodExecOptions", verbs: &["create", "get"] },
    SubresourceInfo { name: "log", group: "", version: "", kind: "Pod", verbs: &["get"] },
    SubresourceInfo { name: "portforward", group: "", version: "", kind: "PodPortForwardOptions", verbs: &["create", "get"] },
    SubresourceInfo { name: "proxy", group: "", version: "", kind: "PodProxyOptions", verbs: &["create", "delete", "get", "patch", "update"] },
    SubresourceInfo { name: "resize", group: "", version: "", kind: "Pod", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "Pod", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "podtemplates", singular: "podtemplate", kind: "PodTemplate", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "replicationcontrollers", singular: "replicationcontroller", kind: "ReplicationController", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["rc"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "ReplicationController", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "resourcequotas", singular: "resourcequota", kind: "ResourceQuota", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["quota"], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "ResourceQuota", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "", version: "v1", plural: "secrets", singular: "secret", kind: "Secret", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "", version: "v1", plural: "serviceaccounts", singular: "serviceaccount", kind: "ServiceAccount", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["sa"], categories: &[], subresources: &[
    SubresourceInfo { name: "token", group: "authentication.k8s.io", version: "v1", kind: "TokenRequest", verbs: &["create"] },] },
ResourceInfo { group: "", version: "v1", plural: "services", singular: "service", kind: "Service", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["svc"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "proxy", group: "", version: "", kind: "ServiceProxyOptions", verbs: &["create", "delete", "get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "Service", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "apiregistration.k8s.io", version: "v1", plural: "apiservices", singular: "apiservice", kind: "APIService", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "APIService", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "apps", version: "v1", plural: "controllerrevisions", singular: "controllerrevision", kind: "ControllerRevision", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "apps", version: "v1", plural: "daemonsets", singular: "daemonset", kind: "DaemonSet", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ds"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "DaemonSet", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "apps", version: "v1", plural: "deployments", singular: "deployment", kind: "Deployment", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["deploy"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "Deployment", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "apps", version: "v1", plural: "replicasets", singular: "replicaset", kind: "ReplicaSet", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["rs"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "ReplicaSet", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "apps", version: "v1", plural: "statefulsets", singular: "statefulset", kind: "StatefulSet", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["sts"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "StatefulSet", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "events.k8s.io", version: "v1", plural: "events", singular: "event", kind: "Event", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ev"], categories: &[], subresources: &[] },
ResourceInfo { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews", singular: "selfsubjectreview", kind: "SelfSubjectReview", namespaced: false, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "authentication.k8s.io", version: "v1", plural: "tokenreviews", singular: "tokenreview", kind: "TokenReview", namespaced: false, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "authorization.k8s.io", version: "v1", plural: "localsubjectaccessreviews", singular: "localsubjectaccessreview", kind: "LocalSubjectAccessReview", namespaced: true, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "authorization.k8s.io", version: "v1", plural: "selfsubjectaccessreviews", singular: "selfsubjectaccessreview", kind: "SelfSubjectAccessReview", namespaced: false, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews", singular: "selfsubjectrulesreview", kind: "SelfSubjectRulesReview", namespaced: false, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "authorization.k8s.io", version: "v1", plural: "subjectaccessreviews", singular: "subjectaccessreview", kind: "SubjectAccessReview", namespaced: false, verbs: &["create"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers", singular: "horizontalpodautoscaler", kind: "HorizontalPodAutoscaler", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["hpa"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "HorizontalPodAutoscaler", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "autoscaling", version: "v1", plural: "horizontalpodautoscalers", singular: "horizontalpodautoscaler", kind: "HorizontalPodAutoscaler", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["hpa"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "HorizontalPodAutoscaler", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "batch", version: "v1", plural: "cronjobs", singular: "cronjob", kind: "CronJob", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["cj"], categories: &["all"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "CronJob", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "batch", version: "v1", plural: "jobs", singular: "job", kind: "Job", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["all"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "Job", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "certificates.k8s.io", version: "v1", plural: "certificatesigningrequests", singular: "certificatesigningrequest", kind: "CertificateSigningRequest", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["csr"], categories: &[], subresources: &[
    SubresourceInfo { name: "approval", group: "", version: "", kind: "CertificateSigningRequest", verbs: &["get", "patch", "update"] },
    SubresourceInfo { name: "status", group: "", version: "", kind: "CertificateSigningRequest", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "networking.k8s.io", version: "v1", plural: "ingressclasses", singular: "ingressclass", kind: "IngressClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "networking.k8s.io", version: "v1", plural: "ingresses", singular: "ingress", kind: "Ingress", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ing"], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "Ingress", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "networking.k8s.io", version: "v1", plural: "ipaddresses", singular: "ipaddress", kind: "IPAddress", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["ip"], categories: &[], subresources: &[] },
ResourceInfo { group: "networking.k8s.io", version: "v1", plural: "networkpolicies", singular: "networkpolicy", kind: "NetworkPolicy", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["netpol"], categories: &[], subresources: &[] },
ResourceInfo { group: "networking.k8s.io", version: "v1", plural: "servicecidrs", singular: "servicecidr", kind: "ServiceCIDR", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "ServiceCIDR", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "policy", version: "v1", plural: "poddisruptionbudgets", singular: "poddisruptionbudget", kind: "PodDisruptionBudget", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["pdb"], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "PodDisruptionBudget", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterrolebindings", singular: "clusterrolebinding", kind: "ClusterRoleBinding", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles", singular: "clusterrole", kind: "ClusterRole", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "rbac.authorization.k8s.io", version: "v1", plural: "rolebindings", singular: "rolebinding", kind: "RoleBinding", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", singular: "role", kind: "Role", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "csidrivers", singular: "csidriver", kind: "CSIDriver", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "csinodes", singular: "csinode", kind: "CSINode", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "csistoragecapacities", singular: "csistoragecapacity", kind: "CSIStorageCapacity", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "storageclasses", singular: "storageclass", kind: "StorageClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["sc"], categories: &[], subresources: &[] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "volumeattachments", singular: "volumeattachment", kind: "VolumeAttachment", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "VolumeAttachment", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "storage.k8s.io", version: "v1", plural: "volumeattributesclasses", singular: "volumeattributesclass", kind: "VolumeAttributesClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["vac"], categories: &[], subresources: &[] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "mutatingadmissionpolicies", singular: "mutatingadmissionpolicy", kind: "MutatingAdmissionPolicy", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "mutatingadmissionpolicybindings", singular: "mutatingadmissionpolicybinding", kind: "MutatingAdmissionPolicyBinding", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "mutatingwebhookconfigurations", singular: "mutatingwebhookconfiguration", kind: "MutatingWebhookConfiguration", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicies", singular: "validatingadmissionpolicy", kind: "ValidatingAdmissionPolicy", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "ValidatingAdmissionPolicy", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicybindings", singular: "validatingadmissionpolicybinding", kind: "ValidatingAdmissionPolicyBinding", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[] },
ResourceInfo { group: "admissionregistration.k8s.io", version: "v1", plural: "validatingwebhookconfigurations", singular: "validatingwebhookconfiguration", kind: "ValidatingWebhookConfiguration", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &["api-extensions"], subresources: &[] },
ResourceInfo { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions", singular: "customresourcedefinition", kind: "CustomResourceDefinition", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["crd", "crds"], categories: &["api-extensions"], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "CustomResourceDefinition", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "scheduling.k8s.io", version: "v1", plural: "priorityclasses", singular: "priorityclass", kind: "PriorityClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &["pc"], categories: &[], subresources: &[] },
ResourceInfo { group: "coordination.k8s.io", version: "v1", plural: "leases", singular: "lease", kind: "Lease", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "node.k8s.io", version: "v1", plural: "runtimeclasses", singular: "runtimeclass", kind: "RuntimeClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "discovery.k8s.io", version: "v1", plural: "endpointslices", singular: "endpointslice", kind: "EndpointSlice", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "resource.k8s.io", version: "v1", plural: "deviceclasses", singular: "deviceclass", kind: "DeviceClass", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "resource.k8s.io", version: "v1", plural: "resourceclaims", singular: "resourceclaim", kind: "ResourceClaim", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "ResourceClaim", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "resource.k8s.io", version: "v1", plural: "resourceclaimtemplates", singular: "resourceclaimtemplate", kind: "ResourceClaimTemplate", namespaced: true, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "resource.k8s.io", version: "v1", plural: "resourceslices", singular: "resourceslice", kind: "ResourceSlice", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[] },
ResourceInfo { group: "flowcontrol.apiserver.k8s.io", version: "v1", plural: "flowschemas", singular: "flowschema", kind: "FlowSchema", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "FlowSchema", verbs: &["get", "patch", "update"] },] },
ResourceInfo { group: "flowcontrol.apiserver.k8s.io", version: "v1", plural: "prioritylevelconfigurations", singular: "prioritylevelconfiguration", kind: "PriorityLevelConfiguration", namespaced: false, verbs: &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], short_names: &[], categories: &[], subresources: &[
    SubresourceInfo { name: "status", group: "", version: "", kind: "PriorityLevelConfiguration", verbs: &["get", "patch", "update"] },] },
];
