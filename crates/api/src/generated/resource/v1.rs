//! `resource.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Quantity, RawJson, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `resource.k8s.io/v1` AllocatedDeviceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct AllocatedDeviceStatus {
    /// `driver`.
    pub driver: Str,
    /// `pool`.
    pub pool: Str,
    /// `device`.
    pub device: Str,
    /// `shareID`.
    pub share_id: Option<Str>,
    /// `conditions`.
    pub conditions: Slice<meta::v1::Condition>,
    /// `data`.
    pub data: Option<RawJson>,
    /// `networkData`.
    pub network_data: Option<Box<NetworkDeviceData>>,
}

impl Message for AllocatedDeviceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Driver", "driver", "string", 1, 0),
            field("Pool", "pool", "string", 2, 0),
            field("Device", "device", "string", 3, 0),
            field("ShareID", "shareID", "string", 7, 1),
            field("Conditions", "conditions", "[]v1.Condition", 4, 0),
            field("Data", "data", "runtime.RawExtension", 5, 1),
            field("NetworkData", "networkData", "v1.NetworkDeviceData", 6, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AllocatedDeviceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 5, 6, 3] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.pool,
            2 => &self.device,
            3 => &self.share_id,
            4 => &self.conditions,
            5 => &self.data,
            _ => &self.network_data,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.pool,
            2 => &mut self.device,
            3 => &mut self.share_id,
            4 => &mut self.conditions,
            5 => &mut self.data,
            _ => &mut self.network_data,
        }
    }
}

/// Values of `AllocationConfigSource`.
#[derive(Debug)]
pub enum AllocationConfigSource {}

impl AllocationConfigSource {
    /// `FromClass`.
    pub const FROM_CLASS: &str = "FromClass";
    /// `FromClaim`.
    pub const FROM_CLAIM: &str = "FromClaim";
}

/// `resource.k8s.io/v1` AllocationResult.
#[derive(Clone, Default, PartialEq)]
pub struct AllocationResult {
    /// `devices`.
    pub devices: DeviceAllocationResult,
    /// `nodeSelector`.
    pub node_selector: Option<Box<crate::core::v1::NodeSelector>>,
    /// `allocationTimestamp`.
    pub allocation_timestamp: Option<Time>,
}

impl Message for AllocationResult {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Devices", "devices", "v1.DeviceAllocationResult", 1, 1),
            field("NodeSelector", "nodeSelector", "v1.NodeSelector", 3, 1),
            field("AllocationTimestamp", "allocationTimestamp", "v1.Time", 5, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AllocationResult", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.devices,
            1 => &self.node_selector,
            _ => &self.allocation_timestamp,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.devices,
            1 => &mut self.node_selector,
            _ => &mut self.allocation_timestamp,
        }
    }
}

/// `resource.k8s.io/v1` CELDeviceSelector.
#[derive(Clone, Default, PartialEq)]
pub struct CELDeviceSelector {
    /// `expression`.
    pub expression: Str,
}

impl Message for CELDeviceSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Expression", "expression", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CELDeviceSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.expression
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.expression
    }
}

/// `resource.k8s.io/v1` CapacityRequestPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct CapacityRequestPolicy {
    /// `default`.
    pub default: Option<Quantity>,
    /// `validValues`.
    pub valid_values: Slice<Quantity>,
    /// `validRange`.
    pub valid_range: Option<Box<CapacityRequestPolicyRange>>,
}

impl Message for CapacityRequestPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Default", "default", "resource.Quantity", 1, 0),
            field("ValidValues", "validValues", "[]resource.Quantity", 3, 1),
            field("ValidRange", "validRange", "v1.CapacityRequestPolicyRange", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CapacityRequestPolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.default,
            1 => &self.valid_values,
            _ => &self.valid_range,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.default,
            1 => &mut self.valid_values,
            _ => &mut self.valid_range,
        }
    }
}

/// `resource.k8s.io/v1` CapacityRequestPolicyRange.
#[derive(Clone, Default, PartialEq)]
pub struct CapacityRequestPolicyRange {
    /// `min`.
    pub min: Option<Quantity>,
    /// `max`.
    pub max: Option<Quantity>,
    /// `step`.
    pub step: Option<Quantity>,
}

impl Message for CapacityRequestPolicyRange {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Min", "min", "resource.Quantity", 1, 1),
            field("Max", "max", "resource.Quantity", 2, 1),
            field("Step", "step", "resource.Quantity", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CapacityRequestPolicyRange", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.min,
            1 => &self.max,
            _ => &self.step,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.min,
            1 => &mut self.max,
            _ => &mut self.step,
        }
    }
}

/// `resource.k8s.io/v1` CapacityRequirements.
#[derive(Clone, Default, PartialEq)]
pub struct CapacityRequirements {
    /// `requests`.
    pub requests: Map<Str, Quantity>,
}

impl Message for CapacityRequirements {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Requests", "requests", "map[v1.QualifiedName]resource.Quantity", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CapacityRequirements", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.requests
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.requests
    }
}

/// `resource.k8s.io/v1` Counter.
#[derive(Clone, Default, PartialEq)]
pub struct Counter {
    /// `value`.
    pub value: Quantity,
}

impl Message for Counter {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Value", "value", "resource.Quantity", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Counter", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.value
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.value
    }
}

/// `resource.k8s.io/v1` CounterSet.
#[derive(Clone, Default, PartialEq)]
pub struct CounterSet {
    /// `name`.
    pub name: Str,
    /// `counters`.
    pub counters: Map<Str, Counter>,
}

impl Message for CounterSet {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Counters", "counters", "map[string]v1.Counter", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CounterSet", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.counters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.counters,
        }
    }
}

/// `resource.k8s.io/v1` Device.
#[derive(Clone, Default, PartialEq)]
pub struct Device {
    /// `name`.
    pub name: Str,
    /// `attributes`.
    pub attributes: Map<Str, DeviceAttribute>,
    /// `capacity`.
    pub capacity: Map<Str, DeviceCapacity>,
    /// `consumesCounters`.
    pub consumes_counters: Slice<DeviceCounterConsumption>,
    /// `nodeName`.
    pub node_name: Option<Str>,
    /// `nodeSelector`.
    pub node_selector: Option<Box<crate::core::v1::NodeSelector>>,
    /// `allNodes`.
    pub all_nodes: Option<bool>,
    /// `taints`.
    pub taints: Slice<DeviceTaint>,
    /// `bindsToNode`.
    pub binds_to_node: Option<bool>,
    /// `bindingConditions`.
    pub binding_conditions: Slice<Str>,
    /// `bindingFailureConditions`.
    pub binding_failure_conditions: Slice<Str>,
    /// `allowMultipleAllocations`.
    pub allow_multiple_allocations: Option<bool>,
    /// `nodeAllocatableResourceMappings`.
    pub node_allocatable_resource_mappings: Map<Str, NodeAllocatableResourceMapping>,
}

impl Message for Device {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 13] = [
            field("Name", "name", "string", 1, 0),
            field("Attributes", "attributes", "map[v1.QualifiedName]v1.DeviceAttribute", 2, 1),
            field("Capacity", "capacity", "map[v1.QualifiedName]v1.DeviceCapacity", 3, 1),
            field("ConsumesCounters", "consumesCounters", "[]v1.DeviceCounterConsumption", 4, 1),
            field("NodeName", "nodeName", "string", 5, 1),
            field("NodeSelector", "nodeSelector", "v1.NodeSelector", 6, 1),
            field("AllNodes", "allNodes", "bool", 7, 1),
            field("Taints", "taints", "[]v1.DeviceTaint", 8, 1),
            field("BindsToNode", "bindsToNode", "bool", 9, 1),
            field("BindingConditions", "bindingConditions", "[]string", 10, 1),
            field("BindingFailureConditions", "bindingFailureConditions", "[]string", 11, 1),
            field("AllowMultipleAllocations", "allowMultipleAllocations", "bool", 12, 1),
            field("NodeAllocatableResourceMappings", "nodeAllocatableResourceMappings", "map[v1.ResourceName]v1.NodeAllocatableResourceMapping", 13, 1),
        ];
        static KEYS: [u16; 13] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Device", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.attributes,
            2 => &self.capacity,
            3 => &self.consumes_counters,
            4 => &self.node_name,
            5 => &self.node_selector,
            6 => &self.all_nodes,
            7 => &self.taints,
            8 => &self.binds_to_node,
            9 => &self.binding_conditions,
            10 => &self.binding_failure_conditions,
            11 => &self.allow_multiple_allocations,
            _ => &self.node_allocatable_resource_mappings,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.attributes,
            2 => &mut self.capacity,
            3 => &mut self.consumes_counters,
            4 => &mut self.node_name,
            5 => &mut self.node_selector,
            6 => &mut self.all_nodes,
            7 => &mut self.taints,
            8 => &mut self.binds_to_node,
            9 => &mut self.binding_conditions,
            10 => &mut self.binding_failure_conditions,
            11 => &mut self.allow_multiple_allocations,
            _ => &mut self.node_allocatable_resource_mappings,
        }
    }
}

/// `resource.k8s.io/v1` DeviceAllocationConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceAllocationConfiguration {
    /// `source`.
    pub source: Str,
    /// `requests`.
    pub requests: Slice<Str>,
    /// `DeviceConfiguration`.
    pub device_configuration: DeviceConfiguration,
}

impl Message for DeviceAllocationConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Source", "source", "v1.AllocationConfigSource", 1, 0),
            field("Requests", "requests", "[]string", 2, 1),
            field("DeviceConfiguration", "", "v1.DeviceConfiguration", 3, 2),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceAllocationConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.source,
            1 => &self.requests,
            _ => &self.device_configuration,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.source,
            1 => &mut self.requests,
            _ => &mut self.device_configuration,
        }
    }
}

/// `resource.k8s.io/v1` DeviceAllocationResult.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceAllocationResult {
    /// `results`.
    pub results: Slice<DeviceRequestAllocationResult>,
    /// `config`.
    pub config: Slice<DeviceAllocationConfiguration>,
}

impl Message for DeviceAllocationResult {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Results", "results", "[]v1.DeviceRequestAllocationResult", 1, 1),
            field("Config", "config", "[]v1.DeviceAllocationConfiguration", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceAllocationResult", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.results,
            _ => &self.config,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.results,
            _ => &mut self.config,
        }
    }
}

/// `resource.k8s.io/v1` DeviceAttribute.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceAttribute {
    /// `int`.
    pub int: Option<i64>,
    /// `bool`.
    pub bool: Option<bool>,
    /// `string`.
    pub string: Option<Str>,
    /// `version`.
    pub version: Option<Str>,
    /// `ints`.
    pub ints: Slice<i64>,
    /// `bools`.
    pub bools: Slice<bool>,
    /// `strings`.
    pub strings: Slice<Str>,
    /// `versions`.
    pub versions: Slice<Str>,
}

impl Message for DeviceAttribute {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("IntValue", "int", "int64", 2, 1),
            field("BoolValue", "bool", "bool", 3, 1),
            field("StringValue", "string", "string", 4, 1),
            field("VersionValue", "version", "string", 5, 1),
            field("IntValues", "ints", "[]int64", 6, 1),
            field("BoolValues", "bools", "[]bool", 7, 1),
            field("StringValues", "strings", "[]string", 8, 1),
            field("VersionValues", "versions", "[]string", 9, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceAttribute", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.int,
            1 => &self.bool,
            2 => &self.string,
            3 => &self.version,
            4 => &self.ints,
            5 => &self.bools,
            6 => &self.strings,
            _ => &self.versions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.int,
            1 => &mut self.bool,
            2 => &mut self.string,
            3 => &mut self.version,
            4 => &mut self.ints,
            5 => &mut self.bools,
            6 => &mut self.strings,
            _ => &mut self.versions,
        }
    }
}

/// `resource.k8s.io/v1` DeviceCapacity.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceCapacity {
    /// `value`.
    pub value: Quantity,
    /// `requestPolicy`.
    pub request_policy: Option<Box<CapacityRequestPolicy>>,
}

impl Message for DeviceCapacity {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Value", "value", "resource.Quantity", 1, 0),
            field("RequestPolicy", "requestPolicy", "v1.CapacityRequestPolicy", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceCapacity", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.value,
            _ => &self.request_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.value,
            _ => &mut self.request_policy,
        }
    }
}

/// `resource.k8s.io/v1` DeviceClaim.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceClaim {
    /// `requests`.
    pub requests: Slice<DeviceRequest>,
    /// `constraints`.
    pub constraints: Slice<DeviceConstraint>,
    /// `config`.
    pub config: Slice<DeviceClaimConfiguration>,
}

impl Message for DeviceClaim {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Requests", "requests", "[]v1.DeviceRequest", 1, 0),
            field("Constraints", "constraints", "[]v1.DeviceConstraint", 2, 1),
            field("Config", "config", "[]v1.DeviceClaimConfiguration", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceClaim", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.requests,
            1 => &self.constraints,
            _ => &self.config,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.requests,
            1 => &mut self.constraints,
            _ => &mut self.config,
        }
    }
}

/// `resource.k8s.io/v1` DeviceClaimConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceClaimConfiguration {
    /// `requests`.
    pub requests: Slice<Str>,
    /// `DeviceConfiguration`.
    pub device_configuration: DeviceConfiguration,
}

impl Message for DeviceClaimConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Requests", "requests", "[]string", 1, 1),
            field("DeviceConfiguration", "", "v1.DeviceConfiguration", 2, 2),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceClaimConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.requests,
            _ => &self.device_configuration,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.requests,
            _ => &mut self.device_configuration,
        }
    }
}

/// `resource.k8s.io/v1` DeviceClass.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: DeviceClassSpec,
}

impl Message for DeviceClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.DeviceClassSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceClass", api_version: "resource.k8s.io/v1", kind: "DeviceClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for DeviceClass {
    const GROUP: &'static str = "resource.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "resource.k8s.io/v1";
    const KIND: &'static str = "DeviceClass";
    const LIST_KIND: &'static str = "DeviceClassList";
    const PLURAL: &'static str = "deviceclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `resource.k8s.io/v1` DeviceClassConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceClassConfiguration {
    /// `DeviceConfiguration`.
    pub device_configuration: DeviceConfiguration,
}

impl Message for DeviceClassConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("DeviceConfiguration", "", "v1.DeviceConfiguration", 1, 2),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceClassConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.device_configuration
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.device_configuration
    }
}

/// List of [`DeviceClass`].
pub type DeviceClassList = meta::ObjectList<DeviceClass>;

/// `resource.k8s.io/v1` DeviceClassSpec.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceClassSpec {
    /// `selectors`.
    pub selectors: Slice<DeviceSelector>,
    /// `config`.
    pub config: Slice<DeviceClassConfiguration>,
    /// `extendedResourceName`.
    pub extended_resource_name: Option<Str>,
}

impl Message for DeviceClassSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Selectors", "selectors", "[]v1.DeviceSelector", 1, 1),
            field("Config", "config", "[]v1.DeviceClassConfiguration", 2, 1),
            field("ExtendedResourceName", "extendedResourceName", "string", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceClassSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.selectors,
            1 => &self.config,
            _ => &self.extended_resource_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.selectors,
            1 => &mut self.config,
            _ => &mut self.extended_resource_name,
        }
    }
}

/// `resource.k8s.io/v1` DeviceConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceConfiguration {
    /// `opaque`.
    pub opaque: Option<Box<OpaqueDeviceConfiguration>>,
}

impl Message for DeviceConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Opaque", "opaque", "v1.OpaqueDeviceConfiguration", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.opaque
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.opaque
    }
}

/// `resource.k8s.io/v1` DeviceConstraint.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceConstraint {
    /// `requests`.
    pub requests: Slice<Str>,
    /// `matchAttribute`.
    pub match_attribute: Option<Str>,
    /// `distinctAttribute`.
    pub distinct_attribute: Option<Str>,
}

impl Message for DeviceConstraint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Requests", "requests", "[]string", 1, 1),
            field("MatchAttribute", "matchAttribute", "v1.FullyQualifiedName", 2, 1),
            field("DistinctAttribute", "distinctAttribute", "v1.FullyQualifiedName", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceConstraint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.requests,
            1 => &self.match_attribute,
            _ => &self.distinct_attribute,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.requests,
            1 => &mut self.match_attribute,
            _ => &mut self.distinct_attribute,
        }
    }
}

/// `resource.k8s.io/v1` DeviceCounterConsumption.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceCounterConsumption {
    /// `counterSet`.
    pub counter_set: Str,
    /// `counters`.
    pub counters: Map<Str, Counter>,
}

impl Message for DeviceCounterConsumption {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("CounterSet", "counterSet", "string", 1, 0),
            field("Counters", "counters", "map[string]v1.Counter", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceCounterConsumption", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.counter_set,
            _ => &self.counters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.counter_set,
            _ => &mut self.counters,
        }
    }
}

/// `resource.k8s.io/v1` DeviceRequest.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceRequest {
    /// `name`.
    pub name: Str,
    /// `exactly`.
    pub exactly: Option<Box<ExactDeviceRequest>>,
    /// `firstAvailable`.
    pub first_available: Slice<DeviceSubRequest>,
}

impl Message for DeviceRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "string", 1, 0),
            field("Exactly", "exactly", "v1.ExactDeviceRequest", 2, 1),
            field("FirstAvailable", "firstAvailable", "[]v1.DeviceSubRequest", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.exactly,
            _ => &self.first_available,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.exactly,
            _ => &mut self.first_available,
        }
    }
}

/// `resource.k8s.io/v1` DeviceRequestAllocationResult.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceRequestAllocationResult {
    /// `request`.
    pub request: Str,
    /// `driver`.
    pub driver: Str,
    /// `pool`.
    pub pool: Str,
    /// `device`.
    pub device: Str,
    /// `adminAccess`.
    pub admin_access: Option<bool>,
    /// `tolerations`.
    pub tolerations: Slice<DeviceToleration>,
    /// `bindingConditions`.
    pub binding_conditions: Slice<Str>,
    /// `bindingFailureConditions`.
    pub binding_failure_conditions: Slice<Str>,
    /// `shareID`.
    pub share_id: Option<Str>,
    /// `consumedCapacity`.
    pub consumed_capacity: Map<Str, Quantity>,
}

impl Message for DeviceRequestAllocationResult {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Request", "request", "string", 1, 0),
            field("Driver", "driver", "string", 2, 0),
            field("Pool", "pool", "string", 3, 0),
            field("Device", "device", "string", 4, 0),
            field("AdminAccess", "adminAccess", "bool", 5, 1),
            field("Tolerations", "tolerations", "[]v1.DeviceToleration", 6, 1),
            field("BindingConditions", "bindingConditions", "[]string", 7, 1),
            field("BindingFailureConditions", "bindingFailureConditions", "[]string", 8, 1),
            field("ShareID", "shareID", "types.UID", 9, 1),
            field("ConsumedCapacity", "consumedCapacity", "map[v1.QualifiedName]resource.Quantity", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceRequestAllocationResult", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.request,
            1 => &self.driver,
            2 => &self.pool,
            3 => &self.device,
            4 => &self.admin_access,
            5 => &self.tolerations,
            6 => &self.binding_conditions,
            7 => &self.binding_failure_conditions,
            8 => &self.share_id,
            _ => &self.consumed_capacity,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.request,
            1 => &mut self.driver,
            2 => &mut self.pool,
            3 => &mut self.device,
            4 => &mut self.admin_access,
            5 => &mut self.tolerations,
            6 => &mut self.binding_conditions,
            7 => &mut self.binding_failure_conditions,
            8 => &mut self.share_id,
            _ => &mut self.consumed_capacity,
        }
    }
}

/// `resource.k8s.io/v1` DeviceSelector.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceSelector {
    /// `cel`.
    pub cel: Option<Box<CELDeviceSelector>>,
}

impl Message for DeviceSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("CEL", "cel", "v1.CELDeviceSelector", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.cel
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.cel
    }
}

/// `resource.k8s.io/v1` DeviceSubRequest.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceSubRequest {
    /// `name`.
    pub name: Str,
    /// `deviceClassName`.
    pub device_class_name: Str,
    /// `selectors`.
    pub selectors: Slice<DeviceSelector>,
    /// `allocationMode`.
    pub allocation_mode: Str,
    /// `count`.
    pub count: i64,
    /// `tolerations`.
    pub tolerations: Slice<DeviceToleration>,
    /// `capacity`.
    pub capacity: Option<Box<CapacityRequirements>>,
}

impl Message for DeviceSubRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Name", "name", "string", 1, 0),
            field("DeviceClassName", "deviceClassName", "string", 2, 0),
            field("Selectors", "selectors", "[]v1.DeviceSelector", 3, 1),
            field("AllocationMode", "allocationMode", "v1.DeviceAllocationMode", 4, 1),
            field("Count", "count", "int64", 5, 1),
            field("Tolerations", "tolerations", "[]v1.DeviceToleration", 6, 1),
            field("Capacity", "capacity", "v1.CapacityRequirements", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceSubRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.device_class_name,
            2 => &self.selectors,
            3 => &self.allocation_mode,
            4 => &self.count,
            5 => &self.tolerations,
            _ => &self.capacity,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.device_class_name,
            2 => &mut self.selectors,
            3 => &mut self.allocation_mode,
            4 => &mut self.count,
            5 => &mut self.tolerations,
            _ => &mut self.capacity,
        }
    }
}

/// `resource.k8s.io/v1` DeviceTaint.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceTaint {
    /// `key`.
    pub key: Str,
    /// `value`.
    pub value: Str,
    /// `effect`.
    pub effect: Str,
    /// `timeAdded`.
    pub time_added: Option<Time>,
}

impl Message for DeviceTaint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Key", "key", "string", 1, 0),
            field("Value", "value", "string", 2, 1),
            field("Effect", "effect", "v1.DeviceTaintEffect", 3, 0),
            field("TimeAdded", "timeAdded", "v1.Time", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceTaint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `DeviceTaintEffect`.
#[derive(Debug)]
pub enum DeviceTaintEffect {}

impl DeviceTaintEffect {
    /// `None`.
    pub const NONE: &str = "None";
    /// `NoSchedule`.
    pub const NO_SCHEDULE: &str = "NoSchedule";
    /// `NoExecute`.
    pub const NO_EXECUTE: &str = "NoExecute";
}

/// `resource.k8s.io/v1` DeviceToleration.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceToleration {
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

impl Message for DeviceToleration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Key", "key", "string", 1, 1),
            field("Operator", "operator", "v1.DeviceTolerationOperator", 2, 1),
            field("Value", "value", "string", 3, 1),
            field("Effect", "effect", "v1.DeviceTaintEffect", 4, 1),
            field("TolerationSeconds", "tolerationSeconds", "int64", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeviceToleration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `DeviceTolerationOperator`.
#[derive(Debug)]
pub enum DeviceTolerationOperator {}

impl DeviceTolerationOperator {
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `Equal`.
    pub const EQUAL: &str = "Equal";
}

/// `resource.k8s.io/v1` ExactDeviceRequest.
#[derive(Clone, Default, PartialEq)]
pub struct ExactDeviceRequest {
    /// `deviceClassName`.
    pub device_class_name: Str,
    /// `selectors`.
    pub selectors: Slice<DeviceSelector>,
    /// `allocationMode`.
    pub allocation_mode: Str,
    /// `count`.
    pub count: i64,
    /// `adminAccess`.
    pub admin_access: Option<bool>,
    /// `tolerations`.
    pub tolerations: Slice<DeviceToleration>,
    /// `capacity`.
    pub capacity: Option<Box<CapacityRequirements>>,
}

impl Message for ExactDeviceRequest {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("DeviceClassName", "deviceClassName", "string", 1, 0),
            field("Selectors", "selectors", "[]v1.DeviceSelector", 2, 1),
            field("AllocationMode", "allocationMode", "v1.DeviceAllocationMode", 3, 1),
            field("Count", "count", "int64", 4, 1),
            field("AdminAccess", "adminAccess", "bool", 5, 1),
            field("Tolerations", "tolerations", "[]v1.DeviceToleration", 6, 1),
            field("Capacity", "capacity", "v1.CapacityRequirements", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExactDeviceRequest", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.device_class_name,
            1 => &self.selectors,
            2 => &self.allocation_mode,
            3 => &self.count,
            4 => &self.admin_access,
            5 => &self.tolerations,
            _ => &self.capacity,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.device_class_name,
            1 => &mut self.selectors,
            2 => &mut self.allocation_mode,
            3 => &mut self.count,
            4 => &mut self.admin_access,
            5 => &mut self.tolerations,
            _ => &mut self.capacity,
        }
    }
}

/// `resource.k8s.io/v1` NetworkDeviceData.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkDeviceData {
    /// `interfaceName`.
    pub interface_name: Str,
    /// `ips`.
    pub ips: Slice<Str>,
    /// `hardwareAddress`.
    pub hardware_address: Str,
}

impl Message for NetworkDeviceData {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("InterfaceName", "interfaceName", "string", 1, 1),
            field("IPs", "ips", "[]string", 2, 1),
            field("HardwareAddress", "hardwareAddress", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkDeviceData", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.interface_name,
            1 => &self.ips,
            _ => &self.hardware_address,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.interface_name,
            1 => &mut self.ips,
            _ => &mut self.hardware_address,
        }
    }
}

/// `resource.k8s.io/v1` NodeAllocatableResourceMapping.
#[derive(Clone, Default, PartialEq)]
pub struct NodeAllocatableResourceMapping {
    /// `capacityKey`.
    pub capacity_key: Option<Str>,
    /// `allocationMultiplier`.
    pub allocation_multiplier: Option<Quantity>,
}

impl Message for NodeAllocatableResourceMapping {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("CapacityKey", "capacityKey", "v1.QualifiedName", 1, 1),
            field("AllocationMultiplier", "allocationMultiplier", "resource.Quantity", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NodeAllocatableResourceMapping", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.capacity_key,
            _ => &self.allocation_multiplier,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.capacity_key,
            _ => &mut self.allocation_multiplier,
        }
    }
}

/// `resource.k8s.io/v1` OpaqueDeviceConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct OpaqueDeviceConfiguration {
    /// `driver`.
    pub driver: Str,
    /// `parameters`.
    pub parameters: RawJson,
}

impl Message for OpaqueDeviceConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Driver", "driver", "string", 1, 0),
            field("Parameters", "parameters", "runtime.RawExtension", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "OpaqueDeviceConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            _ => &self.parameters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            _ => &mut self.parameters,
        }
    }
}

/// `resource.k8s.io/v1` ResourceClaim.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaim {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ResourceClaimSpec,
    /// `status`.
    pub status: ResourceClaimStatus,
}

impl Message for ResourceClaim {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ResourceClaimSpec", 2, 0),
            field("Status", "status", "v1.ResourceClaimStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaim", api_version: "resource.k8s.io/v1", kind: "ResourceClaim", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ResourceClaim {
    const GROUP: &'static str = "resource.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "resource.k8s.io/v1";
    const KIND: &'static str = "ResourceClaim";
    const LIST_KIND: &'static str = "ResourceClaimList";
    const PLURAL: &'static str = "resourceclaims";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `resource.k8s.io/v1` ResourceClaimConsumerReference.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaimConsumerReference {
    /// `apiGroup`.
    pub api_group: Str,
    /// `resource`.
    pub resource: Str,
    /// `name`.
    pub name: Str,
    /// `uid`.
    pub uid: Str,
}

impl Message for ResourceClaimConsumerReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("APIGroup", "apiGroup", "string", 1, 1),
            field("Resource", "resource", "string", 3, 0),
            field("Name", "name", "string", 4, 0),
            field("UID", "uid", "types.UID", 5, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaimConsumerReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_group,
            1 => &self.resource,
            2 => &self.name,
            _ => &self.uid,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_group,
            1 => &mut self.resource,
            2 => &mut self.name,
            _ => &mut self.uid,
        }
    }
}

/// List of [`ResourceClaim`].
pub type ResourceClaimList = meta::ObjectList<ResourceClaim>;

/// `resource.k8s.io/v1` ResourceClaimSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaimSpec {
    /// `devices`.
    pub devices: DeviceClaim,
}

impl Message for ResourceClaimSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Devices", "devices", "v1.DeviceClaim", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaimSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.devices
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.devices
    }
}

/// `resource.k8s.io/v1` ResourceClaimStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaimStatus {
    /// `allocation`.
    pub allocation: Option<Box<AllocationResult>>,
    /// `reservedFor`.
    pub reserved_for: Slice<ResourceClaimConsumerReference>,
    /// `devices`.
    pub devices: Slice<AllocatedDeviceStatus>,
}

impl Message for ResourceClaimStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Allocation", "allocation", "v1.AllocationResult", 1, 1),
            field("ReservedFor", "reservedFor", "[]v1.ResourceClaimConsumerReference", 2, 1),
            field("Devices", "devices", "[]v1.AllocatedDeviceStatus", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaimStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.allocation,
            1 => &self.reserved_for,
            _ => &self.devices,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.allocation,
            1 => &mut self.reserved_for,
            _ => &mut self.devices,
        }
    }
}

/// `resource.k8s.io/v1` ResourceClaimTemplate.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaimTemplate {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ResourceClaimTemplateSpec,
}

impl Message for ResourceClaimTemplate {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ResourceClaimTemplateSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaimTemplate", api_version: "resource.k8s.io/v1", kind: "ResourceClaimTemplate", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ResourceClaimTemplate {
    const GROUP: &'static str = "resource.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "resource.k8s.io/v1";
    const KIND: &'static str = "ResourceClaimTemplate";
    const LIST_KIND: &'static str = "ResourceClaimTemplateList";
    const PLURAL: &'static str = "resourceclaimtemplates";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ResourceClaimTemplate`].
pub type ResourceClaimTemplateList = meta::ObjectList<ResourceClaimTemplate>;

/// `resource.k8s.io/v1` ResourceClaimTemplateSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceClaimTemplateSpec {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ResourceClaimSpec,
}

impl Message for ResourceClaimTemplateSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ResourceClaimSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceClaimTemplateSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `resource.k8s.io/v1` ResourcePool.
#[derive(Clone, Default, PartialEq)]
pub struct ResourcePool {
    /// `name`.
    pub name: Str,
    /// `generation`.
    pub generation: i64,
    /// `resourceSliceCount`.
    pub resource_slice_count: i64,
}

impl Message for ResourcePool {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "string", 1, 0),
            field("Generation", "generation", "int64", 2, 0),
            field("ResourceSliceCount", "resourceSliceCount", "int64", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourcePool", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.generation,
            _ => &self.resource_slice_count,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.generation,
            _ => &mut self.resource_slice_count,
        }
    }
}

/// `resource.k8s.io/v1` ResourceSlice.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceSlice {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ResourceSliceSpec,
}

impl Message for ResourceSlice {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ResourceSliceSpec", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceSlice", api_version: "resource.k8s.io/v1", kind: "ResourceSlice", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ResourceSlice {
    const GROUP: &'static str = "resource.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "resource.k8s.io/v1";
    const KIND: &'static str = "ResourceSlice";
    const LIST_KIND: &'static str = "ResourceSliceList";
    const PLURAL: &'static str = "resourceslices";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ResourceSlice`].
pub type ResourceSliceList = meta::ObjectList<ResourceSlice>;

/// `resource.k8s.io/v1` ResourceSliceSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceSliceSpec {
    /// `driver`.
    pub driver: Str,
    /// `pool`.
    pub pool: ResourcePool,
    /// `nodeName`.
    pub node_name: Option<Str>,
    /// `nodeSelector`.
    pub node_selector: Option<Box<crate::core::v1::NodeSelector>>,
    /// `allNodes`.
    pub all_nodes: Option<bool>,
    /// `devices`.
    pub devices: Slice<Device>,
    /// `perDeviceNodeSelection`.
    pub per_device_node_selection: Option<bool>,
    /// `sharedCounters`.
    pub shared_counters: Slice<CounterSet>,
}

impl Message for ResourceSliceSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Driver", "driver", "string", 1, 0),
            field("Pool", "pool", "v1.ResourcePool", 2, 0),
            field("NodeName", "nodeName", "string", 3, 1),
            field("NodeSelector", "nodeSelector", "v1.NodeSelector", 4, 1),
            field("AllNodes", "allNodes", "bool", 5, 1),
            field("Devices", "devices", "[]v1.Device", 6, 1),
            field("PerDeviceNodeSelection", "perDeviceNodeSelection", "bool", 7, 1),
            field("SharedCounters", "sharedCounters", "[]v1.CounterSet", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceSliceSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.driver,
            1 => &self.pool,
            2 => &self.node_name,
            3 => &self.node_selector,
            4 => &self.all_nodes,
            5 => &self.devices,
            6 => &self.per_device_node_selection,
            _ => &self.shared_counters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.driver,
            1 => &mut self.pool,
            2 => &mut self.node_name,
            3 => &mut self.node_selector,
            4 => &mut self.all_nodes,
            5 => &mut self.devices,
            6 => &mut self.per_device_node_selection,
            _ => &mut self.shared_counters,
        }
    }
}

meta::codec::impl_value!(
    AllocatedDeviceStatus,
    AllocationResult,
    CELDeviceSelector,
    CapacityRequestPolicy,
    CapacityRequestPolicyRange,
    CapacityRequirements,
    Counter,
    CounterSet,
    Device,
    DeviceAllocationConfiguration,
    DeviceAllocationResult,
    DeviceAttribute,
    DeviceCapacity,
    DeviceClaim,
    DeviceClaimConfiguration,
    DeviceClass,
    DeviceClassConfiguration,
    DeviceClassSpec,
    DeviceConfiguration,
    DeviceConstraint,
    DeviceCounterConsumption,
    DeviceRequest,
    DeviceRequestAllocationResult,
    DeviceSelector,
    DeviceSubRequest,
    DeviceTaint,
    DeviceToleration,
    ExactDeviceRequest,
    NetworkDeviceData,
    NodeAllocatableResourceMapping,
    OpaqueDeviceConfiguration,
    ResourceClaim,
    ResourceClaimConsumerReference,
    ResourceClaimSpec,
    ResourceClaimStatus,
    ResourceClaimTemplate,
    ResourceClaimTemplateSpec,
    ResourcePool,
    ResourceSlice,
    ResourceSliceSpec
);
