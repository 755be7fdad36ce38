//! `batch/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// Values of `CompletionMode`.
#[derive(Debug)]
pub enum CompletionMode {}

impl CompletionMode {
    /// `NonIndexed`.
    pub const NON_INDEXED: &str = "NonIndexed";
    /// `Indexed`.
    pub const INDEXED: &str = "Indexed";
}

/// Values of `ConcurrencyPolicy`.
#[derive(Debug)]
pub enum ConcurrencyPolicy {}

impl ConcurrencyPolicy {
    /// `Allow`.
    pub const ALLOW: &str = "Allow";
    /// `Forbid`.
    pub const FORBID: &str = "Forbid";
    /// `Replace`.
    pub const REPLACE: &str = "Replace";
}

/// `batch/v1` CronJob.
#[derive(Clone, Default, PartialEq)]
pub struct CronJob {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: CronJobSpec,
    /// `status`.
    pub status: CronJobStatus,
}

impl Message for CronJob {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.CronJobSpec", 2, 1),
            field("Status", "status", "v1.CronJobStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CronJob", api_version: "batch/v1", kind: "CronJob", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for CronJob {
    const GROUP: &'static str = "batch";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "batch/v1";
    const KIND: &'static str = "CronJob";
    const LIST_KIND: &'static str = "CronJobList";
    const PLURAL: &'static str = "cronjobs";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`CronJob`].
pub type CronJobList = meta::ObjectList<CronJob>;

/// `batch/v1` CronJobSpec.
#[derive(Clone, Default, PartialEq)]
pub struct CronJobSpec {
    /// `schedule`.
    pub schedule: Str,
    /// `timeZone`.
    pub time_zone: Option<Str>,
    /// `startingDeadlineSeconds`.
    pub starting_deadline_seconds: Option<i64>,
    /// `concurrencyPolicy`.
    pub concurrency_policy: Str,
    /// `suspend`.
    pub suspend: Option<bool>,
    /// `jobTemplate`.
    pub job_template: JobTemplateSpec,
    /// `successfulJobsHistoryLimit`.
    pub successful_jobs_history_limit: Option<i32>,
    /// `failedJobsHistoryLimit`.
    pub failed_jobs_history_limit: Option<i32>,
}

impl Message for CronJobSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Schedule", "schedule", "string", 1, 0),
            field("TimeZone", "timeZone", "string", 8, 1),
            field("StartingDeadlineSeconds", "startingDeadlineSeconds", "int64", 2, 1),
            field("ConcurrencyPolicy", "concurrencyPolicy", "v1.ConcurrencyPolicy", 3, 1),
            field("Suspend", "suspend", "bool", 4, 1),
            field("JobTemplate", "jobTemplate", "v1.JobTemplateSpec", 5, 0),
            field("SuccessfulJobsHistoryLimit", "successfulJobsHistoryLimit", "int32", 6, 1),
            field("FailedJobsHistoryLimit", "failedJobsHistoryLimit", "int32", 7, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CronJobSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 4, 5, 6, 7, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.schedule,
            1 => &self.time_zone,
            2 => &self.starting_deadline_seconds,
            3 => &self.concurrency_policy,
            4 => &self.suspend,
            5 => &self.job_template,
            6 => &self.successful_jobs_history_limit,
            _ => &self.failed_jobs_history_limit,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.schedule,
            1 => &mut self.time_zone,
            2 => &mut self.starting_deadline_seconds,
            3 => &mut self.concurrency_policy,
            4 => &mut self.suspend,
            5 => &mut self.job_template,
            6 => &mut self.successful_jobs_history_limit,
            _ => &mut self.failed_jobs_history_limit,
        }
    }
}

/// `batch/v1` CronJobStatus.
#[derive(Clone, Default, PartialEq)]
pub struct CronJobStatus {
    /// `active`.
    pub active: Slice<crate::core::v1::ObjectReference>,
    /// `lastScheduleTime`.
    pub last_schedule_time: Option<Time>,
    /// `lastSuccessfulTime`.
    pub last_successful_time: Option<Time>,
}

impl Message for CronJobStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Active", "active", "[]v1.ObjectReference", 1, 1),
            field("LastScheduleTime", "lastScheduleTime", "v1.Time", 4, 1),
            field("LastSuccessfulTime", "lastSuccessfulTime", "v1.Time", 5, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CronJobStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.active,
            1 => &self.last_schedule_time,
            _ => &self.last_successful_time,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.active,
            1 => &mut self.last_schedule_time,
            _ => &mut self.last_successful_time,
        }
    }
}

/// `batch/v1` Job.
#[derive(Clone, Default, PartialEq)]
pub struct Job {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: JobSpec,
    /// `status`.
    pub status: JobStatus,
}

impl Message for Job {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.JobSpec", 2, 1),
            field("Status", "status", "v1.JobStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Job", api_version: "batch/v1", kind: "Job", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Job {
    const GROUP: &'static str = "batch";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "batch/v1";
    const KIND: &'static str = "Job";
    const LIST_KIND: &'static str = "JobList";
    const PLURAL: &'static str = "jobs";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `batch/v1` JobCondition.
#[derive(Clone, Default, PartialEq)]
pub struct JobCondition {
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

impl Message for JobCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.JobConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastProbeTime", "lastProbeTime", "v1.Time", 3, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 1),
            field("Reason", "reason", "string", 5, 1),
            field("Message", "message", "string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JobCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `JobConditionType`.
#[derive(Debug)]
pub enum JobConditionType {}

impl JobConditionType {
    /// `Suspended`.
    pub const SUSPENDED: &str = "Suspended";
    /// `Complete`.
    pub const COMPLETE: &str = "Complete";
    /// `Failed`.
    pub const FAILED: &str = "Failed";
    /// `FailureTarget`.
    pub const FAILURE_TARGET: &str = "FailureTarget";
    /// `SuccessCriteriaMet`.
    pub const SUCCESS_CRITERIA_MET: &str = "SuccessCriteriaMet";
}

/// List of [`Job`].
pub type JobList = meta::ObjectList<Job>;

/// `batch/v1` JobSpec.
#[derive(Clone, Default, PartialEq)]
pub struct JobSpec {
    /// `parallelism`.
    pub parallelism: Option<i32>,
    /// `completions`.
    pub completions: Option<i32>,
    /// `activeDeadlineSeconds`.
    pub active_deadline_seconds: Option<i64>,
    /// `podFailurePolicy`.
    pub pod_failure_policy: Option<Box<PodFailurePolicy>>,
    /// `successPolicy`.
    pub success_policy: Option<Box<SuccessPolicy>>,
    /// `backoffLimit`.
    pub backoff_limit: Option<i32>,
    /// `backoffLimitPerIndex`.
    pub backoff_limit_per_index: Option<i32>,
    /// `maxFailedIndexes`.
    pub max_failed_indexes: Option<i32>,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `manualSelector`.
    pub manual_selector: Option<bool>,
    /// `template`.
    pub template: crate::core::v1::PodTemplateSpec,
    /// `ttlSecondsAfterFinished`.
    pub ttl_seconds_after_finished: Option<i32>,
    /// `completionMode`.
    pub completion_mode: Option<Str>,
    /// `suspend`.
    pub suspend: Option<bool>,
    /// `podReplacementPolicy`.
    pub pod_replacement_policy: Option<Str>,
    /// `managedBy`.
    pub managed_by: Option<Str>,
}

impl Message for JobSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 16] = [
            field("Parallelism", "parallelism", "int32", 1, 1),
            field("Completions", "completions", "int32", 2, 1),
            field("ActiveDeadlineSeconds", "activeDeadlineSeconds", "int64", 3, 1),
            field("PodFailurePolicy", "podFailurePolicy", "v1.PodFailurePolicy", 11, 1),
            field("SuccessPolicy", "successPolicy", "v1.SuccessPolicy", 16, 1),
            field("BackoffLimit", "backoffLimit", "int32", 7, 1),
            field("BackoffLimitPerIndex", "backoffLimitPerIndex", "int32", 12, 1),
            field("MaxFailedIndexes", "maxFailedIndexes", "int32", 13, 1),
            field("Selector", "selector", "v1.LabelSelector", 4, 1),
            field("ManualSelector", "manualSelector", "bool", 5, 1),
            field("Template", "template", "v1.PodTemplateSpec", 6, 0),
            field("TTLSecondsAfterFinished", "ttlSecondsAfterFinished", "int32", 8, 1),
            field("CompletionMode", "completionMode", "v1.CompletionMode", 9, 1),
            field("Suspend", "suspend", "bool", 10, 1),
            field("PodReplacementPolicy", "podReplacementPolicy", "v1.PodReplacementPolicy", 14, 1),
            field("ManagedBy", "managedBy", "string", 15, 1),
        ];
        static KEYS: [u16; 16] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JobSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 8, 9, 10, 5, 11, 12, 13, 3, 6, 7, 14, 15, 4] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.parallelism,
            1 => &self.completions,
            2 => &self.active_deadline_seconds,
            3 => &self.pod_failure_policy,
            4 => &self.success_policy,
            5 => &self.backoff_limit,
            6 => &self.backoff_limit_per_index,
            7 => &self.max_failed_indexes,
            8 => &self.selector,
            9 => &self.manual_selector,
            10 => &self.template,
            11 => &self.ttl_seconds_after_finished,
            12 => &self.completion_mode,
            13 => &self.suspend,
            14 => &self.pod_replacement_policy,
            _ => &self.managed_by,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.parallelism,
            1 => &mut self.completions,
            2 => &mut self.active_deadline_seconds,
            3 => &mut self.pod_failure_policy,
            4 => &mut self.success_policy,
            5 => &mut self.backoff_limit,
            6 => &mut self.backoff_limit_per_index,
            7 => &mut self.max_failed_indexes,
            8 => &mut self.selector,
            9 => &mut self.manual_selector,
            10 => &mut self.template,
            11 => &mut self.ttl_seconds_after_finished,
            12 => &mut self.completion_mode,
            13 => &mut self.suspend,
            14 => &mut self.pod_replacement_policy,
            _ => &mut self.managed_by,
        }
    }
}

/// `batch/v1` JobStatus.
#[derive(Clone, Default, PartialEq)]
pub struct JobStatus {
    /// `conditions`.
    pub conditions: Slice<JobCondition>,
    /// `startTime`.
    pub start_time: Option<Time>,
    /// `completionTime`.
    pub completion_time: Option<Time>,
    /// `active`.
    pub active: i32,
    /// `succeeded`.
    pub succeeded: i32,
    /// `failed`.
    pub failed: i32,
    /// `terminating`.
    pub terminating: Option<i32>,
    /// `completedIndexes`.
    pub completed_indexes: Str,
    /// `failedIndexes`.
    pub failed_indexes: Option<Str>,
    /// `uncountedTerminatedPods`.
    pub uncounted_terminated_pods: Option<Box<UncountedTerminatedPods>>,
    /// `ready`.
    pub ready: Option<i32>,
}

impl Message for JobStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("Conditions", "conditions", "[]v1.JobCondition", 1, 1),
            field("StartTime", "startTime", "v1.Time", 2, 1),
            field("CompletionTime", "completionTime", "v1.Time", 3, 1),
            field("Active", "active", "int32", 4, 1),
            field("Succeeded", "succeeded", "int32", 5, 1),
            field("Failed", "failed", "int32", 6, 1),
            field("Terminating", "terminating", "int32", 11, 1),
            field("CompletedIndexes", "completedIndexes", "string", 7, 1),
            field("FailedIndexes", "failedIndexes", "string", 10, 1),
            field("UncountedTerminatedPods", "uncountedTerminatedPods", "v1.UncountedTerminatedPods", 8, 1),
            field("Ready", "ready", "int32", 9, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JobStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 4, 5, 7, 9, 10, 8, 6] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.conditions,
            1 => &self.start_time,
            2 => &self.completion_time,
            3 => &self.active,
            4 => &self.succeeded,
            5 => &self.failed,
            6 => &self.terminating,
            7 => &self.completed_indexes,
            8 => &self.failed_indexes,
            9 => &self.uncounted_terminated_pods,
            _ => &self.ready,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.conditions,
            1 => &mut self.start_time,
            2 => &mut self.completion_time,
            3 => &mut self.active,
            4 => &mut self.succeeded,
            5 => &mut self.failed,
            6 => &mut self.terminating,
            7 => &mut self.completed_indexes,
            8 => &mut self.failed_indexes,
            9 => &mut self.uncounted_terminated_pods,
            _ => &mut self.ready,
        }
    }
}

/// `batch/v1` JobTemplateSpec.
#[derive(Clone, Default, PartialEq)]
pub struct JobTemplateSpec {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: JobSpec,
}

impl Message for JobTemplateSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.JobSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JobTemplateSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `batch/v1` PodFailurePolicy.
#[derive(Clone, Default, PartialEq)]
pub struct PodFailurePolicy {
    /// `rules`.
    pub rules: Slice<PodFailurePolicyRule>,
}

impl Message for PodFailurePolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Rules", "rules", "[]v1.PodFailurePolicyRule", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodFailurePolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.rules
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.rules
    }
}

/// Values of `PodFailurePolicyAction`.
#[derive(Debug)]
pub enum PodFailurePolicyAction {}

impl PodFailurePolicyAction {
    /// `FailJob`.
    pub const FAIL_JOB: &str = "FailJob";
    /// `FailIndex`.
    pub const FAIL_INDEX: &str = "FailIndex";
    /// `Ignore`.
    pub const IGNORE: &str = "Ignore";
    /// `Count`.
    pub const COUNT: &str = "Count";
}

/// Values of `PodFailurePolicyOnExitCodesOperator`.
#[derive(Debug)]
pub enum PodFailurePolicyOnExitCodesOperator {}

impl PodFailurePolicyOnExitCodesOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
}

/// `batch/v1` PodFailurePolicyOnExitCodesRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct PodFailurePolicyOnExitCodesRequirement {
    /// `containerName`.
    pub container_name: Option<Str>,
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<i32>,
}

impl Message for PodFailurePolicyOnExitCodesRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ContainerName", "containerName", "string", 1, 1),
            field("Operator", "operator", "v1.PodFailurePolicyOnExitCodesOperator", 2, 0),
            field("Values", "values", "[]int32", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodFailurePolicyOnExitCodesRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.container_name,
            1 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.container_name,
            1 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// `batch/v1` PodFailurePolicyOnPodConditionsPattern.
#[derive(Clone, Default, PartialEq)]
pub struct PodFailurePolicyOnPodConditionsPattern {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
}

impl Message for PodFailurePolicyOnPodConditionsPattern {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.PodConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodFailurePolicyOnPodConditionsPattern", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.status,
        }
    }
}

/// `batch/v1` PodFailurePolicyRule.
#[derive(Clone, Default, PartialEq)]
pub struct PodFailurePolicyRule {
    /// `action`.
    pub action: Str,
    /// `onExitCodes`.
    pub on_exit_codes: Option<Box<PodFailurePolicyOnExitCodesRequirement>>,
    /// `onPodConditions`.
    pub on_pod_conditions: Slice<PodFailurePolicyOnPodConditionsPattern>,
}

impl Message for PodFailurePolicyRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Action", "action", "v1.PodFailurePolicyAction", 1, 0),
            field("OnExitCodes", "onExitCodes", "v1.PodFailurePolicyOnExitCodesRequirement", 2, 1),
            field("OnPodConditions", "onPodConditions", "[]v1.PodFailurePolicyOnPodConditionsPattern", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodFailurePolicyRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.action,
            1 => &self.on_exit_codes,
            _ => &self.on_pod_conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.action,
            1 => &mut self.on_exit_codes,
            _ => &mut self.on_pod_conditions,
        }
    }
}

/// Values of `PodReplacementPolicy`.
#[derive(Debug)]
pub enum PodReplacementPolicy {}

impl PodReplacementPolicy {
    /// `TerminatingOrFailed`.
    pub const TERMINATING_OR_FAILED: &str = "TerminatingOrFailed";
    /// `Failed`.
    pub const FAILED: &str = "Failed";
}

/// `batch/v1` SuccessPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct SuccessPolicy {
    /// `rules`.
    pub rules: Slice<SuccessPolicyRule>,
}

impl Message for SuccessPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Rules", "rules", "[]v1.SuccessPolicyRule", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SuccessPolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.rules
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.rules
    }
}

/// `batch/v1` SuccessPolicyRule.
#[derive(Clone, Default, PartialEq)]
pub struct SuccessPolicyRule {
    /// `succeededIndexes`.
    pub succeeded_indexes: Option<Str>,
    /// `succeededCount`.
    pub succeeded_count: Option<i32>,
}

impl Message for SuccessPolicyRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("SucceededIndexes", "succeededIndexes", "string", 1, 1),
            field("SucceededCount", "succeededCount", "int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SuccessPolicyRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.succeeded_indexes,
            _ => &self.succeeded_count,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.succeeded_indexes,
            _ => &mut self.succeeded_count,
        }
    }
}

/// `batch/v1` UncountedTerminatedPods.
#[derive(Clone, Default, PartialEq)]
pub struct UncountedTerminatedPods {
    /// `succeeded`.
    pub succeeded: Slice<Str>,
    /// `failed`.
    pub failed: Slice<Str>,
}

impl Message for UncountedTerminatedPods {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Succeeded", "succeeded", "[]types.UID", 1, 1),
            field("Failed", "failed", "[]types.UID", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "UncountedTerminatedPods", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.succeeded,
            _ => &self.failed,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.succeeded,
            _ => &mut self.failed,
        }
    }
}

meta::codec::impl_value!(
    CronJob,
    CronJobSpec,
    CronJobStatus,
    Job,
    JobCondition,
    JobSpec,
    JobStatus,
    JobTemplateSpec,
    PodFailurePolicy,
    PodFailurePolicyOnExitCodesRequirement,
    PodFailurePolicyOnPodConditionsPattern,
    PodFailurePolicyRule,
    SuccessPolicy,
    SuccessPolicyRule,
    UncountedTerminatedPods
);
