//! Kubeconfig files: which server, as whom, and whom to trust. Reads files; opens no connection.

use base64::{Engine, engine::general_purpose::STANDARD};
use meta::codec::yaml;
use serde::Deserialize;
use serde_json::Value;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Largest kubeconfig, certificate or key file that is read.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// One context, resolved: everything needed to reach a server.
#[derive(Clone)]
pub struct Endpoint {
    /// `https://host:port`, perhaps with a path prefix.
    pub server: String,
    /// Name that the server's certificate must be for; the host of `server` when absent.
    pub tls_server_name: Option<String>,
    /// PEM. Without it those that the machine trusts.
    pub certificate_authority: Option<Vec<u8>>,
    pub insecure_skip_tls_verify: bool,
    /// PEM certificate chain and key.
    pub client_certificate: Option<CertificateAndKey>,
    pub token: Option<String>,
    /// The context's namespace; `default` when absent.
    pub namespace: String,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// Both as PEM.
pub type CertificateAndKey = (Vec<u8>, Vec<u8>);

/// Why a kubeconfig cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KubeconfigError {
    #[error("failed to read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is larger than {FILE_BYTES_MAX} bytes", path.display())]
    TooLarge { path: PathBuf },
    #[error("failed to parse kubeconfig {}: {message}", path.display())]
    Parse { path: PathBuf, message: String },
    #[error("kubeconfig {} has no {what} named {name:?}", path.display())]
    Missing {
        path: PathBuf,
        what: &'static str,
        name: String,
    },
    #[error("field {field} of kubeconfig {} is not base64", path.display())]
    Base64 { path: PathBuf, field: &'static str },
    #[error("kubeconfig {}: {what} is not supported; use a client certificate or a token", path.display())]
    Unsupported { path: PathBuf, what: &'static str },
}

impl Endpoint {
    /// Reads `path` and resolves `context`, or the current one.
    ///
    /// # Errors
    /// Says which file, and what about it is wrong.
    pub fn load(path: &Path, context: Option<&str>) -> Result<Self, KubeconfigError> {
        let file = parse(&read(path)?).map_err(|message| KubeconfigError::Parse {
            path: path.into(),
            message,
        })?;
        Resolver { path, file: &file }.resolve(context.unwrap_or(&file.current_context))
    }
}

fn parse(text: &[u8]) -> Result<File, String> {
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let (json, _) = yaml::to_json(text).map_err(|error| error.to_string())?;
    let mut file = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    drop_nulls(&mut file);
    serde_json::from_value(file).map_err(|error| error.to_string())
}

/// kubectl writes `users: null`; to Go that is as if it were not there.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct File {
    current_context: String,
    contexts: Vec<NamedContext>,
    clusters: Vec<NamedCluster>,
    users: Vec<NamedUser>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedContext {
    name: String,
    context: Context,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Context {
    cluster: String,
    user: String,
    namespace: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedCluster {
    name: String,
    cluster: Cluster,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Cluster {
    server: String,
    tls_server_name: Option<String>,
    certificate_authority: Option<PathBuf>,
    certificate_authority_data: Option<String>,
    insecure_skip_tls_verify: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedUser {
    name: String,
    user: User,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct User {
    client_certificate: Option<PathBuf>,
    client_certificate_data: Option<String>,
    client_key: Option<PathBuf>,
    client_key_data: Option<String>,
    token: Option<String>,
    #[serde(rename = "tokenFile")]
    token_file: Option<PathBuf>,
    username: Option<String>,
    exec: Option<Value>,
    auth_provider: Option<Value>,
}

struct Resolver<'a> {
    path: &'a Path,
    file: &'a File,
}

impl Resolver<'_> {
    fn resolve(&self, context: &str) -> Result<Endpoint, KubeconfigError> {
        let file = self.file;
        let context = file
            .contexts
            .iter()
            .find(|named| named.name == context)
            .map(|named| &named.context)
            .ok_or_else(|| self.missing("context", context))?;
        let cluster = file
            .clusters
            .iter()
            .find(|named| named.name == context.cluster)
            .map(|named| &named.cluster)
            .ok_or_else(|| self.missing("cluster", &context.cluster))?;
        let user = file
            .users
            .iter()
            .find(|named| named.name == context.user)
            .map(|named| &named.user)
            .ok_or_else(|| self.missing("user", &context.user))?;
        self.check_supported(user)?;
        let namespace = if context.namespace.is_empty() {
            "default"
        } else {
            &context.namespace
        };
        Ok(Endpoint {
            server: cluster.server.trim_end_matches('/').to_owned(),
            tls_server_name: cluster.tls_server_name.clone(),
            certificate_authority: self.bytes(
                "certificate-authority-data",
                cluster.certificate_authority_data.as_deref(),
                cluster.certificate_authority.as_deref(),
            )?,
            insecure_skip_tls_verify: cluster.insecure_skip_tls_verify,
            client_certificate: self.client_certificate(user)?,
            token: self.token(user)?,
            namespace: namespace.to_owned(),
        })
    }

    fn check_supported(&self, user: &User) -> Result<(), KubeconfigError> {
        let what = match user {
            User { exec: Some(_), .. } => "a credential plugin (exec)",
            User {
                auth_provider: Some(_),
                ..
            } => "an auth provider",
            User {
                username: Some(_), ..
            } => "basic authentication",
            _ => return Ok(()),
        };
        Err(KubeconfigError::Unsupported {
            path: self.path.into(),
            what,
        })
    }

    fn client_certificate(
        &self,
        user: &User,
    ) -> Result<Option<CertificateAndKey>, KubeconfigError> {
        let certificate = self.bytes(
            "client-certificate-data",
            user.client_certificate_data.as_deref(),
            user.client_certificate.as_deref(),
        )?;
        let key = self.bytes(
            "client-key-data",
            user.client_key_data.as_deref(),
            user.client_key.as_deref(),
        )?;
        match (certificate, key) {
            (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.missing("client key for user", "")),
            (None, Some(_)) => Err(self.missing("client certificate for user", "")),
        }
    }

    fn token(&self, user: &User) -> Result<Option<String>, KubeconfigError> {
        match (&user.token, &user.token_file) {
            (Some(token), _) => Ok(Some(token.clone())),
            (None, Some(path)) => {
                let text = read(&self.beside(path))?;
                Ok(Some(String::from_utf8_lossy(&text).trim().to_owned()))
            }
            (None, None) => Ok(None),
        }
    }

    /// Data in the file wins over a path beside it, as in client-go.
    fn bytes(
        &self,
        field: &'static str,
        data: Option<&str>,
        path: Option<&Path>,
    ) -> Result<Option<Vec<u8>>, KubeconfigError> {
        match (data.filter(|data| !data.is_empty()), path) {
            (Some(data), _) => {
                STANDARD
                    .decode(data.trim())
                    .map(Some)
                    .map_err(|_| KubeconfigError::Base64 {
                        path: self.path.into(),
                        field,
                    })
            }
            (None, Some(path)) => read(&self.beside(path)).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Relative paths are relative to the kubeconfig.
    fn beside(&self, path: &Path) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }

    fn missing(&self, what: &'static str, name: &str) -> KubeconfigError {
        KubeconfigError::Missing {
            path: self.path.into(),
            what,
            name: name.to_owned(),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, KubeconfigError> {
    let failed = |source| KubeconfigError::Read {
        path: path.into(),
        source,
    };
    if std::fs::metadata(path).map_err(failed)?.len() > FILE_BYTES_MAX {
        return Err(KubeconfigError::TooLarge { path: path.into() });
    }
    std::fs::read(path).map_err(failed)
}

#[cfg(test)]
mod tests;
