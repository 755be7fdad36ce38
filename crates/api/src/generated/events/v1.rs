//! `events.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, MicroTime, Scope, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `events.k8s.io/v1` Event.
#[derive(Clone, Default, PartialEq)]
pub struct Event {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `eventTime`.
    pub event_time: MicroTime,
    /// `series`.
    pub series: Option<Box<EventSeries>>,
    /// `reportingController`.
    pub reporting_controller: Str,
    /// `reportingInstance`.
    pub reporting_instance: Str,
    /// `action`.
    pub action: Str,
    /// `reason`.
    pub reason: Str,
    /// `regarding`.
    pub regarding: crate::core::v1::ObjectReference,
    /// `related`.
    pub related: Option<Box<crate::core::v1::ObjectReference>>,
    /// `note`.
    pub note: Str,
    /// `type`.
    pub type_: Str,
    /// `deprecatedSource`.
    pub deprecated_source: crate::core::v1::EventSource,
    /// `deprecatedFirstTimestamp`.
    pub deprecated_first_timestamp: Time,
    /// `deprecatedLastTimestamp`.
    pub deprecated_last_timestamp: Time,
    /// `deprecatedCount`.
    pub deprecated_count: i32,
}

impl Message for Event {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 15] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 0),
            field("EventTime", "eventTime", "v1.MicroTime", 2, 0),
            field("Series", "series", "v1.EventSeries", 3, 1),
            field("ReportingController", "reportingController", "string", 4, 1),
            field("ReportingInstance", "reportingInstance", "string", 5, 1),
            field("Action", "action", "string", 6, 1),
            field("Reason", "reason", "string", 7, 1),
            field("Regarding", "regarding", "v1.ObjectReference", 8, 1),
            field("Related", "related", "v1.ObjectReference", 9, 1),
            field("Note", "note", "string", 10, 1),
            field("Type", "type", "string", 11, 1),
            field("DeprecatedSource", "deprecatedSource", "v1.EventSource", 12, 1),
            field("DeprecatedFirstTimestamp", "deprecatedFirstTimestamp", "v1.Time", 13, 1),
            field("DeprecatedLastTimestamp", "deprecatedLastTimestamp", "v1.Time", 14, 1),
            field("DeprecatedCount", "deprecatedCount", "int32", 15, 1),
        ];
        static KEYS: [u16; 15] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Event", api_version: "events.k8s.io/v1", kind: "Event", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.event_time,
            2 => &self.series,
            3 => &self.reporting_controller,
            4 => &self.reporting_instance,
            5 => &self.action,
            6 => &self.reason,
            7 => &self.regarding,
            8 => &self.related,
            9 => &self.note,
            10 => &self.type_,
            11 => &self.deprecated_source,
            12 => &self.deprecated_first_timestamp,
            13 => &self.deprecated_last_timestamp,
            _ => &self.deprecated_count,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.event_time,
            2 => &mut self.series,
            3 => &mut self.reporting_controller,
            4 => &mut self.reporting_instance,
            5 => &mut self.action,
            6 => &mut self.reason,
            7 => &mut self.regarding,
            8 => &mut self.related,
            9 => &mut self.note,
            10 => &mut self.type_,
            11 => &mut self.deprecated_source,
            12 => &mut self.deprecated_first_timestamp,
            13 => &mut self.deprecated_last_timestamp,
            _ => &mut self.deprecated_count,
        }
    }
}

impl Kind for Event {
    const GROUP: &'static str = "events.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "events.k8s.io/v1";
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

/// `events.k8s.io/v1` EventSeries.
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
            field("Count", "count", "int32", 1, 0),
            field("LastObservedTime", "lastObservedTime", "v1.MicroTime", 2, 0),
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

meta::codec::impl_value!(Event, EventSeries);
