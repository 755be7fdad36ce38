//! `authentication.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Scope, Slice, Str, StringList, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `authentication.k8s.io/v1` BoundObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct BoundObjectReference {
    /// `kind`.
    pub kind: Str,
    /// `apiVersion`.
    pub api_version: Str,
    /// `name`.
    pub name: Str,
    /// `uid`.
    pub uid: Str,
}

impl Message for BoundObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Kind", "kind", "string", 1, 1),
            field("APIVersion", "apiVersion", "string", 2, 1),
            field("Name", "name", "string", 3, 1),
            field("UID", "uid", "types.UID", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "BoundObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.kind,
            1 => &self.api_version,
            2 => &self.name,
            _ => &self.uid,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.kind,
            1 => &mut self.api_version,
            2 => &mut self.name,
            _ => &mut self.uid,
        }
    }
}

/// `authentication.k8s.io/v1` SelfSubjectReview.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `status`.
    pub status: SelfSubjectReviewStatus,
}

impl Message for SelfSubjectReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Status", "status", "v1.SelfSubjectReviewStatus", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectReview", api_version: "authentication.k8s.io/v1", kind: "SelfSubjectReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for SelfSubjectReview {
    const GROUP: &'static str = "authentication.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authentication.k8s.io/v1";
    const KIND: &'static str = "SelfSubjectReview";
    const LIST_KIND: &'static str = "SelfSubjectReviewList";
    const PLURAL: &'static str = "selfsubjectreviews";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authentication.k8s.io/v1` SelfSubjectReviewStatus.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectReviewStatus {
    /// `userInfo`.
    pub user_info: UserInfo,
}

impl Message for SelfSubjectReviewStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("UserInfo", "userInfo", "v1.UserInfo", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectReviewStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.user_info
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.user_info
    }
}

/// `authentication.k8s.io/v1` TokenRequest.
#[derive(Clone, Default, PartialEq)]
pub struct TokenRequest {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: TokenRequestSpec,
    /// `status`.
    pub status: TokenRequestStatus,
}

impl Message for TokenRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.TokenRequestSpec", 2, 0),
            field("Status", "status", "v1.TokenRequestStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenRequest", api_version: "authentication.k8s.io/v1", kind: "TokenRequest", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for TokenRequest {
    const GROUP: &'static str = "authentication.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authentication.k8s.io/v1";
    const KIND: &'static str = "TokenRequest";
    const LIST_KIND: &'static str = "TokenRequestList";
    const PLURAL: &'static str = "tokenrequests";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authentication.k8s.io/v1` TokenRequestSpec.
#[derive(Clone, Default, PartialEq)]
pub struct TokenRequestSpec {
    /// `audiences`.
    pub audiences: Slice<Str>,
    /// `expirationSeconds`.
    pub expiration_seconds: Option<i64>,
    /// `boundObjectRef`.
    pub bound_object_ref: Option<Box<BoundObjectReference>>,
}

impl Message for TokenRequestSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Audiences", "audiences", "[]string", 1, 0),
            field("ExpirationSeconds", "expirationSeconds", "int64", 4, 0),
            field("BoundObjectRef", "boundObjectRef", "v1.BoundObjectReference", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenRequestSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.audiences,
            1 => &self.expiration_seconds,
            _ => &self.bound_object_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.audiences,
            1 => &mut self.expiration_seconds,
            _ => &mut self.bound_object_ref,
        }
    }
}

/// `authentication.k8s.io/v1` TokenRequestStatus.
#[derive(Clone, Default, PartialEq)]
pub struct TokenRequestStatus {
    /// `token`.
    pub token: Str,
    /// `expirationTimestamp`.
    pub expiration_timestamp: Time,
}

impl Message for TokenRequestStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Token", "token", "string", 1, 0),
            field("ExpirationTimestamp", "expirationTimestamp", "v1.Time", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenRequestStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.token,
            _ => &self.expiration_timestamp,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.token,
            _ => &mut self.expiration_timestamp,
        }
    }
}

/// `authentication.k8s.io/v1` TokenReview.
#[derive(Clone, Default, PartialEq)]
pub struct TokenReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: TokenReviewSpec,
    /// `status`.
    pub status: TokenReviewStatus,
}

impl Message for TokenReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.TokenReviewSpec", 2, 0),
            field("Status", "status", "v1.TokenReviewStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenReview", api_version: "authentication.k8s.io/v1", kind: "TokenReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for TokenReview {
    const GROUP: &'static str = "authentication.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authentication.k8s.io/v1";
    const KIND: &'static str = "TokenReview";
    const LIST_KIND: &'static str = "TokenReviewList";
    const PLURAL: &'static str = "tokenreviews";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authentication.k8s.io/v1` TokenReviewSpec.
#[derive(Clone, Default, PartialEq)]
pub struct TokenReviewSpec {
    /// `token`.
    pub token: Str,
    /// `audiences`.
    pub audiences: Slice<Str>,
}

impl Message for TokenReviewSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Token", "token", "string", 1, 1),
            field("Audiences", "audiences", "[]string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenReviewSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.token,
            _ => &self.audiences,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.token,
            _ => &mut self.audiences,
        }
    }
}

/// `authentication.k8s.io/v1` TokenReviewStatus.
#[derive(Clone, Default, PartialEq)]
pub struct TokenReviewStatus {
    /// `authenticated`.
    pub authenticated: bool,
    /// `user`.
    pub user: UserInfo,
    /// `audiences`.
    pub audiences: Slice<Str>,
    /// `error`.
    pub error: Str,
}

impl Message for TokenReviewStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Authenticated", "authenticated", "bool", 1, 1),
            field("User", "user", "v1.UserInfo", 2, 1),
            field("Audiences", "audiences", "[]string", 4, 1),
            field("Error", "error", "string", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TokenReviewStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 3, 2] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.authenticated,
            1 => &self.user,
            2 => &self.audiences,
            _ => &self.error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.authenticated,
            1 => &mut self.user,
            2 => &mut self.audiences,
            _ => &mut self.error,
        }
    }
}

/// `authentication.k8s.io/v1` UserInfo.
#[derive(Clone, Default, PartialEq)]
pub struct UserInfo {
    /// `username`.
    pub username: Str,
    /// `uid`.
    pub uid: Str,
    /// `groups`.
    pub groups: Slice<Str>,
    /// `extra`.
    pub extra: Map<Str, StringList>,
}

impl Message for UserInfo {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Username", "username", "string", 1, 1),
            field("UID", "uid", "string", 2, 1),
            field("Groups", "groups", "[]string", 3, 1),
            field("Extra", "extra", "map[string]v1.ExtraValue", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "UserInfo", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.username,
            1 => &self.uid,
            2 => &self.groups,
            _ => &self.extra,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.username,
            1 => &mut self.uid,
            2 => &mut self.groups,
            _ => &mut self.extra,
        }
    }
}

meta::codec::impl_value!(
    BoundObjectReference,
    SelfSubjectReview,
    SelfSubjectReviewStatus,
    TokenRequest,
    TokenRequestSpec,
    TokenRequestStatus,
    TokenReview,
    TokenReviewSpec,
    TokenReviewStatus,
    UserInfo
);
