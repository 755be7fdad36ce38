//! `admission.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, Map, RawJson, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `admission.k8s.io/v1` AdmissionRequest.
#[derive(Clone, Default, PartialEq)]
pub struct AdmissionRequest {
    /// `uid`.
    pub uid: Str,
    /// `kind`.
    pub kind: meta::v1::GroupVersionKind,
    /// `resource`.
    pub resource: meta::v1::GroupVersionResource,
    /// `subResource`.
    pub sub_resource: Str,
    /// `requestKind`.
    pub request_kind: Option<Box<meta::v1::GroupVersionKind>>,
    /// `requestResource`.
    pub request_resource: Option<Box<meta::v1::GroupVersionResource>>,
    /// `requestSubResource`.
    pub request_sub_resource: Str,
    /// `name`.
    pub name: Str,
    /// `namespace`.
    pub namespace: Str,
    /// `operation`.
    pub operation: Str,
    /// `userInfo`.
    pub user_info: crate::authentication::v1::UserInfo,
    /// `object`.
    pub object: RawJson,
    /// `oldObject`.
    pub old_object: RawJson,
    /// `dryRun`.
    pub dry_run: Option<bool>,
    /// `options`.
    pub options: RawJson,
}

impl Message for AdmissionRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 15] = [
            field("UID", "uid", "types.UID", 1, 0),
            field("Kind", "kind", "v1.GroupVersionKind", 2, 0),
            field("Resource", "resource", "v1.GroupVersionResource", 3, 0),
            field("SubResource", "subResource", "string", 4, 1),
            field("RequestKind", "requestKind", "v1.GroupVersionKind", 13, 1),
            field("RequestResource", "requestResource", "v1.GroupVersionResource", 14, 1),
            field("RequestSubResource", "requestSubResource", "string", 15, 1),
            field("Name", "name", "string", 5, 1),
            field("Namespace", "namespace", "string", 6, 1),
            field("Operation", "operation", "v1.Operation", 7, 0),
            field("UserInfo", "userInfo", "v1.UserInfo", 8, 0),
            field("Object", "object", "runtime.RawExtension", 9, 1),
            field("OldObject", "oldObject", "runtime.RawExtension", 10, 1),
            field("DryRun", "dryRun", "bool", 11, 1),
            field("Options", "options", "runtime.RawExtension", 12, 1),
        ];
        static KEYS: [u16; 15] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AdmissionRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 4, 5, 6] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            1 => &self.kind,
            2 => &self.resource,
            3 => &self.sub_resource,
            4 => &self.request_kind,
            5 => &self.request_resource,
            6 => &self.request_sub_resource,
            7 => &self.name,
            8 => &self.namespace,
            9 => &self.operation,
            10 => &self.user_info,
            11 => &self.object,
            12 => &self.old_object,
            13 => &self.dry_run,
            _ => &self.options,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            1 => &mut self.kind,
            2 => &mut self.resource,
            3 => &mut self.sub_resource,
            4 => &mut self.request_kind,
            5 => &mut self.request_resource,
            6 => &mut self.request_sub_resource,
            7 => &mut self.name,
            8 => &mut self.namespace,
            9 => &mut self.operation,
            10 => &mut self.user_info,
            11 => &mut self.object,
            12 => &mut self.old_object,
            13 => &mut self.dry_run,
            _ => &mut self.options,
        }
    }
}

/// `admission.k8s.io/v1` AdmissionResponse.
#[derive(Clone, Default, PartialEq)]
pub struct AdmissionResponse {
    /// `uid`.
    pub uid: Str,
    /// `allowed`.
    pub allowed: bool,
    /// `status`.
    pub status: Option<Box<meta::v1::Status>>,
    /// `patch`.
    pub patch: ByteString,
    /// `patchType`.
    pub patch_type: Option<Str>,
    /// `auditAnnotations`.
    pub audit_annotations: Map<Str, Str>,
    /// `warnings`.
    pub warnings: Slice<Str>,
}

impl Message for AdmissionResponse {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("UID", "uid", "types.UID", 1, 0),
            field("Allowed", "allowed", "bool", 2, 0),
            field("Result", "status", "v1.Status", 3, 1),
            field("Patch", "patch", "[]uint8", 4, 1),
            field("PatchType", "patchType", "v1.PatchType", 5, 1),
            field("AuditAnnotations", "auditAnnotations", "map[string]string", 6, 1),
            field("Warnings", "warnings", "[]string", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AdmissionResponse", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            1 => &self.allowed,
            2 => &self.status,
            3 => &self.patch,
            4 => &self.patch_type,
            5 => &self.audit_annotations,
            _ => &self.warnings,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            1 => &mut self.allowed,
            2 => &mut self.status,
            3 => &mut self.patch,
            4 => &mut self.patch_type,
            5 => &mut self.audit_annotations,
            _ => &mut self.warnings,
        }
    }
}

/// `admission.k8s.io/v1` AdmissionReview.
#[derive(Clone, Default, PartialEq)]
pub struct AdmissionReview {
    /// `request`.
    pub request: Option<Box<AdmissionRequest>>,
    /// `response`.
    pub response: Option<Box<AdmissionResponse>>,
}

impl Message for AdmissionReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Request", "request", "v1.AdmissionRequest", 1, 1),
            field("Response", "response", "v1.AdmissionResponse", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AdmissionReview", api_version: "admission.k8s.io/v1", kind: "AdmissionReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `Operation`.
#[derive(Debug)]
pub enum Operation {}

impl Operation {
    /// `CREATE`.
    pub const CREATE: &str = "CREATE";
    /// `UPDATE`.
    pub const UPDATE: &str = "UPDATE";
    /// `DELETE`.
    pub const DELETE: &str = "DELETE";
    /// `CONNECT`.
    pub const CONNECT: &str = "CONNECT";
}

/// Values of `PatchType`.
#[derive(Debug)]
pub enum PatchType {}

impl PatchType {
    /// `JSONPatch`.
    pub const JSON_PATCH: &str = "JSONPatch";
}

meta::codec::impl_value!(AdmissionRequest, AdmissionResponse, AdmissionReview);
