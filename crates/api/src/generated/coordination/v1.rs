//! `coordination.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, MicroTime, Scope, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// Values of `CoordinatedLeaseStrategy`.
#[derive(Debug)]
pub enum CoordinatedLeaseStrategy {}

impl CoordinatedLeaseStrategy {
    /// `OldestEmulationVersion`.
    pub const OLDEST_EMULATION_VERSION: &str = "OldestEmulationVersion";
}

/// `coordination.k8s.io/v1` Lease.
#[derive(Clone, Default, PartialEq)]
pub struct Lease {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: LeaseSpec,
}

impl Message for Lease {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.LeaseSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Lease", api_version: "coordination.k8s.io/v1", kind: "Lease", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Lease {
    const GROUP: &'static str = "coordination.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "coordination.k8s.io/v1";
    const KIND: &'static str = "Lease";
    const LIST_KIND: &'static str = "LeaseList";
    const PLURAL: &'static str = "leases";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`Lease`].
pub type LeaseList = meta::ObjectList<Lease>;

/// `coordination.k8s.io/v1` LeaseSpec.
#[derive(Clone, Default, PartialEq)]
pub struct LeaseSpec {
    /// `holderIdentity`.
    pub holder_identity: Option<Str>,
    /// `leaseDurationSeconds`.
    pub lease_duration_seconds: Option<i32>,
    /// `acquireTime`.
    pub acquire_time: Option<MicroTime>,
    /// `renewTime`.
    pub renew_time: Option<MicroTime>,
    /// `leaseTransitions`.
    pub lease_transitions: Option<i32>,
    /// `strategy`.
    pub strategy: Option<Str>,
    /// `preferredHolder`.
    pub preferred_holder: Option<Str>,
}

impl Message for LeaseSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("HolderIdentity", "holderIdentity", "string", 1, 1),
            field("LeaseDurationSeconds", "leaseDurationSeconds", "int32", 2, 1),
            field("AcquireTime", "acquireTime", "v1.MicroTime", 3, 1),
            field("RenewTime", "renewTime", "v1.MicroTime", 4, 1),
            field("LeaseTransitions", "leaseTransitions", "int32", 5, 1),
            field("Strategy", "strategy", "v1.CoordinatedLeaseStrategy", 6, 1),
            field("PreferredHolder", "preferredHolder", "string", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LeaseSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.holder_identity,
            1 => &self.lease_duration_seconds,
            2 => &self.acquire_time,
            3 => &self.renew_time,
            4 => &self.lease_transitions,
            5 => &self.strategy,
            _ => &self.preferred_holder,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.holder_identity,
            1 => &mut self.lease_duration_seconds,
            2 => &mut self.acquire_time,
            3 => &mut self.renew_time,
            4 => &mut self.lease_transitions,
            5 => &mut self.strategy,
            _ => &mut self.preferred_holder,
        }
    }
}

meta::codec::impl_value!(Lease, LeaseSpec);
