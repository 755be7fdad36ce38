//! `certificates.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, Kind, Map, Scope, Slice, Str, StringList, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `certificates.k8s.io/v1` CertificateSigningRequest.
#[derive(Clone, Default, PartialEq)]
pub struct CertificateSigningRequest {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: CertificateSigningRequestSpec,
    /// `status`.
    pub status: CertificateSigningRequestStatus,
}

impl Message for CertificateSigningRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.CertificateSigningRequestSpec", 2, 0),
            field("Status", "status", "v1.CertificateSigningRequestStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CertificateSigningRequest", api_version: "certificates.k8s.io/v1", kind: "CertificateSigningRequest", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for CertificateSigningRequest {
    const GROUP: &'static str = "certificates.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "certificates.k8s.io/v1";
    const KIND: &'static str = "CertificateSigningRequest";
    const LIST_KIND: &'static str = "CertificateSigningRequestList";
    const PLURAL: &'static str = "certificatesigningrequests";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `certificates.k8s.io/v1` CertificateSigningRequestCondition.
#[derive(Clone, Default, PartialEq)]
pub struct CertificateSigningRequestCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
    /// `lastUpdateTime`.
    pub last_update_time: Time,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
}

impl Message for CertificateSigningRequestCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.RequestConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 6, 0),
            field("Reason", "reason", "string", 2, 1),
            field("Message", "message", "string", 3, 1),
            field("LastUpdateTime", "lastUpdateTime", "v1.Time", 4, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CertificateSigningRequestCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 4, 5, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.reason,
            3 => &self.message,
            4 => &self.last_update_time,
            _ => &self.last_transition_time,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.reason,
            3 => &mut self.message,
            4 => &mut self.last_update_time,
            _ => &mut self.last_transition_time,
        }
    }
}

/// List of [`CertificateSigningRequest`].
pub type CertificateSigningRequestList = meta::ObjectList<CertificateSigningRequest>;

/// `certificates.k8s.io/v1` CertificateSigningRequestSpec.
#[derive(Clone, Default, PartialEq)]
pub struct CertificateSigningRequestSpec {
    /// `request`.
    pub request: ByteString,
    /// `signerName`.
    pub signer_name: Str,
    /// `expirationSeconds`.
    pub expiration_seconds: Option<i32>,
    /// `usages`.
    pub usages: Slice<Str>,
    /// `username`.
    pub username: Str,
    /// `uid`.
    pub uid: Str,
    /// `groups`.
    pub groups: Slice<Str>,
    /// `extra`.
    pub extra: Map<Str, StringList>,
}

impl Message for CertificateSigningRequestSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Request", "request", "[]uint8", 1, 0),
            field("SignerName", "signerName", "string", 7, 0),
            field("ExpirationSeconds", "expirationSeconds", "int32", 8, 1),
            field("Usages", "usages", "[]v1.KeyUsage", 5, 1),
            field("Username", "username", "string", 2, 1),
            field("UID", "uid", "string", 3, 1),
            field("Groups", "groups", "[]string", 4, 1),
            field("Extra", "extra", "map[string]v1.ExtraValue", 6, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CertificateSigningRequestSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 4, 5, 6, 3, 7, 1, 2] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.request,
            1 => &self.signer_name,
            2 => &self.expiration_seconds,
            3 => &self.usages,
            4 => &self.username,
            5 => &self.uid,
            6 => &self.groups,
            _ => &self.extra,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.request,
            1 => &mut self.signer_name,
            2 => &mut self.expiration_seconds,
            3 => &mut self.usages,
            4 => &mut self.username,
            5 => &mut self.uid,
            6 => &mut self.groups,
            _ => &mut self.extra,
        }
    }
}

/// `certificates.k8s.io/v1` CertificateSigningRequestStatus.
#[derive(Clone, Default, PartialEq)]
pub struct CertificateSigningRequestStatus {
    /// `conditions`.
    pub conditions: Slice<CertificateSigningRequestCondition>,
    /// `certificate`.
    pub certificate: ByteString,
}

impl Message for CertificateSigningRequestStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Conditions", "conditions", "[]v1.CertificateSigningRequestCondition", 1, 1),
            field("Certificate", "certificate", "[]uint8", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CertificateSigningRequestStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.conditions,
            _ => &self.certificate,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.conditions,
            _ => &mut self.certificate,
        }
    }
}

/// Values of `KeyUsage`.
#[derive(Debug)]
pub enum KeyUsage {}

impl KeyUsage {
    /// `signing`.
    pub const SIGNING: &str = "signing";
    /// `digital signature`.
    pub const DIGITAL_SIGNATURE: &str = "digital signature";
    /// `content commitment`.
    pub const CONTENT_COMMITMENT: &str = "content commitment";
    /// `key encipherment`.
    pub const KEY_ENCIPHERMENT: &str = "key encipherment";
    /// `key agreement`.
    pub const KEY_AGREEMENT: &str = "key agreement";
    /// `data encipherment`.
    pub const DATA_ENCIPHERMENT: &str = "data encipherment";
    /// `cert sign`.
    pub const CERT_SIGN: &str = "cert sign";
    /// `crl sign`.
    pub const CRL_SIGN: &str = "crl sign";
    /// `encipher only`.
    pub const ENCIPHER_ONLY: &str = "encipher only";
    /// `decipher only`.
    pub const DECIPHER_ONLY: &str = "decipher only";
    /// `any`.
    pub const ANY: &str = "any";
    /// `server auth`.
    pub const SERVER_AUTH: &str = "server auth";
    /// `client auth`.
    pub const CLIENT_AUTH: &str = "client auth";
    /// `code signing`.
    pub const CODE_SIGNING: &str = "code signing";
    /// `email protection`.
    pub const EMAIL_PROTECTION: &str = "email protection";
    /// `s/mime`.
    pub const S_MIME: &str = "s/mime";
    /// `ipsec end system`.
    pub const IPSEC_END_SYSTEM: &str = "ipsec end system";
    /// `ipsec tunnel`.
    pub const IPSEC_TUNNEL: &str = "ipsec tunnel";
    /// `ipsec user`.
    pub const IPSEC_USER: &str = "ipsec user";
    /// `timestamping`.
    pub const TIMESTAMPING: &str = "timestamping";
    /// `ocsp signing`.
    pub const OCSP_SIGNING: &str = "ocsp signing";
    /// `microsoft sgc`.
    pub const MICROSOFT_SGC: &str = "microsoft sgc";
    /// `netscape sgc`.
    pub const NETSCAPE_SGC: &str = "netscape sgc";
}

/// Values of `RequestConditionType`.
#[derive(Debug)]
pub enum RequestConditionType {}

impl RequestConditionType {
    /// `Approved`.
    pub const APPROVED: &str = "Approved";
    /// `Denied`.
    pub const DENIED: &str = "Denied";
    /// `Failed`.
    pub const FAILED: &str = "Failed";
}

meta::codec::impl_value!(
    CertificateSigningRequest,
    CertificateSigningRequestCondition,
    CertificateSigningRequestSpec,
    CertificateSigningRequestStatus
);
