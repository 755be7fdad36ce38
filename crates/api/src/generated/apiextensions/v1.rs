//! `apiextensions.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, Kind, Map, RawJson, Scope, Slice, Str, Time,
    codec::{self, FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

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

/// `apiextensions.k8s.io/v1` ConversionRequest.
#[derive(Clone, Default, PartialEq)]
pub struct ConversionRequest {
    /// `uid`.
    pub uid: Str,
    /// `desiredAPIVersion`.
    pub desired_api_version: Str,
    /// `objects`.
    pub objects: Slice<RawJson>,
}

impl Message for ConversionRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("UID", "uid", "types.UID", 1, 0),
            field("DesiredAPIVersion", "desiredAPIVersion", "string", 2, 0),
            field("Objects", "objects", "[]runtime.RawExtension", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConversionRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            1 => &self.desired_api_version,
            _ => &self.objects,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            1 => &mut self.desired_api_version,
            _ => &mut self.objects,
        }
    }
}

/// `apiextensions.k8s.io/v1` ConversionResponse.
#[derive(Clone, Default, PartialEq)]
pub struct ConversionResponse {
    /// `uid`.
    pub uid: Str,
    /// `convertedObjects`.
    pub converted_objects: Slice<RawJson>,
    /// `result`.
    pub result: meta::v1::Status,
}

impl Message for ConversionResponse {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("UID", "uid", "types.UID", 1, 0),
            field("ConvertedObjects", "convertedObjects", "[]runtime.RawExtension", 2, 0),
            field("Result", "result", "v1.Status", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConversionResponse", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            1 => &self.converted_objects,
            _ => &self.result,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            1 => &mut self.converted_objects,
            _ => &mut self.result,
        }
    }
}

/// `apiextensions.k8s.io/v1` ConversionReview.
#[derive(Clone, Default, PartialEq)]
pub struct ConversionReview {
    /// `request`.
    pub request: Option<Box<ConversionRequest>>,
    /// `response`.
    pub response: Option<Box<ConversionResponse>>,
}

impl Message for ConversionReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Request", "request", "v1.ConversionRequest", 1, 1),
            field("Response", "response", "v1.ConversionResponse", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ConversionReview", api_version: "apiextensions.k8s.io/v1", kind: "ConversionReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.request,
            _ => &self.response,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.request,
            _ => &mut self.response,
        }
    }
}

/// Values of `ConversionStrategyType`.
#[derive(Debug)]
pub enum ConversionStrategyType {}

impl ConversionStrategyType {
    /// `None`.
    pub const NONE: &str = "None";
    /// `Webhook`.
    pub const WEBHOOK: &str = "Webhook";
}

/// `apiextensions.k8s.io/v1` CustomResourceColumnDefinition.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceColumnDefinition {
    /// `name`.
    pub name: Str,
    /// `type`.
    pub type_: Str,
    /// `format`.
    pub format: Str,
    /// `description`.
    pub description: Str,
    /// `priority`.
    pub priority: i32,
    /// `jsonPath`.
    pub json_path: Str,
}

impl Message for CustomResourceColumnDefinition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Name", "name", "string", 1, 0),
            field("Type", "type", "string", 2, 0),
            field("Format", "format", "string", 3, 1),
            field("Description", "description", "string", 4, 1),
            field("Priority", "priority", "int32", 5, 1),
            field("JSONPath", "jsonPath", "string", 6, 0),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceColumnDefinition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.type_,
            2 => &self.format,
            3 => &self.description,
            4 => &self.priority,
            _ => &self.json_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.type_,
            2 => &mut self.format,
            3 => &mut self.description,
            4 => &mut self.priority,
            _ => &mut self.json_path,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceConversion.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceConversion {
    /// `strategy`.
    pub strategy: Str,
    /// `webhook`.
    pub webhook: Option<Box<WebhookConversion>>,
}

impl Message for CustomResourceConversion {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Strategy", "strategy", "v1.ConversionStrategyType", 1, 0),
            field("Webhook", "webhook", "v1.WebhookConversion", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceConversion", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.strategy,
            _ => &self.webhook,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.strategy,
            _ => &mut self.webhook,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceDefinition.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinition {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: CustomResourceDefinitionSpec,
    /// `status`.
    pub status: CustomResourceDefinitionStatus,
}

impl Message for CustomResourceDefinition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.CustomResourceDefinitionSpec", 2, 0),
            field("Status", "status", "v1.CustomResourceDefinitionStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinition", api_version: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for CustomResourceDefinition {
    const GROUP: &'static str = "apiextensions.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apiextensions.k8s.io/v1";
    const KIND: &'static str = "CustomResourceDefinition";
    const LIST_KIND: &'static str = "CustomResourceDefinitionList";
    const PLURAL: &'static str = "customresourcedefinitions";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceDefinitionCondition.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinitionCondition {
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
    /// `observedGeneration`.
    pub observed_generation: i64,
}

impl Message for CustomResourceDefinitionCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.CustomResourceDefinitionConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
            field("ObservedGeneration", "observedGeneration", "int64", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinitionCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_transition_time,
            3 => &self.reason,
            4 => &self.message,
            _ => &self.observed_generation,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_transition_time,
            3 => &mut self.reason,
            4 => &mut self.message,
            _ => &mut self.observed_generation,
        }
    }
}

/// Values of `CustomResourceDefinitionConditionType`.
#[derive(Debug)]
pub enum CustomResourceDefinitionConditionType {}

impl CustomResourceDefinitionConditionType {
    /// `Established`.
    pub const ESTABLISHED: &str = "Established";
    /// `NamesAccepted`.
    pub const NAMES_ACCEPTED: &str = "NamesAccepted";
    /// `NonStructuralSchema`.
    pub const NON_STRUCTURAL_SCHEMA: &str = "NonStructuralSchema";
    /// `Terminating`.
    pub const TERMINATING: &str = "Terminating";
    /// `KubernetesAPIApprovalPolicyConformant`.
    pub const KUBERNETES_API_APPROVAL_POLICY_CONFORMANT: &str =
        "KubernetesAPIApprovalPolicyConformant";
    /// `StorageMigrating`.
    pub const STORAGE_MIGRATING: &str = "StorageMigrating";
}

/// List of [`CustomResourceDefinition`].
pub type CustomResourceDefinitionList = meta::ObjectList<CustomResourceDefinition>;

/// `apiextensions.k8s.io/v1` CustomResourceDefinitionNames.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinitionNames {
    /// `plural`.
    pub plural: Str,
    /// `singular`.
    pub singular: Str,
    /// `shortNames`.
    pub short_names: Slice<Str>,
    /// `kind`.
    pub kind: Str,
    /// `listKind`.
    pub list_kind: Str,
    /// `categories`.
    pub categories: Slice<Str>,
}

impl Message for CustomResourceDefinitionNames {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Plural", "plural", "string", 1, 0),
            field("Singular", "singular", "string", 2, 1),
            field("ShortNames", "shortNames", "[]string", 3, 1),
            field("Kind", "kind", "string", 4, 0),
            field("ListKind", "listKind", "string", 5, 1),
            field("Categories", "categories", "[]string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinitionNames", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.plural,
            1 => &self.singular,
            2 => &self.short_names,
            3 => &self.kind,
            4 => &self.list_kind,
            _ => &self.categories,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.plural,
            1 => &mut self.singular,
            2 => &mut self.short_names,
            3 => &mut self.kind,
            4 => &mut self.list_kind,
            _ => &mut self.categories,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceDefinitionSpec.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinitionSpec {
    /// `group`.
    pub group: Str,
    /// `names`.
    pub names: CustomResourceDefinitionNames,
    /// `scope`.
    pub scope: Str,
    /// `versions`.
    pub versions: Slice<CustomResourceDefinitionVersion>,
    /// `conversion`.
    pub conversion: Option<Box<CustomResourceConversion>>,
    /// `preserveUnknownFields`.
    pub preserve_unknown_fields: bool,
}

impl Message for CustomResourceDefinitionSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Group", "group", "string", 1, 0),
            field("Names", "names", "v1.CustomResourceDefinitionNames", 3, 0),
            field("Scope", "scope", "v1.ResourceScope", 4, 0),
            field("Versions", "versions", "[]v1.CustomResourceDefinitionVersion", 7, 0),
            field("Conversion", "conversion", "v1.CustomResourceConversion", 9, 1),
            field("PreserveUnknownFields", "preserveUnknownFields", "bool", 10, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinitionSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            1 => &self.names,
            2 => &self.scope,
            3 => &self.versions,
            4 => &self.conversion,
            _ => &self.preserve_unknown_fields,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            1 => &mut self.names,
            2 => &mut self.scope,
            3 => &mut self.versions,
            4 => &mut self.conversion,
            _ => &mut self.preserve_unknown_fields,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceDefinitionStatus.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinitionStatus {
    /// `conditions`.
    pub conditions: Slice<CustomResourceDefinitionCondition>,
    /// `acceptedNames`.
    pub accepted_names: CustomResourceDefinitionNames,
    /// `storedVersions`.
    pub stored_versions: Slice<Str>,
    /// `observedGeneration`.
    pub observed_generation: i64,
}

impl Message for CustomResourceDefinitionStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Conditions", "conditions", "[]v1.CustomResourceDefinitionCondition", 1, 0),
            field("AcceptedNames", "acceptedNames", "v1.CustomResourceDefinitionNames", 2, 0),
            field("StoredVersions", "storedVersions", "[]string", 3, 0),
            field("ObservedGeneration", "observedGeneration", "int64", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinitionStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.conditions,
            1 => &self.accepted_names,
            2 => &self.stored_versions,
            _ => &self.observed_generation,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.conditions,
            1 => &mut self.accepted_names,
            2 => &mut self.stored_versions,
            _ => &mut self.observed_generation,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceDefinitionVersion.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceDefinitionVersion {
    /// `name`.
    pub name: Str,
    /// `served`.
    pub served: bool,
    /// `storage`.
    pub storage: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `deprecationWarning`.
    pub deprecation_warning: Option<Str>,
    /// `schema`.
    pub schema: Option<Box<CustomResourceValidation>>,
    /// `subresources`.
    pub subresources: Option<Box<CustomResourceSubresources>>,
    /// `additionalPrinterColumns`.
    pub additional_printer_columns: Slice<CustomResourceColumnDefinition>,
    /// `selectableFields`.
    pub selectable_fields: Slice<SelectableField>,
}

impl Message for CustomResourceDefinitionVersion {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 9] = [
            field("Name", "name", "string", 1, 0),
            field("Served", "served", "bool", 2, 0),
            field("Storage", "storage", "bool", 3, 0),
            field("Deprecated", "deprecated", "bool", 7, 1),
            field("DeprecationWarning", "deprecationWarning", "string", 8, 1),
            field("Schema", "schema", "v1.CustomResourceValidation", 4, 1),
            field("Subresources", "subresources", "v1.CustomResourceSubresources", 5, 1),
            field("AdditionalPrinterColumns", "additionalPrinterColumns", "[]v1.CustomResourceColumnDefinition", 6, 1),
            field("SelectableFields", "selectableFields", "[]v1.SelectableField", 9, 1),
        ];
        static KEYS: [u16; 9] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceDefinitionVersion", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 5, 6, 7, 3, 4, 8] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.served,
            2 => &self.storage,
            3 => &self.deprecated,
            4 => &self.deprecation_warning,
            5 => &self.schema,
            6 => &self.subresources,
            7 => &self.additional_printer_columns,
            _ => &self.selectable_fields,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.served,
            2 => &mut self.storage,
            3 => &mut self.deprecated,
            4 => &mut self.deprecation_warning,
            5 => &mut self.schema,
            6 => &mut self.subresources,
            7 => &mut self.additional_printer_columns,
            _ => &mut self.selectable_fields,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceSubresourceScale.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceSubresourceScale {
    /// `specReplicasPath`.
    pub spec_replicas_path: Str,
    /// `statusReplicasPath`.
    pub status_replicas_path: Str,
    /// `labelSelectorPath`.
    pub label_selector_path: Option<Str>,
}

impl Message for CustomResourceSubresourceScale {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("SpecReplicasPath", "specReplicasPath", "string", 1, 0),
            field("StatusReplicasPath", "statusReplicasPath", "string", 2, 0),
            field("LabelSelectorPath", "labelSelectorPath", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceSubresourceScale", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.spec_replicas_path,
            1 => &self.status_replicas_path,
            _ => &self.label_selector_path,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.spec_replicas_path,
            1 => &mut self.status_replicas_path,
            _ => &mut self.label_selector_path,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceSubresourceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceSubresourceStatus {}

impl Message for CustomResourceSubresourceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 0] = [
        ];
        static KEYS: [u16; 0] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceSubresourceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, _index: usize) -> &dyn Value {
        codec::no_field()
    }
    fn field_mut(&mut self, _index: usize) -> &mut dyn Value {
        codec::no_field()
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceSubresources.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceSubresources {
    /// `status`.
    pub status: Option<Box<CustomResourceSubresourceStatus>>,
    /// `scale`.
    pub scale: Option<Box<CustomResourceSubresourceScale>>,
}

impl Message for CustomResourceSubresources {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Status", "status", "v1.CustomResourceSubresourceStatus", 1, 1),
            field("Scale", "scale", "v1.CustomResourceSubresourceScale", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceSubresources", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.status,
            _ => &self.scale,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.status,
            _ => &mut self.scale,
        }
    }
}

/// `apiextensions.k8s.io/v1` CustomResourceValidation.
#[derive(Clone, Default, PartialEq)]
pub struct CustomResourceValidation {
    /// `openAPIV3Schema`.
    pub open_apiv3_schema: Option<Box<JSONSchemaProps>>,
}

impl Message for CustomResourceValidation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("OpenAPIV3Schema", "openAPIV3Schema", "v1.JSONSchemaProps", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CustomResourceValidation", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.open_apiv3_schema
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.open_apiv3_schema
    }
}

/// `apiextensions.k8s.io/v1` ExternalDocumentation.
#[derive(Clone, Default, PartialEq)]
pub struct ExternalDocumentation {
    /// `description`.
    pub description: Str,
    /// `url`.
    pub url: Str,
}

impl Message for ExternalDocumentation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Description", "description", "string", 1, 1),
            field("URL", "url", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExternalDocumentation", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.description,
            _ => &self.url,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.description,
            _ => &mut self.url,
        }
    }
}

/// Values of `FieldValueErrorReason`.
#[derive(Debug)]
pub enum FieldValueErrorReason {}

impl FieldValueErrorReason {
    /// `FieldValueRequired`.
    pub const FIELD_VALUE_REQUIRED: &str = "FieldValueRequired";
    /// `FieldValueDuplicate`.
    pub const FIELD_VALUE_DUPLICATE: &str = "FieldValueDuplicate";
    /// `FieldValueInvalid`.
    pub const FIELD_VALUE_INVALID: &str = "FieldValueInvalid";
    /// `FieldValueForbidden`.
    pub const FIELD_VALUE_FORBIDDEN: &str = "FieldValueForbidden";
}

/// `apiextensions.k8s.io/v1` JSON.
#[derive(Clone, Default, PartialEq)]
pub struct JSON {}

impl Message for JSON {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 0] = [
        ];
        static KEYS: [u16; 0] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSON", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, _index: usize) -> &dyn Value {
        codec::no_field()
    }
    fn field_mut(&mut self, _index: usize) -> &mut dyn Value {
        codec::no_field()
    }
}

/// `apiextensions.k8s.io/v1` JSONSchemaProps.
#[derive(Clone, Default, PartialEq)]
pub struct JSONSchemaProps {
    /// `id`.
    pub id: Str,
    /// `$schema`.
    pub schema: Str,
    /// `$ref`.
    pub ref_: Option<Str>,
    /// `description`.
    pub description: Str,
    /// `type`.
    pub type_: Str,
    /// `format`.
    pub format: Str,
    /// `title`.
    pub title: Str,
    /// `default`.
    pub default: Option<RawJson>,
    /// `maximum`.
    pub maximum: Option<f64>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: bool,
    /// `minimum`.
    pub minimum: Option<f64>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: bool,
    /// `maxLength`.
    pub max_length: Option<i64>,
    /// `minLength`.
    pub min_length: Option<i64>,
    /// `pattern`.
    pub pattern: Str,
    /// `maxItems`.
    pub max_items: Option<i64>,
    /// `minItems`.
    pub min_items: Option<i64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `multipleOf`.
    pub multiple_of: Option<f64>,
    /// `enum`.
    pub enum_: Slice<RawJson>,
    /// `maxProperties`.
    pub max_properties: Option<i64>,
    /// `minProperties`.
    pub min_properties: Option<i64>,
    /// `required`.
    pub required: Slice<Str>,
    /// `items`.
    pub items: Option<Box<JSONSchemaPropsOrArray>>,
    /// `allOf`.
    pub all_of: Slice<JSONSchemaProps>,
    /// `oneOf`.
    pub one_of: Slice<JSONSchemaProps>,
    /// `anyOf`.
    pub any_of: Slice<JSONSchemaProps>,
    /// `not`.
    pub not: Option<Box<JSONSchemaProps>>,
    /// `properties`.
    pub properties: Map<Str, JSONSchemaProps>,
    /// `additionalProperties`.
    pub additional_properties: Option<Box<JSONSchemaPropsOrBool>>,
    /// `patternProperties`.
    pub pattern_properties: Map<Str, JSONSchemaProps>,
    /// `dependencies`.
    pub dependencies: Map<Str, JSONSchemaPropsOrStringArray>,
    /// `additionalItems`.
    pub additional_items: Option<Box<JSONSchemaPropsOrBool>>,
    /// `definitions`.
    pub definitions: Map<Str, JSONSchemaProps>,
    /// `externalDocs`.
    pub external_docs: Option<Box<ExternalDocumentation>>,
    /// `example`.
    pub example: Option<RawJson>,
    /// `nullable`.
    pub nullable: bool,
    /// `x-kubernetes-preserve-unknown-fields`.
    pub x_kubernetes_preserve_unknown_fields: Option<bool>,
    /// `x-kubernetes-embedded-resource`.
    pub x_kubernetes_embedded_resource: bool,
    /// `x-kubernetes-int-or-string`.
    pub x_kubernetes_int_or_string: bool,
    /// `x-kubernetes-list-map-keys`.
    pub x_kubernetes_list_map_keys: Slice<Str>,
    /// `x-kubernetes-list-type`.
    pub x_kubernetes_list_type: Option<Str>,
    /// `x-kubernetes-map-type`.
    pub x_kubernetes_map_type: Option<Str>,
    /// `x-kubernetes-validations`.
    pub x_kubernetes_validations: Slice<ValidationRule>,
}

impl Message for JSONSchemaProps {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 44] = [
            field("ID", "id", "string", 1, 1),
            field("Schema", "$schema", "v1.JSONSchemaURL", 2, 1),
            field("Ref", "$ref", "string", 3, 1),
            field("Description", "description", "string", 4, 1),
            field("Type", "type", "string", 5, 1),
            field("Format", "format", "string", 6, 1),
            field("Title", "title", "string", 7, 1),
            field("Default", "default", "v1.JSON", 8, 1),
            field("Maximum", "maximum", "float64", 9, 1),
            field("ExclusiveMaximum", "exclusiveMaximum", "bool", 10, 1),
            field("Minimum", "minimum", "float64", 11, 1),
            field("ExclusiveMinimum", "exclusiveMinimum", "bool", 12, 1),
            field("MaxLength", "maxLength", "int64", 13, 1),
            field("MinLength", "minLength", "int64", 14, 1),
            field("Pattern", "pattern", "string", 15, 1),
            field("MaxItems", "maxItems", "int64", 16, 1),
            field("MinItems", "minItems", "int64", 17, 1),
            field("UniqueItems", "uniqueItems", "bool", 18, 1),
            field("MultipleOf", "multipleOf", "float64", 19, 1),
            field("Enum", "enum", "[]v1.JSON", 20, 1),
            field("MaxProperties", "maxProperties", "int64", 21, 1),
            field("MinProperties", "minProperties", "int64", 22, 1),
            field("Required", "required", "[]string", 23, 1),
            field("Items", "items", "v1.JSONSchemaPropsOrArray", 24, 1),
            field("AllOf", "allOf", "[]v1.JSONSchemaProps", 25, 1),
            field("OneOf", "oneOf", "[]v1.JSONSchemaProps", 26, 1),
            field("AnyOf", "anyOf", "[]v1.JSONSchemaProps", 27, 1),
            field("Not", "not", "v1.JSONSchemaProps", 28, 1),
            field("Properties", "properties", "map[string]v1.JSONSchemaProps", 29, 1),
            field("AdditionalProperties", "additionalProperties", "v1.JSONSchemaPropsOrBool", 30, 1),
            field("PatternProperties", "patternProperties", "map[string]v1.JSONSchemaProps", 31, 1),
            field("Dependencies", "dependencies", "v1.JSONSchemaDependencies", 32, 1),
            field("AdditionalItems", "additionalItems", "v1.JSONSchemaPropsOrBool", 33, 1),
            field("Definitions", "definitions", "v1.JSONSchemaDefinitions", 34, 1),
            field("ExternalDocs", "externalDocs", "v1.ExternalDocumentation", 35, 1),
            field("Example", "example", "v1.JSON", 36, 1),
            field("Nullable", "nullable", "bool", 37, 1),
            field("XPreserveUnknownFields", "x-kubernetes-preserve-unknown-fields", "bool", 38, 1),
            field("XEmbeddedResource", "x-kubernetes-embedded-resource", "bool", 39, 1),
            field("XIntOrString", "x-kubernetes-int-or-string", "bool", 40, 1),
            field("XListMapKeys", "x-kubernetes-list-map-keys", "[]string", 41, 1),
            field("XListType", "x-kubernetes-list-type", "string", 42, 1),
            field("XMapType", "x-kubernetes-map-type", "string", 43, 1),
            field("XValidations", "x-kubernetes-validations", "v1.ValidationRules", 44, 1),
        ];
        static KEYS: [u16; 44] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSONSchemaProps", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.id,
            1 => &self.schema,
            2 => &self.ref_,
            3 => &self.description,
            4 => &self.type_,
            5 => &self.format,
            6 => &self.title,
            7 => &self.default,
            8 => &self.maximum,
            9 => &self.exclusive_maximum,
            10 => &self.minimum,
            11 => &self.exclusive_minimum,
            12 => &self.max_length,
            13 => &self.min_length,
            14 => &self.pattern,
            15 => &self.max_items,
            16 => &self.min_items,
            17 => &self.unique_items,
            18 => &self.multiple_of,
            19 => &self.enum_,
            20 => &self.max_properties,
            21 => &self.min_properties,
            22 => &self.required,
            23 => &self.items,
            24 => &self.all_of,
            25 => &self.one_of,
            26 => &self.any_of,
            27 => &self.not,
            28 => &self.properties,
            29 => &self.additional_properties,
            30 => &self.pattern_properties,
            31 => &self.dependencies,
            32 => &self.additional_items,
            33 => &self.definitions,
            34 => &self.external_docs,
            35 => &self.example,
            36 => &self.nullable,
            37 => &self.x_kubernetes_preserve_unknown_fields,
            38 => &self.x_kubernetes_embedded_resource,
            39 => &self.x_kubernetes_int_or_string,
            40 => &self.x_kubernetes_list_map_keys,
            41 => &self.x_kubernetes_list_type,
            42 => &self.x_kubernetes_map_type,
            _ => &self.x_kubernetes_validations,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.id,
            1 => &mut self.schema,
            2 => &mut self.ref_,
            3 => &mut self.description,
            4 => &mut self.type_,
            5 => &mut self.format,
            6 => &mut self.title,
            7 => &mut self.default,
            8 => &mut self.maximum,
            9 => &mut self.exclusive_maximum,
            10 => &mut self.minimum,
            11 => &mut self.exclusive_minimum,
            12 => &mut self.max_length,
            13 => &mut self.min_length,
            14 => &mut self.pattern,
            15 => &mut self.max_items,
            16 => &mut self.min_items,
            17 => &mut self.unique_items,
            18 => &mut self.multiple_of,
            19 => &mut self.enum_,
            20 => &mut self.max_properties,
            21 => &mut self.min_properties,
            22 => &mut self.required,
            23 => &mut self.items,
            24 => &mut self.all_of,
            25 => &mut self.one_of,
            26 => &mut self.any_of,
            27 => &mut self.not,
            28 => &mut self.properties,
            29 => &mut self.additional_properties,
            30 => &mut self.pattern_properties,
            31 => &mut self.dependencies,
            32 => &mut self.additional_items,
            33 => &mut self.definitions,
            34 => &mut self.external_docs,
            35 => &mut self.example,
            36 => &mut self.nullable,
            37 => &mut self.x_kubernetes_preserve_unknown_fields,
            38 => &mut self.x_kubernetes_embedded_resource,
            39 => &mut self.x_kubernetes_int_or_string,
            40 => &mut self.x_kubernetes_list_map_keys,
            41 => &mut self.x_kubernetes_list_type,
            42 => &mut self.x_kubernetes_map_type,
            _ => &mut self.x_kubernetes_validations,
        }
    }
}

/// `apiextensions.k8s.io/v1` JSONSchemaPropsOrArray.
#[derive(Clone, Default, PartialEq)]
pub struct JSONSchemaPropsOrArray {
    /// `Schema`.
    pub schema: Option<Box<JSONSchemaProps>>,
    /// `JSONSchemas`.
    pub json_schemas: Slice<JSONSchemaProps>,
}

impl Message for JSONSchemaPropsOrArray {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Schema", "", "v1.JSONSchemaProps", 1, 0),
            field("JSONSchemas", "", "[]v1.JSONSchemaProps", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSONSchemaPropsOrArray", api_version: "", kind: "", shape: Shape::SchemaOrArray, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.schema,
            _ => &self.json_schemas,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.schema,
            _ => &mut self.json_schemas,
        }
    }
}

/// `apiextensions.k8s.io/v1` JSONSchemaPropsOrBool.
#[derive(Clone, Default, PartialEq)]
pub struct JSONSchemaPropsOrBool {
    /// `Allows`.
    pub allows: bool,
    /// `Schema`.
    pub schema: Option<Box<JSONSchemaProps>>,
}

impl Message for JSONSchemaPropsOrBool {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Allows", "", "bool", 1, 0),
            field("Schema", "", "v1.JSONSchemaProps", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSONSchemaPropsOrBool", api_version: "", kind: "", shape: Shape::SchemaOrBool, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.allows,
            _ => &self.schema,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.allows,
            _ => &mut self.schema,
        }
    }
}

/// `apiextensions.k8s.io/v1` JSONSchemaPropsOrStringArray.
#[derive(Clone, Default, PartialEq)]
pub struct JSONSchemaPropsOrStringArray {
    /// `Schema`.
    pub schema: Option<Box<JSONSchemaProps>>,
    /// `Property`.
    pub property: Slice<Str>,
}

impl Message for JSONSchemaPropsOrStringArray {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Schema", "", "v1.JSONSchemaProps", 1, 0),
            field("Property", "", "[]string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSONSchemaPropsOrStringArray", api_version: "", kind: "", shape: Shape::SchemaOrStringArray, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.schema,
            _ => &self.property,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.schema,
            _ => &mut self.property,
        }
    }
}

/// Values of `ResourceScope`.
#[derive(Debug)]
pub enum ResourceScope {}

impl ResourceScope {
    /// `Cluster`.
    pub const CLUSTER: &str = "Cluster";
    /// `Namespaced`.
    pub const NAMESPACED: &str = "Namespaced";
}

/// `apiextensions.k8s.io/v1` SelectableField.
#[derive(Clone, Default, PartialEq)]
pub struct SelectableField {
    /// `jsonPath`.
    pub json_path: Str,
}

impl Message for SelectableField {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("JSONPath", "jsonPath", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelectableField", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.json_path
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.json_path
    }
}

/// `apiextensions.k8s.io/v1` ServiceReference.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceReference {
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
    /// `path`.
    pub path: Option<Str>,
    /// `port`.
    pub port: Option<i32>,
}

impl Message for ServiceReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Namespace", "namespace", "string", 1, 0),
            field("Name", "name", "string", 2, 0),
            field("Path", "path", "string", 3, 1),
            field("Port", "port", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            1 => &self.name,
            2 => &self.path,
            _ => &self.port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            1 => &mut self.name,
            2 => &mut self.path,
            _ => &mut self.port,
        }
    }
}

/// `apiextensions.k8s.io/v1` ValidationRule.
#[derive(Clone, Default, PartialEq)]
pub struct ValidationRule {
    /// `rule`.
    pub rule: Str,
    /// `message`.
    pub message: Str,
    /// `messageExpression`.
    pub message_expression: Str,
    /// `reason`.
    pub reason: Option<Str>,
    /// `fieldPath`.
    pub field_path: Str,
    /// `optionalOldSelf`.
    pub optional_old_self: Option<bool>,
}

impl Message for ValidationRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Rule", "rule", "string", 1, 0),
            field("Message", "message", "string", 2, 1),
            field("MessageExpression", "messageExpression", "string", 3, 1),
            field("Reason", "reason", "v1.FieldValueErrorReason", 4, 1),
            field("FieldPath", "fieldPath", "string", 5, 1),
            field("OptionalOldSelf", "optionalOldSelf", "bool", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidationRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.rule,
            1 => &self.message,
            2 => &self.message_expression,
            3 => &self.reason,
            4 => &self.field_path,
            _ => &self.optional_old_self,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.rule,
            1 => &mut self.message,
            2 => &mut self.message_expression,
            3 => &mut self.reason,
            4 => &mut self.field_path,
            _ => &mut self.optional_old_self,
        }
    }
}

/// `apiextensions.k8s.io/v1` WebhookClientConfig.
#[derive(Clone, Default, PartialEq)]
pub struct WebhookClientConfig {
    /// `url`.
    pub url: Option<Str>,
    /// `service`.
    pub service: Option<Box<ServiceReference>>,
    /// `caBundle`.
    pub ca_bundle: ByteString,
}

impl Message for WebhookClientConfig {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("URL", "url", "string", 3, 1),
            field("Service", "service", "v1.ServiceReference", 1, 1),
            field("CABundle", "caBundle", "[]uint8", 2, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WebhookClientConfig", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 0] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.url,
            1 => &self.service,
            _ => &self.ca_bundle,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.url,
            1 => &mut self.service,
            _ => &mut self.ca_bundle,
        }
    }
}

/// `apiextensions.k8s.io/v1` WebhookConversion.
#[derive(Clone, Default, PartialEq)]
pub struct WebhookConversion {
    /// `clientConfig`.
    pub client_config: Option<Box<WebhookClientConfig>>,
    /// `conversionReviewVersions`.
    pub conversion_review_versions: Slice<Str>,
}

impl Message for WebhookConversion {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ClientConfig", "clientConfig", "v1.WebhookClientConfig", 2, 1),
            field("ConversionReviewVersions", "conversionReviewVersions", "[]string", 3, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WebhookConversion", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.client_config,
            _ => &self.conversion_review_versions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.client_config,
            _ => &mut self.conversion_review_versions,
        }
    }
}

meta::codec::impl_value!(
    ConversionRequest,
    ConversionResponse,
    ConversionReview,
    CustomResourceColumnDefinition,
    CustomResourceConversion,
    CustomResourceDefinition,
    CustomResourceDefinitionCondition,
    CustomResourceDefinitionNames,
    CustomResourceDefinitionSpec,
    CustomResourceDefinitionStatus,
    CustomResourceDefinitionVersion,
    CustomResourceSubresourceScale,
    CustomResourceSubresourceStatus,
    CustomResourceSubresources,
    CustomResourceValidation,
    ExternalDocumentation,
    JSON,
    JSONSchemaProps,
    JSONSchemaPropsOrArray,
    JSONSchemaPropsOrBool,
    JSONSchemaPropsOrStringArray,
    SelectableField,
    ServiceReference,
    ValidationRule,
    WebhookClientConfig,
    WebhookConversion
);
