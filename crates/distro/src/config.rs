//! What `sampan up` can be told, from flags and from a file: one typed table for both. To add a setting: one field, one row of [`FLAGS`].

pub(crate) mod access;
pub(crate) mod arguments;
mod flags;
#[cfg(test)]
mod tests;

pub use self::flags::{FLAGS, Flag};
use apiserver::{AuditLogFormat, CorsOrigins};
use meta::codec::yaml;
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    time::Duration,
};

/// Largest configuration file that is read.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Everything that `sampan up` needs to know. Made from the defaults, the file and the flags, in this order; has no other way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub audit: AuditSettings,
    pub authentication: access::AuthenticationSettings,
    pub authorization: access::AuthorizationSettings,
    pub bind_address: IpAddr,
    pub cgroup_root: Option<PathBuf>,
    pub cluster_cidr: Ipv4Network,
    pub cluster_dns: Ipv4Addr,
    pub cluster_domain: String,
    pub control_plane_only: bool,
    pub controllers: controllers::Selection,
    /// Whose pages may read what the API server answers.
    pub cors_allowed_origins: Vec<CorsOrigins>,
    pub data_dir: PathBuf,
    pub disable_http2: bool,
    /// 0: for ever.
    pub event_ttl_seconds: u32,
    /// All of the settings that have a value, in the words in which it was given, by the names of their flags.
    pub given: BTreeMap<String, String>,
    pub insecure_registries: Vec<String>,
    pub kubeconfig: Option<PathBuf>,
    pub log: String,
    pub node_name: String,
    pub node_ports: (u16, u16),
    pub port: u16,
    /// What is said of the APIs to serve: words by API.
    pub runtime_config: BTreeMap<String, String>,
    /// Addresses of the other family that Services can have besides.
    pub second_service_cidr: Option<registry::AddressRange>,
    pub service_cidr: Ipv4Network,
    pub shutdown_seconds_max: u64,
    pub tls_sans: Vec<String>,
}

/// Which requests are recorded, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditSettings {
    pub policy_file: Option<PathBuf>,
    pub log_path: Option<PathBuf>,
    /// Days that full logs stay; 0 for ever.
    pub log_age_days_max: u32,
    /// Full logs that stay; 0 for all.
    pub log_backups_max: usize,
    /// Size of a full log; 0 for none.
    pub log_mib_max: u64,
    pub log_format: AuditLogFormat,
    /// Whether full logs are compressed.
    pub log_compress: bool,
    pub log_mode: AuditMode,
    pub log_batch: AuditBatchSettings,
    /// Of events.
    pub log_version: String,
    pub log_truncation: AuditTruncationSettings,
    pub webhook: AuditWebhookSettings,
}

/// A server that is told which requests are recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditWebhookSettings {
    /// Kubeconfig.
    pub config: Option<PathBuf>,
    pub mode: AuditMode,
    pub truncation: AuditTruncationSettings,
    /// Between the first attempt to deliver and the second.
    pub initial_backoff: Duration,
    pub batch: AuditBatchSettings,
    /// Of events.
    pub version: String,
}

/// How events go in mode batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditBatchSettings {
    /// Events that wait to be gathered.
    pub events_waiting_max: usize,
    pub events_max: usize,
    pub wait: Duration,
    pub throttle: bool,
    /// Batches in a thousand seconds.
    pub throttle_milli_qps: u64,
    pub throttle_burst: u32,
}

/// How large events may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditTruncationSettings {
    pub enabled: bool,
    pub event_bytes_max: usize,
    /// Of events that go together.
    pub batch_bytes_max: usize,
}

/// When events go to the log or to the webhook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditMode {
    #[default]
    Batch,
    Blocking,
    BlockingStrict,
}

/// An IPv4 network with the host bits cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv4Network {
    pub address: Ipv4Addr,
    pub prefix: u8,
}

impl Ipv4Network {
    /// The address at `index` within the network, counted from its own address.
    #[must_use]
    pub fn nth(self, index: u32) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.address.to_bits() + index)
    }

    #[must_use]
    pub fn contains(self, address: Ipv4Addr) -> bool {
        let mask = u32::MAX
            .checked_shl(32 - u32::from(self.prefix))
            .unwrap_or(0);
        address.to_bits() & mask == self.address.to_bits()
    }
}

impl std::fmt::Display for Ipv4Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// `setting` is `--port`, or `port in FILE`.
    #[error("{setting} cannot be \"{value}\": {reason}")]
    Value {
        setting: String,
        value: String,
        reason: String,
    },
    #[error("{path} has an unknown setting \"{key}\": `sampan up --help` lists the settings")]
    UnknownKey { path: String, key: String },
    #[error("cannot read the settings in {path}: {reason}")]
    File { path: String, reason: String },
    #[error("{0}")]
    Contradiction(String),
}

impl Config {
    /// The defaults, then the file's settings, then the flags'. `given` are (flag name, value) pairs in the order of the command line.
    ///
    /// # Errors
    /// The first value that a setting refuses, a key that no setting has, or settings that contradict each other.
    pub fn build(
        file: Option<&Path>,
        given: &[(&'static str, String)],
    ) -> Result<Self, ConfigError> {
        let mut config = flags::blank();
        for flag in FLAGS {
            if let Some(default) = flag.default {
                apply(&mut config, flag, default, None)?;
            }
        }
        if let Some(path) = file {
            for (flag, value) in read_file(path)? {
                apply(&mut config, flag, &value, Some(path))?;
            }
        }
        for (name, value) in given {
            let flag = find(name).expect("the parser is made from this table");
            apply(&mut config, flag, value, None)?;
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if !self.service_cidr.contains(self.cluster_dns) {
            let text = format!(
                "--cluster-dns {} is not within --service-cidr {}",
                self.cluster_dns, self.service_cidr
            );
            return Err(ConfigError::Contradiction(text));
        }
        if self.service_cidr.contains(self.cluster_cidr.address)
            || self.cluster_cidr.contains(self.service_cidr.address)
        {
            let text = format!(
                "--service-cidr {} and --cluster-cidr {} overlap",
                self.service_cidr, self.cluster_cidr
            );
            return Err(ConfigError::Contradiction(text));
        }
        Ok(())
    }

    /// Whether the settings of who may go together; what they name is not looked at.
    ///
    /// # Errors
    /// The first contradiction.
    pub fn check_access(&self) -> Result<(), ConfigError> {
        access::check(&self.authentication, &self.authorization).map_err(ConfigError::Contradiction)
    }

    /// Where the administrator's kubeconfig is written.
    #[must_use]
    pub fn kubeconfig_path(&self) -> PathBuf {
        self.kubeconfig
            .clone()
            .unwrap_or_else(|| self.data_dir.join("kubeconfig"))
    }
}

fn find(name: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.name == name)
}

/// `file` is where the value stands, if it is not on the command line.
fn apply(
    config: &mut Config,
    flag: &Flag,
    value: &str,
    file: Option<&Path>,
) -> Result<(), ConfigError> {
    (flag.set)(config, value).map_err(|reason| ConfigError::Value {
        setting: match file {
            Some(path) => format!("{} in {}", flag.name, path.display()),
            None => format!("--{}", flag.name),
        },
        value: value.to_owned(),
        reason,
    })?;
    let said = config.given.entry(flag.name.to_owned()).or_default();
    if flag.repeated && !said.is_empty() {
        said.push(',');
        said.push_str(value);
    } else {
        value.clone_into(said);
    }
    Ok(())
}

/// The file's settings: a YAML mapping from the flags' names to a value, or to a list of values for a flag that may be repeated.
fn read_file(path: &Path) -> Result<Vec<(&'static Flag, String)>, ConfigError> {
    let shown = path.display().to_string();
    let wrong = |reason: String| ConfigError::File {
        path: shown.clone(),
        reason,
    };
    let mut res = Vec::new();
    for (key, value) in parse(&text(path).map_err(&wrong)?).map_err(&wrong)? {
        let flag = find(&key).ok_or_else(|| ConfigError::UnknownKey {
            path: shown.clone(),
            key: key.clone(),
        })?;
        let (values, wanted) = match value {
            Value::Array(values) if flag.repeated => (values, "a list of plain values"),
            value if flag.repeated => (vec![value], "a plain value or a list of them"),
            value => (vec![value], "one plain value"),
        };
        for value in values {
            let value = scalar(&value).ok_or_else(|| wrong(format!("{key} needs {wanted}")))?;
            res.push((flag, value));
        }
    }
    Ok(res)
}

fn text(path: &Path) -> Result<String, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if metadata.len() > FILE_BYTES_MAX {
        return Err(format!("it is larger than {FILE_BYTES_MAX} bytes"));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

fn parse(text: &str) -> Result<Map<String, Value>, String> {
    let (json, duplicates) = yaml::to_json(text).map_err(|error| {
        let error = error.to_string();
        error
            .strip_prefix("error converting YAML to JSON: ")
            .unwrap_or(&error)
            .to_owned()
    })?;
    if let Some(duplicate) = duplicates.first() {
        return Err(duplicate.to_string().replace("\n ", ""));
    }
    match serde_json::from_slice(&json).map_err(|error| error.to_string())? {
        Value::Object(settings) => Ok(settings),
        Value::Null => Ok(Map::new()),
        _ => Err("it must be a mapping, a line such as `port: 6443` for each setting".to_owned()),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
