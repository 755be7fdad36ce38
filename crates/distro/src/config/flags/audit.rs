//! What is recorded, and where: rows of the table of settings.
use super::{COUNT_MAX, Flag, duration, parse, path, thousandths};
use crate::config::AuditMode;
use apiserver::AuditLogFormat;
use std::path::PathBuf;

/// From one byte to a GiB.
fn bytes(setting: &mut usize, value: &str) -> Result<(), String> {
    const MAX: usize = 1 << 30;
    let parsed = value.parse().ok().filter(|bytes| (1..=MAX).contains(bytes));
    *setting = parsed.ok_or_else(|| format!("it must be a number from 1 to {MAX}"))?;
    Ok(())
}

/// None is refused where it matters, in the words of all such errors.
fn count<T: TryFrom<u32>>(setting: &mut T, value: &str) -> Result<(), String> {
    let parsed = value.parse().ok().filter(|count| *count <= COUNT_MAX);
    let count = parsed.and_then(|count: u32| count.try_into().ok());
    *setting = count.ok_or_else(|| format!("it must be a number from 0 to {COUNT_MAX}"))?;
    Ok(())
}

/// None is refused where it matters.
fn qps(setting: &mut u64, value: &str) -> Result<(), String> {
    *setting = match value {
        "0" => 0,
        value => thousandths(value)?,
    };
    Ok(())
}

fn switch(setting: &mut bool, value: &str) -> Result<(), String> {
    *setting = parse(value, "true or false")?;
    Ok(())
}

fn mode(value: &str) -> Result<AuditMode, String> {
    match value {
        "batch" => Ok(AuditMode::Batch),
        "blocking" => Ok(AuditMode::Blocking),
        "blocking-strict" => Ok(AuditMode::BlockingStrict),
        _ => Err("it must be batch, blocking or blocking-strict".to_owned()),
    }
}

pub(super) const LOG_BATCH_BUFFER_SIZE: Flag = Flag {
    name: "audit-log-batch-buffer-size",
    value: "COUNT",
    help: "Events that wait for the audit log in mode batch; more are lost",
    default: Some("10000"),
    repeated: false,
    set: |config, value| count(&mut config.audit.log_batch.events_waiting_max, value),
};

pub(super) const LOG_BATCH_MAX_SIZE: Flag = Flag {
    name: "audit-log-batch-max-size",
    value: "COUNT",
    help: "Events in a batch of the audit log",
    default: Some("1"),
    repeated: false,
    set: |config, value| count(&mut config.audit.log_batch.events_max, value),
};

pub(super) const LOG_BATCH_MAX_WAIT: Flag = Flag {
    name: "audit-log-batch-max-wait",
    value: "DURATION",
    help: "How long events wait for a batch to be full",
    default: Some("0s"),
    repeated: false,
    set: |config, value| duration(value).map(|wait| config.audit.log_batch.wait = wait),
};

pub(super) const LOG_BATCH_THROTTLE_BURST: Flag = Flag {
    name: "audit-log-batch-throttle-burst",
    value: "COUNT",
    help: "Batches that go at once when there were fewer before",
    default: Some("0"),
    repeated: false,
    set: |config, value| count(&mut config.audit.log_batch.throttle_burst, value),
};

pub(super) const LOG_BATCH_THROTTLE_ENABLE: Flag = Flag {
    name: "audit-log-batch-throttle-enable",
    value: "",
    help: "Bound how often batches go to the audit log",
    default: Some("false"),
    repeated: false,
    set: |config, value| switch(&mut config.audit.log_batch.throttle, value),
};

pub(super) const LOG_BATCH_THROTTLE_QPS: Flag = Flag {
    name: "audit-log-batch-throttle-qps",
    value: "NUMBER",
    help: "Batches a second, on average",
    default: Some("0"),
    repeated: false,
    set: |config, value| qps(&mut config.audit.log_batch.throttle_milli_qps, value),
};

pub(super) const LOG_COMPRESS: Flag = Flag {
    name: "audit-log-compress",
    value: "",
    help: "Compress full audit logs, with gzip",
    default: Some("false"),
    repeated: false,
    set: |config, value| switch(&mut config.audit.log_compress, value),
};

pub(super) const LOG_FORMAT: Flag = Flag {
    name: "audit-log-format",
    value: "FORMAT",
    help: "Form of events: json, or legacy, words without objects and annotations",
    default: Some("json"),
    repeated: false,
    set: |config, value| {
        config.audit.log_format = match value {
            "json" => AuditLogFormat::Json,
            "legacy" => AuditLogFormat::Legacy,
            _ => return Err("it must be json or legacy".to_owned()),
        };
        Ok(())
    },
};

pub(super) const LOG_MAXAGE: Flag = Flag {
    name: "audit-log-maxage",
    value: "DAYS",
    help: "Days that full audit logs stay, 0 for ever",
    default: Some("366"),
    repeated: false,
    set: |config, value| {
        let parsed = parse(value, "a number of days");
        parsed.map(|days| config.audit.log_age_days_max = days)
    },
};

pub(super) const LOG_MAXBACKUP: Flag = Flag {
    name: "audit-log-maxbackup",
    value: "COUNT",
    help: "Full audit logs that stay, 0 for all",
    default: Some("100"),
    repeated: false,
    set: |config, value| {
        let parsed = parse(value, "a number of files");
        parsed.map(|count| config.audit.log_backups_max = count)
    },
};

pub(super) const LOG_MAXSIZE: Flag = Flag {
    name: "audit-log-maxsize",
    value: "MIB",
    help: "Size at which an audit log is full, 0 for none",
    default: Some("100"),
    repeated: false,
    set: |config, value| {
        let mib: u64 = parse(value, "a number of MiB")?;
        if mib > 1 << 20 {
            return Err("it must be between 0 and 1048576".to_owned());
        }
        config.audit.log_mib_max = mib;
        Ok(())
    },
};

pub(super) const LOG_MODE: Flag = Flag {
    name: "audit-log-mode",
    value: "MODE",
    help: "When events go to the audit log: later (batch), before the request goes on (blocking), or so that it is refused otherwise (blocking-strict)",
    default: Some("blocking"),
    repeated: false,
    set: |config, value| mode(value).map(|mode| config.audit.log_mode = mode),
};

pub(super) const LOG_PATH: Flag = Flag {
    name: "audit-log-path",
    value: "FILE",
    help: "File that audit events go to, - for standard output [default: none]",
    default: None,
    repeated: false,
    set: |config, value| {
        config.audit.log_path = Some(PathBuf::from(value));
        Ok(())
    },
};

pub(super) const LOG_TRUNCATE_ENABLED: Flag = Flag {
    name: "audit-log-truncate-enabled",
    value: "",
    help: "Bound the size of events in the audit log",
    default: Some("false"),
    repeated: false,
    set: |config, value| switch(&mut config.audit.log_truncation.enabled, value),
};

pub(super) const LOG_TRUNCATE_MAX_BATCH_SIZE: Flag = Flag {
    name: "audit-log-truncate-max-batch-size",
    value: "BYTES",
    help: "Bytes of events that go at once, at least those of one event",
    default: Some("10485760"),
    repeated: false,
    set: |config, value| bytes(&mut config.audit.log_truncation.batch_bytes_max, value),
};

pub(super) const LOG_TRUNCATE_MAX_EVENT_SIZE: Flag = Flag {
    name: "audit-log-truncate-max-event-size",
    value: "BYTES",
    help: "Bytes of an event; larger ones lose their objects, or are lost",
    default: Some("102400"),
    repeated: false,
    set: |config, value| bytes(&mut config.audit.log_truncation.event_bytes_max, value),
};

pub(super) const LOG_VERSION: Flag = Flag {
    name: "audit-log-version",
    value: "GROUP/VERSION",
    help: "Version of the events in the audit log: audit.k8s.io/v1, there is no other",
    default: Some("audit.k8s.io/v1"),
    repeated: false,
    set: |config, value| {
        value.clone_into(&mut config.audit.log_version);
        Ok(())
    },
};

pub(super) const POLICY_FILE: Flag = Flag {
    name: "audit-policy-file",
    value: "FILE",
    help: "audit.k8s.io/v1 Policy that says which requests are recorded [default: none]",
    default: None,
    repeated: false,
    set: |config, value| {
        config.audit.policy_file = Some(PathBuf::from(value));
        Ok(())
    },
};

pub(super) const WEBHOOK_BATCH_BUFFER_SIZE: Flag = Flag {
    name: "audit-webhook-batch-buffer-size",
    value: "COUNT",
    help: "Events that wait for a batch of the audit webhook; more are lost",
    default: Some("10000"),
    repeated: false,
    set: |config, value| count(&mut config.audit.webhook.batch.events_waiting_max, value),
};

pub(super) const WEBHOOK_BATCH_MAX_SIZE: Flag = Flag {
    name: "audit-webhook-batch-max-size",
    value: "COUNT",
    help: "Events in a batch of the audit webhook",
    default: Some("400"),
    repeated: false,
    set: |config, value| count(&mut config.audit.webhook.batch.events_max, value),
};

pub(super) const WEBHOOK_BATCH_MAX_WAIT: Flag = Flag {
    name: "audit-webhook-batch-max-wait",
    value: "DURATION",
    help: "How long events wait for a batch to be full",
    default: Some("30s"),
    repeated: false,
    set: |config, value| duration(value).map(|wait| config.audit.webhook.batch.wait = wait),
};

pub(super) const WEBHOOK_BATCH_THROTTLE_BURST: Flag = Flag {
    name: "audit-webhook-batch-throttle-burst",
    value: "COUNT",
    help: "Batches that go at once when there were fewer before",
    default: Some("15"),
    repeated: false,
    set: |config, value| count(&mut config.audit.webhook.batch.throttle_burst, value),
};

pub(super) const WEBHOOK_BATCH_THROTTLE_ENABLE: Flag = Flag {
    name: "audit-webhook-batch-throttle-enable",
    value: "",
    help: "Bound how often batches go to the audit webhook",
    default: Some("true"),
    repeated: false,
    set: |config, value| switch(&mut config.audit.webhook.batch.throttle, value),
};

pub(super) const WEBHOOK_BATCH_THROTTLE_QPS: Flag = Flag {
    name: "audit-webhook-batch-throttle-qps",
    value: "NUMBER",
    help: "Batches a second, on average",
    default: Some("10"),
    repeated: false,
    set: |config, value| qps(&mut config.audit.webhook.batch.throttle_milli_qps, value),
};

pub(super) const WEBHOOK_CONFIG_FILE: Flag = Flag {
    name: "audit-webhook-config-file",
    value: "FILE",
    help: "Kubeconfig of a webhook that audit events go to",
    default: None,
    repeated: false,
    set: |config, value| path(&mut config.audit.webhook.config, value),
};

pub(super) const WEBHOOK_INITIAL_BACKOFF: Flag = Flag {
    name: "audit-webhook-initial-backoff",
    value: "DURATION",
    help: "Pause before events are sent to the audit webhook again",
    default: Some("10s"),
    repeated: false,
    set: |config, value| duration(value).map(|pause| config.audit.webhook.initial_backoff = pause),
};

pub(super) const WEBHOOK_MODE: Flag = Flag {
    name: "audit-webhook-mode",
    value: "MODE",
    help: "When events go to the audit webhook: in batches (batch), before the request goes on (blocking), or so that it is refused otherwise (blocking-strict)",
    default: Some("batch"),
    repeated: false,
    set: |config, value| mode(value).map(|mode| config.audit.webhook.mode = mode),
};

pub(super) const WEBHOOK_TRUNCATE_ENABLED: Flag = Flag {
    name: "audit-webhook-truncate-enabled",
    value: "",
    help: "Bound the size of events for the audit webhook",
    default: Some("false"),
    repeated: false,
    set: |config, value| switch(&mut config.audit.webhook.truncation.enabled, value),
};

pub(super) const WEBHOOK_TRUNCATE_MAX_BATCH_SIZE: Flag = Flag {
    name: "audit-webhook-truncate-max-batch-size",
    value: "BYTES",
    help: "Bytes of events that go at once, at least those of one event",
    default: Some("10485760"),
    repeated: false,
    set: |config, value| bytes(&mut config.audit.webhook.truncation.batch_bytes_max, value),
};

pub(super) const WEBHOOK_TRUNCATE_MAX_EVENT_SIZE: Flag = Flag {
    name: "audit-webhook-truncate-max-event-size",
    value: "BYTES",
    help: "Bytes of an event; larger ones lose their objects, or are lost",
    default: Some("102400"),
    repeated: false,
    set: |config, value| bytes(&mut config.audit.webhook.truncation.event_bytes_max, value),
};

pub(super) const WEBHOOK_VERSION: Flag = Flag {
    name: "audit-webhook-version",
    value: "GROUP/VERSION",
    help: "Version of the events for the audit webhook: audit.k8s.io/v1, there is no other",
    default: Some("audit.k8s.io/v1"),
    repeated: false,
    set: |config, value| {
        value.clone_into(&mut config.audit.webhook.version);
        Ok(())
    },
};
