//! The audit log, as the settings want it.

use crate::{config::Config, up::StartError};
use apiserver::{Audit, AuditPolicy, LogSettings};

const MIB: u64 = 1 << 20;

/// What the API server records: nothing unless there are both a policy and a place for its log.
///
/// # Errors
/// When the policy cannot be read, or is none.
pub(super) fn audit(config: &Config) -> Result<Option<Audit>, StartError> {
    let settings = &config.audit;
    let (policy, path) = match (&settings.policy_file, &settings.log_path) {
        (Some(policy), Some(path)) => (policy, path),
        (None, Some(_)) => {
            tracing::warn!("no audit policy file provided, no events will be recorded");
            return Ok(None);
        }
        (Some(_), None) => {
            tracing::warn!("an audit policy without --audit-log-path records nothing");
            return Ok(None);
        }
        (None, None) => return Ok(None),
    };
    let wrong = |reason: String| StartError::AuditPolicy {
        path: policy.clone(),
        reason,
    };
    let text = std::fs::read_to_string(policy).map_err(|error| wrong(error.to_string()))?;
    let parsed = AuditPolicy::parse(&text).map_err(|error| wrong(error.to_string()))?;
    Ok(Some(Audit {
        policy: parsed,
        log: LogSettings {
            path: path.clone(),
            bytes_max: settings.log_mib_max * MIB,
            backups_max: settings.log_backups_max,
            age_days_max: settings.log_age_days_max,
        },
    }))
}
