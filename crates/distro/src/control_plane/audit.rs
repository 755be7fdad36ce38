//! Audit, as the settings want it.

use crate::{
    access::{self, AccessError},
    config::{
        AuditBatchSettings, AuditMode, AuditSettings, AuditTruncationSettings,
        AuditWebhookSettings, Config,
    },
    up::StartError,
};
use apiserver::{
    Audit, AuditBatch, AuditLogMode, AuditPolicy, AuditThrottle, AuditTruncation, AuditWebhook,
    AuditWebhookMode, LogSettings, Remotes,
};

const MIB: u64 = 1 << 20;

/// What the API server records: nothing unless there are both a policy and a place for events.
///
/// # Errors
/// When the policy cannot be read, or is none; when the webhook cannot be called.
pub(super) fn audit(config: &Config, remotes: &Remotes) -> Result<Option<Audit>, StartError> {
    let settings = &config.audit;
    check(settings)?;
    let goes_somewhere = settings.log_path.is_some() || settings.webhook.config.is_some();
    let policy = match &settings.policy_file {
        Some(policy) if goes_somewhere => policy,
        None if goes_somewhere => {
            tracing::warn!("no audit policy file provided, no events will be recorded");
            return Ok(None);
        }
        Some(_) => {
            tracing::warn!(
                "an audit policy without --audit-log-path or --audit-webhook-config-file records nothing"
            );
            return Ok(None);
        }
        None => return Ok(None),
    };
    let wrong = |reason: String| StartError::AuditPolicy {
        path: policy.clone(),
        reason,
    };
    let text = std::fs::read_to_string(policy).map_err(|error| wrong(error.to_string()))?;
    let parsed = AuditPolicy::parse(&text).map_err(|error| wrong(error.to_string()))?;
    Ok(Some(Audit {
        policy: parsed,
        log: log(settings),
        webhook: webhook(&settings.webhook, remotes)?,
        log_truncation: truncation("log", settings.log_truncation)?,
        webhook_truncation: truncation("webhook", settings.webhook.truncation)?,
    }))
}

/// What there is a place for is looked at even where nothing is recorded.
///
/// # Errors
/// The first wrong setting.
fn check(settings: &AuditSettings) -> Result<(), StartError> {
    if settings.log_path.is_some() {
        check_batch("log", settings.log_mode, &settings.log_batch)?;
        check_version(&settings.log_version)?;
    }
    if settings.webhook.config.is_some() {
        check_batch("webhook", settings.webhook.mode, &settings.webhook.batch)?;
        check_version(&settings.webhook.version)?;
    }
    Ok(())
}

fn check_batch(
    place: &'static str,
    mode: AuditMode,
    settings: &AuditBatchSettings,
) -> Result<(), StartError> {
    let throttle = settings.throttle;
    let none = [
        ("buffer size", settings.events_waiting_max == 0),
        ("max batch size", settings.events_max == 0),
        ("throttle QPS", throttle && settings.throttle_milli_qps == 0),
        ("throttle burst", throttle && settings.throttle_burst == 0),
    ];
    match none.iter().find(|(_, is_none)| *is_none) {
        Some((what, _)) if mode == AuditMode::Batch => Err(StartError::Settings(format!(
            "invalid audit batch {place} {what} 0, must be a positive number"
        ))),
        _ => Ok(()),
    }
}

fn check_version(version: &str) -> Result<(), StartError> {
    const VERSION: &str = "audit.k8s.io/v1";
    let words = match version {
        VERSION => return Ok(()),
        version if version.matches('/').count() > 1 => {
            format!("unexpected GroupVersion string: {version}")
        }
        _ => format!("invalid group version, allowed versions are [\"{VERSION}\"]"),
    };
    Err(StartError::Settings(words))
}

fn log(settings: &AuditSettings) -> Option<LogSettings> {
    let path = settings.log_path.as_ref()?;
    Some(LogSettings {
        path: path.clone(),
        mode: match settings.log_mode {
            AuditMode::Batch => AuditLogMode::Batch(batch(&settings.log_batch)),
            AuditMode::Blocking => AuditLogMode::Blocking,
            AuditMode::BlockingStrict => AuditLogMode::BlockingStrict,
        },
        format: settings.log_format,
        bytes_max: match settings.log_mib_max {
            0 => u64::MAX,
            mib => mib * MIB,
        },
        backups_max: settings.log_backups_max,
        age_days_max: settings.log_age_days_max,
        compress: settings.log_compress,
    })
}

/// The bound on events, where there is one. It is looked at even where it is off.
fn truncation(
    place: &'static str,
    settings: AuditTruncationSettings,
) -> Result<Option<AuditTruncation>, StartError> {
    let AuditTruncationSettings {
        enabled,
        event_bytes_max,
        batch_bytes_max,
    } = settings;
    if batch_bytes_max < event_bytes_max {
        return Err(StartError::AuditTruncation {
            place,
            event_bytes_max,
            batch_bytes_max,
        });
    }
    Ok(enabled.then_some(AuditTruncation { event_bytes_max }))
}

fn webhook(
    settings: &AuditWebhookSettings,
    remotes: &Remotes,
) -> Result<Option<AuditWebhook>, StartError> {
    const FLAG: &str = "audit-webhook-config-file";
    let Some(path) = &settings.config else {
        return Ok(None);
    };
    let mode = match settings.mode {
        AuditMode::Batch => AuditWebhookMode::Batch(batch(&settings.batch)),
        AuditMode::Blocking => AuditWebhookMode::Blocking,
        AuditMode::BlockingStrict => AuditWebhookMode::BlockingStrict,
    };
    let endpoint = access::endpoint(FLAG, path).map_err(StartError::Access)?;
    let made = AuditWebhook::new(remotes, &endpoint, mode, settings.initial_backoff);
    made.map(Some)
        .map_err(|source| StartError::Access(AccessError::Webhook { flag: FLAG, source }))
}

fn batch(settings: &AuditBatchSettings) -> AuditBatch {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate of batches need not be exact"
    )]
    let batches_per_second = settings.throttle_milli_qps as f64 / 1000.0;
    AuditBatch {
        events_waiting_max: settings.events_waiting_max,
        events_max: settings.events_max,
        wait: settings.wait,
        throttle: settings.throttle.then_some(AuditThrottle {
            batches_per_second,
            burst: settings.throttle_burst,
        }),
    }
}

#[cfg(test)]
mod tests;
