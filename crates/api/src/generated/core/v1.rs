//! `v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, IntOrString, Kind, Map, MicroTime, Quantity, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `v1` AWSElasticBlockStoreVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct AWSElasticBlockStoreVolumeSource {
    /// `volumeID`.
    pub volume_id: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `partition`.
    pub partition: i32,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for AWSElasticBlockStoreVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("VolumeID", "volumeID", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("Partition", "partition", "int32", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AWSElasticBlockStoreVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_id,
            1 => &self.fs_type,
            2 => &self.partition,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_id,
            1 => &mut self.fs_type,
            2 => &mut self.partition,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` Affinity.
#[derive(Clone, Default, PartialEq)]
pub struct Affinity {
    /// `nodeAffinity`.
    pub node_affinity: Option<Box<NodeAffinity>>,
    /// `podAffinity`.
    pub pod_affinity: Option<Box<PodAffinity>>,
    /// `podAntiAffinity`.
    pub pod_anti_affinity: Option<Box<PodAntiAffinity>>,
}

impl Message for Affinity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("NodeAffinity", "nodeAffinity", "v1.NodeAffinity", 1, 1),
            field("PodAffinity", "podAffinity", "v1.PodAffinity", 2, 1),
            field("PodAntiAffinity", "podAntiAffinity", "v1.PodAntiAffinity", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Affinity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.node_affinity,
            1 => &self.pod_affinity,
            _ => &self.pod_anti_affinity,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.node_affinity,
            1 => &mut self.pod_affinity,
            _ => &mut self.pod_anti_affinity,
        }
    }
}

/// `v1` AppArmorProfile.
#[derive(Clone, Default, PartialEq)]
pub struct AppArmorProfile {
    /// `type`.
    pub type_: Str,
    /// `localhostProfile`.
    pub localhost_profile: Option<Str>,
}

impl Message for AppArmorProfile {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.AppArmorProfileType", 1, 0),
            field("LocalhostProfile", "localhostProfile", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AppArmorProfile", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.localhost_profile,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.localhost_profile,
        }
    }
}

/// Values of `AppArmorProfileType`.
#[derive(Debug)]
pub enum AppArmorProfileType {}

impl AppArmorProfileType {
    /// `Unconfined`.
    pub const UNCONFINED: &str = "Unconfined";
    /// `RuntimeDefault`.
    pub const RUNTIME_DEFAULT: &str = "RuntimeDefault";
    /// `Localhost`.
    pub const LOCALHOST: &str = "Localhost";
}

/// `v1` AttachedVolume.
#[derive(Clone, Default, PartialEq)]
pub struct AttachedVolume {
    /// `name`.
    pub name: Str,
    /// `devicePath`.
    pub device_path: Str,
}

impl Message for AttachedVolume {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "v1.UniqueVolumeName", 1, 0),
            field("DevicePath", "devicePath", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AttachedVolume", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.device_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.device_path,
        }
    }
}

/// `v1` AvoidPods.
#[derive(Clone, Default, PartialEq)]
pub struct AvoidPods {
    /// `preferAvoidPods`.
    pub prefer_avoid_pods: Slice<PreferAvoidPodsEntry>,
}

impl Message for AvoidPods {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("PreferAvoidPods", "preferAvoidPods", "[]v1.PreferAvoidPodsEntry", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AvoidPods", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.prefer_avoid_pods
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.prefer_avoid_pods
    }
}

/// Values of `AzureDataDiskCachingMode`.
#[derive(Debug)]
pub enum AzureDataDiskCachingMode {}

impl AzureDataDiskCachingMode {
    /// `None`.
    pub const NONE: &str = "None";
    /// `ReadOnly`.
    pub const READ_ONLY: &str = "ReadOnly";
    /// `ReadWrite`.
    pub const READ_WRITE: &str = "ReadWrite";
}

/// Values of `AzureDataDiskKind`.
#[derive(Debug)]
pub enum AzureDataDiskKind {}

impl AzureDataDiskKind {
    /// `Shared`.
    pub const SHARED: &str = "Shared";
    /// `Dedicated`.
    pub const DEDICATED: &str = "Dedicated";
    /// `Managed`.
    pub const MANAGED: &str = "Managed";
}

/// `v1` AzureDiskVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct AzureDiskVolumeSource {
    /// `diskName`.
    pub disk_name: Str,
    /// `diskURI`.
    pub disk_uri: Str,
    /// `cachingMode`.
    pub caching_mode: Option<Str>,
    /// `fsType`.
    pub fs_type: Option<Str>,
    /// `readOnly`.
    pub read_only: Option<bool>,
    /// `kind`.
    pub kind: Option<Str>,
}

impl Message for AzureDiskVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("DiskName", "diskName", "string", 1, 0),
            field("DataDiskURI", "diskURI", "string", 2, 0),
            field("CachingMode", "cachingMode", "v1.AzureDataDiskCachingMode", 3, 1),
            field("FSType", "fsType", "string", 4, 1),
            field("ReadOnly", "readOnly", "bool", 5, 1),
            field("Kind", "kind", "v1.AzureDataDiskKind", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AzureDiskVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.disk_name,
            1 => &self.disk_uri,
            2 => &self.caching_mode,
            3 => &self.fs_type,
            4 => &self.read_only,
            _ => &self.kind,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.disk_name,
            1 => &mut self.disk_uri,
            2 => &mut self.caching_mode,
            3 => &mut self.fs_type,
            4 => &mut self.read_only,
            _ => &mut self.kind,
        }
    }
}

/// `v1` AzureFilePersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct AzureFilePersistentVolumeSource {
    /// `secretName`.
    pub secret_name: Str,
    /// `shareName`.
    pub share_name: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `secretNamespace`.
    pub secret_namespace: Option<Str>,
}

impl Message for AzureFilePersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("SecretName", "secretName", "string", 1, 0),
            field("ShareName", "shareName", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("SecretNamespace", "secretNamespace", "string", 4, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AzureFilePersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.secret_name,
            1 => &self.share_name,
            2 => &self.read_only,
            _ => &self.secret_namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.secret_name,
            1 => &mut self.share_name,
            2 => &mut self.read_only,
            _ => &mut self.secret_namespace,
        }
    }
}

/// `v1` AzureFileVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct AzureFileVolumeSource {
    /// `secretName`.
    pub secret_name: Str,
    /// `shareName`.
    pub share_name: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for AzureFileVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("SecretName", "secretName", "string", 1, 0),
            field("ShareName", "shareName", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AzureFileVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.secret_name,
            1 => &self.share_name,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.secret_name,
            1 => &mut self.share_name,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` Binding.
#[derive(Clone, Default, PartialEq)]
pub struct Binding {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `target`.
    pub target: ObjectReference,
}

impl Message for Binding {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Target", "target", "v1.ObjectReference", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Binding", api_version: "v1", kind: "Binding", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.target,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.target,
        }
    }
}

impl Kind for Binding {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Binding";
    const LIST_KIND: &'static str = "BindingList";
    const PLURAL: &'static str = "bindings";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` CSIPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CSIPersistentVolumeSource {
    /// `driver`.
    pub driver: Str,
    /// `volumeHandle`.
    pub volume_handle: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `fsType`.
    pub fs_type: Str,
    /// `volumeAttributes`.
    pub volume_attributes: Map<Str, Str>,
    /// `controllerPublishSecretRef`.
    pub controller_publish_secret_ref: Option<Box<SecretReference>>,
    /// `nodeStageSecretRef`.
    pub node_stage_secret_ref: Option<Box<SecretReference>>,
    /// `nodePublishSecretRef`.
    pub node_publish_secret_ref: Option<Box<SecretReference>>,
    /// `controllerExpandSecretRef`.
    pub controller_expand_secret_ref: Option<Box<SecretReference>>,
    /// `nodeExpandSecretRef`.
    pub node_expand_secret_ref: Option<Box<SecretReference>>,
}

impl Message for CSIPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Driver", "driver", "string", 1, 0),
            field("VolumeHandle", "volumeHandle", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("FSType", "fsType", "string", 4, 1),
            field("VolumeAttributes", "volumeAttributes", "map[string]string", 5, 1),
            field("ControllerPublishSecretRef", "controllerPublishSecretRef", "v1.SecretReference", 6, 1),
            field("NodeStageSecretRef", "nodeStageSecretRef", "v1.SecretReference", 7, 1),
            field("NodePublishSecretRef", "nodePublishSecretRef", "v1.SecretReference", 8, 1),
            field("ControllerExpandSecretRef", "controllerExpandSecretRef", "v1.SecretReference", 9, 1),
            field("NodeExpandSecretRef", "nodeExpandSecretRef", "v1.SecretReference", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSIPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.volume_handle,
            2 => &self.read_only,
            3 => &self.fs_type,
            4 => &self.volume_attributes,
            5 => &self.controller_publish_secret_ref,
            6 => &self.node_stage_secret_ref,
            7 => &self.node_publish_secret_ref,
            8 => &self.controller_expand_secret_ref,
            _ => &self.node_expand_secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.volume_handle,
            2 => &mut self.read_only,
            3 => &mut self.fs_type,
            4 => &mut self.volume_attributes,
            5 => &mut self.controller_publish_secret_ref,
            6 => &mut self.node_stage_secret_ref,
            7 => &mut self.node_publish_secret_ref,
            8 => &mut self.controller_expand_secret_ref,
            _ => &mut self.node_expand_secret_ref,
        }
    }
}

/// `v1` CSIVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CSIVolumeSource {
    /// `driver`.
    pub driver: Str,
    /// `readOnly`.
    pub read_only: Option<bool>,
    /// `fsType`.
    pub fs_type: Option<Str>,
    /// `volumeAttributes`.
    pub volume_attributes: Map<Str, Str>,
    /// `nodePublishSecretRef`.
    pub node_publish_secret_ref: Option<Box<LocalObjectReference>>,
}

impl Message for CSIVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Driver", "driver", "string", 1, 0),
            field("ReadOnly", "readOnly", "bool", 2, 1),
            field("FSType", "fsType", "string", 3, 1),
            field("VolumeAttributes", "volumeAttributes", "map[string]string", 4, 1),
            field("NodePublishSecretRef", "nodePublishSecretRef", "v1.LocalObjectReference", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CSIVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.read_only,
            2 => &self.fs_type,
            3 => &self.volume_attributes,
            _ => &self.node_publish_secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.read_only,
            2 => &mut self.fs_type,
            3 => &mut self.volume_attributes,
            _ => &mut self.node_publish_secret_ref,
        }
    }
}

/// `v1` Capabilities.
#[derive(Clone, Default, PartialEq)]
pub struct Capabilities {
    /// `add`.
    pub add: Slice<Str>,
    /// `drop`.
    pub drop: Slice<Str>,
}

impl Message for Capabilities {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Add", "add", "[]v1.Capability", 1, 1),
            field("Drop", "drop", "[]v1.Capability", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Capabilities", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.add,
            _ => &self.drop,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.add,
            _ => &mut self.drop,
        }
    }
}

/// `v1` CephFSPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CephFSPersistentVolumeSource {
    /// `monitors`.
    pub monitors: Slice<Str>,
    /// `path`.
    pub path: Str,
    /// `user`.
    pub user: Str,
    /// `secretFile`.
    pub secret_file: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for CephFSPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Monitors", "monitors", "[]string", 1, 0),
            field("Path", "path", "string", 2, 1),
            field("User", "user", "string", 3, 1),
            field("SecretFile", "secretFile", "string", 4, 1),
            field("SecretRef", "secretRef", "v1.SecretReference", 5, 1),
            field("ReadOnly", "readOnly", "bool", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CephFSPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.monitors,
            1 => &self.path,
            2 => &self.user,
            3 => &self.secret_file,
            4 => &self.secret_ref,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.monitors,
            1 => &mut self.path,
            2 => &mut self.user,
            3 => &mut self.secret_file,
            4 => &mut self.secret_ref,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` CephFSVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CephFSVolumeSource {
    /// `monitors`.
    pub monitors: Slice<Str>,
    /// `path`.
    pub path: Str,
    /// `user`.
    pub user: Str,
    /// `secretFile`.
    pub secret_file: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for CephFSVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Monitors", "monitors", "[]string", 1, 0),
            field("Path", "path", "string", 2, 1),
            field("User", "user", "string", 3, 1),
            field("SecretFile", "secretFile", "string", 4, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 5, 1),
            field("ReadOnly", "readOnly", "bool", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CephFSVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.monitors,
            1 => &self.path,
            2 => &self.user,
            3 => &self.secret_file,
            4 => &self.secret_ref,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.monitors,
            1 => &mut self.path,
            2 => &mut self.user,
            3 => &mut self.secret_file,
            4 => &mut self.secret_ref,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` CinderPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CinderPersistentVolumeSource {
    /// `volumeID`.
    pub volume_id: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
}

impl Message for CinderPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("VolumeID", "volumeID", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("SecretRef", "secretRef", "v1.SecretReference", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CinderPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_id,
            1 => &self.fs_type,
            2 => &self.read_only,
            _ => &self.secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_id,
            1 => &mut self.fs_type,
            2 => &mut self.read_only,
            _ => &mut self.secret_ref,
        }
    }
}

/// `v1` CinderVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct CinderVolumeSource {
    /// `volumeID`.
    pub volume_id: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
}

impl Message for CinderVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("VolumeID", "volumeID", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CinderVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_id,
            1 => &self.fs_type,
            2 => &self.read_only,
            _ => &self.secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_id,
            1 => &mut self.fs_type,
            2 => &mut self.read_only,
            _ => &mut self.secret_ref,
        }
    }
}

/// Values of `ClaimResourceStatus`.
#[derive(Debug)]
pub enum ClaimResourceStatus {}

impl ClaimResourceStatus {
    /// `ControllerResizeInProgress`.
    pub const CONTROLLER_RESIZE_IN_PROGRESS: &str = "ControllerResizeInProgress";
    /// `ControllerResizeInfeasible`.
    pub const CONTROLLER_RESIZE_INFEASIBLE: &str = "ControllerResizeInfeasible";
    /// `NodeResizePending`.
    pub const NODE_RESIZE_PENDING: &str = "NodeResizePending";
    /// `NodeResizeInProgress`.
    pub const NODE_RESIZE_IN_PROGRESS: &str = "NodeResizeInProgress";
    /// `NodeResizeInfeasible`.
    pub const NODE_RESIZE_INFEASIBLE: &str = "NodeResizeInfeasible";
}

/// `v1` ClientIPConfig.
#[derive(Clone, Default, PartialEq)]
pub struct ClientIPConfig {
    /// `timeoutSeconds`.
    pub timeout_seconds: Option<i32>,
}

impl Message for ClientIPConfig {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("TimeoutSeconds", "timeoutSeconds", "int32", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ClientIPConfig", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.timeout_seconds
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.timeout_seconds
    }
}

/// `v1` ClusterTrustBundleProjection.
#[derive(Clone, Default, PartialEq)]
pub struct ClusterTrustBundleProjection {
    /// `name`.
    pub name: Option<Str>,
    /// `signerName`.
    pub signer_name: Option<Str>,
    /// `labelSelector`.
    pub label_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `optional`.
    pub optional: Option<bool>,
    /// `path`.
    pub path: Str,
}

impl Message for ClusterTrustBundleProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Name", "name", "string", 1, 1),
            field("SignerName", "signerName", "string", 2, 1),
            field("LabelSelector", "labelSelector", "v1.LabelSelector", 3, 1),
            field("Optional", "optional", "bool", 5, 1),
            field("Path", "path", "string", 4, 0),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ClusterTrustBundleProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 3] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.signer_name,
            2 => &self.label_selector,
            3 => &self.optional,
            _ => &self.path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.signer_name,
            2 => &mut self.label_selector,
            3 => &mut self.optional,
            _ => &mut self.path,
        }
    }
}

/// `v1` ComponentCondition.
#[derive(Clone, Default, PartialEq)]
pub struct ComponentCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `message`.
    pub message: Str,
    /// `error`.
    pub error: Str,
}

impl Message for ComponentCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Type", "type", "v1.ComponentConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("Message", "message", "string", 3, 1),
            field("Error", "error", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ComponentCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.message,
            _ => &self.error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.message,
            _ => &mut self.error,
        }
    }
}

/// Values of `ComponentConditionType`.
#[derive(Debug)]
pub enum ComponentConditionType {}

impl ComponentConditionType {
    /// `Healthy`.
    pub const HEALTHY: &str = "Healthy";
}

/// `v1` ComponentStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ComponentStatus {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `conditions`.
    pub conditions: Slice<ComponentCondition>,
}

impl Message for ComponentStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Conditions", "conditions", "[]v1.ComponentCondition", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ComponentStatus", api_version: "v1", kind: "ComponentStatus", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.conditions,
        }
    }
}

impl Kind for ComponentStatus {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ComponentStatus";
    const LIST_KIND: &'static str = "ComponentStatusList";
    const PLURAL: &'static str = "componentstatuses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ComponentStatus`].
pub type ComponentStatusList = meta::ObjectList<ComponentStatus>;

/// Values of `ConditionStatus`.
#[derive(Debug)]
pub enum ConditionStatus {}

impl ConditionStatus {
    /// `True`.
    pub const TRUE: &str = "True";
    /// `False`.
    pub const FALSE: &str = "False";
    /// `Unknown`.
    pub const UNKNOWN: &str = "Unknown";
}

/// `v1` ConfigMap.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMap {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `immutable`.
    pub immutable: Option<bool>,
    /// `data`.
    pub data: Map<Str, Str>,
    /// `binaryData`.
    pub binary_data: Map<Str, ByteString>,
}

impl Message for ConfigMap {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Immutable", "immutable", "bool", 4, 1),
            field("Data", "data", "map[string]string", 2, 1),
            field("BinaryData", "binaryData", "map[string][]uint8", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMap", api_version: "v1", kind: "ConfigMap", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.immutable,
            2 => &self.data,
            _ => &self.binary_data,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.immutable,
            2 => &mut self.data,
            _ => &mut self.binary_data,
        }
    }
}

impl Kind for ConfigMap {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ConfigMap";
    const LIST_KIND: &'static str = "ConfigMapList";
    const PLURAL: &'static str = "configmaps";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` ConfigMapEnvSource.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMapEnvSource {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for ConfigMapEnvSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Optional", "optional", "bool", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMapEnvSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            _ => &mut self.optional,
        }
    }
}

/// `v1` ConfigMapKeySelector.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMapKeySelector {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `key`.
    pub key: Str,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for ConfigMapKeySelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Key", "key", "string", 2, 0),
            field("Optional", "optional", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMapKeySelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            1 => &self.key,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            1 => &mut self.key,
            _ => &mut self.optional,
        }
    }
}

/// List of [`ConfigMap`].
pub type ConfigMapList = meta::ObjectList<ConfigMap>;

/// `v1` ConfigMapNodeConfigSource.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMapNodeConfigSource {
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
    /// `uid`.
    pub uid: Str,
    /// `resourceVersion`.
    pub resource_version: Str,
    /// `kubeletConfigKey`.
    pub kubelet_config_key: Str,
}

impl Message for ConfigMapNodeConfigSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Namespace", "namespace", "string", 1, 0),
            field("Name", "name", "string", 2, 0),
            field("UID", "uid", "types.UID", 3, 1),
            field("ResourceVersion", "resourceVersion", "string", 4, 1),
            field("KubeletConfigKey", "kubeletConfigKey", "string", 5, 0),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMapNodeConfigSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            1 => &self.name,
            2 => &self.uid,
            3 => &self.resource_version,
            _ => &self.kubelet_config_key,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            1 => &mut self.name,
            2 => &mut self.uid,
            3 => &mut self.resource_version,
            _ => &mut self.kubelet_config_key,
        }
    }
}

/// `v1` ConfigMapProjection.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMapProjection {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `items`.
    pub items: Slice<KeyToPath>,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for ConfigMapProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Items", "items", "[]v1.KeyToPath", 2, 1),
            field("Optional", "optional", "bool", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMapProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            1 => &self.items,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            1 => &mut self.items,
            _ => &mut self.optional,
        }
    }
}

/// `v1` ConfigMapVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ConfigMapVolumeSource {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `items`.
    pub items: Slice<KeyToPath>,
    /// `defaultMode`.
    pub default_mode: Option<i32>,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for ConfigMapVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Items", "items", "[]v1.KeyToPath", 2, 1),
            field("DefaultMode", "defaultMode", "int32", 3, 1),
            field("Optional", "optional", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConfigMapVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            1 => &self.items,
            2 => &self.default_mode,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            1 => &mut self.items,
            2 => &mut self.default_mode,
            _ => &mut self.optional,
        }
    }
}

/// `v1` Container.
#[derive(Clone, Default, PartialEq)]
pub struct Container {
    /// `name`.
    pub name: Str,
    /// `image`.
    pub image: Str,
    /// `command`.
    pub command: Slice<Str>,
    /// `args`.
    pub args: Slice<Str>,
    /// `workingDir`.
    pub working_dir: Str,
    /// `ports`.
    pub ports: Slice<ContainerPort>,
    /// `envFrom`.
    pub env_from: Slice<EnvFromSource>,
    /// `env`.
    pub env: Slice<EnvVar>,
    /// `resources`.
    pub resources: ResourceRequirements,
    /// `resizePolicy`.
    pub resize_policy: Slice<ContainerResizePolicy>,
    /// `restartPolicy`.
    pub restart_policy: Option<Str>,
    /// `restartPolicyRules`.
    pub restart_policy_rules: Slice<ContainerRestartRule>,
    /// `volumeMounts`.
    pub volume_mounts: Slice<VolumeMount>,
    /// `volumeDevices`.
    pub volume_devices: Slice<VolumeDevice>,
    /// `livenessProbe`.
    pub liveness_probe: Option<Box<Probe>>,
    /// `readinessProbe`.
    pub readiness_probe: Option<Box<Probe>>,
    /// `startupProbe`.
    pub startup_probe: Option<Box<Probe>>,
    /// `lifecycle`.
    pub lifecycle: Option<Box<Lifecycle>>,
    /// `terminationMessagePath`.
    pub termination_message_path: Str,
    /// `terminationMessagePolicy`.
    pub termination_message_policy: Str,
    /// `imagePullPolicy`.
    pub image_pull_policy: Str,
    /// `securityContext`.
    pub security_context: Option<Box<SecurityContext>>,
    /// `stdin`.
    pub stdin: bool,
    /// `stdinOnce`.
    pub stdin_once: bool,
    /// `tty`.
    pub tty: bool,
}

impl Message for Container {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 25] = [
            field("Name", "name", "string", 1, 0),
            field("Image", "image", "string", 2, 1),
            field("Command", "command", "[]string", 3, 1),
            field("Args", "args", "[]string", 4, 1),
            field("WorkingDir", "workingDir", "string", 5, 1),
            field("Ports", "ports", "[]v1.ContainerPort", 6, 1),
            field("EnvFrom", "envFrom", "[]v1.EnvFromSource", 19, 1),
            field("Env", "env", "[]v1.EnvVar", 7, 1),
            field("Resources", "resources", "v1.ResourceRequirements", 8, 1),
            field("ResizePolicy", "resizePolicy", "[]v1.ContainerResizePolicy", 23, 1),
            field("RestartPolicy", "restartPolicy", "v1.ContainerRestartPolicy", 24, 1),
            field("RestartPolicyRules", "restartPolicyRules", "[]v1.ContainerRestartRule", 25, 1),
            field("VolumeMounts", "volumeMounts", "[]v1.VolumeMount", 9, 1),
            field("VolumeDevices", "volumeDevices", "[]v1.VolumeDevice", 21, 1),
            field("LivenessProbe", "livenessProbe", "v1.Probe", 10, 1),
            field("ReadinessProbe", "readinessProbe", "v1.Probe", 11, 1),
            field("StartupProbe", "startupProbe", "v1.Probe", 22, 1),
            field("Lifecycle", "lifecycle", "v1.Lifecycle", 12, 1),
            field("TerminationMessagePath", "terminationMessagePath", "string", 13, 1),
            field("TerminationMessagePolicy", "terminationMessagePolicy", "v1.TerminationMessagePolicy", 20, 1),
            field("ImagePullPolicy", "imagePullPolicy", "v1.PullPolicy", 14, 1),
            field("SecurityContext", "securityContext", "v1.SecurityContext", 15, 1),
            field("Stdin", "stdin", "bool", 16, 1),
            field("StdinOnce", "stdinOnce", "bool", 17, 1),
            field("TTY", "tty", "bool", 18, 1),
        ];
        static KEYS: [u16; 25] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Container", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.image,
            2 => &self.command,
            3 => &self.args,
            4 => &self.working_dir,
            5 => &self.ports,
            6 => &self.env_from,
            7 => &self.env,
            8 => &self.resources,
            9 => &self.resize_policy,
            10 => &self.restart_policy,
            11 => &self.restart_policy_rules,
            12 => &self.volume_mounts,
            13 => &self.volume_devices,
            14 => &self.liveness_probe,
            15 => &self.readiness_probe,
            16 => &self.startup_probe,
            17 => &self.lifecycle,
            18 => &self.termination_message_path,
            19 => &self.termination_message_policy,
            20 => &self.image_pull_policy,
            21 => &self.security_context,
            22 => &self.stdin,
            23 => &self.stdin_once,
            _ => &self.tty,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.image,
            2 => &mut self.command,
            3 => &mut self.args,
            4 => &mut self.working_dir,
            5 => &mut self.ports,
            6 => &mut self.env_from,
            7 => &mut self.env,
            8 => &mut self.resources,
            9 => &mut self.resize_policy,
            10 => &mut self.restart_policy,
            11 => &mut self.restart_policy_rules,
            12 => &mut self.volume_mounts,
            13 => &mut self.volume_devices,
            14 => &mut self.liveness_probe,
            15 => &mut self.readiness_probe,
            16 => &mut self.startup_probe,
            17 => &mut self.lifecycle,
            18 => &mut self.termination_message_path,
            19 => &mut self.termination_message_policy,
            20 => &mut self.image_pull_policy,
            21 => &mut self.security_context,
            22 => &mut self.stdin,
            23 => &mut self.stdin_once,
            _ => &mut self.tty,
        }
    }
}

/// `v1` ContainerExtendedResourceRequest.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerExtendedResourceRequest {
    /// `containerName`.
    pub container_name: Str,
    /// `resourceName`.
    pub resource_name: Str,
    /// `requestName`.
    pub request_name: Str,
}

impl Message for ContainerExtendedResourceRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ContainerName", "containerName", "string", 1, 0),
            field("ResourceName", "resourceName", "string", 2, 0),
            field("RequestName", "requestName", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerExtendedResourceRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.container_name,
            1 => &self.resource_name,
            _ => &self.request_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.container_name,
            1 => &mut self.resource_name,
            _ => &mut self.request_name,
        }
    }
}

/// `v1` ContainerImage.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerImage {
    /// `names`.
    pub names: Slice<Str>,
    /// `sizeBytes`.
    pub size_bytes: i64,
}

impl Message for ContainerImage {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Names", "names", "[]string", 1, 0),
            field("SizeBytes", "sizeBytes", "int64", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerImage", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.names,
            _ => &self.size_bytes,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.names,
            _ => &mut self.size_bytes,
        }
    }
}

/// `v1` ContainerPort.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerPort {
    /// `name`.
    pub name: Str,
    /// `hostPort`.
    pub host_port: i32,
    /// `containerPort`.
    pub container_port: i32,
    /// `protocol`.
    pub protocol: Str,
    /// `hostIP`.
    pub host_ip: Str,
}

impl Message for ContainerPort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Name", "name", "string", 1, 1),
            field("HostPort", "hostPort", "int32", 2, 1),
            field("ContainerPort", "containerPort", "int32", 3, 0),
            field("Protocol", "protocol", "v1.Protocol", 4, 1),
            field("HostIP", "hostIP", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerPort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.host_port,
            2 => &self.container_port,
            3 => &self.protocol,
            _ => &self.host_ip,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.host_port,
            2 => &mut self.container_port,
            3 => &mut self.protocol,
            _ => &mut self.host_ip,
        }
    }
}

/// `v1` ContainerResizePolicy.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerResizePolicy {
    /// `resourceName`.
    pub resource_name: Str,
    /// `restartPolicy`.
    pub restart_policy: Str,
}

impl Message for ContainerResizePolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ResourceName", "resourceName", "v1.ResourceName", 1, 0),
            field("RestartPolicy", "restartPolicy", "v1.ResourceResizeRestartPolicy", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerResizePolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_name,
            _ => &self.restart_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_name,
            _ => &mut self.restart_policy,
        }
    }
}

/// Values of `ContainerRestartPolicy`.
#[derive(Debug)]
pub enum ContainerRestartPolicy {}

impl ContainerRestartPolicy {
    /// `Always`.
    pub const ALWAYS: &str = "Always";
    /// `Never`.
    pub const NEVER: &str = "Never";
    /// `OnFailure`.
    pub const ON_FAILURE: &str = "OnFailure";
}

/// `v1` ContainerRestartRule.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerRestartRule {
    /// `action`.
    pub action: Str,
    /// `exitCodes`.
    pub exit_codes: Option<Box<ContainerRestartRuleOnExitCodes>>,
}

impl Message for ContainerRestartRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Action", "action", "v1.ContainerRestartRuleAction", 1, 1),
            field("ExitCodes", "exitCodes", "v1.ContainerRestartRuleOnExitCodes", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerRestartRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.action,
            _ => &self.exit_codes,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.action,
            _ => &mut self.exit_codes,
        }
    }
}

/// Values of `ContainerRestartRuleAction`.
#[derive(Debug)]
pub enum ContainerRestartRuleAction {}

impl ContainerRestartRuleAction {
    /// `Restart`.
    pub const RESTART: &str = "Restart";
    /// `RestartAllContainers`.
    pub const RESTART_ALL_CONTAINERS: &str = "RestartAllContainers";
}

/// `v1` ContainerRestartRuleOnExitCodes.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerRestartRuleOnExitCodes {
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<i32>,
}

impl Message for ContainerRestartRuleOnExitCodes {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Operator", "operator", "v1.ContainerRestartRuleOnExitCodesOperator", 1, 1),
            field("Values", "values", "[]int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerRestartRuleOnExitCodes", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// Values of `ContainerRestartRuleOnExitCodesOperator`.
#[derive(Debug)]
pub enum ContainerRestartRuleOnExitCodesOperator {}

impl ContainerRestartRuleOnExitCodesOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
}

/// `v1` ContainerState.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerState {
    /// `waiting`.
    pub waiting: Option<Box<ContainerStateWaiting>>,
    /// `running`.
    pub running: Option<Box<ContainerStateRunning>>,
    /// `terminated`.
    pub terminated: Option<Box<ContainerStateTerminated>>,
}

impl Message for ContainerState {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Waiting", "waiting", "v1.ContainerStateWaiting", 1, 1),
            field("Running", "running", "v1.ContainerStateRunning", 2, 1),
            field("Terminated", "terminated", "v1.ContainerStateTerminated", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerState", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.waiting,
            1 => &self.running,
            _ => &self.terminated,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.waiting,
            1 => &mut self.running,
            _ => &mut self.terminated,
        }
    }
}

/// `v1` ContainerStateRunning.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerStateRunning {
    /// `startedAt`.
    pub started_at: Time,
}

impl Message for ContainerStateRunning {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("StartedAt", "startedAt", "v1.Time", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerStateRunning", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.started_at
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.started_at
    }
}

/// `v1` ContainerStateTerminated.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerStateTerminated {
    /// `exitCode`.
    pub exit_code: i32,
    /// `signal`.
    pub signal: i32,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
    /// `startedAt`.
    pub started_at: Time,
    /// `finishedAt`.
    pub finished_at: Time,
    /// `containerID`.
    pub container_id: Str,
}

impl Message for ContainerStateTerminated {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("ExitCode", "exitCode", "int32", 1, 0),
            field("Signal", "signal", "int32", 2, 1),
            field("Reason", "reason", "string", 3, 1),
            field("Message", "message", "string", 4, 1),
            field("StartedAt", "startedAt", "v1.Time", 5, 1),
            field("FinishedAt", "finishedAt", "v1.Time", 6, 1),
            field("ContainerID", "containerID", "string", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerStateTerminated", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.exit_code,
            1 => &self.signal,
            2 => &self.reason,
            3 => &self.message,
            4 => &self.started_at,
            5 => &self.finished_at,
            _ => &self.container_id,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.exit_code,
            1 => &mut self.signal,
            2 => &mut self.reason,
            3 => &mut self.message,
            4 => &mut self.started_at,
            5 => &mut self.finished_at,
            _ => &mut self.container_id,
        }
    }
}

/// `v1` ContainerStateWaiting.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerStateWaiting {
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for ContainerStateWaiting {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Reason", "reason", "string", 1, 1),
            field("Message", "message", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerStateWaiting", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// `v1` ContainerStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerStatus {
    /// `name`.
    pub name: Str,
    /// `state`.
    pub state: ContainerState,
    /// `lastState`.
    pub last_state: ContainerState,
    /// `ready`.
    pub ready: bool,
    /// `restartCount`.
    pub restart_count: i32,
    /// `image`.
    pub image: Str,
    /// `imageID`.
    pub image_id: Str,
    /// `containerID`.
    pub container_id: Str,
    /// `started`.
    pub started: Option<bool>,
    /// `allocatedResources`.
    pub allocated_resources: Map<Str, Quantity>,
    /// `resources`.
    pub resources: Option<Box<ResourceRequirements>>,
    /// `volumeMounts`.
    pub volume_mounts: Slice<VolumeMountStatus>,
    /// `user`.
    pub user: Option<Box<ContainerUser>>,
    /// `allocatedResourcesStatus`.
    pub allocated_resources_status: Slice<ResourceStatus>,
    /// `stopSignal`.
    pub stop_signal: Option<Str>,
}

impl Message for ContainerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 15] = [
            field("Name", "name", "string", 1, 0),
            field("State", "state", "v1.ContainerState", 2, 1),
            field("LastTerminationState", "lastState", "v1.ContainerState", 3, 1),
            field("Ready", "ready", "bool", 4, 0),
            field("RestartCount", "restartCount", "int32", 5, 0),
            field("Image", "image", "string", 6, 0),
            field("ImageID", "imageID", "string", 7, 0),
            field("ContainerID", "containerID", "string", 8, 1),
            field("Started", "started", "bool", 9, 1),
            field("AllocatedResources", "allocatedResources", "v1.ResourceList", 10, 1),
            field("Resources", "resources", "v1.ResourceRequirements", 11, 1),
            field("VolumeMounts", "volumeMounts", "[]v1.VolumeMountStatus", 12, 1),
            field("User", "user", "v1.ContainerUser", 13, 1),
            field("AllocatedResourcesStatus", "allocatedResourcesStatus", "[]v1.ResourceStatus", 14, 1),
            field("StopSignal", "stopSignal", "v1.Signal", 15, 1),
        ];
        static KEYS: [u16; 15] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.state,
            2 => &self.last_state,
            3 => &self.ready,
            4 => &self.restart_count,
            5 => &self.image,
            6 => &self.image_id,
            7 => &self.container_id,
            8 => &self.started,
            9 => &self.allocated_resources,
            10 => &self.resources,
            11 => &self.volume_mounts,
            12 => &self.user,
            13 => &self.allocated_resources_status,
            _ => &self.stop_signal,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.state,
            2 => &mut self.last_state,
            3 => &mut self.ready,
            4 => &mut self.restart_count,
            5 => &mut self.image,
            6 => &mut self.image_id,
            7 => &mut self.container_id,
            8 => &mut self.started,
            9 => &mut self.allocated_resources,
            10 => &mut self.resources,
            11 => &mut self.volume_mounts,
            12 => &mut self.user,
            13 => &mut self.allocated_resources_status,
            _ => &mut self.stop_signal,
        }
    }
}

/// `v1` ContainerUser.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerUser {
    /// `linux`.
    pub linux: Option<Box<LinuxContainerUser>>,
}

impl Message for ContainerUser {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Linux", "linux", "v1.LinuxContainerUser", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerUser", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.linux
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.linux
    }
}

/// Values of `DNSPolicy`.
#[derive(Debug)]
pub enum DNSPolicy {}

impl DNSPolicy {
    /// `ClusterFirstWithHostNet`.
    pub const CLUSTER_FIRST_WITH_HOST_NET: &str = "ClusterFirstWithHostNet";
    /// `ClusterFirst`.
    pub const CLUSTER_FIRST: &str = "ClusterFirst";
    /// `Default`.
    pub const DEFAULT: &str = "Default";
    /// `None`.
    pub const NONE: &str = "None";
}

/// `v1` DaemonEndpoint.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonEndpoint {
    /// `Port`.
    pub port: i32,
}

impl Message for DaemonEndpoint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Port", "Port", "int32", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonEndpoint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.port
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.port
    }
}

/// `v1` DownwardAPIProjection.
#[derive(Clone, Default, PartialEq)]
pub struct DownwardAPIProjection {
    /// `items`.
    pub items: Slice<DownwardAPIVolumeFile>,
}

impl Message for DownwardAPIProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Items", "items", "[]v1.DownwardAPIVolumeFile", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DownwardAPIProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.items
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.items
    }
}

/// `v1` DownwardAPIVolumeFile.
#[derive(Clone, Default, PartialEq)]
pub struct DownwardAPIVolumeFile {
    /// `path`.
    pub path: Str,
    /// `fieldRef`.
    pub field_ref: Option<Box<ObjectFieldSelector>>,
    /// `resourceFieldRef`.
    pub resource_field_ref: Option<Box<ResourceFieldSelector>>,
    /// `mode`.
    pub mode: Option<i32>,
}

impl Message for DownwardAPIVolumeFile {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Path", "path", "string", 1, 0),
            field("FieldRef", "fieldRef", "v1.ObjectFieldSelector", 2, 1),
            field("ResourceFieldRef", "resourceFieldRef", "v1.ResourceFieldSelector", 3, 1),
            field("Mode", "mode", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DownwardAPIVolumeFile", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            1 => &self.field_ref,
            2 => &self.resource_field_ref,
            _ => &self.mode,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            1 => &mut self.field_ref,
            2 => &mut self.resource_field_ref,
            _ => &mut self.mode,
        }
    }
}

/// `v1` DownwardAPIVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct DownwardAPIVolumeSource {
    /// `items`.
    pub items: Slice<DownwardAPIVolumeFile>,
    /// `defaultMode`.
    pub default_mode: Option<i32>,
}

impl Message for DownwardAPIVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Items", "items", "[]v1.DownwardAPIVolumeFile", 1, 1),
            field("DefaultMode", "defaultMode", "int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DownwardAPIVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.items,
            _ => &self.default_mode,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.items,
            _ => &mut self.default_mode,
        }
    }
}

/// `v1` EmptyDirVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct EmptyDirVolumeSource {
    /// `medium`.
    pub medium: Str,
    /// `sizeLimit`.
    pub size_limit: Option<Quantity>,
}

impl Message for EmptyDirVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Medium", "medium", "v1.StorageMedium", 1, 1),
            field("SizeLimit", "sizeLimit", "resource.Quantity", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EmptyDirVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.medium,
            _ => &self.size_limit,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.medium,
            _ => &mut self.size_limit,
        }
    }
}

/// `v1` EndpointAddress.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointAddress {
    /// `ip`.
    pub ip: Str,
    /// `hostname`.
    pub hostname: Str,
    /// `nodeName`.
    pub node_name: Option<Str>,
    /// `targetRef`.
    pub target_ref: Option<Box<ObjectReference>>,
}

impl Message for EndpointAddress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("IP", "ip", "string", 1, 0),
            field("Hostname", "hostname", "string", 3, 1),
            field("NodeName", "nodeName", "string", 4, 1),
            field("TargetRef", "targetRef", "v1.ObjectReference", 2, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointAddress", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 3, 1, 2] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ip,
            1 => &self.hostname,
            2 => &self.node_name,
            _ => &self.target_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ip,
            1 => &mut self.hostname,
            2 => &mut self.node_name,
            _ => &mut self.target_ref,
        }
    }
}

/// `v1` EndpointPort.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointPort {
    /// `name`.
    pub name: Str,
    /// `port`.
    pub port: i32,
    /// `protocol`.
    pub protocol: Str,
    /// `appProtocol`.
    pub app_protocol: Option<Str>,
}

impl Message for EndpointPort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "string", 1, 1),
            field("Port", "port", "int32", 2, 0),
            field("Protocol", "protocol", "v1.Protocol", 3, 1),
            field("AppProtocol", "appProtocol", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointPort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.port,
            2 => &self.protocol,
            _ => &self.app_protocol,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.port,
            2 => &mut self.protocol,
            _ => &mut self.app_protocol,
        }
    }
}

/// `v1` EndpointSubset.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointSubset {
    /// `addresses`.
    pub addresses: Slice<EndpointAddress>,
    /// `notReadyAddresses`.
    pub not_ready_addresses: Slice<EndpointAddress>,
    /// `ports`.
    pub ports: Slice<EndpointPort>,
}

impl Message for EndpointSubset {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Addresses", "addresses", "[]v1.EndpointAddress", 1, 1),
            field("NotReadyAddresses", "notReadyAddresses", "[]v1.EndpointAddress", 2, 1),
            field("Ports", "ports", "[]v1.EndpointPort", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointSubset", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.addresses,
            1 => &self.not_ready_addresses,
            _ => &self.ports,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.addresses,
            1 => &mut self.not_ready_addresses,
            _ => &mut self.ports,
        }
    }
}

/// `v1` Endpoints.
#[derive(Clone, Default, PartialEq)]
pub struct Endpoints {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `subsets`.
    pub subsets: Slice<EndpointSubset>,
}

impl Message for Endpoints {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Subsets", "subsets", "[]v1.EndpointSubset", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Endpoints", api_version: "v1", kind: "Endpoints", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.subsets,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.subsets,
        }
    }
}

impl Kind for Endpoints {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Endpoints";
    const LIST_KIND: &'static str = "EndpointsList";
    const PLURAL: &'static str = "endpoints";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`Endpoints`].
pub type EndpointsList = meta::ObjectList<Endpoints>;

/// `v1` EnvFromSource.
#[derive(Clone, Default, PartialEq)]
pub struct EnvFromSource {
    /// `prefix`.
    pub prefix: Str,
    /// `configMapRef`.
    pub config_map_ref: Option<Box<ConfigMapEnvSource>>,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretEnvSource>>,
}

impl Message for EnvFromSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Prefix", "prefix", "string", 1, 1),
            field("ConfigMapRef", "configMapRef", "v1.ConfigMapEnvSource", 2, 1),
            field("SecretRef", "secretRef", "v1.SecretEnvSource", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EnvFromSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.prefix,
            1 => &self.config_map_ref,
            _ => &self.secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.prefix,
            1 => &mut self.config_map_ref,
            _ => &mut self.secret_ref,
        }
    }
}

/// `v1` EnvVar.
#[derive(Clone, Default, PartialEq)]
pub struct EnvVar {
    /// `name`.
    pub name: Str,
    /// `value`.
    pub value: Str,
    /// `valueFrom`.
    pub value_from: Option<Box<EnvVarSource>>,
}

impl Message for EnvVar {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "string", 1, 0),
            field("Value", "value", "string", 2, 1),
            field("ValueFrom", "valueFrom", "v1.EnvVarSource", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EnvVar", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.value,
            _ => &self.value_from,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.value,
            _ => &mut self.value_from,
        }
    }
}

/// `v1` EnvVarSource.
#[derive(Clone, Default, PartialEq)]
pub struct EnvVarSource {
    /// `fieldRef`.
    pub field_ref: Option<Box<ObjectFieldSelector>>,
    /// `resourceFieldRef`.
    pub resource_field_ref: Option<Box<ResourceFieldSelector>>,
    /// `configMapKeyRef`.
    pub config_map_key_ref: Option<Box<ConfigMapKeySelector>>,
    /// `secretKeyRef`.
    pub secret_key_ref: Option<Box<SecretKeySelector>>,
    /// `fileKeyRef`.
    pub file_key_ref: Option<Box<FileKeySelector>>,
}

impl Message for EnvVarSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("FieldRef", "fieldRef", "v1.ObjectFieldSelector", 1, 1),
            field("ResourceFieldRef", "resourceFieldRef", "v1.ResourceFieldSelector", 2, 1),
            field("ConfigMapKeyRef", "configMapKeyRef", "v1.ConfigMapKeySelector", 3, 1),
            field("SecretKeyRef", "secretKeyRef", "v1.SecretKeySelector", 4, 1),
            field("FileKeyRef", "fileKeyRef", "v1.FileKeySelector", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EnvVarSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.field_ref,
            1 => &self.resource_field_ref,
            2 => &self.config_map_key_ref,
            3 => &self.secret_key_ref,
            _ => &self.file_key_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.field_ref,
            1 => &mut self.resource_field_ref,
            2 => &mut self.config_map_key_ref,
            3 => &mut self.secret_key_ref,
            _ => &mut self.file_key_ref,
        }
    }
}

/// `v1` EphemeralContainer.
#[derive(Clone, Default, PartialEq)]
pub struct EphemeralContainer {
    /// `EphemeralContainerCommon`.
    pub ephemeral_container_common: EphemeralContainerCommon,
    /// `targetContainerName`.
    pub target_container_name: Str,
}

impl Message for EphemeralContainer {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("EphemeralContainerCommon", "", "v1.EphemeralContainerCommon", 1, 2),
            field("TargetContainerName", "targetContainerName", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EphemeralContainer", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ephemeral_container_common,
            _ => &self.target_container_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ephemeral_container_common,
            _ => &mut self.target_container_name,
        }
    }
}

/// `v1` EphemeralContainerCommon.
#[derive(Clone, Default, PartialEq)]
pub struct EphemeralContainerCommon {
    /// `name`.
    pub name: Str,
    /// `image`.
    pub image: Str,
    /// `command`.
    pub command: Slice<Str>,
    /// `args`.
    pub args: Slice<Str>,
    /// `workingDir`.
    pub working_dir: Str,
    /// `ports`.
    pub ports: Slice<ContainerPort>,
    /// `envFrom`.
    pub env_from: Slice<EnvFromSource>,
    /// `env`.
    pub env: Slice<EnvVar>,
    /// `resources`.
    pub resources: ResourceRequirements,
    /// `resizePolicy`.
    pub resize_policy: Slice<ContainerResizePolicy>,
    /// `restartPolicy`.
    pub restart_policy: Option<Str>,
    /// `restartPolicyRules`.
    pub restart_policy_rules: Slice<ContainerRestartRule>,
    /// `volumeMounts`.
    pub volume_mounts: Slice<VolumeMount>,
    /// `volumeDevices`.
    pub volume_devices: Slice<VolumeDevice>,
    /// `livenessProbe`.
    pub liveness_probe: Option<Box<Probe>>,
    /// `readinessProbe`.
    pub readiness_probe: Option<Box<Probe>>,
    /// `startupProbe`.
    pub startup_probe: Option<Box<Probe>>,
    /// `lifecycle`.
    pub lifecycle: Option<Box<Lifecycle>>,
    /// `terminationMessagePath`.
    pub termination_message_path: Str,
    /// `terminationMessagePolicy`.
    pub termination_message_policy: Str,
    /// `imagePullPolicy`.
    pub image_pull_policy: Str,
    /// `securityContext`.
    pub security_context: Option<Box<SecurityContext>>,
    /// `stdin`.
    pub stdin: bool,
    /// `stdinOnce`.
    pub stdin_once: bool,
    /// `tty`.
    pub tty: bool,
}

impl Message for EphemeralContainerCommon {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 25] = [
            field("Name", "name", "string", 1, 0),
            field("Image", "image", "string", 2, 1),
            field("Command", "command", "[]string", 3, 1),
            field("Args", "args", "[]string", 4, 1),
            field("WorkingDir", "workingDir", "string", 5, 1),
            field("Ports", "ports", "[]v1.ContainerPort", 6, 1),
            field("EnvFrom", "envFrom", "[]v1.EnvFromSource", 19, 1),
            field("Env", "env", "[]v1.EnvVar", 7, 1),
            field("Resources", "resources", "v1.ResourceRequirements", 8, 1),
            field("ResizePolicy", "resizePolicy", "[]v1.ContainerResizePolicy", 23, 1),
            field("RestartPolicy", "restartPolicy", "v1.ContainerRestartPolicy", 24, 1),
            field("RestartPolicyRules", "restartPolicyRules", "[]v1.ContainerRestartRule", 25, 1),
            field("VolumeMounts", "volumeMounts", "[]v1.VolumeMount", 9, 1),
            field("VolumeDevices", "volumeDevices", "[]v1.VolumeDevice", 21, 1),
            field("LivenessProbe", "livenessProbe", "v1.Probe", 10, 1),
            field("ReadinessProbe", "readinessProbe", "v1.Probe", 11, 1),
            field("StartupProbe", "startupProbe", "v1.Probe", 22, 1),
            field("Lifecycle", "lifecycle", "v1.Lifecycle", 12, 1),
            field("TerminationMessagePath", "terminationMessagePath", "string", 13, 1),
            field("TerminationMessagePolicy", "terminationMessagePolicy", "v1.TerminationMessagePolicy", 20, 1),
            field("ImagePullPolicy", "imagePullPolicy", "v1.PullPolicy", 14, 1),
            field("SecurityContext", "securityContext", "v1.SecurityContext", 15, 1),
            field("Stdin", "stdin", "bool", 16, 1),
            field("StdinOnce", "stdinOnce", "bool", 17, 1),
            field("TTY", "tty", "bool", 18, 1),
        ];
        static KEYS: [u16; 25] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EphemeralContainerCommon", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 7, 8, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 6, 19, 13, 16, 9, 10, 11] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.image,
            2 => &self.command,
            3 => &self.args,
            4 => &self.working_dir,
            5 => &self.ports,
            6 => &self.env_from,
            7 => &self.env,
            8 => &self.resources,
            9 => &self.resize_policy,
            10 => &self.restart_policy,
            11 => &self.restart_policy_rules,
            12 => &self.volume_mounts,
            13 => &self.volume_devices,
            14 => &self.liveness_probe,
            15 => &self.readiness_probe,
            16 => &self.startup_probe,
            17 => &self.lifecycle,
            18 => &self.termination_message_path,
            19 => &self.termination_message_policy,
            20 => &self.image_pull_policy,
            21 => &self.security_context,
            22 => &self.stdin,
            23 => &self.stdin_once,
            _ => &self.tty,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.image,
            2 => &mut self.command,
            3 => &mut self.args,
            4 => &mut self.working_dir,
            5 => &mut self.ports,
            6 => &mut self.env_from,
            7 => &mut self.env,
            8 => &mut self.resources,
            9 => &mut self.resize_policy,
            10 => &mut self.restart_policy,
            11 => &mut self.restart_policy_rules,
            12 => &mut self.volume_mounts,
            13 => &mut self.volume_devices,
            14 => &mut self.liveness_probe,
            15 => &mut self.readiness_probe,
            16 => &mut self.startup_probe,
            17 => &mut self.lifecycle,
            18 => &mut self.termination_message_path,
            19 => &mut self.termination_message_policy,
            20 => &mut self.image_pull_policy,
            21 => &mut self.security_context,
            22 => &mut self.stdin,
            23 => &mut self.stdin_once,
            _ => &mut self.tty,
        }
    }
}

/// `v1` EphemeralVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct EphemeralVolumeSource {
    /// `volumeClaimTemplate`.
    pub volume_claim_template: Option<Box<PersistentVolumeClaimTemplate>>,
}

impl Message for EphemeralVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("VolumeClaimTemplate", "volumeClaimTemplate", "v1.PersistentVolumeClaimTemplate", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EphemeralVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.volume_claim_template
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.volume_claim_template
    }
}

/// `v1` Event.
#[derive(Clone, Default, PartialEq)]
pub struct Event {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `involvedObject`.
    pub involved_object: ObjectReference,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
    /// `source`.
    pub source: EventSource,
    /// `firstTimestamp`.
    pub first_timestamp: Time,
    /// `lastTimestamp`.
    pub last_timestamp: Time,
    /// `count`.
    pub count: i32,
    /// `type`.
    pub type_: Str,
    /// `eventTime`.
    pub event_time: MicroTime,
    /// `series`.
    pub series: Option<Box<EventSeries>>,
    /// `action`.
    pub action: Str,
    /// `related`.
    pub related: Option<Box<ObjectReference>>,
    /// `reportingComponent`.
    pub reporting_component: Str,
    /// `reportingInstance`.
    pub reporting_instance: Str,
}

impl Message for Event {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 15] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 0),
            field("InvolvedObject", "involvedObject", "v1.ObjectReference", 2, 0),
            field("Reason", "reason", "string", 3, 1),
            field("Message", "message", "string", 4, 1),
            field("Source", "source", "v1.EventSource", 5, 1),
            field("FirstTimestamp", "firstTimestamp", "v1.Time", 6, 1),
            field("LastTimestamp", "lastTimestamp", "v1.Time", 7, 1),
            field("Count", "count", "int32", 8, 1),
            field("Type", "type", "string", 9, 1),
            field("EventTime", "eventTime", "v1.MicroTime", 10, 1),
            field("Series", "series", "v1.EventSeries", 11, 1),
            field("Action", "action", "string", 12, 1),
            field("Related", "related", "v1.ObjectReference", 13, 1),
            field("ReportingController", "reportingComponent", "string", 14, 0),
            field("ReportingInstance", "reportingInstance", "string", 15, 0),
        ];
        static KEYS: [u16; 15] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Event", api_version: "v1", kind: "Event", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.involved_object,
            2 => &self.reason,
            3 => &self.message,
            4 => &self.source,
            5 => &self.first_timestamp,
            6 => &self.last_timestamp,
            7 => &self.count,
            8 => &self.type_,
            9 => &self.event_time,
            10 => &self.series,
            11 => &self.action,
            12 => &self.related,
            13 => &self.reporting_component,
            _ => &self.reporting_instance,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.involved_object,
            2 => &mut self.reason,
            3 => &mut self.message,
            4 => &mut self.source,
            5 => &mut self.first_timestamp,
            6 => &mut self.last_timestamp,
            7 => &mut self.count,
            8 => &mut self.type_,
            9 => &mut self.event_time,
            10 => &mut self.series,
            11 => &mut self.action,
            12 => &mut self.related,
            13 => &mut self.reporting_component,
            _ => &mut self.reporting_instance,
        }
    }
}

impl Kind for Event {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Event";
    const LIST_KIND: &'static str = "EventList";
    const PLURAL: &'static str = "events";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`Event`].
pub type EventList = meta::ObjectList<Event>;

/// `v1` EventSeries.
#[derive(Clone, Default, PartialEq)]
pub struct EventSeries {
    /// `count`.
    pub count: i32,
    /// `lastObservedTime`.
    pub last_observed_time: MicroTime,
}

impl Message for EventSeries {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Count", "count", "int32", 1, 1),
            field("LastObservedTime", "lastObservedTime", "v1.MicroTime", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EventSeries", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.count,
            _ => &self.last_observed_time,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.count,
            _ => &mut self.last_observed_time,
        }
    }
}

/// `v1` EventSource.
#[derive(Clone, Default, PartialEq)]
pub struct EventSource {
    /// `component`.
    pub component: Str,
    /// `host`.
    pub host: Str,
}

impl Message for EventSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Component", "component", "string", 1, 1),
            field("Host", "host", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EventSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.component,
            _ => &self.host,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.component,
            _ => &mut self.host,
        }
    }
}

/// `v1` ExecAction.
#[derive(Clone, Default, PartialEq)]
pub struct ExecAction {
    /// `command`.
    pub command: Slice<Str>,
}

impl Message for ExecAction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Command", "command", "[]string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExecAction", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.command
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.command
    }
}

/// `v1` FCVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct FCVolumeSource {
    /// `targetWWNs`.
    pub target_wwns: Slice<Str>,
    /// `lun`.
    pub lun: Option<i32>,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `wwids`.
    pub wwids: Slice<Str>,
}

impl Message for FCVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("TargetWWNs", "targetWWNs", "[]string", 1, 1),
            field("Lun", "lun", "int32", 2, 1),
            field("FSType", "fsType", "string", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
            field("WWIDs", "wwids", "[]string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FCVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target_wwns,
            1 => &self.lun,
            2 => &self.fs_type,
            3 => &self.read_only,
            _ => &self.wwids,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target_wwns,
            1 => &mut self.lun,
            2 => &mut self.fs_type,
            3 => &mut self.read_only,
            _ => &mut self.wwids,
        }
    }
}

/// `v1` FileKeySelector.
#[derive(Clone, Default, PartialEq)]
pub struct FileKeySelector {
    /// `volumeName`.
    pub volume_name: Str,
    /// `path`.
    pub path: Str,
    /// `key`.
    pub key: Str,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for FileKeySelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("VolumeName", "volumeName", "string", 1, 0),
            field("Path", "path", "string", 2, 0),
            field("Key", "key", "string", 3, 0),
            field("Optional", "optional", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FileKeySelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_name,
            1 => &self.path,
            2 => &self.key,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_name,
            1 => &mut self.path,
            2 => &mut self.key,
            _ => &mut self.optional,
        }
    }
}

/// Values of `FinalizerName`.
#[derive(Debug)]
pub enum FinalizerName {}

impl FinalizerName {
    /// `kubernetes`.
    pub const KUBERNETES: &str = "kubernetes";
}

/// `v1` FlexPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct FlexPersistentVolumeSource {
    /// `driver`.
    pub driver: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
    /// `readOnly`.
    pub read_only: bool,
    /// `options`.
    pub options: Map<Str, Str>,
}

impl Message for FlexPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Driver", "driver", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("SecretRef", "secretRef", "v1.SecretReference", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
            field("Options", "options", "map[string]string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlexPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.fs_type,
            2 => &self.secret_ref,
            3 => &self.read_only,
            _ => &self.options,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.fs_type,
            2 => &mut self.secret_ref,
            3 => &mut self.read_only,
            _ => &mut self.options,
        }
    }
}

/// `v1` FlexVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct FlexVolumeSource {
    /// `driver`.
    pub driver: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
    /// `readOnly`.
    pub read_only: bool,
    /// `options`.
    pub options: Map<Str, Str>,
}

impl Message for FlexVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Driver", "driver", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
            field("Options", "options", "map[string]string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlexVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.fs_type,
            2 => &self.secret_ref,
            3 => &self.read_only,
            _ => &self.options,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.fs_type,
            2 => &mut self.secret_ref,
            3 => &mut self.read_only,
            _ => &mut self.options,
        }
    }
}

/// `v1` FlockerVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct FlockerVolumeSource {
    /// `datasetName`.
    pub dataset_name: Str,
    /// `datasetUUID`.
    pub dataset_uuid: Str,
}

impl Message for FlockerVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("DatasetName", "datasetName", "string", 1, 1),
            field("DatasetUUID", "datasetUUID", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlockerVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.dataset_name,
            _ => &self.dataset_uuid,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.dataset_name,
            _ => &mut self.dataset_uuid,
        }
    }
}

/// `v1` GCEPersistentDiskVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct GCEPersistentDiskVolumeSource {
    /// `pdName`.
    pub pd_name: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `partition`.
    pub partition: i32,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for GCEPersistentDiskVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("PDName", "pdName", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("Partition", "partition", "int32", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GCEPersistentDiskVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pd_name,
            1 => &self.fs_type,
            2 => &self.partition,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pd_name,
            1 => &mut self.fs_type,
            2 => &mut self.partition,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` GRPCAction.
#[derive(Clone, Default, PartialEq)]
pub struct GRPCAction {
    /// `port`.
    pub port: i32,
    /// `service`.
    pub service: Option<Str>,
}

impl Message for GRPCAction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Port", "port", "int32", 1, 0),
            field("Service", "service", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GRPCAction", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.port,
            _ => &self.service,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.port,
            _ => &mut self.service,
        }
    }
}

/// `v1` GitRepoVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct GitRepoVolumeSource {
    /// `repository`.
    pub repository: Str,
    /// `revision`.
    pub revision: Str,
    /// `directory`.
    pub directory: Str,
}

impl Message for GitRepoVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Repository", "repository", "string", 1, 0),
            field("Revision", "revision", "string", 2, 1),
            field("Directory", "directory", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GitRepoVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.repository,
            1 => &self.revision,
            _ => &self.directory,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.repository,
            1 => &mut self.revision,
            _ => &mut self.directory,
        }
    }
}

/// `v1` GlusterfsPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct GlusterfsPersistentVolumeSource {
    /// `endpoints`.
    pub endpoints: Str,
    /// `path`.
    pub path: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `endpointsNamespace`.
    pub endpoints_namespace: Option<Str>,
}

impl Message for GlusterfsPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("EndpointsName", "endpoints", "string", 1, 0),
            field("Path", "path", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("EndpointsNamespace", "endpointsNamespace", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GlusterfsPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.endpoints,
            1 => &self.path,
            2 => &self.read_only,
            _ => &self.endpoints_namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.endpoints,
            1 => &mut self.path,
            2 => &mut self.read_only,
            _ => &mut self.endpoints_namespace,
        }
    }
}

/// `v1` GlusterfsVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct GlusterfsVolumeSource {
    /// `endpoints`.
    pub endpoints: Str,
    /// `path`.
    pub path: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for GlusterfsVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("EndpointsName", "endpoints", "string", 1, 0),
            field("Path", "path", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GlusterfsVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.endpoints,
            1 => &self.path,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.endpoints,
            1 => &mut self.path,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` HTTPGetAction.
#[derive(Clone, Default, PartialEq)]
pub struct HTTPGetAction {
    /// `path`.
    pub path: Str,
    /// `port`.
    pub port: IntOrString,
    /// `host`.
    pub host: Str,
    /// `scheme`.
    pub scheme: Str,
    /// `httpHeaders`.
    pub http_headers: Slice<HTTPHeader>,
}

impl Message for HTTPGetAction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Path", "path", "string", 1, 1),
            field("Port", "port", "intstr.IntOrString", 2, 0),
            field("Host", "host", "string", 3, 1),
            field("Scheme", "scheme", "v1.URIScheme", 4, 1),
            field("HTTPHeaders", "httpHeaders", "[]v1.HTTPHeader", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HTTPGetAction", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            1 => &self.port,
            2 => &self.host,
            3 => &self.scheme,
            _ => &self.http_headers,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            1 => &mut self.port,
            2 => &mut self.host,
            3 => &mut self.scheme,
            _ => &mut self.http_headers,
        }
    }
}

/// `v1` HTTPHeader.
#[derive(Clone, Default, PartialEq)]
pub struct HTTPHeader {
    /// `name`.
    pub name: Str,
    /// `value`.
    pub value: Str,
}

impl Message for HTTPHeader {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Value", "value", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HTTPHeader", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.value,
        }
    }
}

/// `v1` HostAlias.
#[derive(Clone, Default, PartialEq)]
pub struct HostAlias {
    /// `ip`.
    pub ip: Str,
    /// `hostnames`.
    pub hostnames: Slice<Str>,
}

impl Message for HostAlias {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("IP", "ip", "string", 1, 0),
            field("Hostnames", "hostnames", "[]string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HostAlias", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ip,
            _ => &self.hostnames,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ip,
            _ => &mut self.hostnames,
        }
    }
}

/// `v1` HostIP.
#[derive(Clone, Default, PartialEq)]
pub struct HostIP {
    /// `ip`.
    pub ip: Str,
}

impl Message for HostIP {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("IP", "ip", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HostIP", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.ip
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.ip
    }
}

/// Values of `HostPathType`.
#[derive(Debug)]
pub enum HostPathType {}

impl HostPathType {
    /// ``.
    pub const EMPTY: &str = "";
    /// `DirectoryOrCreate`.
    pub const DIRECTORY_OR_CREATE: &str = "DirectoryOrCreate";
    /// `Directory`.
    pub const DIRECTORY: &str = "Directory";
    /// `FileOrCreate`.
    pub const FILE_OR_CREATE: &str = "FileOrCreate";
    /// `File`.
    pub const FILE: &str = "File";
    /// `Socket`.
    pub const SOCKET: &str = "Socket";
    /// `CharDevice`.
    pub const CHAR_DEVICE: &str = "CharDevice";
    /// `BlockDevice`.
    pub const BLOCK_DEVICE: &str = "BlockDevice";
}

/// `v1` HostPathVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct HostPathVolumeSource {
    /// `path`.
    pub path: Str,
    /// `type`.
    pub type_: Option<Str>,
}

impl Message for HostPathVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Path", "path", "string", 1, 0),
            field("Type", "type", "v1.HostPathType", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HostPathVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            _ => &self.type_,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            _ => &mut self.type_,
        }
    }
}

/// Values of `IPFamily`.
#[derive(Debug)]
pub enum IPFamily {}

impl IPFamily {
    /// `IPv4`.
    pub const IPV4: &str = "IPv4";
    /// `IPv6`.
    pub const IPV6: &str = "IPv6";
    /// ``.
    pub const EMPTY: &str = "";
}

/// Values of `IPFamilyPolicy`.
#[derive(Debug)]
pub enum IPFamilyPolicy {}

impl IPFamilyPolicy {
    /// `SingleStack`.
    pub const SINGLE_STACK: &str = "SingleStack";
    /// `PreferDualStack`.
    pub const PREFER_DUAL_STACK: &str = "PreferDualStack";
    /// `RequireDualStack`.
    pub const REQUIRE_DUAL_STACK: &str = "RequireDualStack";
}

/// `v1` ISCSIPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ISCSIPersistentVolumeSource {
    /// `targetPortal`.
    pub target_portal: Str,
    /// `iqn`.
    pub iqn: Str,
    /// `lun`.
    pub lun: i32,
    /// `iscsiInterface`.
    pub iscsi_interface: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `portals`.
    pub portals: Slice<Str>,
    /// `chapAuthDiscovery`.
    pub chap_auth_discovery: bool,
    /// `chapAuthSession`.
    pub chap_auth_session: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
    /// `initiatorName`.
    pub initiator_name: Option<Str>,
}

impl Message for ISCSIPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("TargetPortal", "targetPortal", "string", 1, 0),
            field("IQN", "iqn", "string", 2, 0),
            field("Lun", "lun", "int32", 3, 0),
            field("ISCSIInterface", "iscsiInterface", "string", 4, 1),
            field("FSType", "fsType", "string", 5, 1),
            field("ReadOnly", "readOnly", "bool", 6, 1),
            field("Portals", "portals", "[]string", 7, 1),
            field("DiscoveryCHAPAuth", "chapAuthDiscovery", "bool", 8, 1),
            field("SessionCHAPAuth", "chapAuthSession", "bool", 11, 1),
            field("SecretRef", "secretRef", "v1.SecretReference", 10, 1),
            field("InitiatorName", "initiatorName", "string", 12, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ISCSIPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target_portal,
            1 => &self.iqn,
            2 => &self.lun,
            3 => &self.iscsi_interface,
            4 => &self.fs_type,
            5 => &self.read_only,
            6 => &self.portals,
            7 => &self.chap_auth_discovery,
            8 => &self.chap_auth_session,
            9 => &self.secret_ref,
            _ => &self.initiator_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target_portal,
            1 => &mut self.iqn,
            2 => &mut self.lun,
            3 => &mut self.iscsi_interface,
            4 => &mut self.fs_type,
            5 => &mut self.read_only,
            6 => &mut self.portals,
            7 => &mut self.chap_auth_discovery,
            8 => &mut self.chap_auth_session,
            9 => &mut self.secret_ref,
            _ => &mut self.initiator_name,
        }
    }
}

/// `v1` ISCSIVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ISCSIVolumeSource {
    /// `targetPortal`.
    pub target_portal: Str,
    /// `iqn`.
    pub iqn: Str,
    /// `lun`.
    pub lun: i32,
    /// `iscsiInterface`.
    pub iscsi_interface: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `portals`.
    pub portals: Slice<Str>,
    /// `chapAuthDiscovery`.
    pub chap_auth_discovery: bool,
    /// `chapAuthSession`.
    pub chap_auth_session: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
    /// `initiatorName`.
    pub initiator_name: Option<Str>,
}

impl Message for ISCSIVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("TargetPortal", "targetPortal", "string", 1, 0),
            field("IQN", "iqn", "string", 2, 0),
            field("Lun", "lun", "int32", 3, 0),
            field("ISCSIInterface", "iscsiInterface", "string", 4, 1),
            field("FSType", "fsType", "string", 5, 1),
            field("ReadOnly", "readOnly", "bool", 6, 1),
            field("Portals", "portals", "[]string", 7, 1),
            field("DiscoveryCHAPAuth", "chapAuthDiscovery", "bool", 8, 1),
            field("SessionCHAPAuth", "chapAuthSession", "bool", 11, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 10, 1),
            field("InitiatorName", "initiatorName", "string", 12, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ISCSIVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target_portal,
            1 => &self.iqn,
            2 => &self.lun,
            3 => &self.iscsi_interface,
            4 => &self.fs_type,
            5 => &self.read_only,
            6 => &self.portals,
            7 => &self.chap_auth_discovery,
            8 => &self.chap_auth_session,
            9 => &self.secret_ref,
            _ => &self.initiator_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target_portal,
            1 => &mut self.iqn,
            2 => &mut self.lun,
            3 => &mut self.iscsi_interface,
            4 => &mut self.fs_type,
            5 => &mut self.read_only,
            6 => &mut self.portals,
            7 => &mut self.chap_auth_discovery,
            8 => &mut self.chap_auth_session,
            9 => &mut self.secret_ref,
            _ => &mut self.initiator_name,
        }
    }
}

/// `v1` ImageVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ImageVolumeSource {
    /// `reference`.
    pub reference: Str,
    /// `pullPolicy`.
    pub pull_policy: Str,
}

impl Message for ImageVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Reference", "reference", "string", 1, 1),
            field("PullPolicy", "pullPolicy", "v1.PullPolicy", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ImageVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.reference,
            _ => &self.pull_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.reference,
            _ => &mut self.pull_policy,
        }
    }
}

/// `v1` ImageVolumeStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ImageVolumeStatus {
    /// `imageRef`.
    pub image_ref: Str,
}

impl Message for ImageVolumeStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ImageRef", "imageRef", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ImageVolumeStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.image_ref
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.image_ref
    }
}

/// `v1` KeyToPath.
#[derive(Clone, Default, PartialEq)]
pub struct KeyToPath {
    /// `key`.
    pub key: Str,
    /// `path`.
    pub path: Str,
    /// `mode`.
    pub mode: Option<i32>,
}

impl Message for KeyToPath {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Key", "key", "string", 1, 0),
            field("Path", "path", "string", 2, 0),
            field("Mode", "mode", "int32", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "KeyToPath", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.path,
            _ => &self.mode,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.path,
            _ => &mut self.mode,
        }
    }
}

/// `v1` Lifecycle.
#[derive(Clone, Default, PartialEq)]
pub struct Lifecycle {
    /// `postStart`.
    pub post_start: Option<Box<LifecycleHandler>>,
    /// `preStop`.
    pub pre_stop: Option<Box<LifecycleHandler>>,
    /// `stopSignal`.
    pub stop_signal: Option<Str>,
}

impl Message for Lifecycle {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("PostStart", "postStart", "v1.LifecycleHandler", 1, 1),
            field("PreStop", "preStop", "v1.LifecycleHandler", 2, 1),
            field("StopSignal", "stopSignal", "v1.Signal", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Lifecycle", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.post_start,
            1 => &self.pre_stop,
            _ => &self.stop_signal,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.post_start,
            1 => &mut self.pre_stop,
            _ => &mut self.stop_signal,
        }
    }
}

/// `v1` LifecycleHandler.
#[derive(Clone, Default, PartialEq)]
pub struct LifecycleHandler {
    /// `exec`.
    pub exec: Option<Box<ExecAction>>,
    /// `httpGet`.
    pub http_get: Option<Box<HTTPGetAction>>,
    /// `tcpSocket`.
    pub tcp_socket: Option<Box<TCPSocketAction>>,
    /// `sleep`.
    pub sleep: Option<Box<SleepAction>>,
}

impl Message for LifecycleHandler {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Exec", "exec", "v1.ExecAction", 1, 1),
            field("HTTPGet", "httpGet", "v1.HTTPGetAction", 2, 1),
            field("TCPSocket", "tcpSocket", "v1.TCPSocketAction", 3, 1),
            field("Sleep", "sleep", "v1.SleepAction", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LifecycleHandler", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.exec,
            1 => &self.http_get,
            2 => &self.tcp_socket,
            _ => &self.sleep,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.exec,
            1 => &mut self.http_get,
            2 => &mut self.tcp_socket,
            _ => &mut self.sleep,
        }
    }
}

/// `v1` LimitRange.
#[derive(Clone, Default, PartialEq)]
pub struct LimitRange {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: LimitRangeSpec,
}

impl Message for LimitRange {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.LimitRangeSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LimitRange", api_version: "v1", kind: "LimitRange", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for LimitRange {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "LimitRange";
    const LIST_KIND: &'static str = "LimitRangeList";
    const PLURAL: &'static str = "limitranges";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` LimitRangeItem.
#[derive(Clone, Default, PartialEq)]
pub struct LimitRangeItem {
    /// `type`.
    pub type_: Str,
    /// `max`.
    pub max: Map<Str, Quantity>,
    /// `min`.
    pub min: Map<Str, Quantity>,
    /// `default`.
    pub default: Map<Str, Quantity>,
    /// `defaultRequest`.
    pub default_request: Map<Str, Quantity>,
    /// `maxLimitRequestRatio`.
    pub max_limit_request_ratio: Map<Str, Quantity>,
}

impl Message for LimitRangeItem {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.LimitType", 1, 0),
            field("Max", "max", "v1.ResourceList", 2, 1),
            field("Min", "min", "v1.ResourceList", 3, 1),
            field("Default", "default", "v1.ResourceList", 4, 1),
            field("DefaultRequest", "defaultRequest", "v1.ResourceList", 5, 1),
            field("MaxLimitRequestRatio", "maxLimitRequestRatio", "v1.ResourceList", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LimitRangeItem", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.max,
            2 => &self.min,
            3 => &self.default,
            4 => &self.default_request,
            _ => &self.max_limit_request_ratio,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.max,
            2 => &mut self.min,
            3 => &mut self.default,
            4 => &mut self.default_request,
            _ => &mut self.max_limit_request_ratio,
        }
    }
}

/// List of [`LimitRange`].
pub type LimitRangeList = meta::ObjectList<LimitRange>;

/// `v1` LimitRangeSpec.
#[derive(Clone, Default, PartialEq)]
pub struct LimitRangeSpec {
    /// `limits`.
    pub limits: Slice<LimitRangeItem>,
}

impl Message for LimitRangeSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Limits", "limits", "[]v1.LimitRangeItem", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LimitRangeSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.limits
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.limits
    }
}

/// Values of `LimitType`.
#[derive(Debug)]
pub enum LimitType {}

impl LimitType {
    /// `Pod`.
    pub const POD: &str = "Pod";
    /// `Container`.
    pub const CONTAINER: &str = "Container";
    /// `PersistentVolumeClaim`.
    pub const PERSISTENT_VOLUME_CLAIM: &str = "PersistentVolumeClaim";
}

/// `v1` LinuxContainerUser.
#[derive(Clone, Default, PartialEq)]
pub struct LinuxContainerUser {
    /// `uid`.
    pub uid: i64,
    /// `gid`.
    pub gid: i64,
    /// `supplementalGroups`.
    pub supplemental_groups: Slice<i64>,
}

impl Message for LinuxContainerUser {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("UID", "uid", "int64", 1, 0),
            field("GID", "gid", "int64", 2, 0),
            field("SupplementalGroups", "supplementalGroups", "[]int64", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LinuxContainerUser", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            1 => &self.gid,
            _ => &self.supplemental_groups,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            1 => &mut self.gid,
            _ => &mut self.supplemental_groups,
        }
    }
}

/// Values of `LoadBalancerIPMode`.
#[derive(Debug)]
pub enum LoadBalancerIPMode {}

impl LoadBalancerIPMode {
    /// `VIP`.
    pub const VIP: &str = "VIP";
    /// `Proxy`.
    pub const PROXY: &str = "Proxy";
}

/// `v1` LoadBalancerIngress.
#[derive(Clone, Default, PartialEq)]
pub struct LoadBalancerIngress {
    /// `ip`.
    pub ip: Str,
    /// `hostname`.
    pub hostname: Str,
    /// `ipMode`.
    pub ip_mode: Option<Str>,
    /// `ports`.
    pub ports: Slice<PortStatus>,
}

impl Message for LoadBalancerIngress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("IP", "ip", "string", 1, 1),
            field("Hostname", "hostname", "string", 2, 1),
            field("IPMode", "ipMode", "v1.LoadBalancerIPMode", 3, 1),
            field("Ports", "ports", "[]v1.PortStatus", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LoadBalancerIngress", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ip,
            1 => &self.hostname,
            2 => &self.ip_mode,
            _ => &self.ports,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ip,
            1 => &mut self.hostname,
            2 => &mut self.ip_mode,
            _ => &mut self.ports,
        }
    }
}

/// `v1` LoadBalancerStatus.
#[derive(Clone, Default, PartialEq)]
pub struct LoadBalancerStatus {
    /// `ingress`.
    pub ingress: Slice<LoadBalancerIngress>,
}

impl Message for LoadBalancerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Ingress", "ingress", "[]v1.LoadBalancerIngress", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LoadBalancerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.ingress
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.ingress
    }
}

/// `v1` LocalObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct LocalObjectReference {
    /// `name`.
    pub name: Str,
}

impl Message for LocalObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LocalObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.name
    }
}

/// `v1` LocalVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct LocalVolumeSource {
    /// `path`.
    pub path: Str,
    /// `fsType`.
    pub fs_type: Option<Str>,
}

impl Message for LocalVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Path", "path", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LocalVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            _ => &self.fs_type,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            _ => &mut self.fs_type,
        }
    }
}

/// `v1` ModifyVolumeStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ModifyVolumeStatus {
    /// `targetVolumeAttributesClassName`.
    pub target_volume_attributes_class_name: Str,
    /// `status`.
    pub status: Str,
}

impl Message for ModifyVolumeStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("TargetVolumeAttributesClassName", "targetVolumeAttributesClassName", "string", 1, 1),
            field("Status", "status", "v1.PersistentVolumeClaimModifyVolumeStatus", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ModifyVolumeStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target_volume_attributes_class_name,
            _ => &self.status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target_volume_attributes_class_name,
            _ => &mut self.status,
        }
    }
}

/// Values of `MountPropagationMode`.
#[derive(Debug)]
pub enum MountPropagationMode {}

impl MountPropagationMode {
    /// `None`.
    pub const NONE: &str = "None";
    /// `HostToContainer`.
    pub const HOST_TO_CONTAINER: &str = "HostToContainer";
    /// `Bidirectional`.
    pub const BIDIRECTIONAL: &str = "Bidirectional";
}

/// `v1` NFSVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct NFSVolumeSource {
    /// `server`.
    pub server: Str,
    /// `path`.
    pub path: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for NFSVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Server", "server", "string", 1, 0),
            field("Path", "path", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NFSVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.server,
            1 => &self.path,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.server,
            1 => &mut self.path,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` Namespace.
#[derive(Clone, Default, PartialEq)]
pub struct Namespace {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: NamespaceSpec,
    /// `status`.
    pub status: NamespaceStatus,
}

impl Message for Namespace {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.NamespaceSpec", 2, 1),
            field("Status", "status", "v1.NamespaceStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Namespace", api_version: "v1", kind: "Namespace", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Namespace {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Namespace";
    const LIST_KIND: &'static str = "NamespaceList";
    const PLURAL: &'static str = "namespaces";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` NamespaceCondition.
#[derive(Clone, Default, PartialEq)]
pub struct NamespaceCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for NamespaceCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.NamespaceConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 1),
            field("Reason", "reason", "string", 5, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NamespaceCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_transition_time,
            3 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_transition_time,
            3 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `NamespaceConditionType`.
#[derive(Debug)]
pub enum NamespaceConditionType {}

impl NamespaceConditionType {
    /// `NamespaceDeletionDiscoveryFailure`.
    pub const NAMESPACE_DELETION_DISCOVERY_FAILURE: &str = "NamespaceDeletionDiscoveryFailure";
    /// `NamespaceDeletionContentFailure`.
    pub const NAMESPACE_DELETION_CONTENT_FAILURE: &str = "NamespaceDeletionContentFailure";
    /// `NamespaceDeletionGroupVersionParsingFailure`.
    pub const NAMESPACE_DELETION_GROUP_VERSION_PARSING_FAILURE: &str =
        "NamespaceDeletionGroupVersionParsingFailure";
    /// `NamespaceContentRemaining`.
    pub const NAMESPACE_CONTENT_REMAINING: &str = "NamespaceContentRemaining";
    /// `NamespaceFinalizersRemaining`.
    pub const NAMESPACE_FINALIZERS_REMAINING: &str = "NamespaceFinalizersRemaining";
}

/// List of [`Namespace`].
pub type NamespaceList = meta::ObjectList<Namespace>;

/// Values of `NamespacePhase`.
#[derive(Debug)]
pub enum NamespacePhase {}

impl NamespacePhase {
    /// `Active`.
    pub const ACTIVE: &str = "Active";
    /// `Terminating`.
    pub const TERMINATING: &str = "Terminating";
}

/// `v1` NamespaceSpec.
#[derive(Clone, Default, PartialEq)]
pub struct NamespaceSpec {
    /// `finalizers`.
    pub finalizers: Slice<Str>,
}

impl Message for NamespaceSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Finalizers", "finalizers", "[]v1.FinalizerName", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NamespaceSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.finalizers
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.finalizers
    }
}

/// `v1` NamespaceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct NamespaceStatus {
    /// `phase`.
    pub phase: Str,
    /// `conditions`.
    pub conditions: Slice<NamespaceCondition>,
}

impl Message for NamespaceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Phase", "phase", "v1.NamespacePhase", 1, 1),
            field("Conditions", "conditions", "[]v1.NamespaceCondition", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NamespaceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.phase,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.phase,
            _ => &mut self.conditions,
        }
    }
}

/// `v1` Node.
#[derive(Clone, Default, PartialEq)]
pub struct Node {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: NodeSpec,
    /// `status`.
    pub status: NodeStatus,
}

impl Message for Node {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.NodeSpec", 2, 1),
            field("Status", "status", "v1.NodeStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Node", api_version: "v1", kind: "Node", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Node {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Node";
    const LIST_KIND: &'static str = "NodeList";
    const PLURAL: &'static str = "nodes";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` NodeAddress.
#[derive(Clone, Default, PartialEq)]
pub struct NodeAddress {
    /// `type`.
    pub type_: Str,
    /// `address`.
    pub address: Str,
}

impl Message for NodeAddress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.NodeAddressType", 1, 0),
            field("Address", "address", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeAddress", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.address,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.address,
        }
    }
}

/// Values of `NodeAddressType`.
#[derive(Debug)]
pub enum NodeAddressType {}

impl NodeAddressType {
    /// `Hostname`.
    pub const HOSTNAME: &str = "Hostname";
    /// `InternalIP`.
    pub const INTERNAL_IP: &str = "InternalIP";
    /// `ExternalIP`.
    pub const EXTERNAL_IP: &str = "ExternalIP";
    /// `InternalDNS`.
    pub const INTERNAL_DNS: &str = "InternalDNS";
    /// `ExternalDNS`.
    pub const EXTERNAL_DNS: &str = "ExternalDNS";
}

/// `v1` NodeAffinity.
#[derive(Clone, Default, PartialEq)]
pub struct NodeAffinity {
    /// `requiredDuringSchedulingIgnoredDuringExecution`.
    pub required_during_scheduling_ignored_during_execution: Option<Box<NodeSelector>>,
    /// `preferredDuringSchedulingIgnoredDuringExecution`.
    pub preferred_during_scheduling_ignored_during_execution: Slice<PreferredSchedulingTerm>,
}

impl Message for NodeAffinity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RequiredDuringSchedulingIgnoredDuringExecution", "requiredDuringSchedulingIgnoredDuringExecution", "v1.NodeSelector", 1, 1),
            field("PreferredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution", "[]v1.PreferredSchedulingTerm", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeAffinity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.required_during_scheduling_ignored_during_execution,
            _ => &self.preferred_during_scheduling_ignored_during_execution,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.required_during_scheduling_ignored_during_execution,
            _ => &mut self.preferred_during_scheduling_ignored_during_execution,
        }
    }
}

/// `v1` NodeAllocatableResourceClaimStatus.
#[derive(Clone, Default, PartialEq)]
pub struct NodeAllocatableResourceClaimStatus {
    /// `resourceClaimName`.
    pub resource_claim_name: Str,
    /// `containers`.
    pub containers: Slice<Str>,
    /// `resources`.
    pub resources: Map<Str, Quantity>,
}

impl Message for NodeAllocatableResourceClaimStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ResourceClaimName", "resourceClaimName", "string", 1, 0),
            field("Containers", "containers", "[]string", 2, 1),
            field("Resources", "resources", "map[v1.ResourceName]resource.Quantity", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeAllocatableResourceClaimStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_claim_name,
            1 => &self.containers,
            _ => &self.resources,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_claim_name,
            1 => &mut self.containers,
            _ => &mut self.resources,
        }
    }
}

/// `v1` NodeCondition.
#[derive(Clone, Default, PartialEq)]
pub struct NodeCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastHeartbeatTime`.
    pub last_heartbeat_time: Time,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for NodeCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.NodeConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastHeartbeatTime", "lastHeartbeatTime", "v1.Time", 3, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 1),
            field("Reason", "reason", "string", 5, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_heartbeat_time,
            3 => &self.last_transition_time,
            4 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_heartbeat_time,
            3 => &mut self.last_transition_time,
            4 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `NodeConditionType`.
#[derive(Debug)]
pub enum NodeConditionType {}

impl NodeConditionType {
    /// `Ready`.
    pub const READY: &str = "Ready";
    /// `MemoryPressure`.
    pub const MEMORY_PRESSURE: &str = "MemoryPressure";
    /// `DiskPressure`.
    pub const DISK_PRESSURE: &str = "DiskPressure";
    /// `PIDPressure`.
    pub const PID_PRESSURE: &str = "PIDPressure";
    /// `NetworkUnavailable`.
    pub const NETWORK_UNAVAILABLE: &str = "NetworkUnavailable";
}

/// `v1` NodeConfigSource.
#[derive(Clone, Default, PartialEq)]
pub struct NodeConfigSource {
    /// `configMap`.
    pub config_map: Option<Box<ConfigMapNodeConfigSource>>,
}

impl Message for NodeConfigSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ConfigMap", "configMap", "v1.ConfigMapNodeConfigSource", 2, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeConfigSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.config_map
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.config_map
    }
}

/// `v1` NodeConfigStatus.
#[derive(Clone, Default, PartialEq)]
pub struct NodeConfigStatus {
    /// `assigned`.
    pub assigned: Option<Box<NodeConfigSource>>,
    /// `active`.
    pub active: Option<Box<NodeConfigSource>>,
    /// `lastKnownGood`.
    pub last_known_good: Option<Box<NodeConfigSource>>,
    /// `error`.
    pub error: Str,
}

impl Message for NodeConfigStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Assigned", "assigned", "v1.NodeConfigSource", 1, 1),
            field("Active", "active", "v1.NodeConfigSource", 2, 1),
            field("LastKnownGood", "lastKnownGood", "v1.NodeConfigSource", 3, 1),
            field("Error", "error", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeConfigStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.assigned,
            1 => &self.active,
            2 => &self.last_known_good,
            _ => &self.error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.assigned,
            1 => &mut self.active,
            2 => &mut self.last_known_good,
            _ => &mut self.error,
        }
    }
}

/// `v1` NodeDaemonEndpoints.
#[derive(Clone, Default, PartialEq)]
pub struct NodeDaemonEndpoints {
    /// `kubeletEndpoint`.
    pub kubelet_endpoint: DaemonEndpoint,
}

impl Message for NodeDaemonEndpoints {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("KubeletEndpoint", "kubeletEndpoint", "v1.DaemonEndpoint", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeDaemonEndpoints", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.kubelet_endpoint
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.kubelet_endpoint
    }
}

/// `v1` NodeFeatures.
#[derive(Clone, Default, PartialEq)]
pub struct NodeFeatures {
    /// `supplementalGroupsPolicy`.
    pub supplemental_groups_policy: Option<bool>,
}

impl Message for NodeFeatures {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("SupplementalGroupsPolicy", "supplementalGroupsPolicy", "bool", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeFeatures", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.supplemental_groups_policy
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.supplemental_groups_policy
    }
}

/// Values of `NodeInclusionPolicy`.
#[derive(Debug)]
pub enum NodeInclusionPolicy {}

impl NodeInclusionPolicy {
    /// `Ignore`.
    pub const IGNORE: &str = "Ignore";
    /// `Honor`.
    pub const HONOR: &str = "Honor";
}

/// List of [`Node`].
pub type NodeList = meta::ObjectList<Node>;

/// Values of `NodePhase`.
#[derive(Debug)]
pub enum NodePhase {}

impl NodePhase {
    /// `Pending`.
    pub const PENDING: &str = "Pending";
    /// `Running`.
    pub const RUNNING: &str = "Running";
    /// `Terminated`.
    pub const TERMINATED: &str = "Terminated";
}

/// `v1` NodeProxyOptions.
#[derive(Clone, Default, PartialEq)]
pub struct NodeProxyOptions {
    /// `path`.
    pub path: Str,
}

impl Message for NodeProxyOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Path", "path", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeProxyOptions", api_version: "v1", kind: "NodeProxyOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.path
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.path
    }
}

/// `v1` NodeRuntimeHandler.
#[derive(Clone, Default, PartialEq)]
pub struct NodeRuntimeHandler {
    /// `name`.
    pub name: Str,
    /// `features`.
    pub features: Option<Box<NodeRuntimeHandlerFeatures>>,
}

impl Message for NodeRuntimeHandler {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Features", "features", "v1.NodeRuntimeHandlerFeatures", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeRuntimeHandler", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.features,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.features,
        }
    }
}

/// `v1` NodeRuntimeHandlerFeatures.
#[derive(Clone, Default, PartialEq)]
pub struct NodeRuntimeHandlerFeatures {
    /// `recursiveReadOnlyMounts`.
    pub recursive_read_only_mounts: Option<bool>,
    /// `userNamespaces`.
    pub user_namespaces: Option<bool>,
}

impl Message for NodeRuntimeHandlerFeatures {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RecursiveReadOnlyMounts", "recursiveReadOnlyMounts", "bool", 1, 1),
            field("UserNamespaces", "userNamespaces", "bool", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeRuntimeHandlerFeatures", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.recursive_read_only_mounts,
            _ => &self.user_namespaces,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.recursive_read_only_mounts,
            _ => &mut self.user_namespaces,
        }
    }
}

/// `v1` NodeSelector.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSelector {
    /// `nodeSelectorTerms`.
    pub node_selector_terms: Slice<NodeSelectorTerm>,
}

impl Message for NodeSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("NodeSelectorTerms", "nodeSelectorTerms", "[]v1.NodeSelectorTerm", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.node_selector_terms
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.node_selector_terms
    }
}

/// Values of `NodeSelectorOperator`.
#[derive(Debug)]
pub enum NodeSelectorOperator {}

impl NodeSelectorOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `DoesNotExist`.
    pub const DOES_NOT_EXIST: &str = "DoesNotExist";
    /// `Gt`.
    pub const GT: &str = "Gt";
    /// `Lt`.
    pub const LT: &str = "Lt";
}

/// `v1` NodeSelectorRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSelectorRequirement {
    /// `key`.
    pub key: Str,
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<Str>,
}

impl Message for NodeSelectorRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Key", "key", "string", 1, 0),
            field("Operator", "operator", "v1.NodeSelectorOperator", 2, 0),
            field("Values", "values", "[]string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSelectorRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// `v1` NodeSelectorTerm.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSelectorTerm {
    /// `matchExpressions`.
    pub match_expressions: Slice<NodeSelectorRequirement>,
    /// `matchFields`.
    pub match_fields: Slice<NodeSelectorRequirement>,
}

impl Message for NodeSelectorTerm {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("MatchExpressions", "matchExpressions", "[]v1.NodeSelectorRequirement", 1, 1),
            field("MatchFields", "matchFields", "[]v1.NodeSelectorRequirement", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSelectorTerm", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.match_expressions,
            _ => &self.match_fields,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.match_expressions,
            _ => &mut self.match_fields,
        }
    }
}

/// `v1` NodeSpec.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSpec {
    /// `podCIDR`.
    pub pod_cidr: Str,
    /// `podCIDRs`.
    pub pod_cidrs: Slice<Str>,
    /// `providerID`.
    pub provider_id: Str,
    /// `unschedulable`.
    pub unschedulable: bool,
    /// `taints`.
    pub taints: Slice<Taint>,
    /// `configSource`.
    pub config_source: Option<Box<NodeConfigSource>>,
    /// `externalID`.
    pub external_id: Str,
}

impl Message for NodeSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("PodCIDR", "podCIDR", "string", 1, 1),
            field("PodCIDRs", "podCIDRs", "[]string", 7, 1),
            field("ProviderID", "providerID", "string", 3, 1),
            field("Unschedulable", "unschedulable", "bool", 4, 1),
            field("Taints", "taints", "[]v1.Taint", 5, 1),
            field("ConfigSource", "configSource", "v1.NodeConfigSource", 6, 1),
            field("DoNotUseExternalID", "externalID", "string", 2, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 6, 2, 3, 4, 5, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pod_cidr,
            1 => &self.pod_cidrs,
            2 => &self.provider_id,
            3 => &self.unschedulable,
            4 => &self.taints,
            5 => &self.config_source,
            _ => &self.external_id,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pod_cidr,
            1 => &mut self.pod_cidrs,
            2 => &mut self.provider_id,
            3 => &mut self.unschedulable,
            4 => &mut self.taints,
            5 => &mut self.config_source,
            _ => &mut self.external_id,
        }
    }
}

/// `v1` NodeStatus.
#[derive(Clone, Default, PartialEq)]
pub struct NodeStatus {
    /// `capacity`.
    pub capacity: Map<Str, Quantity>,
    /// `allocatable`.
    pub allocatable: Map<Str, Quantity>,
    /// `phase`.
    pub phase: Str,
    /// `conditions`.
    pub conditions: Slice<NodeCondition>,
    /// `addresses`.
    pub addresses: Slice<NodeAddress>,
    /// `daemonEndpoints`.
    pub daemon_endpoints: NodeDaemonEndpoints,
    /// `nodeInfo`.
    pub node_info: NodeSystemInfo,
    /// `images`.
    pub images: Slice<ContainerImage>,
    /// `volumesInUse`.
    pub volumes_in_use: Slice<Str>,
    /// `volumesAttached`.
    pub volumes_attached: Slice<AttachedVolume>,
    /// `config`.
    pub config: Option<Box<NodeConfigStatus>>,
    /// `runtimeHandlers`.
    pub runtime_handlers: Slice<NodeRuntimeHandler>,
    /// `features`.
    pub features: Option<Box<NodeFeatures>>,
    /// `declaredFeatures`.
    pub declared_features: Slice<Str>,
}

impl Message for NodeStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 14] = [
            field("Capacity", "capacity", "v1.ResourceList", 1, 1),
            field("Allocatable", "allocatable", "v1.ResourceList", 2, 1),
            field("Phase", "phase", "v1.NodePhase", 3, 1),
            field("Conditions", "conditions", "[]v1.NodeCondition", 4, 1),
            field("Addresses", "addresses", "[]v1.NodeAddress", 5, 1),
            field("DaemonEndpoints", "daemonEndpoints", "v1.NodeDaemonEndpoints", 6, 1),
            field("NodeInfo", "nodeInfo", "v1.NodeSystemInfo", 7, 1),
            field("Images", "images", "[]v1.ContainerImage", 8, 1),
            field("VolumesInUse", "volumesInUse", "[]v1.UniqueVolumeName", 9, 1),
            field("VolumesAttached", "volumesAttached", "[]v1.AttachedVolume", 10, 1),
            field("Config", "config", "v1.NodeConfigStatus", 11, 1),
            field("RuntimeHandlers", "runtimeHandlers", "[]v1.NodeRuntimeHandler", 12, 1),
            field("Features", "features", "v1.NodeFeatures", 13, 1),
            field("DeclaredFeatures", "declaredFeatures", "[]string", 14, 1),
        ];
        static KEYS: [u16; 14] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.capacity,
            1 => &self.allocatable,
            2 => &self.phase,
            3 => &self.conditions,
            4 => &self.addresses,
            5 => &self.daemon_endpoints,
            6 => &self.node_info,
            7 => &self.images,
            8 => &self.volumes_in_use,
            9 => &self.volumes_attached,
            10 => &self.config,
            11 => &self.runtime_handlers,
            12 => &self.features,
            _ => &self.declared_features,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.capacity,
            1 => &mut self.allocatable,
            2 => &mut self.phase,
            3 => &mut self.conditions,
            4 => &mut self.addresses,
            5 => &mut self.daemon_endpoints,
            6 => &mut self.node_info,
            7 => &mut self.images,
            8 => &mut self.volumes_in_use,
            9 => &mut self.volumes_attached,
            10 => &mut self.config,
            11 => &mut self.runtime_handlers,
            12 => &mut self.features,
            _ => &mut self.declared_features,
        }
    }
}

/// `v1` NodeSwapStatus.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSwapStatus {
    /// `capacity`.
    pub capacity: Option<i64>,
}

impl Message for NodeSwapStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Capacity", "capacity", "int64", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSwapStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.capacity
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.capacity
    }
}

/// `v1` NodeSystemInfo.
#[derive(Clone, Default, PartialEq)]
pub struct NodeSystemInfo {
    /// `machineID`.
    pub machine_id: Str,
    /// `systemUUID`.
    pub system_uuid: Str,
    /// `bootID`.
    pub boot_id: Str,
    /// `kernelVersion`.
    pub kernel_version: Str,
    /// `osImage`.
    pub os_image: Str,
    /// `containerRuntimeVersion`.
    pub container_runtime_version: Str,
    /// `kubeletVersion`.
    pub kubelet_version: Str,
    /// `kubeProxyVersion`.
    pub kube_proxy_version: Str,
    /// `operatingSystem`.
    pub operating_system: Str,
    /// `architecture`.
    pub architecture: Str,
    /// `swap`.
    pub swap: Option<Box<NodeSwapStatus>>,
}

impl Message for NodeSystemInfo {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("MachineID", "machineID", "string", 1, 0),
            field("SystemUUID", "systemUUID", "string", 2, 0),
            field("BootID", "bootID", "string", 3, 0),
            field("KernelVersion", "kernelVersion", "string", 4, 0),
            field("OSImage", "osImage", "string", 5, 0),
            field("ContainerRuntimeVersion", "containerRuntimeVersion", "string", 6, 0),
            field("KubeletVersion", "kubeletVersion", "string", 7, 0),
            field("KubeProxyVersion", "kubeProxyVersion", "string", 8, 0),
            field("OperatingSystem", "operatingSystem", "string", 9, 0),
            field("Architecture", "architecture", "string", 10, 0),
            field("Swap", "swap", "v1.NodeSwapStatus", 11, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeSystemInfo", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.machine_id,
            1 => &self.system_uuid,
            2 => &self.boot_id,
            3 => &self.kernel_version,
            4 => &self.os_image,
            5 => &self.container_runtime_version,
            6 => &self.kubelet_version,
            7 => &self.kube_proxy_version,
            8 => &self.operating_system,
            9 => &self.architecture,
            _ => &self.swap,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.machine_id,
            1 => &mut self.system_uuid,
            2 => &mut self.boot_id,
            3 => &mut self.kernel_version,
            4 => &mut self.os_image,
            5 => &mut self.container_runtime_version,
            6 => &mut self.kubelet_version,
            7 => &mut self.kube_proxy_version,
            8 => &mut self.operating_system,
            9 => &mut self.architecture,
            _ => &mut self.swap,
        }
    }
}

/// Values of `OSName`.
#[derive(Debug)]
pub enum OSName {}

impl OSName {
    /// `linux`.
    pub const LINUX: &str = "linux";
    /// `windows`.
    pub const WINDOWS: &str = "windows";
}

/// `v1` ObjectFieldSelector.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectFieldSelector {
    /// `apiVersion`.
    pub api_version: Str,
    /// `fieldPath`.
    pub field_path: Str,
}

impl Message for ObjectFieldSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("APIVersion", "apiVersion", "string", 1, 1),
            field("FieldPath", "fieldPath", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectFieldSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_version,
            _ => &self.field_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_version,
            _ => &mut self.field_path,
        }
    }
}

/// `v1` ObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectReference {
    /// `kind`.
    pub kind: Str,
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
    /// `uid`.
    pub uid: Str,
    /// `apiVersion`.
    pub api_version: Str,
    /// `resourceVersion`.
    pub resource_version: Str,
    /// `fieldPath`.
    pub field_path: Str,
}

impl Message for ObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Kind", "kind", "string", 1, 1),
            field("Namespace", "namespace", "string", 2, 1),
            field("Name", "name", "string", 3, 1),
            field("UID", "uid", "types.UID", 4, 1),
            field("APIVersion", "apiVersion", "string", 5, 1),
            field("ResourceVersion", "resourceVersion", "string", 6, 1),
            field("FieldPath", "fieldPath", "string", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.kind,
            1 => &self.namespace,
            2 => &self.name,
            3 => &self.uid,
            4 => &self.api_version,
            5 => &self.resource_version,
            _ => &self.field_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.kind,
            1 => &mut self.namespace,
            2 => &mut self.name,
            3 => &mut self.uid,
            4 => &mut self.api_version,
            5 => &mut self.resource_version,
            _ => &mut self.field_path,
        }
    }
}

/// `v1` PersistentVolume.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolume {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PersistentVolumeSpec,
    /// `status`.
    pub status: PersistentVolumeStatus,
}

impl Message for PersistentVolume {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PersistentVolumeSpec", 2, 1),
            field("Status", "status", "v1.PersistentVolumeStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolume", api_version: "v1", kind: "PersistentVolume", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for PersistentVolume {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "PersistentVolume";
    const LIST_KIND: &'static str = "PersistentVolumeList";
    const PLURAL: &'static str = "persistentvolumes";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// Values of `PersistentVolumeAccessMode`.
#[derive(Debug)]
pub enum PersistentVolumeAccessMode {}

impl PersistentVolumeAccessMode {
    /// `ReadWriteOnce`.
    pub const READ_WRITE_ONCE: &str = "ReadWriteOnce";
    /// `ReadOnlyMany`.
    pub const READ_ONLY_MANY: &str = "ReadOnlyMany";
    /// `ReadWriteMany`.
    pub const READ_WRITE_MANY: &str = "ReadWriteMany";
    /// `ReadWriteOncePod`.
    pub const READ_WRITE_ONCE_POD: &str = "ReadWriteOncePod";
}

/// `v1` PersistentVolumeClaim.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaim {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PersistentVolumeClaimSpec,
    /// `status`.
    pub status: PersistentVolumeClaimStatus,
}

impl Message for PersistentVolumeClaim {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PersistentVolumeClaimSpec", 2, 1),
            field("Status", "status", "v1.PersistentVolumeClaimStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaim", api_version: "v1", kind: "PersistentVolumeClaim", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for PersistentVolumeClaim {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "PersistentVolumeClaim";
    const LIST_KIND: &'static str = "PersistentVolumeClaimList";
    const PLURAL: &'static str = "persistentvolumeclaims";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` PersistentVolumeClaimCondition.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaimCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastProbeTime`.
    pub last_probe_time: Time,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for PersistentVolumeClaimCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.PersistentVolumeClaimConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastProbeTime", "lastProbeTime", "v1.Time", 3, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 1),
            field("Reason", "reason", "string", 5, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaimCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_probe_time,
            3 => &self.last_transition_time,
            4 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_probe_time,
            3 => &mut self.last_transition_time,
            4 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `PersistentVolumeClaimConditionType`.
#[derive(Debug)]
pub enum PersistentVolumeClaimConditionType {}

impl PersistentVolumeClaimConditionType {
    /// `Resizing`.
    pub const RESIZING: &str = "Resizing";
    /// `FileSystemResizePending`.
    pub const FILE_SYSTEM_RESIZE_PENDING: &str = "FileSystemResizePending";
    /// `ControllerResizeError`.
    pub const CONTROLLER_RESIZE_ERROR: &str = "ControllerResizeError";
    /// `NodeResizeError`.
    pub const NODE_RESIZE_ERROR: &str = "NodeResizeError";
    /// `ModifyVolumeError`.
    pub const MODIFY_VOLUME_ERROR: &str = "ModifyVolumeError";
    /// `ModifyingVolume`.
    pub const MODIFYING_VOLUME: &str = "ModifyingVolume";
    /// `Unused`.
    pub const UNUSED: &str = "Unused";
}

/// List of [`PersistentVolumeClaim`].
pub type PersistentVolumeClaimList = meta::ObjectList<PersistentVolumeClaim>;

/// Values of `PersistentVolumeClaimModifyVolumeStatus`.
#[derive(Debug)]
pub enum PersistentVolumeClaimModifyVolumeStatus {}

impl PersistentVolumeClaimModifyVolumeStatus {
    /// `Pending`.
    pub const PENDING: &str = "Pending";
    /// `InProgress`.
    pub const IN_PROGRESS: &str = "InProgress";
    /// `Infeasible`.
    pub const INFEASIBLE: &str = "Infeasible";
}

/// Values of `PersistentVolumeClaimPhase`.
#[derive(Debug)]
pub enum PersistentVolumeClaimPhase {}

impl PersistentVolumeClaimPhase {
    /// `Pending`.
    pub const PENDING: &str = "Pending";
    /// `Bound`.
    pub const BOUND: &str = "Bound";
    /// `Lost`.
    pub const LOST: &str = "Lost";
}

/// `v1` PersistentVolumeClaimSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaimSpec {
    /// `accessModes`.
    pub access_modes: Slice<Str>,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `resources`.
    pub resources: VolumeResourceRequirements,
    /// `volumeName`.
    pub volume_name: Str,
    /// `storageClassName`.
    pub storage_class_name: Option<Str>,
    /// `volumeMode`.
    pub volume_mode: Option<Str>,
    /// `dataSource`.
    pub data_source: Option<Box<TypedLocalObjectReference>>,
    /// `dataSourceRef`.
    pub data_source_ref: Option<Box<TypedObjectReference>>,
    /// `volumeAttributesClassName`.
    pub volume_attributes_class_name: Option<Str>,
}

impl Message for PersistentVolumeClaimSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 9] = [
            field("AccessModes", "accessModes", "[]v1.PersistentVolumeAccessMode", 1, 1),
            field("Selector", "selector", "v1.LabelSelector", 4, 1),
            field("Resources", "resources", "v1.VolumeResourceRequirements", 2, 1),
            field("VolumeName", "volumeName", "string", 3, 1),
            field("StorageClassName", "storageClassName", "string", 5, 1),
            field("VolumeMode", "volumeMode", "v1.PersistentVolumeMode", 6, 1),
            field("DataSource", "dataSource", "v1.TypedLocalObjectReference", 7, 1),
            field("DataSourceRef", "dataSourceRef", "v1.TypedObjectReference", 8, 1),
            field("VolumeAttributesClassName", "volumeAttributesClassName", "string", 9, 1),
        ];
        static KEYS: [u16; 9] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaimSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1, 4, 5, 6, 7, 8] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.access_modes,
            1 => &self.selector,
            2 => &self.resources,
            3 => &self.volume_name,
            4 => &self.storage_class_name,
            5 => &self.volume_mode,
            6 => &self.data_source,
            7 => &self.data_source_ref,
            _ => &self.volume_attributes_class_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.access_modes,
            1 => &mut self.selector,
            2 => &mut self.resources,
            3 => &mut self.volume_name,
            4 => &mut self.storage_class_name,
            5 => &mut self.volume_mode,
            6 => &mut self.data_source,
            7 => &mut self.data_source_ref,
            _ => &mut self.volume_attributes_class_name,
        }
    }
}

/// `v1` PersistentVolumeClaimStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaimStatus {
    /// `phase`.
    pub phase: Str,
    /// `accessModes`.
    pub access_modes: Slice<Str>,
    /// `capacity`.
    pub capacity: Map<Str, Quantity>,
    /// `conditions`.
    pub conditions: Slice<PersistentVolumeClaimCondition>,
    /// `allocatedResources`.
    pub allocated_resources: Map<Str, Quantity>,
    /// `allocatedResourceStatuses`.
    pub allocated_resource_statuses: Map<Str, Str>,
    /// `currentVolumeAttributesClassName`.
    pub current_volume_attributes_class_name: Option<Str>,
    /// `modifyVolumeStatus`.
    pub modify_volume_status: Option<Box<ModifyVolumeStatus>>,
}

impl Message for PersistentVolumeClaimStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Phase", "phase", "v1.PersistentVolumeClaimPhase", 1, 1),
            field("AccessModes", "accessModes", "[]v1.PersistentVolumeAccessMode", 2, 1),
            field("Capacity", "capacity", "v1.ResourceList", 3, 1),
            field("Conditions", "conditions", "[]v1.PersistentVolumeClaimCondition", 4, 1),
            field("AllocatedResources", "allocatedResources", "v1.ResourceList", 5, 1),
            field("AllocatedResourceStatuses", "allocatedResourceStatuses", "map[v1.ResourceName]v1.ClaimResourceStatus", 7, 1),
            field("CurrentVolumeAttributesClassName", "currentVolumeAttributesClassName", "string", 8, 1),
            field("ModifyVolumeStatus", "modifyVolumeStatus", "v1.ModifyVolumeStatus", 9, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaimStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.phase,
            1 => &self.access_modes,
            2 => &self.capacity,
            3 => &self.conditions,
            4 => &self.allocated_resources,
            5 => &self.allocated_resource_statuses,
            6 => &self.current_volume_attributes_class_name,
            _ => &self.modify_volume_status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.phase,
            1 => &mut self.access_modes,
            2 => &mut self.capacity,
            3 => &mut self.conditions,
            4 => &mut self.allocated_resources,
            5 => &mut self.allocated_resource_statuses,
            6 => &mut self.current_volume_attributes_class_name,
            _ => &mut self.modify_volume_status,
        }
    }
}

/// `v1` PersistentVolumeClaimTemplate.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaimTemplate {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PersistentVolumeClaimSpec,
}

impl Message for PersistentVolumeClaimTemplate {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PersistentVolumeClaimSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaimTemplate", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `v1` PersistentVolumeClaimVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeClaimVolumeSource {
    /// `claimName`.
    pub claim_name: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for PersistentVolumeClaimVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ClaimName", "claimName", "string", 1, 0),
            field("ReadOnly", "readOnly", "bool", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeClaimVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.claim_name,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.claim_name,
            _ => &mut self.read_only,
        }
    }
}

/// List of [`PersistentVolume`].
pub type PersistentVolumeList = meta::ObjectList<PersistentVolume>;

/// Values of `PersistentVolumeMode`.
#[derive(Debug)]
pub enum PersistentVolumeMode {}

impl PersistentVolumeMode {
    /// `Block`.
    pub const BLOCK: &str = "Block";
    /// `Filesystem`.
    pub const FILESYSTEM: &str = "Filesystem";
}

/// Values of `PersistentVolumePhase`.
#[derive(Debug)]
pub enum PersistentVolumePhase {}

impl PersistentVolumePhase {
    /// `Pending`.
    pub const PENDING: &str = "Pending";
    /// `Available`.
    pub const AVAILABLE: &str = "Available";
    /// `Bound`.
    pub const BOUND: &str = "Bound";
    /// `Released`.
    pub const RELEASED: &str = "Released";
    /// `Failed`.
    pub const FAILED: &str = "Failed";
}

/// Values of `PersistentVolumeReclaimPolicy`.
#[derive(Debug)]
pub enum PersistentVolumeReclaimPolicy {}

impl PersistentVolumeReclaimPolicy {
    /// `Recycle`.
    pub const RECYCLE: &str = "Recycle";
    /// `Delete`.
    pub const DELETE: &str = "Delete";
    /// `Retain`.
    pub const RETAIN: &str = "Retain";
}

/// `v1` PersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeSource {
    /// `gcePersistentDisk`.
    pub gce_persistent_disk: Option<Box<GCEPersistentDiskVolumeSource>>,
    /// `awsElasticBlockStore`.
    pub aws_elastic_block_store: Option<Box<AWSElasticBlockStoreVolumeSource>>,
    /// `hostPath`.
    pub host_path: Option<Box<HostPathVolumeSource>>,
    /// `glusterfs`.
    pub glusterfs: Option<Box<GlusterfsPersistentVolumeSource>>,
    /// `nfs`.
    pub nfs: Option<Box<NFSVolumeSource>>,
    /// `rbd`.
    pub rbd: Option<Box<RBDPersistentVolumeSource>>,
    /// `iscsi`.
    pub iscsi: Option<Box<ISCSIPersistentVolumeSource>>,
    /// `cinder`.
    pub cinder: Option<Box<CinderPersistentVolumeSource>>,
    /// `cephfs`.
    pub cephfs: Option<Box<CephFSPersistentVolumeSource>>,
    /// `fc`.
    pub fc: Option<Box<FCVolumeSource>>,
    /// `flocker`.
    pub flocker: Option<Box<FlockerVolumeSource>>,
    /// `flexVolume`.
    pub flex_volume: Option<Box<FlexPersistentVolumeSource>>,
    /// `azureFile`.
    pub azure_file: Option<Box<AzureFilePersistentVolumeSource>>,
    /// `vsphereVolume`.
    pub vsphere_volume: Option<Box<VsphereVirtualDiskVolumeSource>>,
    /// `quobyte`.
    pub quobyte: Option<Box<QuobyteVolumeSource>>,
    /// `azureDisk`.
    pub azure_disk: Option<Box<AzureDiskVolumeSource>>,
    /// `photonPersistentDisk`.
    pub photon_persistent_disk: Option<Box<PhotonPersistentDiskVolumeSource>>,
    /// `portworxVolume`.
    pub portworx_volume: Option<Box<PortworxVolumeSource>>,
    /// `scaleIO`.
    pub scale_io: Option<Box<ScaleIOPersistentVolumeSource>>,
    /// `local`.
    pub local: Option<Box<LocalVolumeSource>>,
    /// `storageos`.
    pub storageos: Option<Box<StorageOSPersistentVolumeSource>>,
    /// `csi`.
    pub csi: Option<Box<CSIPersistentVolumeSource>>,
}

impl Message for PersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 22] = [
            field("GCEPersistentDisk", "gcePersistentDisk", "v1.GCEPersistentDiskVolumeSource", 1, 1),
            field("AWSElasticBlockStore", "awsElasticBlockStore", "v1.AWSElasticBlockStoreVolumeSource", 2, 1),
            field("HostPath", "hostPath", "v1.HostPathVolumeSource", 3, 1),
            field("Glusterfs", "glusterfs", "v1.GlusterfsPersistentVolumeSource", 4, 1),
            field("NFS", "nfs", "v1.NFSVolumeSource", 5, 1),
            field("RBD", "rbd", "v1.RBDPersistentVolumeSource", 6, 1),
            field("ISCSI", "iscsi", "v1.ISCSIPersistentVolumeSource", 7, 1),
            field("Cinder", "cinder", "v1.CinderPersistentVolumeSource", 8, 1),
            field("CephFS", "cephfs", "v1.CephFSPersistentVolumeSource", 9, 1),
            field("FC", "fc", "v1.FCVolumeSource", 10, 1),
            field("Flocker", "flocker", "v1.FlockerVolumeSource", 11, 1),
            field("FlexVolume", "flexVolume", "v1.FlexPersistentVolumeSource", 12, 1),
            field("AzureFile", "azureFile", "v1.AzureFilePersistentVolumeSource", 13, 1),
            field("VsphereVolume", "vsphereVolume", "v1.VsphereVirtualDiskVolumeSource", 14, 1),
            field("Quobyte", "quobyte", "v1.QuobyteVolumeSource", 15, 1),
            field("AzureDisk", "azureDisk", "v1.AzureDiskVolumeSource", 16, 1),
            field("PhotonPersistentDisk", "photonPersistentDisk", "v1.PhotonPersistentDiskVolumeSource", 17, 1),
            field("PortworxVolume", "portworxVolume", "v1.PortworxVolumeSource", 18, 1),
            field("ScaleIO", "scaleIO", "v1.ScaleIOPersistentVolumeSource", 19, 1),
            field("Local", "local", "v1.LocalVolumeSource", 20, 1),
            field("StorageOS", "storageos", "v1.StorageOSPersistentVolumeSource", 21, 1),
            field("CSI", "csi", "v1.CSIPersistentVolumeSource", 22, 1),
        ];
        static KEYS: [u16; 22] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.gce_persistent_disk,
            1 => &self.aws_elastic_block_store,
            2 => &self.host_path,
            3 => &self.glusterfs,
            4 => &self.nfs,
            5 => &self.rbd,
            6 => &self.iscsi,
            7 => &self.cinder,
            8 => &self.cephfs,
            9 => &self.fc,
            10 => &self.flocker,
            11 => &self.flex_volume,
            12 => &self.azure_file,
            13 => &self.vsphere_volume,
            14 => &self.quobyte,
            15 => &self.azure_disk,
            16 => &self.photon_persistent_disk,
            17 => &self.portworx_volume,
            18 => &self.scale_io,
            19 => &self.local,
            20 => &self.storageos,
            _ => &self.csi,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.gce_persistent_disk,
            1 => &mut self.aws_elastic_block_store,
            2 => &mut self.host_path,
            3 => &mut self.glusterfs,
            4 => &mut self.nfs,
            5 => &mut self.rbd,
            6 => &mut self.iscsi,
            7 => &mut self.cinder,
            8 => &mut self.cephfs,
            9 => &mut self.fc,
            10 => &mut self.flocker,
            11 => &mut self.flex_volume,
            12 => &mut self.azure_file,
            13 => &mut self.vsphere_volume,
            14 => &mut self.quobyte,
            15 => &mut self.azure_disk,
            16 => &mut self.photon_persistent_disk,
            17 => &mut self.portworx_volume,
            18 => &mut self.scale_io,
            19 => &mut self.local,
            20 => &mut self.storageos,
            _ => &mut self.csi,
        }
    }
}

/// `v1` PersistentVolumeSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeSpec {
    /// `capacity`.
    pub capacity: Map<Str, Quantity>,
    /// `PersistentVolumeSource`.
    pub persistent_volume_source: PersistentVolumeSource,
    /// `accessModes`.
    pub access_modes: Slice<Str>,
    /// `claimRef`.
    pub claim_ref: Option<Box<ObjectReference>>,
    /// `persistentVolumeReclaimPolicy`.
    pub persistent_volume_reclaim_policy: Str,
    /// `storageClassName`.
    pub storage_class_name: Str,
    /// `mountOptions`.
    pub mount_options: Slice<Str>,
    /// `volumeMode`.
    pub volume_mode: Option<Str>,
    /// `nodeAffinity`.
    pub node_affinity: Option<Box<VolumeNodeAffinity>>,
    /// `volumeAttributesClassName`.
    pub volume_attributes_class_name: Option<Str>,
}

impl Message for PersistentVolumeSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Capacity", "capacity", "v1.ResourceList", 1, 1),
            field("PersistentVolumeSource", "", "v1.PersistentVolumeSource", 2, 2),
            field("AccessModes", "accessModes", "[]v1.PersistentVolumeAccessMode", 3, 1),
            field("ClaimRef", "claimRef", "v1.ObjectReference", 4, 1),
            field("PersistentVolumeReclaimPolicy", "persistentVolumeReclaimPolicy", "v1.PersistentVolumeReclaimPolicy", 5, 1),
            field("StorageClassName", "storageClassName", "string", 6, 1),
            field("MountOptions", "mountOptions", "[]string", 7, 1),
            field("VolumeMode", "volumeMode", "v1.PersistentVolumeMode", 8, 1),
            field("NodeAffinity", "nodeAffinity", "v1.VolumeNodeAffinity", 9, 1),
            field("VolumeAttributesClassName", "volumeAttributesClassName", "string", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.capacity,
            1 => &self.persistent_volume_source,
            2 => &self.access_modes,
            3 => &self.claim_ref,
            4 => &self.persistent_volume_reclaim_policy,
            5 => &self.storage_class_name,
            6 => &self.mount_options,
            7 => &self.volume_mode,
            8 => &self.node_affinity,
            _ => &self.volume_attributes_class_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.capacity,
            1 => &mut self.persistent_volume_source,
            2 => &mut self.access_modes,
            3 => &mut self.claim_ref,
            4 => &mut self.persistent_volume_reclaim_policy,
            5 => &mut self.storage_class_name,
            6 => &mut self.mount_options,
            7 => &mut self.volume_mode,
            8 => &mut self.node_affinity,
            _ => &mut self.volume_attributes_class_name,
        }
    }
}

/// `v1` PersistentVolumeStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PersistentVolumeStatus {
    /// `phase`.
    pub phase: Str,
    /// `message`.
    pub message: Str,
    /// `reason`.
    pub reason: Str,
    /// `lastPhaseTransitionTime`.
    pub last_phase_transition_time: Option<Time>,
}

impl Message for PersistentVolumeStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Phase", "phase", "v1.PersistentVolumePhase", 1, 1),
            field("Message", "message", "string", 2, 1),
            field("Reason", "reason", "string", 3, 1),
            field("LastPhaseTransitionTime", "lastPhaseTransitionTime", "v1.Time", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PersistentVolumeStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.phase,
            1 => &self.message,
            2 => &self.reason,
            _ => &self.last_phase_transition_time,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.phase,
            1 => &mut self.message,
            2 => &mut self.reason,
            _ => &mut self.last_phase_transition_time,
        }
    }
}

/// `v1` PhotonPersistentDiskVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct PhotonPersistentDiskVolumeSource {
    /// `pdID`.
    pub pd_id: Str,
    /// `fsType`.
    pub fs_type: Str,
}

impl Message for PhotonPersistentDiskVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("PdID", "pdID", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PhotonPersistentDiskVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pd_id,
            _ => &self.fs_type,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pd_id,
            _ => &mut self.fs_type,
        }
    }
}

/// `v1` Pod.
#[derive(Clone, Default, PartialEq)]
pub struct Pod {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PodSpec,
    /// `status`.
    pub status: PodStatus,
}

impl Message for Pod {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PodSpec", 2, 1),
            field("Status", "status", "v1.PodStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Pod", api_version: "v1", kind: "Pod", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Pod {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Pod";
    const LIST_KIND: &'static str = "PodList";
    const PLURAL: &'static str = "pods";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` PodAffinity.
#[derive(Clone, Default, PartialEq)]
pub struct PodAffinity {
    /// `requiredDuringSchedulingIgnoredDuringExecution`.
    pub required_during_scheduling_ignored_during_execution: Slice<PodAffinityTerm>,
    /// `preferredDuringSchedulingIgnoredDuringExecution`.
    pub preferred_during_scheduling_ignored_during_execution: Slice<WeightedPodAffinityTerm>,
}

impl Message for PodAffinity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RequiredDuringSchedulingIgnoredDuringExecution", "requiredDuringSchedulingIgnoredDuringExecution", "[]v1.PodAffinityTerm", 1, 1),
            field("PreferredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution", "[]v1.WeightedPodAffinityTerm", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodAffinity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.required_during_scheduling_ignored_during_execution,
            _ => &self.preferred_during_scheduling_ignored_during_execution,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.required_during_scheduling_ignored_during_execution,
            _ => &mut self.preferred_during_scheduling_ignored_during_execution,
        }
    }
}

/// `v1` PodAffinityTerm.
#[derive(Clone, Default, PartialEq)]
pub struct PodAffinityTerm {
    /// `labelSelector`.
    pub label_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `namespaces`.
    pub namespaces: Slice<Str>,
    /// `topologyKey`.
    pub topology_key: Str,
    /// `namespaceSelector`.
    pub namespace_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `matchLabelKeys`.
    pub match_label_keys: Slice<Str>,
    /// `mismatchLabelKeys`.
    pub mismatch_label_keys: Slice<Str>,
}

impl Message for PodAffinityTerm {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("LabelSelector", "labelSelector", "v1.LabelSelector", 1, 1),
            field("Namespaces", "namespaces", "[]string", 2, 1),
            field("TopologyKey", "topologyKey", "string", 3, 0),
            field("NamespaceSelector", "namespaceSelector", "v1.LabelSelector", 4, 1),
            field("MatchLabelKeys", "matchLabelKeys", "[]string", 5, 1),
            field("MismatchLabelKeys", "mismatchLabelKeys", "[]string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodAffinityTerm", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.label_selector,
            1 => &self.namespaces,
            2 => &self.topology_key,
            3 => &self.namespace_selector,
            4 => &self.match_label_keys,
            _ => &self.mismatch_label_keys,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.label_selector,
            1 => &mut self.namespaces,
            2 => &mut self.topology_key,
            3 => &mut self.namespace_selector,
            4 => &mut self.match_label_keys,
            _ => &mut self.mismatch_label_keys,
        }
    }
}

/// `v1` PodAntiAffinity.
#[derive(Clone, Default, PartialEq)]
pub struct PodAntiAffinity {
    /// `requiredDuringSchedulingIgnoredDuringExecution`.
    pub required_during_scheduling_ignored_during_execution: Slice<PodAffinityTerm>,
    /// `preferredDuringSchedulingIgnoredDuringExecution`.
    pub preferred_during_scheduling_ignored_during_execution: Slice<WeightedPodAffinityTerm>,
}

impl Message for PodAntiAffinity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RequiredDuringSchedulingIgnoredDuringExecution", "requiredDuringSchedulingIgnoredDuringExecution", "[]v1.PodAffinityTerm", 1, 1),
            field("PreferredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution", "[]v1.WeightedPodAffinityTerm", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodAntiAffinity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.required_during_scheduling_ignored_during_execution,
            _ => &self.preferred_during_scheduling_ignored_during_execution,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.required_during_scheduling_ignored_during_execution,
            _ => &mut self.preferred_during_scheduling_ignored_during_execution,
        }
    }
}

/// `v1` PodAttachOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PodAttachOptions {
    /// `stdin`.
    pub stdin: bool,
    /// `stdout`.
    pub stdout: bool,
    /// `stderr`.
    pub stderr: bool,
    /// `tty`.
    pub tty: bool,
    /// `container`.
    pub container: Str,
}

impl Message for PodAttachOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Stdin", "stdin", "bool", 1, 1),
            field("Stdout", "stdout", "bool", 2, 1),
            field("Stderr", "stderr", "bool", 3, 1),
            field("TTY", "tty", "bool", 4, 1),
            field("Container", "container", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodAttachOptions", api_version: "v1", kind: "PodAttachOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.stdin,
            1 => &self.stdout,
            2 => &self.stderr,
            3 => &self.tty,
            _ => &self.container,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.stdin,
            1 => &mut self.stdout,
            2 => &mut self.stderr,
            3 => &mut self.tty,
            _ => &mut self.container,
        }
    }
}

/// `v1` PodCertificateProjection.
#[derive(Clone, Default, PartialEq)]
pub struct PodCertificateProjection {
    /// `signerName`.
    pub signer_name: Str,
    /// `keyType`.
    pub key_type: Str,
    /// `maxExpirationSeconds`.
    pub max_expiration_seconds: Option<i32>,
    /// `credentialBundlePath`.
    pub credential_bundle_path: Str,
    /// `keyPath`.
    pub key_path: Str,
    /// `certificateChainPath`.
    pub certificate_chain_path: Str,
    /// `userAnnotations`.
    pub user_annotations: Map<Str, Str>,
}

impl Message for PodCertificateProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("SignerName", "signerName", "string", 1, 1),
            field("KeyType", "keyType", "string", 2, 1),
            field("MaxExpirationSeconds", "maxExpirationSeconds", "int32", 3, 1),
            field("CredentialBundlePath", "credentialBundlePath", "string", 4, 1),
            field("KeyPath", "keyPath", "string", 5, 1),
            field("CertificateChainPath", "certificateChainPath", "string", 6, 1),
            field("UserAnnotations", "userAnnotations", "map[string]string", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodCertificateProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.signer_name,
            1 => &self.key_type,
            2 => &self.max_expiration_seconds,
            3 => &self.credential_bundle_path,
            4 => &self.key_path,
            5 => &self.certificate_chain_path,
            _ => &self.user_annotations,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.signer_name,
            1 => &mut self.key_type,
            2 => &mut self.max_expiration_seconds,
            3 => &mut self.credential_bundle_path,
            4 => &mut self.key_path,
            5 => &mut self.certificate_chain_path,
            _ => &mut self.user_annotations,
        }
    }
}

/// `v1` PodCondition.
#[derive(Clone, Default, PartialEq)]
pub struct PodCondition {
    /// `type`.
    pub type_: Str,
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `status`.
    pub status: Str,
    /// `lastProbeTime`.
    pub last_probe_time: Time,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for PodCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Type", "type", "v1.PodConditionType", 1, 0),
            field("ObservedGeneration", "observedGeneration", "int64", 7, 1),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastProbeTime", "lastProbeTime", "v1.Time", 3, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 1),
            field("Reason", "reason", "string", 5, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 4, 5, 6, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.observed_generation,
            2 => &self.status,
            3 => &self.last_probe_time,
            4 => &self.last_transition_time,
            5 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.observed_generation,
            2 => &mut self.status,
            3 => &mut self.last_probe_time,
            4 => &mut self.last_transition_time,
            5 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `PodConditionType`.
#[derive(Debug)]
pub enum PodConditionType {}

impl PodConditionType {
    /// `ContainersReady`.
    pub const CONTAINERS_READY: &str = "ContainersReady";
    /// `Initialized`.
    pub const INITIALIZED: &str = "Initialized";
    /// `Ready`.
    pub const READY: &str = "Ready";
    /// `PodScheduled`.
    pub const POD_SCHEDULED: &str = "PodScheduled";
    /// `DisruptionTarget`.
    pub const DISRUPTION_TARGET: &str = "DisruptionTarget";
    /// `PodReadyToStartContainers`.
    pub const POD_READY_TO_START_CONTAINERS: &str = "PodReadyToStartContainers";
    /// `PodResizePending`.
    pub const POD_RESIZE_PENDING: &str = "PodResizePending";
    /// `PodResizeInProgress`.
    pub const POD_RESIZE_IN_PROGRESS: &str = "PodResizeInProgress";
    /// `AllContainersRestarting`.
    pub const ALL_CONTAINERS_RESTARTING: &str = "AllContainersRestarting";
}

/// `v1` PodDNSConfig.
#[derive(Clone, Default, PartialEq)]
pub struct PodDNSConfig {
    /// `nameservers`.
    pub nameservers: Slice<Str>,
    /// `searches`.
    pub searches: Slice<Str>,
    /// `options`.
    pub options: Slice<PodDNSConfigOption>,
}

impl Message for PodDNSConfig {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Nameservers", "nameservers", "[]string", 1, 1),
            field("Searches", "searches", "[]string", 2, 1),
            field("Options", "options", "[]v1.PodDNSConfigOption", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodDNSConfig", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.nameservers,
            1 => &self.searches,
            _ => &self.options,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.nameservers,
            1 => &mut self.searches,
            _ => &mut self.options,
        }
    }
}

/// `v1` PodDNSConfigOption.
#[derive(Clone, Default, PartialEq)]
pub struct PodDNSConfigOption {
    /// `name`.
    pub name: Str,
    /// `value`.
    pub value: Option<Str>,
}

impl Message for PodDNSConfigOption {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 1),
            field("Value", "value", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodDNSConfigOption", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.value,
        }
    }
}

/// `v1` PodExecOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PodExecOptions {
    /// `stdin`.
    pub stdin: bool,
    /// `stdout`.
    pub stdout: bool,
    /// `stderr`.
    pub stderr: bool,
    /// `tty`.
    pub tty: bool,
    /// `container`.
    pub container: Str,
    /// `command`.
    pub command: Slice<Str>,
}

impl Message for PodExecOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Stdin", "stdin", "bool", 1, 1),
            field("Stdout", "stdout", "bool", 2, 1),
            field("Stderr", "stderr", "bool", 3, 1),
            field("TTY", "tty", "bool", 4, 1),
            field("Container", "container", "string", 5, 1),
            field("Command", "command", "[]string", 6, 0),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodExecOptions", api_version: "v1", kind: "PodExecOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.stdin,
            1 => &self.stdout,
            2 => &self.stderr,
            3 => &self.tty,
            4 => &self.container,
            _ => &self.command,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.stdin,
            1 => &mut self.stdout,
            2 => &mut self.stderr,
            3 => &mut self.tty,
            4 => &mut self.container,
            _ => &mut self.command,
        }
    }
}

/// `v1` PodExtendedResourceClaimStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodExtendedResourceClaimStatus {
    /// `requestMappings`.
    pub request_mappings: Slice<ContainerExtendedResourceRequest>,
    /// `resourceClaimName`.
    pub resource_claim_name: Str,
}

impl Message for PodExtendedResourceClaimStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RequestMappings", "requestMappings", "[]v1.ContainerExtendedResourceRequest", 1, 0),
            field("ResourceClaimName", "resourceClaimName", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodExtendedResourceClaimStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.request_mappings,
            _ => &self.resource_claim_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.request_mappings,
            _ => &mut self.resource_claim_name,
        }
    }
}

/// Values of `PodFSGroupChangePolicy`.
#[derive(Debug)]
pub enum PodFSGroupChangePolicy {}

impl PodFSGroupChangePolicy {
    /// `OnRootMismatch`.
    pub const ON_ROOT_MISMATCH: &str = "OnRootMismatch";
    /// `Always`.
    pub const ALWAYS: &str = "Always";
}

/// `v1` PodIP.
#[derive(Clone, Default, PartialEq)]
pub struct PodIP {
    /// `ip`.
    pub ip: Str,
}

impl Message for PodIP {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("IP", "ip", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodIP", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.ip
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.ip
    }
}

/// List of [`Pod`].
pub type PodList = meta::ObjectList<Pod>;

/// `v1` PodLogOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PodLogOptions {
    /// `container`.
    pub container: Str,
    /// `follow`.
    pub follow: bool,
    /// `previous`.
    pub previous: bool,
    /// `sinceSeconds`.
    pub since_seconds: Option<i64>,
    /// `sinceTime`.
    pub since_time: Option<Time>,
    /// `timestamps`.
    pub timestamps: bool,
    /// `tailLines`.
    pub tail_lines: Option<i64>,
    /// `limitBytes`.
    pub limit_bytes: Option<i64>,
    /// `insecureSkipTLSVerifyBackend`.
    pub insecure_skip_tls_verify_backend: bool,
    /// `stream`.
    pub stream: Option<Str>,
}

impl Message for PodLogOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Container", "container", "string", 1, 1),
            field("Follow", "follow", "bool", 2, 1),
            field("Previous", "previous", "bool", 3, 1),
            field("SinceSeconds", "sinceSeconds", "int64", 4, 1),
            field("SinceTime", "sinceTime", "v1.Time", 5, 1),
            field("Timestamps", "timestamps", "bool", 6, 1),
            field("TailLines", "tailLines", "int64", 7, 1),
            field("LimitBytes", "limitBytes", "int64", 8, 1),
            field("InsecureSkipTLSVerifyBackend", "insecureSkipTLSVerifyBackend", "bool", 9, 1),
            field("Stream", "stream", "string", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodLogOptions", api_version: "v1", kind: "PodLogOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.container,
            1 => &self.follow,
            2 => &self.previous,
            3 => &self.since_seconds,
            4 => &self.since_time,
            5 => &self.timestamps,
            6 => &self.tail_lines,
            7 => &self.limit_bytes,
            8 => &self.insecure_skip_tls_verify_backend,
            _ => &self.stream,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.container,
            1 => &mut self.follow,
            2 => &mut self.previous,
            3 => &mut self.since_seconds,
            4 => &mut self.since_time,
            5 => &mut self.timestamps,
            6 => &mut self.tail_lines,
            7 => &mut self.limit_bytes,
            8 => &mut self.insecure_skip_tls_verify_backend,
            _ => &mut self.stream,
        }
    }
}

/// `v1` PodOS.
#[derive(Clone, Default, PartialEq)]
pub struct PodOS {
    /// `name`.
    pub name: Str,
}

impl Message for PodOS {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "v1.OSName", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodOS", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.name
    }
}

/// Values of `PodPhase`.
#[derive(Debug)]
pub enum PodPhase {}

impl PodPhase {
    /// `Pending`.
    pub const PENDING: &str = "Pending";
    /// `Running`.
    pub const RUNNING: &str = "Running";
    /// `Succeeded`.
    pub const SUCCEEDED: &str = "Succeeded";
    /// `Failed`.
    pub const FAILED: &str = "Failed";
    /// `Unknown`.
    pub const UNKNOWN: &str = "Unknown";
}

/// `v1` PodPortForwardOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PodPortForwardOptions {
    /// `ports`.
    pub ports: Slice<i32>,
}

impl Message for PodPortForwardOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Ports", "ports", "[]int32", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodPortForwardOptions", api_version: "v1", kind: "PodPortForwardOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.ports
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.ports
    }
}

/// `v1` PodProxyOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PodProxyOptions {
    /// `path`.
    pub path: Str,
}

impl Message for PodProxyOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Path", "path", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodProxyOptions", api_version: "v1", kind: "PodProxyOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.path
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.path
    }
}

/// Values of `PodQOSClass`.
#[derive(Debug)]
pub enum PodQOSClass {}

impl PodQOSClass {
    /// `Guaranteed`.
    pub const GUARANTEED: &str = "Guaranteed";
    /// `Burstable`.
    pub const BURSTABLE: &str = "Burstable";
    /// `BestEffort`.
    pub const BEST_EFFORT: &str = "BestEffort";
}

/// `v1` PodReadinessGate.
#[derive(Clone, Default, PartialEq)]
pub struct PodReadinessGate {
    /// `conditionType`.
    pub condition_type: Str,
}

impl Message for PodReadinessGate {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ConditionType", "conditionType", "v1.PodConditionType", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodReadinessGate", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.condition_type
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.condition_type
    }
}

/// Values of `PodResizeStatus`.
#[derive(Debug)]
pub enum PodResizeStatus {}

impl PodResizeStatus {
    /// `InProgress`.
    pub const IN_PROGRESS: &str = "InProgress";
    /// `Deferred`.
    pub const DEFERRED: &str = "Deferred";
    /// `Infeasible`.
    pub const INFEASIBLE: &str = "Infeasible";
}

/// `v1` PodResourceClaim.
#[derive(Clone, Default, PartialEq)]
pub struct PodResourceClaim {
    /// `name`.
    pub name: Str,
    /// `resourceClaimName`.
    pub resource_claim_name: Option<Str>,
    /// `resourceClaimTemplateName`.
    pub resource_claim_template_name: Option<Str>,
}

impl Message for PodResourceClaim {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "string", 1, 0),
            field("ResourceClaimName", "resourceClaimName", "string", 3, 1),
            field("ResourceClaimTemplateName", "resourceClaimTemplateName", "string", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodResourceClaim", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.resource_claim_name,
            _ => &self.resource_claim_template_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.resource_claim_name,
            _ => &mut self.resource_claim_template_name,
        }
    }
}

/// `v1` PodResourceClaimStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodResourceClaimStatus {
    /// `name`.
    pub name: Str,
    /// `resourceClaimName`.
    pub resource_claim_name: Option<Str>,
}

impl Message for PodResourceClaimStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("ResourceClaimName", "resourceClaimName", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodResourceClaimStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.resource_claim_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.resource_claim_name,
        }
    }
}

/// Values of `PodSELinuxChangePolicy`.
#[derive(Debug)]
pub enum PodSELinuxChangePolicy {}

impl PodSELinuxChangePolicy {
    /// `Recursive`.
    pub const RECURSIVE: &str = "Recursive";
    /// `MountOption`.
    pub const MOUNT_OPTION: &str = "MountOption";
}

/// `v1` PodSchedulingGate.
#[derive(Clone, Default, PartialEq)]
pub struct PodSchedulingGate {
    /// `name`.
    pub name: Str,
}

impl Message for PodSchedulingGate {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodSchedulingGate", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.name
    }
}

/// `v1` PodSchedulingGroup.
#[derive(Clone, Default, PartialEq)]
pub struct PodSchedulingGroup {
    /// `podGroupName`.
    pub pod_group_name: Option<Str>,
}

impl Message for PodSchedulingGroup {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("PodGroupName", "podGroupName", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodSchedulingGroup", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.pod_group_name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.pod_group_name
    }
}

/// `v1` PodSecurityContext.
#[derive(Clone, Default, PartialEq)]
pub struct PodSecurityContext {
    /// `seLinuxOptions`.
    pub se_linux_options: Option<Box<SELinuxOptions>>,
    /// `windowsOptions`.
    pub windows_options: Option<Box<WindowsSecurityContextOptions>>,
    /// `runAsUser`.
    pub run_as_user: Option<i64>,
    /// `runAsGroup`.
    pub run_as_group: Option<i64>,
    /// `runAsNonRoot`.
    pub run_as_non_root: Option<bool>,
    /// `supplementalGroups`.
    pub supplemental_groups: Slice<i64>,
    /// `supplementalGroupsPolicy`.
    pub supplemental_groups_policy: Option<Str>,
    /// `fsGroup`.
    pub fs_group: Option<i64>,
    /// `sysctls`.
    pub sysctls: Slice<Sysctl>,
    /// `fsGroupChangePolicy`.
    pub fs_group_change_policy: Option<Str>,
    /// `seccompProfile`.
    pub seccomp_profile: Option<Box<SeccompProfile>>,
    /// `appArmorProfile`.
    pub app_armor_profile: Option<Box<AppArmorProfile>>,
    /// `seLinuxChangePolicy`.
    pub se_linux_change_policy: Option<Str>,
}

impl Message for PodSecurityContext {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 13] = [
            field("SELinuxOptions", "seLinuxOptions", "v1.SELinuxOptions", 1, 1),
            field("WindowsOptions", "windowsOptions", "v1.WindowsSecurityContextOptions", 8, 1),
            field("RunAsUser", "runAsUser", "int64", 2, 1),
            field("RunAsGroup", "runAsGroup", "int64", 6, 1),
            field("RunAsNonRoot", "runAsNonRoot", "bool", 3, 1),
            field("SupplementalGroups", "supplementalGroups", "[]int64", 4, 1),
            field("SupplementalGroupsPolicy", "supplementalGroupsPolicy", "v1.SupplementalGroupsPolicy", 12, 1),
            field("FSGroup", "fsGroup", "int64", 5, 1),
            field("Sysctls", "sysctls", "[]v1.Sysctl", 7, 1),
            field("FSGroupChangePolicy", "fsGroupChangePolicy", "v1.PodFSGroupChangePolicy", 9, 1),
            field("SeccompProfile", "seccompProfile", "v1.SeccompProfile", 10, 1),
            field("AppArmorProfile", "appArmorProfile", "v1.AppArmorProfile", 11, 1),
            field("SELinuxChangePolicy", "seLinuxChangePolicy", "v1.PodSELinuxChangePolicy", 13, 1),
        ];
        static KEYS: [u16; 13] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodSecurityContext", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 4, 5, 7, 3, 8, 1, 9, 10, 11, 6, 12] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.se_linux_options,
            1 => &self.windows_options,
            2 => &self.run_as_user,
            3 => &self.run_as_group,
            4 => &self.run_as_non_root,
            5 => &self.supplemental_groups,
            6 => &self.supplemental_groups_policy,
            7 => &self.fs_group,
            8 => &self.sysctls,
            9 => &self.fs_group_change_policy,
            10 => &self.seccomp_profile,
            11 => &self.app_armor_profile,
            _ => &self.se_linux_change_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.se_linux_options,
            1 => &mut self.windows_options,
            2 => &mut self.run_as_user,
            3 => &mut self.run_as_group,
            4 => &mut self.run_as_non_root,
            5 => &mut self.supplemental_groups,
            6 => &mut self.supplemental_groups_policy,
            7 => &mut self.fs_group,
            8 => &mut self.sysctls,
            9 => &mut self.fs_group_change_policy,
            10 => &mut self.seccomp_profile,
            11 => &mut self.app_armor_profile,
            _ => &mut self.se_linux_change_policy,
        }
    }
}

/// `v1` PodSignature.
#[derive(Clone, Default, PartialEq)]
pub struct PodSignature {
    /// `podController`.
    pub pod_controller: Option<Box<meta::v1::OwnerReference>>,
}

impl Message for PodSignature {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("PodController", "podController", "v1.OwnerReference", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodSignature", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.pod_controller
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.pod_controller
    }
}

/// `v1` PodSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PodSpec {
    /// `volumes`.
    pub volumes: Slice<Volume>,
    /// `initContainers`.
    pub init_containers: Slice<Container>,
    /// `containers`.
    pub containers: Slice<Container>,
    /// `ephemeralContainers`.
    pub ephemeral_containers: Slice<EphemeralContainer>,
    /// `restartPolicy`.
    pub restart_policy: Str,
    /// `terminationGracePeriodSeconds`.
    pub termination_grace_period_seconds: Option<i64>,
    /// `activeDeadlineSeconds`.
    pub active_deadline_seconds: Option<i64>,
    /// `dnsPolicy`.
    pub dns_policy: Str,
    /// `nodeSelector`.
    pub node_selector: Map<Str, Str>,
    /// `serviceAccountName`.
    pub service_account_name: Str,
    /// `serviceAccount`.
    pub service_account: Str,
    /// `automountServiceAccountToken`.
    pub automount_service_account_token: Option<bool>,
    /// `nodeName`.
    pub node_name: Str,
    /// `hostNetwork`.
    pub host_network: bool,
    /// `hostPID`.
    pub host_pid: bool,
    /// `hostIPC`.
    pub host_ipc: bool,
    /// `shareProcessNamespace`.
    pub share_process_namespace: Option<bool>,
    /// `securityContext`.
    pub security_context: Option<Box<PodSecurityContext>>,
    /// `imagePullSecrets`.
    pub image_pull_secrets: Slice<LocalObjectReference>,
    /// `hostname`.
    pub hostname: Str,
    /// `subdomain`.
    pub subdomain: Str,
    /// `affinity`.
    pub affinity: Option<Box<Affinity>>,
    /// `schedulerName`.
    pub scheduler_name: Str,
    /// `tolerations`.
    pub tolerations: Slice<Toleration>,
    /// `hostAliases`.
    pub host_aliases: Slice<HostAlias>,
    /// `priorityClassName`.
    pub priority_class_name: Str,
    /// `priority`.
    pub priority: Option<i32>,
    /// `dnsConfig`.
    pub dns_config: Option<Box<PodDNSConfig>>,
    /// `readinessGates`.
    pub readiness_gates: Slice<PodReadinessGate>,
    /// `runtimeClassName`.
    pub runtime_class_name: Option<Str>,
    /// `enableServiceLinks`.
    pub enable_service_links: Option<bool>,
    /// `preemptionPolicy`.
    pub preemption_policy: Option<Str>,
    /// `overhead`.
    pub overhead: Map<Str, Quantity>,
    /// `topologySpreadConstraints`.
    pub topology_spread_constraints: Slice<TopologySpreadConstraint>,
    /// `setHostnameAsFQDN`.
    pub set_hostname_as_fqdn: Option<bool>,
    /// `os`.
    pub os: Option<Box<PodOS>>,
    /// `hostUsers`.
    pub host_users: Option<bool>,
    /// `schedulingGates`.
    pub scheduling_gates: Slice<PodSchedulingGate>,
    /// `resourceClaims`.
    pub resource_claims: Slice<PodResourceClaim>,
    /// `resources`.
    pub resources: Option<Box<ResourceRequirements>>,
    /// `hostnameOverride`.
    pub hostname_override: Option<Str>,
    /// `schedulingGroup`.
    pub scheduling_group: Option<Box<PodSchedulingGroup>>,
}

impl Message for PodSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 42] = [
            field("Volumes", "volumes", "[]v1.Volume", 1, 1),
            field("InitContainers", "initContainers", "[]v1.Container", 20, 1),
            field("Containers", "containers", "[]v1.Container", 2, 0),
            field("EphemeralContainers", "ephemeralContainers", "[]v1.EphemeralContainer", 34, 1),
            field("RestartPolicy", "restartPolicy", "v1.RestartPolicy", 3, 1),
            field("TerminationGracePeriodSeconds", "terminationGracePeriodSeconds", "int64", 4, 1),
            field("ActiveDeadlineSeconds", "activeDeadlineSeconds", "int64", 5, 1),
            field("DNSPolicy", "dnsPolicy", "v1.DNSPolicy", 6, 1),
            field("NodeSelector", "nodeSelector", "map[string]string", 7, 1),
            field("ServiceAccountName", "serviceAccountName", "string", 8, 1),
            field("DeprecatedServiceAccount", "serviceAccount", "string", 9, 1),
            field("AutomountServiceAccountToken", "automountServiceAccountToken", "bool", 21, 1),
            field("NodeName", "nodeName", "string", 10, 1),
            field("HostNetwork", "hostNetwork", "bool", 11, 1),
            field("HostPID", "hostPID", "bool", 12, 1),
            field("HostIPC", "hostIPC", "bool", 13, 1),
            field("ShareProcessNamespace", "shareProcessNamespace", "bool", 27, 1),
            field("SecurityContext", "securityContext", "v1.PodSecurityContext", 14, 1),
            field("ImagePullSecrets", "imagePullSecrets", "[]v1.LocalObjectReference", 15, 1),
            field("Hostname", "hostname", "string", 16, 1),
            field("Subdomain", "subdomain", "string", 17, 1),
            field("Affinity", "affinity", "v1.Affinity", 18, 1),
            field("SchedulerName", "schedulerName", "string", 19, 1),
            field("Tolerations", "tolerations", "[]v1.Toleration", 22, 1),
            field("HostAliases", "hostAliases", "[]v1.HostAlias", 23, 1),
            field("PriorityClassName", "priorityClassName", "string", 24, 1),
            field("Priority", "priority", "int32", 25, 1),
            field("DNSConfig", "dnsConfig", "v1.PodDNSConfig", 26, 1),
            field("ReadinessGates", "readinessGates", "[]v1.PodReadinessGate", 28, 1),
            field("RuntimeClassName", "runtimeClassName", "string", 29, 1),
            field("EnableServiceLinks", "enableServiceLinks", "bool", 30, 1),
            field("PreemptionPolicy", "preemptionPolicy", "v1.PreemptionPolicy", 31, 1),
            field("Overhead", "overhead", "v1.ResourceList", 32, 1),
            field("TopologySpreadConstraints", "topologySpreadConstraints", "[]v1.TopologySpreadConstraint", 33, 1),
            field("SetHostnameAsFQDN", "setHostnameAsFQDN", "bool", 35, 1),
            field("OS", "os", "v1.PodOS", 36, 1),
            field("HostUsers", "hostUsers", "bool", 37, 1),
            field("SchedulingGates", "schedulingGates", "[]v1.PodSchedulingGate", 38, 1),
            field("ResourceClaims", "resourceClaims", "[]v1.PodResourceClaim", 39, 1),
            field("Resources", "resources", "v1.ResourceRequirements", 40, 1),
            field("HostnameOverride", "hostnameOverride", "string", 41, 1),
            field("SchedulingGroup", "schedulingGroup", "v1.PodSchedulingGroup", 43, 1),
        ];
        static KEYS: [u16; 42] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 1, 11, 23, 24, 25, 26, 27, 16, 28, 29, 30, 31, 32, 33, 3, 34, 35, 36, 37, 38, 39, 40, 41] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volumes,
            1 => &self.init_containers,
            2 => &self.containers,
            3 => &self.ephemeral_containers,
            4 => &self.restart_policy,
            5 => &self.termination_grace_period_seconds,
            6 => &self.active_deadline_seconds,
            7 => &self.dns_policy,
            8 => &self.node_selector,
            9 => &self.service_account_name,
            10 => &self.service_account,
            11 => &self.automount_service_account_token,
            12 => &self.node_name,
            13 => &self.host_network,
            14 => &self.host_pid,
            15 => &self.host_ipc,
            16 => &self.share_process_namespace,
            17 => &self.security_context,
            18 => &self.image_pull_secrets,
            19 => &self.hostname,
            20 => &self.subdomain,
            21 => &self.affinity,
            22 => &self.scheduler_name,
            23 => &self.tolerations,
            24 => &self.host_aliases,
            25 => &self.priority_class_name,
            26 => &self.priority,
            27 => &self.dns_config,
            28 => &self.readiness_gates,
            29 => &self.runtime_class_name,
            30 => &self.enable_service_links,
            31 => &self.preemption_policy,
            32 => &self.overhead,
            33 => &self.topology_spread_constraints,
            34 => &self.set_hostname_as_fqdn,
            35 => &self.os,
            36 => &self.host_users,
            37 => &self.scheduling_gates,
            38 => &self.resource_claims,
            39 => &self.resources,
            40 => &self.hostname_override,
            _ => &self.scheduling_group,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volumes,
            1 => &mut self.init_containers,
            2 => &mut self.containers,
            3 => &mut self.ephemeral_containers,
            4 => &mut self.restart_policy,
            5 => &mut self.termination_grace_period_seconds,
            6 => &mut self.active_deadline_seconds,
            7 => &mut self.dns_policy,
            8 => &mut self.node_selector,
            9 => &mut self.service_account_name,
            10 => &mut self.service_account,
            11 => &mut self.automount_service_account_token,
            12 => &mut self.node_name,
            13 => &mut self.host_network,
            14 => &mut self.host_pid,
            15 => &mut self.host_ipc,
            16 => &mut self.share_process_namespace,
            17 => &mut self.security_context,
            18 => &mut self.image_pull_secrets,
            19 => &mut self.hostname,
            20 => &mut self.subdomain,
            21 => &mut self.affinity,
            22 => &mut self.scheduler_name,
            23 => &mut self.tolerations,
            24 => &mut self.host_aliases,
            25 => &mut self.priority_class_name,
            26 => &mut self.priority,
            27 => &mut self.dns_config,
            28 => &mut self.readiness_gates,
            29 => &mut self.runtime_class_name,
            30 => &mut self.enable_service_links,
            31 => &mut self.preemption_policy,
            32 => &mut self.overhead,
            33 => &mut self.topology_spread_constraints,
            34 => &mut self.set_hostname_as_fqdn,
            35 => &mut self.os,
            36 => &mut self.host_users,
            37 => &mut self.scheduling_gates,
            38 => &mut self.resource_claims,
            39 => &mut self.resources,
            40 => &mut self.hostname_override,
            _ => &mut self.scheduling_group,
        }
    }
}

/// `v1` PodStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodStatus {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `phase`.
    pub phase: Str,
    /// `conditions`.
    pub conditions: Slice<PodCondition>,
    /// `message`.
    pub message: Str,
    /// `reason`.
    pub reason: Str,
    /// `nominatedNodeName`.
    pub nominated_node_name: Str,
    /// `hostIP`.
    pub host_ip: Str,
    /// `hostIPs`.
    pub host_ips: Slice<HostIP>,
    /// `podIP`.
    pub pod_ip: Str,
    /// `podIPs`.
    pub pod_ips: Slice<PodIP>,
    /// `startTime`.
    pub start_time: Option<Time>,
    /// `initContainerStatuses`.
    pub init_container_statuses: Slice<ContainerStatus>,
    /// `containerStatuses`.
    pub container_statuses: Slice<ContainerStatus>,
    /// `qosClass`.
    pub qos_class: Str,
    /// `ephemeralContainerStatuses`.
    pub ephemeral_container_statuses: Slice<ContainerStatus>,
    /// `resize`.
    pub resize: Str,
    /// `resourceClaimStatuses`.
    pub resource_claim_statuses: Slice<PodResourceClaimStatus>,
    /// `extendedResourceClaimStatus`.
    pub extended_resource_claim_status: Option<Box<PodExtendedResourceClaimStatus>>,
    /// `allocatedResources`.
    pub allocated_resources: Map<Str, Quantity>,
    /// `resources`.
    pub resources: Option<Box<ResourceRequirements>>,
    /// `nodeAllocatableResourceClaimStatuses`.
    pub node_allocatable_resource_claim_statuses: Slice<NodeAllocatableResourceClaimStatus>,
}

impl Message for PodStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 21] = [
            field("ObservedGeneration", "observedGeneration", "int64", 17, 1),
            field("Phase", "phase", "v1.PodPhase", 1, 1),
            field("Conditions", "conditions", "[]v1.PodCondition", 2, 1),
            field("Message", "message", "string", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("NominatedNodeName", "nominatedNodeName", "string", 11, 1),
            field("HostIP", "hostIP", "string", 5, 1),
            field("HostIPs", "hostIPs", "[]v1.HostIP", 16, 1),
            field("PodIP", "podIP", "string", 6, 1),
            field("PodIPs", "podIPs", "[]v1.PodIP", 12, 1),
            field("StartTime", "startTime", "v1.Time", 7, 1),
            field("InitContainerStatuses", "initContainerStatuses", "[]v1.ContainerStatus", 10, 1),
            field("ContainerStatuses", "containerStatuses", "[]v1.ContainerStatus", 8, 1),
            field("QOSClass", "qosClass", "v1.PodQOSClass", 9, 1),
            field("EphemeralContainerStatuses", "ephemeralContainerStatuses", "[]v1.ContainerStatus", 13, 1),
            field("Resize", "resize", "v1.PodResizeStatus", 14, 1),
            field("ResourceClaimStatuses", "resourceClaimStatuses", "[]v1.PodResourceClaimStatus", 15, 1),
            field("ExtendedResourceClaimStatus", "extendedResourceClaimStatus", "v1.PodExtendedResourceClaimStatus", 18, 1),
            field("AllocatedResources", "allocatedResources", "v1.ResourceList", 19, 1),
            field("Resources", "resources", "v1.ResourceRequirements", 20, 1),
            field("NodeAllocatableResourceClaimStatuses", "nodeAllocatableResourceClaimStatuses", "[]v1.NodeAllocatableResourceClaimStatus", 21, 1),
        ];
        static KEYS: [u16; 21] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 3, 4, 6, 8, 10, 12, 13, 11, 5, 9, 14, 15, 16, 7, 0, 17, 18, 19, 20] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.phase,
            2 => &self.conditions,
            3 => &self.message,
            4 => &self.reason,
            5 => &self.nominated_node_name,
            6 => &self.host_ip,
            7 => &self.host_ips,
            8 => &self.pod_ip,
            9 => &self.pod_ips,
            10 => &self.start_time,
            11 => &self.init_container_statuses,
            12 => &self.container_statuses,
            13 => &self.qos_class,
            14 => &self.ephemeral_container_statuses,
            15 => &self.resize,
            16 => &self.resource_claim_statuses,
            17 => &self.extended_resource_claim_status,
            18 => &self.allocated_resources,
            19 => &self.resources,
            _ => &self.node_allocatable_resource_claim_statuses,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.phase,
            2 => &mut self.conditions,
            3 => &mut self.message,
            4 => &mut self.reason,
            5 => &mut self.nominated_node_name,
            6 => &mut self.host_ip,
            7 => &mut self.host_ips,
            8 => &mut self.pod_ip,
            9 => &mut self.pod_ips,
            10 => &mut self.start_time,
            11 => &mut self.init_container_statuses,
            12 => &mut self.container_statuses,
            13 => &mut self.qos_class,
            14 => &mut self.ephemeral_container_statuses,
            15 => &mut self.resize,
            16 => &mut self.resource_claim_statuses,
            17 => &mut self.extended_resource_claim_status,
            18 => &mut self.allocated_resources,
            19 => &mut self.resources,
            _ => &mut self.node_allocatable_resource_claim_statuses,
        }
    }
}

/// `v1` PodStatusResult.
#[derive(Clone, Default, PartialEq)]
pub struct PodStatusResult {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `status`.
    pub status: PodStatus,
}

impl Message for PodStatusResult {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Status", "status", "v1.PodStatus", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodStatusResult", api_version: "v1", kind: "PodStatusResult", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.status,
        }
    }
}

impl Kind for PodStatusResult {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "PodStatusResult";
    const LIST_KIND: &'static str = "PodStatusResultList";
    const PLURAL: &'static str = "podstatusresults";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` PodTemplate.
#[derive(Clone, Default, PartialEq)]
pub struct PodTemplate {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `template`.
    pub template: PodTemplateSpec,
}

impl Message for PodTemplate {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Template", "template", "v1.PodTemplateSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodTemplate", api_version: "v1", kind: "PodTemplate", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.template,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.template,
        }
    }
}

impl Kind for PodTemplate {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "PodTemplate";
    const LIST_KIND: &'static str = "PodTemplateList";
    const PLURAL: &'static str = "podtemplates";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`PodTemplate`].
pub type PodTemplateList = meta::ObjectList<PodTemplate>;

/// `v1` PodTemplateSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PodTemplateSpec {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PodSpec,
}

impl Message for PodTemplateSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PodSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodTemplateSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `v1` PortStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PortStatus {
    /// `port`.
    pub port: i32,
    /// `protocol`.
    pub protocol: Str,
    /// `error`.
    pub error: Option<Str>,
}

impl Message for PortStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Port", "port", "int32", 1, 0),
            field("Protocol", "protocol", "v1.Protocol", 2, 0),
            field("Error", "error", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PortStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.port,
            1 => &self.protocol,
            _ => &self.error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.port,
            1 => &mut self.protocol,
            _ => &mut self.error,
        }
    }
}

/// `v1` PortworxVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct PortworxVolumeSource {
    /// `volumeID`.
    pub volume_id: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for PortworxVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("VolumeID", "volumeID", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("ReadOnly", "readOnly", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PortworxVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_id,
            1 => &self.fs_type,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_id,
            1 => &mut self.fs_type,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` Preconditions.
#[derive(Clone, Default, PartialEq)]
pub struct Preconditions {
    /// `uid`.
    pub uid: Option<Str>,
}

impl Message for Preconditions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("UID", "uid", "types.UID", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Preconditions", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.uid
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.uid
    }
}

/// Values of `PreemptionPolicy`.
#[derive(Debug)]
pub enum PreemptionPolicy {}

impl PreemptionPolicy {
    /// `PreemptLowerPriority`.
    pub const PREEMPT_LOWER_PRIORITY: &str = "PreemptLowerPriority";
    /// `Never`.
    pub const NEVER: &str = "Never";
}

/// `v1` PreferAvoidPodsEntry.
#[derive(Clone, Default, PartialEq)]
pub struct PreferAvoidPodsEntry {
    /// `podSignature`.
    pub pod_signature: PodSignature,
    /// `evictionTime`.
    pub eviction_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for PreferAvoidPodsEntry {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("PodSignature", "podSignature", "v1.PodSignature", 1, 0),
            field("EvictionTime", "evictionTime", "v1.Time", 2, 1),
            field("Reason", "reason", "string", 3, 1),
            field("Message", "message", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PreferAvoidPodsEntry", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pod_signature,
            1 => &self.eviction_time,
            2 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pod_signature,
            1 => &mut self.eviction_time,
            2 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// `v1` PreferredSchedulingTerm.
#[derive(Clone, Default, PartialEq)]
pub struct PreferredSchedulingTerm {
    /// `weight`.
    pub weight: i32,
    /// `preference`.
    pub preference: NodeSelectorTerm,
}

impl Message for PreferredSchedulingTerm {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Weight", "weight", "int32", 1, 0),
            field("Preference", "preference", "v1.NodeSelectorTerm", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PreferredSchedulingTerm", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.weight,
            _ => &self.preference,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.weight,
            _ => &mut self.preference,
        }
    }
}

/// `v1` Probe.
#[derive(Clone, Default, PartialEq)]
pub struct Probe {
    /// `ProbeHandler`.
    pub probe_handler: ProbeHandler,
    /// `initialDelaySeconds`.
    pub initial_delay_seconds: i32,
    /// `timeoutSeconds`.
    pub timeout_seconds: i32,
    /// `periodSeconds`.
    pub period_seconds: i32,
    /// `successThreshold`.
    pub success_threshold: i32,
    /// `failureThreshold`.
    pub failure_threshold: i32,
    /// `terminationGracePeriodSeconds`.
    pub termination_grace_period_seconds: Option<i64>,
}

impl Message for Probe {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("ProbeHandler", "", "v1.ProbeHandler", 1, 2),
            field("InitialDelaySeconds", "initialDelaySeconds", "int32", 2, 1),
            field("TimeoutSeconds", "timeoutSeconds", "int32", 3, 1),
            field("PeriodSeconds", "periodSeconds", "int32", 4, 1),
            field("SuccessThreshold", "successThreshold", "int32", 5, 1),
            field("FailureThreshold", "failureThreshold", "int32", 6, 1),
            field("TerminationGracePeriodSeconds", "terminationGracePeriodSeconds", "int64", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Probe", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.probe_handler,
            1 => &self.initial_delay_seconds,
            2 => &self.timeout_seconds,
            3 => &self.period_seconds,
            4 => &self.success_threshold,
            5 => &self.failure_threshold,
            _ => &self.termination_grace_period_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.probe_handler,
            1 => &mut self.initial_delay_seconds,
            2 => &mut self.timeout_seconds,
            3 => &mut self.period_seconds,
            4 => &mut self.success_threshold,
            5 => &mut self.failure_threshold,
            _ => &mut self.termination_grace_period_seconds,
        }
    }
}

/// `v1` ProbeHandler.
#[derive(Clone, Default, PartialEq)]
pub struct ProbeHandler {
    /// `exec`.
    pub exec: Option<Box<ExecAction>>,
    /// `httpGet`.
    pub http_get: Option<Box<HTTPGetAction>>,
    /// `tcpSocket`.
    pub tcp_socket: Option<Box<TCPSocketAction>>,
    /// `grpc`.
    pub grpc: Option<Box<GRPCAction>>,
}

impl Message for ProbeHandler {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Exec", "exec", "v1.ExecAction", 1, 1),
            field("HTTPGet", "httpGet", "v1.HTTPGetAction", 2, 1),
            field("TCPSocket", "tcpSocket", "v1.TCPSocketAction", 3, 1),
            field("GRPC", "grpc", "v1.GRPCAction", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ProbeHandler", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.exec,
            1 => &self.http_get,
            2 => &self.tcp_socket,
            _ => &self.grpc,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.exec,
            1 => &mut self.http_get,
            2 => &mut self.tcp_socket,
            _ => &mut self.grpc,
        }
    }
}

/// Values of `ProcMountType`.
#[derive(Debug)]
pub enum ProcMountType {}

impl ProcMountType {
    /// `Default`.
    pub const DEFAULT: &str = "Default";
    /// `Unmasked`.
    pub const UNMASKED: &str = "Unmasked";
}

/// `v1` ProjectedVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ProjectedVolumeSource {
    /// `sources`.
    pub sources: Slice<VolumeProjection>,
    /// `defaultMode`.
    pub default_mode: Option<i32>,
}

impl Message for ProjectedVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Sources", "sources", "[]v1.VolumeProjection", 1, 0),
            field("DefaultMode", "defaultMode", "int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ProjectedVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.sources,
            _ => &self.default_mode,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.sources,
            _ => &mut self.default_mode,
        }
    }
}

/// Values of `Protocol`.
#[derive(Debug)]
pub enum Protocol {}

impl Protocol {
    /// `TCP`.
    pub const TCP: &str = "TCP";
    /// `UDP`.
    pub const UDP: &str = "UDP";
    /// `SCTP`.
    pub const SCTP: &str = "SCTP";
}

/// Values of `PullPolicy`.
#[derive(Debug)]
pub enum PullPolicy {}

impl PullPolicy {
    /// `Always`.
    pub const ALWAYS: &str = "Always";
    /// `Never`.
    pub const NEVER: &str = "Never";
    /// `IfNotPresent`.
    pub const IF_NOT_PRESENT: &str = "IfNotPresent";
}

/// `v1` QuobyteVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct QuobyteVolumeSource {
    /// `registry`.
    pub registry: Str,
    /// `volume`.
    pub volume: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `user`.
    pub user: Str,
    /// `group`.
    pub group: Str,
    /// `tenant`.
    pub tenant: Str,
}

impl Message for QuobyteVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Registry", "registry", "string", 1, 0),
            field("Volume", "volume", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("User", "user", "string", 4, 1),
            field("Group", "group", "string", 5, 1),
            field("Tenant", "tenant", "string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "QuobyteVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.registry,
            1 => &self.volume,
            2 => &self.read_only,
            3 => &self.user,
            4 => &self.group,
            _ => &self.tenant,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.registry,
            1 => &mut self.volume,
            2 => &mut self.read_only,
            3 => &mut self.user,
            4 => &mut self.group,
            _ => &mut self.tenant,
        }
    }
}

/// `v1` RBDPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct RBDPersistentVolumeSource {
    /// `monitors`.
    pub monitors: Slice<Str>,
    /// `image`.
    pub image: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `pool`.
    pub pool: Str,
    /// `user`.
    pub user: Str,
    /// `keyring`.
    pub keyring: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for RBDPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("CephMonitors", "monitors", "[]string", 1, 0),
            field("RBDImage", "image", "string", 2, 0),
            field("FSType", "fsType", "string", 3, 1),
            field("RBDPool", "pool", "string", 4, 1),
            field("RadosUser", "user", "string", 5, 1),
            field("Keyring", "keyring", "string", 6, 1),
            field("SecretRef", "secretRef", "v1.SecretReference", 7, 1),
            field("ReadOnly", "readOnly", "bool", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RBDPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.monitors,
            1 => &self.image,
            2 => &self.fs_type,
            3 => &self.pool,
            4 => &self.user,
            5 => &self.keyring,
            6 => &self.secret_ref,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.monitors,
            1 => &mut self.image,
            2 => &mut self.fs_type,
            3 => &mut self.pool,
            4 => &mut self.user,
            5 => &mut self.keyring,
            6 => &mut self.secret_ref,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` RBDVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct RBDVolumeSource {
    /// `monitors`.
    pub monitors: Slice<Str>,
    /// `image`.
    pub image: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `pool`.
    pub pool: Str,
    /// `user`.
    pub user: Str,
    /// `keyring`.
    pub keyring: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for RBDVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("CephMonitors", "monitors", "[]string", 1, 0),
            field("RBDImage", "image", "string", 2, 0),
            field("FSType", "fsType", "string", 3, 1),
            field("RBDPool", "pool", "string", 4, 1),
            field("RadosUser", "user", "string", 5, 1),
            field("Keyring", "keyring", "string", 6, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 7, 1),
            field("ReadOnly", "readOnly", "bool", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RBDVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.monitors,
            1 => &self.image,
            2 => &self.fs_type,
            3 => &self.pool,
            4 => &self.user,
            5 => &self.keyring,
            6 => &self.secret_ref,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.monitors,
            1 => &mut self.image,
            2 => &mut self.fs_type,
            3 => &mut self.pool,
            4 => &mut self.user,
            5 => &mut self.keyring,
            6 => &mut self.secret_ref,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` RangeAllocation.
#[derive(Clone, Default, PartialEq)]
pub struct RangeAllocation {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `range`.
    pub range: Str,
    /// `data`.
    pub data: ByteString,
}

impl Message for RangeAllocation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Range", "range", "string", 2, 0),
            field("Data", "data", "[]uint8", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RangeAllocation", api_version: "v1", kind: "RangeAllocation", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.range,
            _ => &self.data,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.range,
            _ => &mut self.data,
        }
    }
}

impl Kind for RangeAllocation {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "RangeAllocation";
    const LIST_KIND: &'static str = "RangeAllocationList";
    const PLURAL: &'static str = "rangeallocations";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// Values of `RecursiveReadOnlyMode`.
#[derive(Debug)]
pub enum RecursiveReadOnlyMode {}

impl RecursiveReadOnlyMode {
    /// `Disabled`.
    pub const DISABLED: &str = "Disabled";
    /// `IfPossible`.
    pub const IF_POSSIBLE: &str = "IfPossible";
    /// `Enabled`.
    pub const ENABLED: &str = "Enabled";
}

/// `v1` ReplicationController.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicationController {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ReplicationControllerSpec,
    /// `status`.
    pub status: ReplicationControllerStatus,
}

impl Message for ReplicationController {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ReplicationControllerSpec", 2, 1),
            field("Status", "status", "v1.ReplicationControllerStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicationController", api_version: "v1", kind: "ReplicationController", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ReplicationController {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ReplicationController";
    const LIST_KIND: &'static str = "ReplicationControllerList";
    const PLURAL: &'static str = "replicationcontrollers";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` ReplicationControllerCondition.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicationControllerCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for ReplicationControllerCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.ReplicationControllerConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicationControllerCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_transition_time,
            3 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_transition_time,
            3 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `ReplicationControllerConditionType`.
#[derive(Debug)]
pub enum ReplicationControllerConditionType {}

impl ReplicationControllerConditionType {
    /// `ReplicaFailure`.
    pub const REPLICA_FAILURE: &str = "ReplicaFailure";
}

/// List of [`ReplicationController`].
pub type ReplicationControllerList = meta::ObjectList<ReplicationController>;

/// `v1` ReplicationControllerSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicationControllerSpec {
    /// `replicas`.
    pub replicas: Option<i32>,
    /// `minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `selector`.
    pub selector: Map<Str, Str>,
    /// `template`.
    pub template: Option<Box<PodTemplateSpec>>,
}

impl Message for ReplicationControllerSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Replicas", "replicas", "int32", 1, 1),
            field("MinReadySeconds", "minReadySeconds", "int32", 4, 1),
            field("Selector", "selector", "map[string]string", 2, 1),
            field("Template", "template", "v1.PodTemplateSpec", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicationControllerSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.min_ready_seconds,
            2 => &self.selector,
            _ => &self.template,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.min_ready_seconds,
            2 => &mut self.selector,
            _ => &mut self.template,
        }
    }
}

/// `v1` ReplicationControllerStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicationControllerStatus {
    /// `replicas`.
    pub replicas: i32,
    /// `fullyLabeledReplicas`.
    pub fully_labeled_replicas: i32,
    /// `readyReplicas`.
    pub ready_replicas: i32,
    /// `availableReplicas`.
    pub available_replicas: i32,
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `conditions`.
    pub conditions: Slice<ReplicationControllerCondition>,
}

impl Message for ReplicationControllerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Replicas", "replicas", "int32", 1, 0),
            field("FullyLabeledReplicas", "fullyLabeledReplicas", "int32", 2, 1),
            field("ReadyReplicas", "readyReplicas", "int32", 4, 1),
            field("AvailableReplicas", "availableReplicas", "int32", 5, 1),
            field("ObservedGeneration", "observedGeneration", "int64", 3, 1),
            field("Conditions", "conditions", "[]v1.ReplicationControllerCondition", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicationControllerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 4, 2, 3, 5] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.fully_labeled_replicas,
            2 => &self.ready_replicas,
            3 => &self.available_replicas,
            4 => &self.observed_generation,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.fully_labeled_replicas,
            2 => &mut self.ready_replicas,
            3 => &mut self.available_replicas,
            4 => &mut self.observed_generation,
            _ => &mut self.conditions,
        }
    }
}

/// `v1` ResourceClaim.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaim {
    /// `name`.
    pub name: Str,
    /// `request`.
    pub request: Str,
}

impl Message for ResourceClaim {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Request", "request", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaim", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.request,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.request,
        }
    }
}

/// `v1` ResourceFieldSelector.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceFieldSelector {
    /// `containerName`.
    pub container_name: Str,
    /// `resource`.
    pub resource: Str,
    /// `divisor`.
    pub divisor: Quantity,
}

impl Message for ResourceFieldSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ContainerName", "containerName", "string", 1, 1),
            field("Resource", "resource", "string", 2, 0),
            field("Divisor", "divisor", "resource.Quantity", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceFieldSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.container_name,
            1 => &self.resource,
            _ => &self.divisor,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.container_name,
            1 => &mut self.resource,
            _ => &mut self.divisor,
        }
    }
}

/// `v1` ResourceHealth.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceHealth {
    /// `resourceID`.
    pub resource_id: Str,
    /// `health`.
    pub health: Str,
    /// `message`.
    pub message: Option<Str>,
}

impl Message for ResourceHealth {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ResourceID", "resourceID", "v1.ResourceID", 1, 0),
            field("Health", "health", "v1.ResourceHealthStatus", 2, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceHealth", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_id,
            1 => &self.health,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_id,
            1 => &mut self.health,
            _ => &mut self.message,
        }
    }
}

/// Values of `ResourceHealthStatus`.
#[derive(Debug)]
pub enum ResourceHealthStatus {}

impl ResourceHealthStatus {
    /// `Healthy`.
    pub const HEALTHY: &str = "Healthy";
    /// `Unhealthy`.
    pub const UNHEALTHY: &str = "Unhealthy";
    /// `Unknown`.
    pub const UNKNOWN: &str = "Unknown";
}

/// Values of `ResourceName`.
#[derive(Debug)]
pub enum ResourceName {}

impl ResourceName {
    /// `cpu`.
    pub const CPU: &str = "cpu";
    /// `memory`.
    pub const MEMORY: &str = "memory";
    /// `storage`.
    pub const STORAGE: &str = "storage";
    /// `ephemeral-storage`.
    pub const EPHEMERAL_STORAGE: &str = "ephemeral-storage";
    /// `pods`.
    pub const PODS: &str = "pods";
    /// `services`.
    pub const SERVICES: &str = "services";
    /// `replicationcontrollers`.
    pub const REPLICATIONCONTROLLERS: &str = "replicationcontrollers";
    /// `resourcequotas`.
    pub const RESOURCEQUOTAS: &str = "resourcequotas";
    /// `secrets`.
    pub const SECRETS: &str = "secrets";
    /// `configmaps`.
    pub const CONFIGMAPS: &str = "configmaps";
    /// `persistentvolumeclaims`.
    pub const PERSISTENTVOLUMECLAIMS: &str = "persistentvolumeclaims";
    /// `services.nodeports`.
    pub const SERVICES_NODEPORTS: &str = "services.nodeports";
    /// `services.loadbalancers`.
    pub const SERVICES_LOADBALANCERS: &str = "services.loadbalancers";
    /// `requests.cpu`.
    pub const REQUESTS_CPU: &str = "requests.cpu";
    /// `requests.memory`.
    pub const REQUESTS_MEMORY: &str = "requests.memory";
    /// `requests.storage`.
    pub const REQUESTS_STORAGE: &str = "requests.storage";
    /// `requests.ephemeral-storage`.
    pub const REQUESTS_EPHEMERAL_STORAGE: &str = "requests.ephemeral-storage";
    /// `limits.cpu`.
    pub const LIMITS_CPU: &str = "limits.cpu";
    /// `limits.memory`.
    pub const LIMITS_MEMORY: &str = "limits.memory";
    /// `limits.ephemeral-storage`.
    pub const LIMITS_EPHEMERAL_STORAGE: &str = "limits.ephemeral-storage";
}

/// `v1` ResourceQuota.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceQuota {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ResourceQuotaSpec,
    /// `status`.
    pub status: ResourceQuotaStatus,
}

impl Message for ResourceQuota {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ResourceQuotaSpec", 2, 1),
            field("Status", "status", "v1.ResourceQuotaStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceQuota", api_version: "v1", kind: "ResourceQuota", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ResourceQuota {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ResourceQuota";
    const LIST_KIND: &'static str = "ResourceQuotaList";
    const PLURAL: &'static str = "resourcequotas";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ResourceQuota`].
pub type ResourceQuotaList = meta::ObjectList<ResourceQuota>;

/// Values of `ResourceQuotaScope`.
#[derive(Debug)]
pub enum ResourceQuotaScope {}

impl ResourceQuotaScope {
    /// `Terminating`.
    pub const TERMINATING: &str = "Terminating";
    /// `NotTerminating`.
    pub const NOT_TERMINATING: &str = "NotTerminating";
    /// `BestEffort`.
    pub const BEST_EFFORT: &str = "BestEffort";
    /// `NotBestEffort`.
    pub const NOT_BEST_EFFORT: &str = "NotBestEffort";
    /// `PriorityClass`.
    pub const PRIORITY_CLASS: &str = "PriorityClass";
    /// `CrossNamespacePodAffinity`.
    pub const CROSS_NAMESPACE_POD_AFFINITY: &str = "CrossNamespacePodAffinity";
    /// `VolumeAttributesClass`.
    pub const VOLUME_ATTRIBUTES_CLASS: &str = "VolumeAttributesClass";
}

/// `v1` ResourceQuotaSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceQuotaSpec {
    /// `hard`.
    pub hard: Map<Str, Quantity>,
    /// `scopes`.
    pub scopes: Slice<Str>,
    /// `scopeSelector`.
    pub scope_selector: Option<Box<ScopeSelector>>,
}

impl Message for ResourceQuotaSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Hard", "hard", "v1.ResourceList", 1, 1),
            field("Scopes", "scopes", "[]v1.ResourceQuotaScope", 2, 1),
            field("ScopeSelector", "scopeSelector", "v1.ScopeSelector", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceQuotaSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.hard,
            1 => &self.scopes,
            _ => &self.scope_selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.hard,
            1 => &mut self.scopes,
            _ => &mut self.scope_selector,
        }
    }
}

/// `v1` ResourceQuotaStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceQuotaStatus {
    /// `hard`.
    pub hard: Map<Str, Quantity>,
    /// `used`.
    pub used: Map<Str, Quantity>,
}

impl Message for ResourceQuotaStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Hard", "hard", "v1.ResourceList", 1, 1),
            field("Used", "used", "v1.ResourceList", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceQuotaStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.hard,
            _ => &self.used,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.hard,
            _ => &mut self.used,
        }
    }
}

/// `v1` ResourceRequirements.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceRequirements {
    /// `limits`.
    pub limits: Map<Str, Quantity>,
    /// `requests`.
    pub requests: Map<Str, Quantity>,
    /// `claims`.
    pub claims: Slice<ResourceClaim>,
}

impl Message for ResourceRequirements {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Limits", "limits", "v1.ResourceList", 1, 1),
            field("Requests", "requests", "v1.ResourceList", 2, 1),
            field("Claims", "claims", "[]v1.ResourceClaim", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceRequirements", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.limits,
            1 => &self.requests,
            _ => &self.claims,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.limits,
            1 => &mut self.requests,
            _ => &mut self.claims,
        }
    }
}

/// Values of `ResourceResizeRestartPolicy`.
#[derive(Debug)]
pub enum ResourceResizeRestartPolicy {}

impl ResourceResizeRestartPolicy {
    /// `NotRequired`.
    pub const NOT_REQUIRED: &str = "NotRequired";
    /// `RestartContainer`.
    pub const RESTART_CONTAINER: &str = "RestartContainer";
}

/// `v1` ResourceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceStatus {
    /// `name`.
    pub name: Str,
    /// `resources`.
    pub resources: Slice<ResourceHealth>,
}

impl Message for ResourceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("Resources", "resources", "[]v1.ResourceHealth", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.resources,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.resources,
        }
    }
}

/// Values of `RestartPolicy`.
#[derive(Debug)]
pub enum RestartPolicy {}

impl RestartPolicy {
    /// `Always`.
    pub const ALWAYS: &str = "Always";
    /// `OnFailure`.
    pub const ON_FAILURE: &str = "OnFailure";
    /// `Never`.
    pub const NEVER: &str = "Never";
}

/// `v1` SELinuxOptions.
#[derive(Clone, Default, PartialEq)]
pub struct SELinuxOptions {
    /// `user`.
    pub user: Str,
    /// `role`.
    pub role: Str,
    /// `type`.
    pub type_: Str,
    /// `level`.
    pub level: Str,
}

impl Message for SELinuxOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("User", "user", "string", 1, 1),
            field("Role", "role", "string", 2, 1),
            field("Type", "type", "string", 3, 1),
            field("Level", "level", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SELinuxOptions", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.user,
            1 => &self.role,
            2 => &self.type_,
            _ => &self.level,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.user,
            1 => &mut self.role,
            2 => &mut self.type_,
            _ => &mut self.level,
        }
    }
}

/// `v1` ScaleIOPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ScaleIOPersistentVolumeSource {
    /// `gateway`.
    pub gateway: Str,
    /// `system`.
    pub system: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<SecretReference>>,
    /// `sslEnabled`.
    pub ssl_enabled: bool,
    /// `protectionDomain`.
    pub protection_domain: Str,
    /// `storagePool`.
    pub storage_pool: Str,
    /// `storageMode`.
    pub storage_mode: Str,
    /// `volumeName`.
    pub volume_name: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for ScaleIOPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Gateway", "gateway", "string", 1, 0),
            field("System", "system", "string", 2, 0),
            field("SecretRef", "secretRef", "v1.SecretReference", 3, 0),
            field("SSLEnabled", "sslEnabled", "bool", 4, 1),
            field("ProtectionDomain", "protectionDomain", "string", 5, 1),
            field("StoragePool", "storagePool", "string", 6, 1),
            field("StorageMode", "storageMode", "string", 7, 1),
            field("VolumeName", "volumeName", "string", 8, 1),
            field("FSType", "fsType", "string", 9, 1),
            field("ReadOnly", "readOnly", "bool", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScaleIOPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.gateway,
            1 => &self.system,
            2 => &self.secret_ref,
            3 => &self.ssl_enabled,
            4 => &self.protection_domain,
            5 => &self.storage_pool,
            6 => &self.storage_mode,
            7 => &self.volume_name,
            8 => &self.fs_type,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.gateway,
            1 => &mut self.system,
            2 => &mut self.secret_ref,
            3 => &mut self.ssl_enabled,
            4 => &mut self.protection_domain,
            5 => &mut self.storage_pool,
            6 => &mut self.storage_mode,
            7 => &mut self.volume_name,
            8 => &mut self.fs_type,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` ScaleIOVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct ScaleIOVolumeSource {
    /// `gateway`.
    pub gateway: Str,
    /// `system`.
    pub system: Str,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
    /// `sslEnabled`.
    pub ssl_enabled: bool,
    /// `protectionDomain`.
    pub protection_domain: Str,
    /// `storagePool`.
    pub storage_pool: Str,
    /// `storageMode`.
    pub storage_mode: Str,
    /// `volumeName`.
    pub volume_name: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
}

impl Message for ScaleIOVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Gateway", "gateway", "string", 1, 0),
            field("System", "system", "string", 2, 0),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 3, 0),
            field("SSLEnabled", "sslEnabled", "bool", 4, 1),
            field("ProtectionDomain", "protectionDomain", "string", 5, 1),
            field("StoragePool", "storagePool", "string", 6, 1),
            field("StorageMode", "storageMode", "string", 7, 1),
            field("VolumeName", "volumeName", "string", 8, 1),
            field("FSType", "fsType", "string", 9, 1),
            field("ReadOnly", "readOnly", "bool", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScaleIOVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.gateway,
            1 => &self.system,
            2 => &self.secret_ref,
            3 => &self.ssl_enabled,
            4 => &self.protection_domain,
            5 => &self.storage_pool,
            6 => &self.storage_mode,
            7 => &self.volume_name,
            8 => &self.fs_type,
            _ => &self.read_only,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.gateway,
            1 => &mut self.system,
            2 => &mut self.secret_ref,
            3 => &mut self.ssl_enabled,
            4 => &mut self.protection_domain,
            5 => &mut self.storage_pool,
            6 => &mut self.storage_mode,
            7 => &mut self.volume_name,
            8 => &mut self.fs_type,
            _ => &mut self.read_only,
        }
    }
}

/// `v1` ScopeSelector.
#[derive(Clone, Default, PartialEq)]
pub struct ScopeSelector {
    /// `matchExpressions`.
    pub match_expressions: Slice<ScopedResourceSelectorRequirement>,
}

impl Message for ScopeSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("MatchExpressions", "matchExpressions", "[]v1.ScopedResourceSelectorRequirement", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScopeSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.match_expressions
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.match_expressions
    }
}

/// Values of `ScopeSelectorOperator`.
#[derive(Debug)]
pub enum ScopeSelectorOperator {}

impl ScopeSelectorOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `DoesNotExist`.
    pub const DOES_NOT_EXIST: &str = "DoesNotExist";
}

/// `v1` ScopedResourceSelectorRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct ScopedResourceSelectorRequirement {
    /// `scopeName`.
    pub scope_name: Str,
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<Str>,
}

impl Message for ScopedResourceSelectorRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ScopeName", "scopeName", "v1.ResourceQuotaScope", 1, 0),
            field("Operator", "operator", "v1.ScopeSelectorOperator", 2, 0),
            field("Values", "values", "[]string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScopedResourceSelectorRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.scope_name,
            1 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.scope_name,
            1 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// `v1` SeccompProfile.
#[derive(Clone, Default, PartialEq)]
pub struct SeccompProfile {
    /// `type`.
    pub type_: Str,
    /// `localhostProfile`.
    pub localhost_profile: Option<Str>,
}

impl Message for SeccompProfile {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.SeccompProfileType", 1, 0),
            field("LocalhostProfile", "localhostProfile", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SeccompProfile", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.localhost_profile,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.localhost_profile,
        }
    }
}

/// Values of `SeccompProfileType`.
#[derive(Debug)]
pub enum SeccompProfileType {}

impl SeccompProfileType {
    /// `Unconfined`.
    pub const UNCONFINED: &str = "Unconfined";
    /// `RuntimeDefault`.
    pub const RUNTIME_DEFAULT: &str = "RuntimeDefault";
    /// `Localhost`.
    pub const LOCALHOST: &str = "Localhost";
}

/// `v1` Secret.
#[derive(Clone, Default, PartialEq)]
pub struct Secret {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `immutable`.
    pub immutable: Option<bool>,
    /// `data`.
    pub data: Map<Str, ByteString>,
    /// `stringData`.
    pub string_data: Map<Str, Str>,
    /// `type`.
    pub type_: Str,
}

impl Message for Secret {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Immutable", "immutable", "bool", 5, 1),
            field("Data", "data", "map[string][]uint8", 2, 1),
            field("StringData", "stringData", "map[string]string", 4, 1),
            field("Type", "type", "v1.SecretType", 3, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Secret", api_version: "v1", kind: "Secret", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 4, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.immutable,
            2 => &self.data,
            3 => &self.string_data,
            _ => &self.type_,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.immutable,
            2 => &mut self.data,
            3 => &mut self.string_data,
            _ => &mut self.type_,
        }
    }
}

impl Kind for Secret {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Secret";
    const LIST_KIND: &'static str = "SecretList";
    const PLURAL: &'static str = "secrets";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` SecretEnvSource.
#[derive(Clone, Default, PartialEq)]
pub struct SecretEnvSource {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for SecretEnvSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Optional", "optional", "bool", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecretEnvSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            _ => &mut self.optional,
        }
    }
}

/// `v1` SecretKeySelector.
#[derive(Clone, Default, PartialEq)]
pub struct SecretKeySelector {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `key`.
    pub key: Str,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for SecretKeySelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Key", "key", "string", 2, 0),
            field("Optional", "optional", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecretKeySelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            1 => &self.key,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            1 => &mut self.key,
            _ => &mut self.optional,
        }
    }
}

/// List of [`Secret`].
pub type SecretList = meta::ObjectList<Secret>;

/// `v1` SecretProjection.
#[derive(Clone, Default, PartialEq)]
pub struct SecretProjection {
    /// `LocalObjectReference`.
    pub local_object_reference: LocalObjectReference,
    /// `items`.
    pub items: Slice<KeyToPath>,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for SecretProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("LocalObjectReference", "", "v1.LocalObjectReference", 1, 2),
            field("Items", "items", "[]v1.KeyToPath", 2, 1),
            field("Optional", "optional", "bool", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecretProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.local_object_reference,
            1 => &self.items,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.local_object_reference,
            1 => &mut self.items,
            _ => &mut self.optional,
        }
    }
}

/// `v1` SecretReference.
#[derive(Clone, Default, PartialEq)]
pub struct SecretReference {
    /// `name`.
    pub name: Str,
    /// `namespace`.
    pub namespace: Str,
}

impl Message for SecretReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 1),
            field("Namespace", "namespace", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecretReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.namespace,
        }
    }
}

/// Values of `SecretType`.
#[derive(Debug)]
pub enum SecretType {}

impl SecretType {
    /// `Opaque`.
    pub const OPAQUE: &str = "Opaque";
    /// `kubernetes.io/service-account-token`.
    pub const KUBERNETES_IO_SERVICE_ACCOUNT_TOKEN: &str = "kubernetes.io/service-account-token";
    /// `kubernetes.io/dockercfg`.
    pub const KUBERNETES_IO_DOCKERCFG: &str = "kubernetes.io/dockercfg";
    /// `kubernetes.io/dockerconfigjson`.
    pub const KUBERNETES_IO_DOCKERCONFIGJSON: &str = "kubernetes.io/dockerconfigjson";
    /// `kubernetes.io/basic-auth`.
    pub const KUBERNETES_IO_BASIC_AUTH: &str = "kubernetes.io/basic-auth";
    /// `kubernetes.io/ssh-auth`.
    pub const KUBERNETES_IO_SSH_AUTH: &str = "kubernetes.io/ssh-auth";
    /// `kubernetes.io/tls`.
    pub const KUBERNETES_IO_TLS: &str = "kubernetes.io/tls";
    /// `bootstrap.kubernetes.io/token`.
    pub const BOOTSTRAP_KUBERNETES_IO_TOKEN: &str = "bootstrap.kubernetes.io/token";
}

/// `v1` SecretVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct SecretVolumeSource {
    /// `secretName`.
    pub secret_name: Str,
    /// `items`.
    pub items: Slice<KeyToPath>,
    /// `defaultMode`.
    pub default_mode: Option<i32>,
    /// `optional`.
    pub optional: Option<bool>,
}

impl Message for SecretVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("SecretName", "secretName", "string", 1, 1),
            field("Items", "items", "[]v1.KeyToPath", 2, 1),
            field("DefaultMode", "defaultMode", "int32", 3, 1),
            field("Optional", "optional", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecretVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.secret_name,
            1 => &self.items,
            2 => &self.default_mode,
            _ => &self.optional,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.secret_name,
            1 => &mut self.items,
            2 => &mut self.default_mode,
            _ => &mut self.optional,
        }
    }
}

/// `v1` SecurityContext.
#[derive(Clone, Default, PartialEq)]
pub struct SecurityContext {
    /// `capabilities`.
    pub capabilities: Option<Box<Capabilities>>,
    /// `privileged`.
    pub privileged: Option<bool>,
    /// `seLinuxOptions`.
    pub se_linux_options: Option<Box<SELinuxOptions>>,
    /// `windowsOptions`.
    pub windows_options: Option<Box<WindowsSecurityContextOptions>>,
    /// `runAsUser`.
    pub run_as_user: Option<i64>,
    /// `runAsGroup`.
    pub run_as_group: Option<i64>,
    /// `runAsNonRoot`.
    pub run_as_non_root: Option<bool>,
    /// `readOnlyRootFilesystem`.
    pub read_only_root_filesystem: Option<bool>,
    /// `allowPrivilegeEscalation`.
    pub allow_privilege_escalation: Option<bool>,
    /// `procMount`.
    pub proc_mount: Option<Str>,
    /// `seccompProfile`.
    pub seccomp_profile: Option<Box<SeccompProfile>>,
    /// `appArmorProfile`.
    pub app_armor_profile: Option<Box<AppArmorProfile>>,
}

impl Message for SecurityContext {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 12] = [
            field("Capabilities", "capabilities", "v1.Capabilities", 1, 1),
            field("Privileged", "privileged", "bool", 2, 1),
            field("SELinuxOptions", "seLinuxOptions", "v1.SELinuxOptions", 3, 1),
            field("WindowsOptions", "windowsOptions", "v1.WindowsSecurityContextOptions", 10, 1),
            field("RunAsUser", "runAsUser", "int64", 4, 1),
            field("RunAsGroup", "runAsGroup", "int64", 8, 1),
            field("RunAsNonRoot", "runAsNonRoot", "bool", 5, 1),
            field("ReadOnlyRootFilesystem", "readOnlyRootFilesystem", "bool", 6, 1),
            field("AllowPrivilegeEscalation", "allowPrivilegeEscalation", "bool", 7, 1),
            field("ProcMount", "procMount", "v1.ProcMountType", 9, 1),
            field("SeccompProfile", "seccompProfile", "v1.SeccompProfile", 11, 1),
            field("AppArmorProfile", "appArmorProfile", "v1.AppArmorProfile", 12, 1),
        ];
        static KEYS: [u16; 12] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SecurityContext", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 6, 7, 8, 5, 9, 3, 10, 11] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.capabilities,
            1 => &self.privileged,
            2 => &self.se_linux_options,
            3 => &self.windows_options,
            4 => &self.run_as_user,
            5 => &self.run_as_group,
            6 => &self.run_as_non_root,
            7 => &self.read_only_root_filesystem,
            8 => &self.allow_privilege_escalation,
            9 => &self.proc_mount,
            10 => &self.seccomp_profile,
            _ => &self.app_armor_profile,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.capabilities,
            1 => &mut self.privileged,
            2 => &mut self.se_linux_options,
            3 => &mut self.windows_options,
            4 => &mut self.run_as_user,
            5 => &mut self.run_as_group,
            6 => &mut self.run_as_non_root,
            7 => &mut self.read_only_root_filesystem,
            8 => &mut self.allow_privilege_escalation,
            9 => &mut self.proc_mount,
            10 => &mut self.seccomp_profile,
            _ => &mut self.app_armor_profile,
        }
    }
}

/// `v1` SerializedReference.
#[derive(Clone, Default, PartialEq)]
pub struct SerializedReference {
    /// `reference`.
    pub reference: ObjectReference,
}

impl Message for SerializedReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Reference", "reference", "v1.ObjectReference", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SerializedReference", api_version: "v1", kind: "SerializedReference", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.reference
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.reference
    }
}

/// `v1` Service.
#[derive(Clone, Default, PartialEq)]
pub struct Service {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ServiceSpec,
    /// `status`.
    pub status: ServiceStatus,
}

impl Message for Service {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ServiceSpec", 2, 1),
            field("Status", "status", "v1.ServiceStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Service", api_version: "v1", kind: "Service", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Service {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Service";
    const LIST_KIND: &'static str = "ServiceList";
    const PLURAL: &'static str = "services";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `v1` ServiceAccount.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceAccount {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `secrets`.
    pub secrets: Slice<ObjectReference>,
    /// `imagePullSecrets`.
    pub image_pull_secrets: Slice<LocalObjectReference>,
    /// `automountServiceAccountToken`.
    pub automount_service_account_token: Option<bool>,
}

impl Message for ServiceAccount {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Secrets", "secrets", "[]v1.ObjectReference", 2, 1),
            field("ImagePullSecrets", "imagePullSecrets", "[]v1.LocalObjectReference", 3, 1),
            field("AutomountServiceAccountToken", "automountServiceAccountToken", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceAccount", api_version: "v1", kind: "ServiceAccount", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.secrets,
            2 => &self.image_pull_secrets,
            _ => &self.automount_service_account_token,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.secrets,
            2 => &mut self.image_pull_secrets,
            _ => &mut self.automount_service_account_token,
        }
    }
}

impl Kind for ServiceAccount {
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "ServiceAccount";
    const LIST_KIND: &'static str = "ServiceAccountList";
    const PLURAL: &'static str = "serviceaccounts";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ServiceAccount`].
pub type ServiceAccountList = meta::ObjectList<ServiceAccount>;

/// `v1` ServiceAccountTokenProjection.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceAccountTokenProjection {
    /// `audience`.
    pub audience: Str,
    /// `expirationSeconds`.
    pub expiration_seconds: Option<i64>,
    /// `path`.
    pub path: Str,
}

impl Message for ServiceAccountTokenProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Audience", "audience", "string", 1, 1),
            field("ExpirationSeconds", "expirationSeconds", "int64", 2, 1),
            field("Path", "path", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceAccountTokenProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.audience,
            1 => &self.expiration_seconds,
            _ => &self.path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.audience,
            1 => &mut self.expiration_seconds,
            _ => &mut self.path,
        }
    }
}

/// Values of `ServiceAffinity`.
#[derive(Debug)]
pub enum ServiceAffinity {}

impl ServiceAffinity {
    /// `ClientIP`.
    pub const CLIENT_IP: &str = "ClientIP";
    /// `None`.
    pub const NONE: &str = "None";
}

/// Values of `ServiceExternalTrafficPolicy`.
#[derive(Debug)]
pub enum ServiceExternalTrafficPolicy {}

impl ServiceExternalTrafficPolicy {
    /// `Cluster`.
    pub const CLUSTER: &str = "Cluster";
    /// `Local`.
    pub const LOCAL: &str = "Local";
}

/// Values of `ServiceInternalTrafficPolicy`.
#[derive(Debug)]
pub enum ServiceInternalTrafficPolicy {}

impl ServiceInternalTrafficPolicy {
    /// `Cluster`.
    pub const CLUSTER: &str = "Cluster";
    /// `Local`.
    pub const LOCAL: &str = "Local";
}

/// List of [`Service`].
pub type ServiceList = meta::ObjectList<Service>;

/// `v1` ServicePort.
#[derive(Clone, Default, PartialEq)]
pub struct ServicePort {
    /// `name`.
    pub name: Str,
    /// `protocol`.
    pub protocol: Str,
    /// `appProtocol`.
    pub app_protocol: Option<Str>,
    /// `port`.
    pub port: i32,
    /// `targetPort`.
    pub target_port: IntOrString,
    /// `nodePort`.
    pub node_port: i32,
}

impl Message for ServicePort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Name", "name", "string", 1, 1),
            field("Protocol", "protocol", "v1.Protocol", 2, 1),
            field("AppProtocol", "appProtocol", "string", 6, 1),
            field("Port", "port", "int32", 3, 0),
            field("TargetPort", "targetPort", "intstr.IntOrString", 4, 1),
            field("NodePort", "nodePort", "int32", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServicePort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 3, 4, 5, 2] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.protocol,
            2 => &self.app_protocol,
            3 => &self.port,
            4 => &self.target_port,
            _ => &self.node_port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.protocol,
            2 => &mut self.app_protocol,
            3 => &mut self.port,
            4 => &mut self.target_port,
            _ => &mut self.node_port,
        }
    }
}

/// `v1` ServiceProxyOptions.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceProxyOptions {
    /// `path`.
    pub path: Str,
}

impl Message for ServiceProxyOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Path", "path", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceProxyOptions", api_version: "v1", kind: "ServiceProxyOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.path
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.path
    }
}

/// `v1` ServiceSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceSpec {
    /// `ports`.
    pub ports: Slice<ServicePort>,
    /// `selector`.
    pub selector: Map<Str, Str>,
    /// `clusterIP`.
    pub cluster_ip: Str,
    /// `clusterIPs`.
    pub cluster_ips: Slice<Str>,
    /// `type`.
    pub type_: Str,
    /// `externalIPs`.
    pub external_ips: Slice<Str>,
    /// `sessionAffinity`.
    pub session_affinity: Str,
    /// `loadBalancerIP`.
    pub load_balancer_ip: Str,
    /// `loadBalancerSourceRanges`.
    pub load_balancer_source_ranges: Slice<Str>,
    /// `externalName`.
    pub external_name: Str,
    /// `externalTrafficPolicy`.
    pub external_traffic_policy: Str,
    /// `healthCheckNodePort`.
    pub health_check_node_port: i32,
    /// `publishNotReadyAddresses`.
    pub publish_not_ready_addresses: bool,
    /// `sessionAffinityConfig`.
    pub session_affinity_config: Option<Box<SessionAffinityConfig>>,
    /// `ipFamilies`.
    pub ip_families: Slice<Str>,
    /// `ipFamilyPolicy`.
    pub ip_family_policy: Option<Str>,
    /// `allocateLoadBalancerNodePorts`.
    pub allocate_load_balancer_node_ports: Option<bool>,
    /// `loadBalancerClass`.
    pub load_balancer_class: Option<Str>,
    /// `internalTrafficPolicy`.
    pub internal_traffic_policy: Option<Str>,
    /// `trafficDistribution`.
    pub traffic_distribution: Option<Str>,
}

impl Message for ServiceSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 20] = [
            field("Ports", "ports", "[]v1.ServicePort", 1, 1),
            field("Selector", "selector", "map[string]string", 2, 1),
            field("ClusterIP", "clusterIP", "string", 3, 1),
            field("ClusterIPs", "clusterIPs", "[]string", 18, 1),
            field("Type", "type", "v1.ServiceType", 4, 1),
            field("ExternalIPs", "externalIPs", "[]string", 5, 1),
            field("SessionAffinity", "sessionAffinity", "v1.ServiceAffinity", 7, 1),
            field("LoadBalancerIP", "loadBalancerIP", "string", 8, 1),
            field("LoadBalancerSourceRanges", "loadBalancerSourceRanges", "[]string", 9, 1),
            field("ExternalName", "externalName", "string", 10, 1),
            field("ExternalTrafficPolicy", "externalTrafficPolicy", "v1.ServiceExternalTrafficPolicy", 11, 1),
            field("HealthCheckNodePort", "healthCheckNodePort", "int32", 12, 1),
            field("PublishNotReadyAddresses", "publishNotReadyAddresses", "bool", 13, 1),
            field("SessionAffinityConfig", "sessionAffinityConfig", "v1.SessionAffinityConfig", 14, 1),
            field("IPFamilies", "ipFamilies", "[]v1.IPFamily", 19, 1),
            field("IPFamilyPolicy", "ipFamilyPolicy", "v1.IPFamilyPolicy", 17, 1),
            field("AllocateLoadBalancerNodePorts", "allocateLoadBalancerNodePorts", "bool", 20, 1),
            field("LoadBalancerClass", "loadBalancerClass", "string", 21, 1),
            field("InternalTrafficPolicy", "internalTrafficPolicy", "v1.ServiceInternalTrafficPolicy", 22, 1),
            field("TrafficDistribution", "trafficDistribution", "string", 23, 1),
        ];
        static KEYS: [u16; 20] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 3, 14, 16, 17, 18, 19] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ports,
            1 => &self.selector,
            2 => &self.cluster_ip,
            3 => &self.cluster_ips,
            4 => &self.type_,
            5 => &self.external_ips,
            6 => &self.session_affinity,
            7 => &self.load_balancer_ip,
            8 => &self.load_balancer_source_ranges,
            9 => &self.external_name,
            10 => &self.external_traffic_policy,
            11 => &self.health_check_node_port,
            12 => &self.publish_not_ready_addresses,
            13 => &self.session_affinity_config,
            14 => &self.ip_families,
            15 => &self.ip_family_policy,
            16 => &self.allocate_load_balancer_node_ports,
            17 => &self.load_balancer_class,
            18 => &self.internal_traffic_policy,
            _ => &self.traffic_distribution,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ports,
            1 => &mut self.selector,
            2 => &mut self.cluster_ip,
            3 => &mut self.cluster_ips,
            4 => &mut self.type_,
            5 => &mut self.external_ips,
            6 => &mut self.session_affinity,
            7 => &mut self.load_balancer_ip,
            8 => &mut self.load_balancer_source_ranges,
            9 => &mut self.external_name,
            10 => &mut self.external_traffic_policy,
            11 => &mut self.health_check_node_port,
            12 => &mut self.publish_not_ready_addresses,
            13 => &mut self.session_affinity_config,
            14 => &mut self.ip_families,
            15 => &mut self.ip_family_policy,
            16 => &mut self.allocate_load_balancer_node_ports,
            17 => &mut self.load_balancer_class,
            18 => &mut self.internal_traffic_policy,
            _ => &mut self.traffic_distribution,
        }
    }
}

/// `v1` ServiceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceStatus {
    /// `loadBalancer`.
    pub load_balancer: LoadBalancerStatus,
    /// `conditions`.
    pub conditions: Slice<meta::v1::Condition>,
}

impl Message for ServiceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("LoadBalancer", "loadBalancer", "v1.LoadBalancerStatus", 1, 1),
            field("Conditions", "conditions", "[]v1.Condition", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.load_balancer,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.load_balancer,
            _ => &mut self.conditions,
        }
    }
}

/// Values of `ServiceType`.
#[derive(Debug)]
pub enum ServiceType {}

impl ServiceType {
    /// `ClusterIP`.
    pub const CLUSTER_IP: &str = "ClusterIP";
    /// `NodePort`.
    pub const NODE_PORT: &str = "NodePort";
    /// `LoadBalancer`.
    pub const LOAD_BALANCER: &str = "LoadBalancer";
    /// `ExternalName`.
    pub const EXTERNAL_NAME: &str = "ExternalName";
}

/// `v1` SessionAffinityConfig.
#[derive(Clone, Default, PartialEq)]
pub struct SessionAffinityConfig {
    /// `clientIP`.
    pub client_ip: Option<Box<ClientIPConfig>>,
}

impl Message for SessionAffinityConfig {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ClientIP", "clientIP", "v1.ClientIPConfig", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SessionAffinityConfig", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.client_ip
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.client_ip
    }
}

/// Values of `Signal`.
#[derive(Debug)]
pub enum Signal {}

impl Signal {
    /// `SIGABRT`.
    pub const SIGABRT: &str = "SIGABRT";
    /// `SIGALRM`.
    pub const SIGALRM: &str = "SIGALRM";
    /// `SIGBUS`.
    pub const SIGBUS: &str = "SIGBUS";
    /// `SIGCHLD`.
    pub const SIGCHLD: &str = "SIGCHLD";
    /// `SIGCLD`.
    pub const SIGCLD: &str = "SIGCLD";
    /// `SIGCONT`.
    pub const SIGCONT: &str = "SIGCONT";
    /// `SIGFPE`.
    pub const SIGFPE: &str = "SIGFPE";
    /// `SIGHUP`.
    pub const SIGHUP: &str = "SIGHUP";
    /// `SIGILL`.
    pub const SIGILL: &str = "SIGILL";
    /// `SIGINT`.
    pub const SIGINT: &str = "SIGINT";
    /// `SIGIO`.
    pub const SIGIO: &str = "SIGIO";
    /// `SIGIOT`.
    pub const SIGIOT: &str = "SIGIOT";
    /// `SIGKILL`.
    pub const SIGKILL: &str = "SIGKILL";
    /// `SIGPIPE`.
    pub const SIGPIPE: &str = "SIGPIPE";
    /// `SIGPOLL`.
    pub const SIGPOLL: &str = "SIGPOLL";
    /// `SIGPROF`.
    pub const SIGPROF: &str = "SIGPROF";
    /// `SIGPWR`.
    pub const SIGPWR: &str = "SIGPWR";
    /// `SIGQUIT`.
    pub const SIGQUIT: &str = "SIGQUIT";
    /// `SIGSEGV`.
    pub const SIGSEGV: &str = "SIGSEGV";
    /// `SIGSTKFLT`.
    pub const SIGSTKFLT: &str = "SIGSTKFLT";
    /// `SIGSTOP`.
    pub const SIGSTOP: &str = "SIGSTOP";
    /// `SIGSYS`.
    pub const SIGSYS: &str = "SIGSYS";
    /// `SIGTERM`.
    pub const SIGTERM: &str = "SIGTERM";
    /// `SIGTRAP`.
    pub const SIGTRAP: &str = "SIGTRAP";
    /// `SIGTSTP`.
    pub const SIGTSTP: &str = "SIGTSTP";
    /// `SIGTTIN`.
    pub const SIGTTIN: &str = "SIGTTIN";
    /// `SIGTTOU`.
    pub const SIGTTOU: &str = "SIGTTOU";
    /// `SIGURG`.
    pub const SIGURG: &str = "SIGURG";
    /// `SIGUSR1`.
    pub const SIGUSR1: &str = "SIGUSR1";
    /// `SIGUSR2`.
    pub const SIGUSR2: &str = "SIGUSR2";
    /// `SIGVTALRM`.
    pub const SIGVTALRM: &str = "SIGVTALRM";
    /// `SIGWINCH`.
    pub const SIGWINCH: &str = "SIGWINCH";
    /// `SIGXCPU`.
    pub const SIGXCPU: &str = "SIGXCPU";
    /// `SIGXFSZ`.
    pub const SIGXFSZ: &str = "SIGXFSZ";
    /// `SIGRTMIN`.
    pub const SIGRTMIN: &str = "SIGRTMIN";
    /// `SIGRTMIN+1`.
    pub const SIGRTMIN_1: &str = "SIGRTMIN+1";
    /// `SIGRTMIN+2`.
    pub const SIGRTMIN_2: &str = "SIGRTMIN+2";
    /// `SIGRTMIN+3`.
    pub const SIGRTMIN_3: &str = "SIGRTMIN+3";
    /// `SIGRTMIN+4`.
    pub const SIGRTMIN_4: &str = "SIGRTMIN+4";
    /// `SIGRTMIN+5`.
    pub const SIGRTMIN_5: &str = "SIGRTMIN+5";
    /// `SIGRTMIN+6`.
    pub const SIGRTMIN_6: &str = "SIGRTMIN+6";
    /// `SIGRTMIN+7`.
    pub const SIGRTMIN_7: &str = "SIGRTMIN+7";
    /// `SIGRTMIN+8`.
    pub const SIGRTMIN_8: &str = "SIGRTMIN+8";
    /// `SIGRTMIN+9`.
    pub const SIGRTMIN_9: &str = "SIGRTMIN+9";
    /// `SIGRTMIN+10`.
    pub const SIGRTMIN_10: &str = "SIGRTMIN+10";
    /// `SIGRTMIN+11`.
    pub const SIGRTMIN_11: &str = "SIGRTMIN+11";
    /// `SIGRTMIN+12`.
    pub const SIGRTMIN_12: &str = "SIGRTMIN+12";
    /// `SIGRTMIN+13`.
    pub const SIGRTMIN_13: &str = "SIGRTMIN+13";
    /// `SIGRTMIN+14`.
    pub const SIGRTMIN_14: &str = "SIGRTMIN+14";
    /// `SIGRTMIN+15`.
    pub const SIGRTMIN_15: &str = "SIGRTMIN+15";
    /// `SIGRTMAX-14`.
    pub const SIGRTMAX_14: &str = "SIGRTMAX-14";
    /// `SIGRTMAX-13`.
    pub const SIGRTMAX_13: &str = "SIGRTMAX-13";
    /// `SIGRTMAX-12`.
    pub const SIGRTMAX_12: &str = "SIGRTMAX-12";
    /// `SIGRTMAX-11`.
    pub const SIGRTMAX_11: &str = "SIGRTMAX-11";
    /// `SIGRTMAX-10`.
    pub const SIGRTMAX_10: &str = "SIGRTMAX-10";
    /// `SIGRTMAX-9`.
    pub const SIGRTMAX_9: &str = "SIGRTMAX-9";
    /// `SIGRTMAX-8`.
    pub const SIGRTMAX_8: &str = "SIGRTMAX-8";
    /// `SIGRTMAX-7`.
    pub const SIGRTMAX_7: &str = "SIGRTMAX-7";
    /// `SIGRTMAX-6`.
    pub const SIGRTMAX_6: &str = "SIGRTMAX-6";
    /// `SIGRTMAX-5`.
    pub const SIGRTMAX_5: &str = "SIGRTMAX-5";
    /// `SIGRTMAX-4`.
    pub const SIGRTMAX_4: &str = "SIGRTMAX-4";
    /// `SIGRTMAX-3`.
    pub const SIGRTMAX_3: &str = "SIGRTMAX-3";
    /// `SIGRTMAX-2`.
    pub const SIGRTMAX_2: &str = "SIGRTMAX-2";
    /// `SIGRTMAX-1`.
    pub const SIGRTMAX_1: &str = "SIGRTMAX-1";
    /// `SIGRTMAX`.
    pub const SIGRTMAX: &str = "SIGRTMAX";
}

/// `v1` SleepAction.
#[derive(Clone, Default, PartialEq)]
pub struct SleepAction {
    /// `seconds`.
    pub seconds: i64,
}

impl Message for SleepAction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Seconds", "seconds", "int64", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SleepAction", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.seconds
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.seconds
    }
}

/// Values of `StorageMedium`.
#[derive(Debug)]
pub enum StorageMedium {}

impl StorageMedium {
    /// ``.
    pub const EMPTY: &str = "";
    /// `Memory`.
    pub const MEMORY: &str = "Memory";
    /// `HugePages`.
    pub const HUGE_PAGES: &str = "HugePages";
}

/// `v1` StorageOSPersistentVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct StorageOSPersistentVolumeSource {
    /// `volumeName`.
    pub volume_name: Str,
    /// `volumeNamespace`.
    pub volume_namespace: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<ObjectReference>>,
}

impl Message for StorageOSPersistentVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("VolumeName", "volumeName", "string", 1, 1),
            field("VolumeNamespace", "volumeNamespace", "string", 2, 1),
            field("FSType", "fsType", "string", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
            field("SecretRef", "secretRef", "v1.ObjectReference", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StorageOSPersistentVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_name,
            1 => &self.volume_namespace,
            2 => &self.fs_type,
            3 => &self.read_only,
            _ => &self.secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_name,
            1 => &mut self.volume_namespace,
            2 => &mut self.fs_type,
            3 => &mut self.read_only,
            _ => &mut self.secret_ref,
        }
    }
}

/// `v1` StorageOSVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct StorageOSVolumeSource {
    /// `volumeName`.
    pub volume_name: Str,
    /// `volumeNamespace`.
    pub volume_namespace: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `secretRef`.
    pub secret_ref: Option<Box<LocalObjectReference>>,
}

impl Message for StorageOSVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("VolumeName", "volumeName", "string", 1, 1),
            field("VolumeNamespace", "volumeNamespace", "string", 2, 1),
            field("FSType", "fsType", "string", 3, 1),
            field("ReadOnly", "readOnly", "bool", 4, 1),
            field("SecretRef", "secretRef", "v1.LocalObjectReference", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StorageOSVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_name,
            1 => &self.volume_namespace,
            2 => &self.fs_type,
            3 => &self.read_only,
            _ => &self.secret_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_name,
            1 => &mut self.volume_namespace,
            2 => &mut self.fs_type,
            3 => &mut self.read_only,
            _ => &mut self.secret_ref,
        }
    }
}

/// Values of `SupplementalGroupsPolicy`.
#[derive(Debug)]
pub enum SupplementalGroupsPolicy {}

impl SupplementalGroupsPolicy {
    /// `Merge`.
    pub const MERGE: &str = "Merge";
    /// `Strict`.
    pub const STRICT: &str = "Strict";
}

/// `v1` Sysctl.
#[derive(Clone, Default, PartialEq)]
pub struct Sysctl {
    /// `name`.
    pub name: Str,
    /// `value`.
    pub value: Str,
}

impl Message for Sysctl {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Value", "value", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Sysctl", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.value,
        }
    }
}

/// `v1` TCPSocketAction.
#[derive(Clone, Default, PartialEq)]
pub struct TCPSocketAction {
    /// `port`.
    pub port: IntOrString,
    /// `host`.
    pub host: Str,
}

impl Message for TCPSocketAction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Port", "port", "intstr.IntOrString", 1, 0),
            field("Host", "host", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TCPSocketAction", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.port,
            _ => &self.host,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.port,
            _ => &mut self.host,
        }
    }
}

/// `v1` Taint.
#[derive(Clone, Default, PartialEq)]
pub struct Taint {
    /// `key`.
    pub key: Str,
    /// `value`.
    pub value: Str,
    /// `effect`.
    pub effect: Str,
    /// `timeAdded`.
    pub time_added: Option<Time>,
}

impl Message for Taint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Key", "key", "string", 1, 0),
            field("Value", "value", "string", 2, 1),
            field("Effect", "effect", "v1.TaintEffect", 3, 0),
            field("TimeAdded", "timeAdded", "v1.Time", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Taint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.value,
            2 => &self.effect,
            _ => &self.time_added,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.value,
            2 => &mut self.effect,
            _ => &mut self.time_added,
        }
    }
}

/// Values of `TaintEffect`.
#[derive(Debug)]
pub enum TaintEffect {}

impl TaintEffect {
    /// `NoSchedule`.
    pub const NO_SCHEDULE: &str = "NoSchedule";
    /// `PreferNoSchedule`.
    pub const PREFER_NO_SCHEDULE: &str = "PreferNoSchedule";
    /// `NoExecute`.
    pub const NO_EXECUTE: &str = "NoExecute";
}

/// Values of `TerminationMessagePolicy`.
#[derive(Debug)]
pub enum TerminationMessagePolicy {}

impl TerminationMessagePolicy {
    /// `File`.
    pub const FILE: &str = "File";
    /// `FallbackToLogsOnError`.
    pub const FALLBACK_TO_LOGS_ON_ERROR: &str = "FallbackToLogsOnError";
}

/// `v1` Toleration.
#[derive(Clone, Default, PartialEq)]
pub struct Toleration {
    /// `key`.
    pub key: Str,
    /// `operator`.
    pub operator: Str,
    /// `value`.
    pub value: Str,
    /// `effect`.
    pub effect: Str,
    /// `tolerationSeconds`.
    pub toleration_seconds: Option<i64>,
}

impl Message for Toleration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Key", "key", "string", 1, 1),
            field("Operator", "operator", "v1.TolerationOperator", 2, 1),
            field("Value", "value", "string", 3, 1),
            field("Effect", "effect", "v1.TaintEffect", 4, 1),
            field("TolerationSeconds", "tolerationSeconds", "int64", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Toleration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.operator,
            2 => &self.value,
            3 => &self.effect,
            _ => &self.toleration_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.operator,
            2 => &mut self.value,
            3 => &mut self.effect,
            _ => &mut self.toleration_seconds,
        }
    }
}

/// Values of `TolerationOperator`.
#[derive(Debug)]
pub enum TolerationOperator {}

impl TolerationOperator {
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `Equal`.
    pub const EQUAL: &str = "Equal";
    /// `Lt`.
    pub const LT: &str = "Lt";
    /// `Gt`.
    pub const GT: &str = "Gt";
}

/// `v1` TopologySelectorLabelRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct TopologySelectorLabelRequirement {
    /// `key`.
    pub key: Str,
    /// `values`.
    pub values: Slice<Str>,
}

impl Message for TopologySelectorLabelRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Key", "key", "string", 1, 0),
            field("Values", "values", "[]string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TopologySelectorLabelRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            _ => &mut self.values,
        }
    }
}

/// `v1` TopologySelectorTerm.
#[derive(Clone, Default, PartialEq)]
pub struct TopologySelectorTerm {
    /// `matchLabelExpressions`.
    pub match_label_expressions: Slice<TopologySelectorLabelRequirement>,
}

impl Message for TopologySelectorTerm {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("MatchLabelExpressions", "matchLabelExpressions", "[]v1.TopologySelectorLabelRequirement", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TopologySelectorTerm", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.match_label_expressions
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.match_label_expressions
    }
}

/// `v1` TopologySpreadConstraint.
#[derive(Clone, Default, PartialEq)]
pub struct TopologySpreadConstraint {
    /// `maxSkew`.
    pub max_skew: i32,
    /// `topologyKey`.
    pub topology_key: Str,
    /// `whenUnsatisfiable`.
    pub when_unsatisfiable: Str,
    /// `labelSelector`.
    pub label_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `minDomains`.
    pub min_domains: Option<i32>,
    /// `nodeAffinityPolicy`.
    pub node_affinity_policy: Option<Str>,
    /// `nodeTaintsPolicy`.
    pub node_taints_policy: Option<Str>,
    /// `matchLabelKeys`.
    pub match_label_keys: Slice<Str>,
}

impl Message for TopologySpreadConstraint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("MaxSkew", "maxSkew", "int32", 1, 0),
            field("TopologyKey", "topologyKey", "string", 2, 0),
            field("WhenUnsatisfiable", "whenUnsatisfiable", "v1.UnsatisfiableConstraintAction", 3, 0),
            field("LabelSelector", "labelSelector", "v1.LabelSelector", 4, 1),
            field("MinDomains", "minDomains", "int32", 5, 1),
            field("NodeAffinityPolicy", "nodeAffinityPolicy", "v1.NodeInclusionPolicy", 6, 1),
            field("NodeTaintsPolicy", "nodeTaintsPolicy", "v1.NodeInclusionPolicy", 7, 1),
            field("MatchLabelKeys", "matchLabelKeys", "[]string", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TopologySpreadConstraint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.max_skew,
            1 => &self.topology_key,
            2 => &self.when_unsatisfiable,
            3 => &self.label_selector,
            4 => &self.min_domains,
            5 => &self.node_affinity_policy,
            6 => &self.node_taints_policy,
            _ => &self.match_label_keys,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.max_skew,
            1 => &mut self.topology_key,
            2 => &mut self.when_unsatisfiable,
            3 => &mut self.label_selector,
            4 => &mut self.min_domains,
            5 => &mut self.node_affinity_policy,
            6 => &mut self.node_taints_policy,
            _ => &mut self.match_label_keys,
        }
    }
}

/// `v1` TypedLocalObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct TypedLocalObjectReference {
    /// `apiGroup`.
    pub api_group: Option<Str>,
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
}

impl Message for TypedLocalObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("APIGroup", "apiGroup", "string", 1, 0),
            field("Kind", "kind", "string", 2, 0),
            field("Name", "name", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TypedLocalObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_group,
            1 => &self.kind,
            _ => &self.name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_group,
            1 => &mut self.kind,
            _ => &mut self.name,
        }
    }
}

/// `v1` TypedObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct TypedObjectReference {
    /// `apiGroup`.
    pub api_group: Option<Str>,
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
    /// `namespace`.
    pub namespace: Option<Str>,
}

impl Message for TypedObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("APIGroup", "apiGroup", "string", 1, 0),
            field("Kind", "kind", "string", 2, 0),
            field("Name", "name", "string", 3, 0),
            field("Namespace", "namespace", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TypedObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_group,
            1 => &self.kind,
            2 => &self.name,
            _ => &self.namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_group,
            1 => &mut self.kind,
            2 => &mut self.name,
            _ => &mut self.namespace,
        }
    }
}

/// Values of `URIScheme`.
#[derive(Debug)]
pub enum URIScheme {}

impl URIScheme {
    /// `HTTP`.
    pub const HTTP: &str = "HTTP";
    /// `HTTPS`.
    pub const HTTPS: &str = "HTTPS";
}

/// Values of `UnsatisfiableConstraintAction`.
#[derive(Debug)]
pub enum UnsatisfiableConstraintAction {}

impl UnsatisfiableConstraintAction {
    /// `DoNotSchedule`.
    pub const DO_NOT_SCHEDULE: &str = "DoNotSchedule";
    /// `ScheduleAnyway`.
    pub const SCHEDULE_ANYWAY: &str = "ScheduleAnyway";
}

/// `v1` Volume.
#[derive(Clone, Default, PartialEq)]
pub struct Volume {
    /// `name`.
    pub name: Str,
    /// `VolumeSource`.
    pub volume_source: VolumeSource,
}

impl Message for Volume {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("VolumeSource", "", "v1.VolumeSource", 2, 2),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Volume", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.volume_source,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.volume_source,
        }
    }
}

/// `v1` VolumeDevice.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeDevice {
    /// `name`.
    pub name: Str,
    /// `devicePath`.
    pub device_path: Str,
}

impl Message for VolumeDevice {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("DevicePath", "devicePath", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeDevice", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.device_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.device_path,
        }
    }
}

/// `v1` VolumeMount.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeMount {
    /// `name`.
    pub name: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `recursiveReadOnly`.
    pub recursive_read_only: Option<Str>,
    /// `mountPath`.
    pub mount_path: Str,
    /// `subPath`.
    pub sub_path: Str,
    /// `mountPropagation`.
    pub mount_propagation: Option<Str>,
    /// `subPathExpr`.
    pub sub_path_expr: Str,
}

impl Message for VolumeMount {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Name", "name", "string", 1, 0),
            field("ReadOnly", "readOnly", "bool", 2, 1),
            field("RecursiveReadOnly", "recursiveReadOnly", "v1.RecursiveReadOnlyMode", 7, 1),
            field("MountPath", "mountPath", "string", 3, 0),
            field("SubPath", "subPath", "string", 4, 1),
            field("MountPropagation", "mountPropagation", "v1.MountPropagationMode", 5, 1),
            field("SubPathExpr", "subPathExpr", "string", 6, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeMount", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 3, 4, 5, 6, 2] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.read_only,
            2 => &self.recursive_read_only,
            3 => &self.mount_path,
            4 => &self.sub_path,
            5 => &self.mount_propagation,
            _ => &self.sub_path_expr,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.read_only,
            2 => &mut self.recursive_read_only,
            3 => &mut self.mount_path,
            4 => &mut self.sub_path,
            5 => &mut self.mount_propagation,
            _ => &mut self.sub_path_expr,
        }
    }
}

/// `v1` VolumeMountStatus.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeMountStatus {
    /// `name`.
    pub name: Str,
    /// `mountPath`.
    pub mount_path: Str,
    /// `readOnly`.
    pub read_only: bool,
    /// `recursiveReadOnly`.
    pub recursive_read_only: Option<Str>,
    /// `volumeStatus`.
    pub volume_status: Option<Box<VolumeStatus>>,
}

impl Message for VolumeMountStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Name", "name", "string", 1, 0),
            field("MountPath", "mountPath", "string", 2, 0),
            field("ReadOnly", "readOnly", "bool", 3, 1),
            field("RecursiveReadOnly", "recursiveReadOnly", "v1.RecursiveReadOnlyMode", 4, 1),
            field("VolumeStatus", "volumeStatus", "v1.VolumeStatus", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeMountStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.mount_path,
            2 => &self.read_only,
            3 => &self.recursive_read_only,
            _ => &self.volume_status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.mount_path,
            2 => &mut self.read_only,
            3 => &mut self.recursive_read_only,
            _ => &mut self.volume_status,
        }
    }
}

/// `v1` VolumeNodeAffinity.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeNodeAffinity {
    /// `required`.
    pub required: Option<Box<NodeSelector>>,
}

impl Message for VolumeNodeAffinity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Required", "required", "v1.NodeSelector", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeNodeAffinity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.required
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.required
    }
}

/// `v1` VolumeProjection.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeProjection {
    /// `secret`.
    pub secret: Option<Box<SecretProjection>>,
    /// `downwardAPI`.
    pub downward_api: Option<Box<DownwardAPIProjection>>,
    /// `configMap`.
    pub config_map: Option<Box<ConfigMapProjection>>,
    /// `serviceAccountToken`.
    pub service_account_token: Option<Box<ServiceAccountTokenProjection>>,
    /// `clusterTrustBundle`.
    pub cluster_trust_bundle: Option<Box<ClusterTrustBundleProjection>>,
    /// `podCertificate`.
    pub pod_certificate: Option<Box<PodCertificateProjection>>,
}

impl Message for VolumeProjection {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Secret", "secret", "v1.SecretProjection", 1, 1),
            field("DownwardAPI", "downwardAPI", "v1.DownwardAPIProjection", 2, 1),
            field("ConfigMap", "configMap", "v1.ConfigMapProjection", 3, 1),
            field("ServiceAccountToken", "serviceAccountToken", "v1.ServiceAccountTokenProjection", 4, 1),
            field("ClusterTrustBundle", "clusterTrustBundle", "v1.ClusterTrustBundleProjection", 5, 1),
            field("PodCertificate", "podCertificate", "v1.PodCertificateProjection", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeProjection", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.secret,
            1 => &self.downward_api,
            2 => &self.config_map,
            3 => &self.service_account_token,
            4 => &self.cluster_trust_bundle,
            _ => &self.pod_certificate,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.secret,
            1 => &mut self.downward_api,
            2 => &mut self.config_map,
            3 => &mut self.service_account_token,
            4 => &mut self.cluster_trust_bundle,
            _ => &mut self.pod_certificate,
        }
    }
}

/// `v1` VolumeResourceRequirements.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeResourceRequirements {
    /// `limits`.
    pub limits: Map<Str, Quantity>,
    /// `requests`.
    pub requests: Map<Str, Quantity>,
}

impl Message for VolumeResourceRequirements {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Limits", "limits", "v1.ResourceList", 1, 1),
            field("Requests", "requests", "v1.ResourceList", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeResourceRequirements", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.limits,
            _ => &self.requests,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.limits,
            _ => &mut self.requests,
        }
    }
}

/// `v1` VolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeSource {
    /// `hostPath`.
    pub host_path: Option<Box<HostPathVolumeSource>>,
    /// `emptyDir`.
    pub empty_dir: Option<Box<EmptyDirVolumeSource>>,
    /// `gcePersistentDisk`.
    pub gce_persistent_disk: Option<Box<GCEPersistentDiskVolumeSource>>,
    /// `awsElasticBlockStore`.
    pub aws_elastic_block_store: Option<Box<AWSElasticBlockStoreVolumeSource>>,
    /// `gitRepo`.
    pub git_repo: Option<Box<GitRepoVolumeSource>>,
    /// `secret`.
    pub secret: Option<Box<SecretVolumeSource>>,
    /// `nfs`.
    pub nfs: Option<Box<NFSVolumeSource>>,
    /// `iscsi`.
    pub iscsi: Option<Box<ISCSIVolumeSource>>,
    /// `glusterfs`.
    pub glusterfs: Option<Box<GlusterfsVolumeSource>>,
    /// `persistentVolumeClaim`.
    pub persistent_volume_claim: Option<Box<PersistentVolumeClaimVolumeSource>>,
    /// `rbd`.
    pub rbd: Option<Box<RBDVolumeSource>>,
    /// `flexVolume`.
    pub flex_volume: Option<Box<FlexVolumeSource>>,
    /// `cinder`.
    pub cinder: Option<Box<CinderVolumeSource>>,
    /// `cephfs`.
    pub cephfs: Option<Box<CephFSVolumeSource>>,
    /// `flocker`.
    pub flocker: Option<Box<FlockerVolumeSource>>,
    /// `downwardAPI`.
    pub downward_api: Option<Box<DownwardAPIVolumeSource>>,
    /// `fc`.
    pub fc: Option<Box<FCVolumeSource>>,
    /// `azureFile`.
    pub azure_file: Option<Box<AzureFileVolumeSource>>,
    /// `configMap`.
    pub config_map: Option<Box<ConfigMapVolumeSource>>,
    /// `vsphereVolume`.
    pub vsphere_volume: Option<Box<VsphereVirtualDiskVolumeSource>>,
    /// `quobyte`.
    pub quobyte: Option<Box<QuobyteVolumeSource>>,
    /// `azureDisk`.
    pub azure_disk: Option<Box<AzureDiskVolumeSource>>,
    /// `photonPersistentDisk`.
    pub photon_persistent_disk: Option<Box<PhotonPersistentDiskVolumeSource>>,
    /// `projected`.
    pub projected: Option<Box<ProjectedVolumeSource>>,
    /// `portworxVolume`.
    pub portworx_volume: Option<Box<PortworxVolumeSource>>,
    /// `scaleIO`.
    pub scale_io: Option<Box<ScaleIOVolumeSource>>,
    /// `storageos`.
    pub storageos: Option<Box<StorageOSVolumeSource>>,
    /// `csi`.
    pub csi: Option<Box<CSIVolumeSource>>,
    /// `ephemeral`.
    pub ephemeral: Option<Box<EphemeralVolumeSource>>,
    /// `image`.
    pub image: Option<Box<ImageVolumeSource>>,
}

impl Message for VolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 30] = [
            field("HostPath", "hostPath", "v1.HostPathVolumeSource", 1, 1),
            field("EmptyDir", "emptyDir", "v1.EmptyDirVolumeSource", 2, 1),
            field("GCEPersistentDisk", "gcePersistentDisk", "v1.GCEPersistentDiskVolumeSource", 3, 1),
            field("AWSElasticBlockStore", "awsElasticBlockStore", "v1.AWSElasticBlockStoreVolumeSource", 4, 1),
            field("GitRepo", "gitRepo", "v1.GitRepoVolumeSource", 5, 1),
            field("Secret", "secret", "v1.SecretVolumeSource", 6, 1),
            field("NFS", "nfs", "v1.NFSVolumeSource", 7, 1),
            field("ISCSI", "iscsi", "v1.ISCSIVolumeSource", 8, 1),
            field("Glusterfs", "glusterfs", "v1.GlusterfsVolumeSource", 9, 1),
            field("PersistentVolumeClaim", "persistentVolumeClaim", "v1.PersistentVolumeClaimVolumeSource", 10, 1),
            field("RBD", "rbd", "v1.RBDVolumeSource", 11, 1),
            field("FlexVolume", "flexVolume", "v1.FlexVolumeSource", 12, 1),
            field("Cinder", "cinder", "v1.CinderVolumeSource", 13, 1),
            field("CephFS", "cephfs", "v1.CephFSVolumeSource", 14, 1),
            field("Flocker", "flocker", "v1.FlockerVolumeSource", 15, 1),
            field("DownwardAPI", "downwardAPI", "v1.DownwardAPIVolumeSource", 16, 1),
            field("FC", "fc", "v1.FCVolumeSource", 17, 1),
            field("AzureFile", "azureFile", "v1.AzureFileVolumeSource", 18, 1),
            field("ConfigMap", "configMap", "v1.ConfigMapVolumeSource", 19, 1),
            field("VsphereVolume", "vsphereVolume", "v1.VsphereVirtualDiskVolumeSource", 20, 1),
            field("Quobyte", "quobyte", "v1.QuobyteVolumeSource", 21, 1),
            field("AzureDisk", "azureDisk", "v1.AzureDiskVolumeSource", 22, 1),
            field("PhotonPersistentDisk", "photonPersistentDisk", "v1.PhotonPersistentDiskVolumeSource", 23, 1),
            field("Projected", "projected", "v1.ProjectedVolumeSource", 26, 1),
            field("PortworxVolume", "portworxVolume", "v1.PortworxVolumeSource", 24, 1),
            field("ScaleIO", "scaleIO", "v1.ScaleIOVolumeSource", 25, 1),
            field("StorageOS", "storageos", "v1.StorageOSVolumeSource", 27, 1),
            field("CSI", "csi", "v1.CSIVolumeSource", 28, 1),
            field("Ephemeral", "ephemeral", "v1.EphemeralVolumeSource", 29, 1),
            field("Image", "image", "v1.ImageVolumeSource", 30, 1),
        ];
        static KEYS: [u16; 30] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 23, 26, 27, 28, 29] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.host_path,
            1 => &self.empty_dir,
            2 => &self.gce_persistent_disk,
            3 => &self.aws_elastic_block_store,
            4 => &self.git_repo,
            5 => &self.secret,
            6 => &self.nfs,
            7 => &self.iscsi,
            8 => &self.glusterfs,
            9 => &self.persistent_volume_claim,
            10 => &self.rbd,
            11 => &self.flex_volume,
            12 => &self.cinder,
            13 => &self.cephfs,
            14 => &self.flocker,
            15 => &self.downward_api,
            16 => &self.fc,
            17 => &self.azure_file,
            18 => &self.config_map,
            19 => &self.vsphere_volume,
            20 => &self.quobyte,
            21 => &self.azure_disk,
            22 => &self.photon_persistent_disk,
            23 => &self.projected,
            24 => &self.portworx_volume,
            25 => &self.scale_io,
            26 => &self.storageos,
            27 => &self.csi,
            28 => &self.ephemeral,
            _ => &self.image,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.host_path,
            1 => &mut self.empty_dir,
            2 => &mut self.gce_persistent_disk,
            3 => &mut self.aws_elastic_block_store,
            4 => &mut self.git_repo,
            5 => &mut self.secret,
            6 => &mut self.nfs,
            7 => &mut self.iscsi,
            8 => &mut self.glusterfs,
            9 => &mut self.persistent_volume_claim,
            10 => &mut self.rbd,
            11 => &mut self.flex_volume,
            12 => &mut self.cinder,
            13 => &mut self.cephfs,
            14 => &mut self.flocker,
            15 => &mut self.downward_api,
            16 => &mut self.fc,
            17 => &mut self.azure_file,
            18 => &mut self.config_map,
            19 => &mut self.vsphere_volume,
            20 => &mut self.quobyte,
            21 => &mut self.azure_disk,
            22 => &mut self.photon_persistent_disk,
            23 => &mut self.projected,
            24 => &mut self.portworx_volume,
            25 => &mut self.scale_io,
            26 => &mut self.storageos,
            27 => &mut self.csi,
            28 => &mut self.ephemeral,
            _ => &mut self.image,
        }
    }
}

/// `v1` VolumeStatus.
#[derive(Clone, Default, PartialEq)]
pub struct VolumeStatus {
    /// `image`.
    pub image: Option<Box<ImageVolumeStatus>>,
}

impl Message for VolumeStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Image", "image", "v1.ImageVolumeStatus", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VolumeStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.image
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.image
    }
}

/// `v1` VsphereVirtualDiskVolumeSource.
#[derive(Clone, Default, PartialEq)]
pub struct VsphereVirtualDiskVolumeSource {
    /// `volumePath`.
    pub volume_path: Str,
    /// `fsType`.
    pub fs_type: Str,
    /// `storagePolicyName`.
    pub storage_policy_name: Str,
    /// `storagePolicyID`.
    pub storage_policy_id: Str,
}

impl Message for VsphereVirtualDiskVolumeSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("VolumePath", "volumePath", "string", 1, 0),
            field("FSType", "fsType", "string", 2, 1),
            field("StoragePolicyName", "storagePolicyName", "string", 3, 1),
            field("StoragePolicyID", "storagePolicyID", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "VsphereVirtualDiskVolumeSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.volume_path,
            1 => &self.fs_type,
            2 => &self.storage_policy_name,
            _ => &self.storage_policy_id,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.volume_path,
            1 => &mut self.fs_type,
            2 => &mut self.storage_policy_name,
            _ => &mut self.storage_policy_id,
        }
    }
}

/// `v1` WeightedPodAffinityTerm.
#[derive(Clone, Default, PartialEq)]
pub struct WeightedPodAffinityTerm {
    /// `weight`.
    pub weight: i32,
    /// `podAffinityTerm`.
    pub pod_affinity_term: PodAffinityTerm,
}

impl Message for WeightedPodAffinityTerm {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Weight", "weight", "int32", 1, 0),
            field("PodAffinityTerm", "podAffinityTerm", "v1.PodAffinityTerm", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WeightedPodAffinityTerm", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.weight,
            _ => &self.pod_affinity_term,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.weight,
            _ => &mut self.pod_affinity_term,
        }
    }
}

/// `v1` WindowsSecurityContextOptions.
#[derive(Clone, Default, PartialEq)]
pub struct WindowsSecurityContextOptions {
    /// `gmsaCredentialSpecName`.
    pub gmsa_credential_spec_name: Option<Str>,
    /// `gmsaCredentialSpec`.
    pub gmsa_credential_spec: Option<Str>,
    /// `runAsUserName`.
    pub run_as_user_name: Option<Str>,
    /// `hostProcess`.
    pub host_process: Option<bool>,
}

impl Message for WindowsSecurityContextOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("GMSACredentialSpecName", "gmsaCredentialSpecName", "string", 1, 1),
            field("GMSACredentialSpec", "gmsaCredentialSpec", "string", 2, 1),
            field("RunAsUserName", "runAsUserName", "string", 3, 1),
            field("HostProcess", "hostProcess", "bool", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WindowsSecurityContextOptions", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.gmsa_credential_spec_name,
            1 => &self.gmsa_credential_spec,
            2 => &self.run_as_user_name,
            _ => &self.host_process,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.gmsa_credential_spec_name,
            1 => &mut self.gmsa_credential_spec,
            2 => &mut self.run_as_user_name,
            _ => &mut self.host_process,
        }
    }
}

meta::codec::impl_value!(
    AWSElasticBlockStoreVolumeSource,
    Affinity,
    AppArmorProfile,
    AttachedVolume,
    AvoidPods,
    AzureDiskVolumeSource,
    AzureFilePersistentVolumeSource,
    AzureFileVolumeSource,
    Binding,
    CSIPersistentVolumeSource,
    CSIVolumeSource,
    Capabilities,
    CephFSPersistentVolumeSource,
    CephFSVolumeSource,
    CinderPersistentVolumeSource,
    CinderVolumeSource,
    ClientIPConfig,
    ClusterTrustBundleProjection,
    ComponentCondition,
    ComponentStatus,
    ConfigMap,
    ConfigMapEnvSource,
    ConfigMapKeySelector,
    ConfigMapNodeConfigSource,
    ConfigMapProjection,
    ConfigMapVolumeSource,
    Container,
    ContainerExtendedResourceRequest,
    ContainerImage,
    ContainerPort,
    ContainerResizePolicy,
    ContainerRestartRule,
    ContainerRestartRuleOnExitCodes,
    ContainerState,
    ContainerStateRunning,
    ContainerStateTerminated,
    ContainerStateWaiting,
    ContainerStatus,
    ContainerUser,
    DaemonEndpoint,
    DownwardAPIProjection,
    DownwardAPIVolumeFile,
    DownwardAPIVolumeSource,
    EmptyDirVolumeSource,
    EndpointAddress,
    EndpointPort,
    EndpointSubset,
    Endpoints,
    EnvFromSource,
    EnvVar,
    EnvVarSource,
    EphemeralContainer,
    EphemeralContainerCommon,
    EphemeralVolumeSource,
    Event,
    EventSeries,
    EventSource,
    ExecAction,
    FCVolumeSource,
    FileKeySelector,
    FlexPersistentVolumeSource,
    FlexVolumeSource,
    FlockerVolumeSource,
    GCEPersistentDiskVolumeSource,
    GRPCAction,
    GitRepoVolumeSource,
    GlusterfsPersistentVolumeSource,
    GlusterfsVolumeSource,
    HTTPGetAction,
    HTTPHeader,
    HostAlias,
    HostIP,
    HostPathVolumeSource,
    ISCSIPersistentVolumeSource,
    ISCSIVolumeSource,
    ImageVolumeSource,
    ImageVolumeStatus,
    KeyToPath,
    Lifecycle,
    LifecycleHandler,
    LimitRange,
    LimitRangeItem,
    LimitRangeSpec,
    LinuxContainerUser,
    LoadBalancerIngress,
    LoadBalancerStatus,
    LocalObjectReference,
    LocalVolumeSource,
    ModifyVolumeStatus,
    NFSVolumeSource,
    Namespace,
    NamespaceCondition,
    NamespaceSpec,
    NamespaceStatus,
    Node,
    NodeAddress,
    NodeAffinity,
    NodeAllocatableResourceClaimStatus,
    NodeCondition,
    NodeConfigSource,
    NodeConfigStatus,
    NodeDaemonEndpoints,
    NodeFeatures,
    NodeProxyOptions,
    NodeRuntimeHandler,
    NodeRuntimeHandlerFeatures,
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
    NodeSpec,
    NodeStatus,
    NodeSwapStatus,
    NodeSystemInfo,
    ObjectFieldSelector,
    ObjectReference,
    PersistentVolume,
    PersistentVolumeClaim,
    PersistentVolumeClaimCondition,
    PersistentVolumeClaimSpec,
    PersistentVolumeClaimStatus,
    PersistentVolumeClaimTemplate,
    PersistentVolumeClaimVolumeSource,
    PersistentVolumeSource,
    PersistentVolumeSpec,
    PersistentVolumeStatus,
    PhotonPersistentDiskVolumeSource,
    Pod,
    PodAffinity,
    PodAffinityTerm,
    PodAntiAffinity,
    PodAttachOptions,
    PodCertificateProjection,
    PodCondition,
    PodDNSConfig,
    PodDNSConfigOption,
    PodExecOptions,
    PodExtendedResourceClaimStatus,
    PodIP,
    PodLogOptions,
    PodOS,
    PodPortForwardOptions,
    PodProxyOptions,
    PodReadinessGate,
    PodResourceClaim,
    PodResourceClaimStatus,
    PodSchedulingGate,
    PodSchedulingGroup,
    PodSecurityContext,
    PodSignature,
    PodSpec,
    PodStatus,
    PodStatusResult,
    PodTemplate,
    PodTemplateSpec,
    PortStatus,
    PortworxVolumeSource,
    Preconditions,
    PreferAvoidPodsEntry,
    PreferredSchedulingTerm,
    Probe,
    ProbeHandler,
    ProjectedVolumeSource,
    QuobyteVolumeSource,
    RBDPersistentVolumeSource,
    RBDVolumeSource,
    RangeAllocation,
    ReplicationController,
    ReplicationControllerCondition,
    ReplicationControllerSpec,
    ReplicationControllerStatus,
    ResourceClaim,
    ResourceFieldSelector,
    ResourceHealth,
    ResourceQuota,
    ResourceQuotaSpec,
    ResourceQuotaStatus,
    ResourceRequirements,
    ResourceStatus,
    SELinuxOptions,
    ScaleIOPersistentVolumeSource,
    ScaleIOVolumeSource,
    ScopeSelector,
    ScopedResourceSelectorRequirement,
    SeccompProfile,
    Secret,
    SecretEnvSource,
    SecretKeySelector,
    SecretProjection,
    SecretReference,
    SecretVolumeSource,
    SecurityContext,
    SerializedReference,
    Service,
    ServiceAccount,
    ServiceAccountTokenProjection,
    ServicePort,
    ServiceProxyOptions,
    ServiceSpec,
    ServiceStatus,
    SessionAffinityConfig,
    SleepAction,
    StorageOSPersistentVolumeSource,
    StorageOSVolumeSource,
    Sysctl,
    TCPSocketAction,
    Taint,
    Toleration,
    TopologySelectorLabelRequirement,
    TopologySelectorTerm,
    TopologySpreadConstraint,
    TypedLocalObjectReference,
    TypedObjectReference,
    Volume,
    VolumeDevice,
    VolumeMount,
    VolumeMountStatus,
    VolumeNodeAffinity,
    VolumeProjection,
    VolumeResourceRequirements,
    VolumeSource,
    VolumeStatus,
    VsphereVirtualDiskVolumeSource,
    WeightedPodAffinityTerm,
    WindowsSecurityContextOptions
);
