//! `storage.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Quantity, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `storage.k8s.io/v1` CSIDriver.
#[derive(Clone, Default, PartialEq)]
pub struct CSIDriver {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: CSIDriverSpec,
}

impl Message for CSIDriver {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.CSIDriverSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSIDriver", api_version: "storage.k8s.io/v1", kind: "CSIDriver", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.spec,
        }
    }
}

impl Kind for CSIDriver {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "CSIDriver";
    const LIST_KIND: &'static str = "CSIDriverList";
    const PLURAL: &'static str = "csidrivers";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`CSIDriver`].
pub type CSIDriverList = meta::ObjectList<CSIDriver>;

/// `storage.k8s.io/v1` CSIDriverSpec.
#[derive(Clone, Default, PartialEq)]
pub struct CSIDriverSpec {
    /// `attachRequired`.
    pub attach_required: Option<bool>,
    /// `podInfoOnMount`.
    pub pod_info_on_mount: Option<bool>,
    /// `volumeLifecycleModes`.
    pub volume_lifecycle_modes: Slice<Str>,
    /// `storageCapacity`.
    pub storage_capacity: Option<bool>,
    /// `fsGroupPolicy`.
    pub fs_group_policy: Option<Str>,
    /// `tokenRequests`.
    pub token_requests: Slice<TokenRequest>,
    /// `requiresRepublish`.
    pub requires_republish: Option<bool>,
    /// `seLinuxMount`.
    pub se_linux_mount: Option<bool>,
    /// `nodeAllocatableUpdatePeriodSeconds`.
    pub node_allocatable_update_period_seconds: Option<i64>,
    /// `serviceAccountTokenInSecrets`.
    pub service_account_token_in_secrets: Option<bool>,
    /// `preventPodSchedulingIfMissing`.
    pub prevent_pod_scheduling_if_missing: Option<bool>,
}

impl Message for CSIDriverSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("AttachRequired", "attachRequired", "bool", 1, 1),
            field("PodInfoOnMount", "podInfoOnMount", "bool", 2, 1),
            field("VolumeLifecycleModes", "volumeLifecycleModes", "[]v1.VolumeLifecycleMode", 3, 1),
            field("StorageCapacity", "storageCapacity", "bool", 4, 1),
            field("FSGroupPolicy", "fsGroupPolicy", "v1.FSGroupPolicy", 5, 1),
            field("TokenRequests", "tokenRequests", "[]v1.TokenRequest", 6, 1),
            field("RequiresRepublish", "requiresRepublish", "bool", 7, 1),
            field("SELinuxMount", "seLinuxMount", "bool", 8, 1),
            field("NodeAllocatableUpdatePeriodSeconds", "nodeAllocatableUpdatePeriodSeconds", "int64", 9, 1),
            field("ServiceAccountTokenInSecrets", "serviceAccountTokenInSecrets", "bool", 10, 1),
            field("PreventPodSchedulingIfMissing", "preventPodSchedulingIfMissing", "bool", 11, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSIDriverSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.attach_required,
            1 => &self.pod_info_on_mount,
            2 => &self.volume_lifecycle_modes,
            3 => &self.storage_capacity,
            4 => &self.fs_group_policy,
            5 => &self.token_requests,
            6 => &self.requires_republish,
            7 => &self.se_linux_mount,
            8 => &self.node_allocatable_update_period_seconds,
            9 => &self.service_account_token_in_secrets,
            _ => &self.prevent_pod_scheduling_if_missing,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.attach_required,
            1 => &mut self.pod_info_on_mount,
            2 => &mut self.volume_lifecycle_modes,
            3 => &mut self.storage_capacity,
            4 => &mut self.fs_group_policy,
            5 => &mut self.token_requests,
            6 => &mut self.requires_republish,
            7 => &mut self.se_linux_mount,
            8 => &mut self.node_allocatable_update_period_seconds,
            9 => &mut self.service_account_token_in_secrets,
            _ => &mut self.prevent_pod_scheduling_if_missing,
        }
    }
}

/// `storage.k8s.io/v1` CSINode.
#[derive(Clone, Default, PartialEq)]
pub struct CSINode {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: CSINodeSpec,
}

impl Message for CSINode {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.CSINodeSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSINode", api_version: "storage.k8s.io/v1", kind: "CSINode", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.spec,
        }
    }
}

impl Kind for CSINode {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "CSINode";
    const LIST_KIND: &'static str = "CSINodeList";
    const PLURAL: &'static str = "csinodes";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `storage.k8s.io/v1` CSINodeDriver.
#[derive(Clone, Default, PartialEq)]
pub struct CSINodeDriver {
    /// `name`.
    pub name: Str,
    /// `nodeID`.
    pub node_id: Str,
    /// `topologyKeys`.
    pub topology_keys: Slice<Str>,
    /// `allocatable`.
    pub allocatable: Option<Box<VolumeNodeResources>>,
}

impl Message for CSINodeDriver {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "string", 1, 0),
            field("NodeID", "nodeID", "string", 2, 0),
            field("TopologyKeys", "topologyKeys", "[]string", 3, 0),
            field("Allocatable", "allocatable", "v1.VolumeNodeResources", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSINodeDriver", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.node_id,
            2 => &self.topology_keys,
            _ => &self.allocatable,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.node_id,
            2 => &mut self.topology_keys,
            _ => &mut self.allocatable,
        }
    }
}

/// List of [`CSINode`].
pub type CSINodeList = meta::ObjectList<CSINode>;

/// `storage.k8s.io/v1` CSINodeSpec.
#[derive(Clone, Default, PartialEq)]
pub struct CSINodeSpec {
    /// `drivers`.
    pub drivers: Slice<CSINodeDriver>,
}

impl Message for CSINodeSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Drivers", "drivers", "[]v1.CSINodeDriver", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSINodeSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.drivers
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.drivers
    }
}

/// `storage.k8s.io/v1` CSIStorageCapacity.
#[derive(Clone, Default, PartialEq)]
pub struct CSIStorageCapacity {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `nodeTopology`.
    pub node_topology: Option<Box<meta::v1::LabelSelector>>,
    /// `storageClassName`.
    pub storage_class_name: Str,
    /// `capacity`.
    pub capacity: Option<Quantity>,
    /// `maximumVolumeSize`.
    pub maximum_volume_size: Option<Quantity>,
}

impl Message for CSIStorageCapacity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("NodeTopology", "nodeTopology", "v1.LabelSelector", 2, 1),
            field("StorageClassName", "storageClassName", "string", 3, 0),
            field("Capacity", "capacity", "resource.Quantity", 4, 1),
            field("MaximumVolumeSize", "maximumVolumeSize", "resource.Quantity", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSIStorageCapacity", api_version: "storage.k8s.io/v1", kind: "CSIStorageCapacity", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.node_topology,
            2 => &self.storage_class_name,
            3 => &self.capacity,
            _ => &self.maximum_volume_size,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.node_topology,
            2 => &mut self.storage_class_name,
            3 => &mut self.capacity,
            _ => &mut self.maximum_volume_size,
        }
    }
}

impl Kind for CSIStorageCapacity {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "CSIStorageCapacity";
    const LIST_KIND: &'static str = "CSIStorageCapacityList";
    const PLURAL: &'static str = "csistoragecapacities";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`CSIStorageCapacity`].
pub type CSIStorageCapacityList = meta::ObjectList<CSIStorageCapacity>;

/// Values of `FSGroupPolicy`.
#[derive(Debug)]
pub enum FSGroupPolicy {}

impl FSGroupPolicy {
    /// `ReadWriteOnceWithFSType`.
    pub const READ_WRITE_ONCE_WITH_FS_TYPE: &str = "ReadWriteOnceWithFSType";
    /// `File`.
    pub const FILE: &str = "File";
    /// `None`.
    pub const NONE: &str = "None";
}

/// `storage.k8s.io/v1` StorageClass.
#[derive(Clone, Default, PartialEq)]
pub struct StorageClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `provisioner`.
    pub provisioner: Str,
    /// `parameters`.
    pub parameters: Map<Str, Str>,
    /// `reclaimPolicy`.
    pub reclaim_policy: Option<Str>,
    /// `mountOptions`.
    pub mount_options: Slice<Str>,
    /// `allowVolumeExpansion`.
    pub allow_volume_expansion: Option<bool>,
    /// `volumeBindingMode`.
    pub volume_binding_mode: Option<Str>,
    /// `allowedTopologies`.
    pub allowed_topologies: Slice<crate::core::v1::TopologySelectorTerm>,
}

impl Message for StorageClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Provisioner", "provisioner", "string", 2, 0),
            field("Parameters", "parameters", "map[string]string", 3, 1),
            field("ReclaimPolicy", "reclaimPolicy", "v1.PersistentVolumeReclaimPolicy", 4, 1),
            field("MountOptions", "mountOptions", "[]string", 5, 1),
            field("AllowVolumeExpansion", "allowVolumeExpansion", "bool", 6, 1),
            field("VolumeBindingMode", "volumeBindingMode", "v1.VolumeBindingMode", 7, 1),
            field("AllowedTopologies", "allowedTopologies", "[]v1.TopologySelectorTerm", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StorageClass", api_version: "storage.k8s.io/v1", kind: "StorageClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.provisioner,
            2 => &self.parameters,
            3 => &self.reclaim_policy,
            4 => &self.mount_options,
            5 => &self.allow_volume_expansion,
            6 => &self.volume_binding_mode,
            _ => &self.allowed_topologies,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.provisioner,
            2 => &mut self.parameters,
            3 => &mut self.reclaim_policy,
            4 => &mut self.mount_options,
            5 => &mut self.allow_volume_expansion,
            6 => &mut self.volume_binding_mode,
            _ => &mut self.allowed_topologies,
        }
    }
}

impl Kind for StorageClass {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "StorageClass";
    const LIST_KIND: &'static str = "StorageClassList";
    const PLURAL: &'static str = "storageclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`StorageClass`].
pub type StorageClassList = meta::ObjectList<StorageClass>;

/// `storage.k8s.io/v1` TokenRequest.
#[derive(Clone, Default, PartialEq)]
pub struct TokenRequest {
    /// `audience`.
    pub audience: Str,
    /// `expirationSeconds`.
    pub expiration_seconds: Option<i64>,
}

impl Message for TokenRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Audience", "audience", "string", 1, 0),
            field("ExpirationSeconds", "expirationSeconds", "int64", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.audience,
            _ => &self.expiration_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.audience,
            _ => &mut self.expiration_seconds,
        }
    }
}

/// `storage.k8s.io/v1` VolumeAttachment.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeAttachment {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: VolumeAttachmentSpec,
    /// `status`.
    pub status: VolumeAttachmentStatus,
}

impl Message for VolumeAttachment {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.VolumeAttachmentSpec", 2, 0),
            field("Status", "status", "v1.VolumeAttachmentStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeAttachment", api_version: "storage.k8s.io/v1", kind: "VolumeAttachment", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.spec,
            _ => &self.status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.spec,
            _ => &mut self.status,
        }
    }
}

impl Kind for VolumeAttachment {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "VolumeAttachment";
    const LIST_KIND: &'static str = "VolumeAttachmentList";
    const PLURAL: &'static str = "volumeattachments";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`VolumeAttachment`].
pub type VolumeAttachmentList = meta::ObjectList<VolumeAttachment>;

/// `storage.k8s.io/v1` VolumeAttachmentSource.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeAttachmentSource {
    /// `persistentVolumeName`.
    pub persistent_volume_name: Option<Str>,
    /// `inlineVolumeSpec`.
    pub inline_volume_spec: Option<Box<crate::core::v1::PersistentVolumeSpec>>,
}

impl Message for VolumeAttachmentSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("PersistentVolumeName", "persistentVolumeName", "string", 1, 1),
            field("InlineVolumeSpec", "inlineVolumeSpec", "v1.PersistentVolumeSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeAttachmentSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.persistent_volume_name,
            _ => &self.inline_volume_spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.persistent_volume_name,
            _ => &mut self.inline_volume_spec,
        }
    }
}

/// `storage.k8s.io/v1` VolumeAttachmentSpec.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeAttachmentSpec {
    /// `attacher`.
    pub attacher: Str,
    /// `source`.
    pub source: VolumeAttachmentSource,
    /// `nodeName`.
    pub node_name: Str,
}

impl Message for VolumeAttachmentSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Attacher", "attacher", "string", 1, 0),
            field("Source", "source", "v1.VolumeAttachmentSource", 2, 0),
            field("NodeName", "nodeName", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeAttachmentSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.attacher,
            1 => &self.source,
            _ => &self.node_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.attacher,
            1 => &mut self.source,
            _ => &mut self.node_name,
        }
    }
}

/// `storage.k8s.io/v1` VolumeAttachmentStatus.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeAttachmentStatus {
    /// `attached`.
    pub attached: bool,
    /// `attachmentMetadata`.
    pub attachment_metadata: Map<Str, Str>,
    /// `attachError`.
    pub attach_error: Option<Box<VolumeError>>,
    /// `detachError`.
    pub detach_error: Option<Box<VolumeError>>,
}

impl Message for VolumeAttachmentStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Attached", "attached", "bool", 1, 0),
            field("AttachmentMetadata", "attachmentMetadata", "map[string]string", 2, 1),
            field("AttachError", "attachError", "v1.VolumeError", 3, 1),
            field("DetachError", "detachError", "v1.VolumeError", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeAttachmentStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.attached,
            1 => &self.attachment_metadata,
            2 => &self.attach_error,
            _ => &self.detach_error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.attached,
            1 => &mut self.attachment_metadata,
            2 => &mut self.attach_error,
            _ => &mut self.detach_error,
        }
    }
}

/// `storage.k8s.io/v1` VolumeAttributesClass.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeAttributesClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `driverName`.
    pub driver_name: Str,
    /// `parameters`.
    pub parameters: Map<Str, Str>,
}

impl Message for VolumeAttributesClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("DriverName", "driverName", "string", 2, 0),
            field("Parameters", "parameters", "map[string]string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeAttributesClass", api_version: "storage.k8s.io/v1", kind: "VolumeAttributesClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.driver_name,
            _ => &self.parameters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.driver_name,
            _ => &mut self.parameters,
        }
    }
}

impl Kind for VolumeAttributesClass {
    const GROUP: &'static str = "storage.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "storage.k8s.io/v1";
    const KIND: &'static str = "VolumeAttributesClass";
    const LIST_KIND: &'static str = "VolumeAttributesClassList";
    const PLURAL: &'static str = "volumeattributesclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`VolumeAttributesClass`].
pub type VolumeAttributesClassList = meta::ObjectList<VolumeAttributesClass>;

/// Values of `VolumeBindingMode`.
#[derive(Debug)]
pub enum VolumeBindingMode {}

impl VolumeBindingMode {
    /// `Immediate`.
    pub const IMMEDIATE: &str = "Immediate";
    /// `WaitForFirstConsumer`.
    pub const WAIT_FOR_FIRST_CONSUMER: &str = "WaitForFirstConsumer";
}

/// `storage.k8s.io/v1` VolumeError.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeError {
    /// `time`.
    pub time: Time,
    /// `message`.
    pub message: Str,
    /// `errorCode`.
    pub error_code: Option<i32>,
}

impl Message for VolumeError {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Time", "time", "v1.Time", 1, 1),
            field("Message", "message", "string", 2, 1),
            field("ErrorCode", "errorCode", "int32", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeError", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.time,
            1 => &self.message,
            _ => &self.error_code,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.time,
            1 => &mut self.message,
            _ => &mut self.error_code,
        }
    }
}

/// Values of `VolumeLifecycleMode`.
#[derive(Debug)]
pub enum VolumeLifecycleMode {}

impl VolumeLifecycleMode {
    /// `Persistent`.
    pub const PERSISTENT: &str = "Persistent";
    /// `Ephemeral`.
    pub const EPHEMERAL: &str = "Ephemeral";
}

/// `storage.k8s.io/v1` VolumeNodeResources.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeNodeResources {
    /// `count`.
    pub count: Option<i32>,
}

impl Message for VolumeNodeResources {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Count", "count", "int32", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeNodeResources", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.count
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.count
    }
}

meta::codec::impl_value!(
    CSIDriver,
    CSIDriverSpec,
    CSINode,
    CSINodeDriver,
    CSINodeSpec,
    CSIStorageCapacity,
    StorageClass,
    TokenRequest,
    VolumeAttachment,
    VolumeAttachmentSource,
    VolumeAttachmentSpec,
    VolumeAttachmentStatus,
    VolumeAttributesClass,
    VolumeError,
    VolumeNodeResources
);
