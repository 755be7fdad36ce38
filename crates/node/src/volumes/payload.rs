//! The files of configMap, secret, downwardAPI and projected volumes. Pure.

use crate::env::Objects;
use crate::fields::{self, Facts};
use api::core::v1::{
    DownwardAPIVolumeFile, KeyToPath, Pod, ProjectedVolumeSource, ServiceAccountTokenProjection,
    Volume,
};
use std::collections::BTreeMap;

/// A file's bytes and permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    pub(crate) mode: u32,
}

/// Files by relative path, without `..`.
pub(crate) type Payload = BTreeMap<String, File>;

/// What identifies a token of a pod: audience and wanted lifetime in seconds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TokenKey {
    pub(crate) audience: String,
    pub(crate) expiration_seconds: i64,
}

/// The tokens that were requested for a pod.
pub(crate) type Tokens = BTreeMap<TokenKey, String>;

impl TokenKey {
    /// The token that `projection` wants; an hour unless it says otherwise.
    fn of(projection: &ServiceAccountTokenProjection) -> Self {
        let expiration_seconds = projection.expiration_seconds.unwrap_or(3600);
        Self {
            audience: projection.audience.to_string(),
            expiration_seconds,
        }
    }
}

/// Every token that the pod's volumes want.
pub(crate) fn tokens(pod: &Pod) -> Vec<TokenKey> {
    let projected = pod
        .spec
        .volumes
        .iter()
        .filter_map(|volume| volume.volume_source.projected.as_ref());
    let sources = projected.flat_map(|projected| projected.sources.iter());
    let mut keys: Vec<_> = sources
        .filter_map(|s| s.service_account_token.as_deref())
        .map(TokenKey::of)
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The volume's files; `None` for a volume of another kind.
pub(crate) fn of(
    pod: &Pod,
    volume: &Volume,
    facts: &Facts,
    objects: &dyn Objects,
    tokens: &Tokens,
) -> Result<Option<Payload>, String> {
    let source = &volume.volume_source;
    let mut payload = Payload::new();
    if let Some(map) = &source.config_map {
        let optional = map.optional == Some(true);
        let name = &map.local_object_reference.name;
        add_config_map(
            &mut payload,
            objects,
            name,
            &map.items,
            optional,
            mode(map.default_mode),
        )?;
    } else if let Some(secret) = &source.secret {
        let optional = secret.optional == Some(true);
        add_secret(
            &mut payload,
            objects,
            &secret.secret_name,
            &secret.items,
            optional,
            mode(secret.default_mode),
        )?;
    } else if let Some(downward) = &source.downward_api {
        add_fields(
            &mut payload,
            pod,
            facts,
            &downward.items,
            mode(downward.default_mode),
        )?;
    } else if let Some(projected) = &source.projected {
        add_projected(&mut payload, pod, facts, objects, tokens, projected)?;
    } else {
        return Ok(None);
    }
    match payload.keys().find(|path| is_unsafe(path)) {
        Some(path) => Err(format!(
            "invalid path {path:?}: must be relative and not contain \"..\""
        )),
        None => Ok(Some(payload)),
    }
}

fn is_unsafe(path: &str) -> bool {
    path.is_empty()
        || path.starts_with('/')
        || path.split('/').any(|part| part == "..")
        || path.starts_with("..")
}

fn mode(mode: Option<i32>) -> u32 {
    mode.and_then(|mode| u32::try_from(mode).ok())
        .unwrap_or(0o644)
}

fn add_projected(
    payload: &mut Payload,
    pod: &Pod,
    facts: &Facts,
    objects: &dyn Objects,
    tokens: &Tokens,
    projected: &ProjectedVolumeSource,
) -> Result<(), String> {
    let mode = mode(projected.default_mode);
    for source in projected.sources.iter() {
        if let Some(map) = &source.config_map {
            let optional = map.optional == Some(true);
            add_config_map(
                payload,
                objects,
                &map.local_object_reference.name,
                &map.items,
                optional,
                mode,
            )?;
        }
        if let Some(secret) = &source.secret {
            let optional = secret.optional == Some(true);
            add_secret(
                payload,
                objects,
                &secret.local_object_reference.name,
                &secret.items,
                optional,
                mode,
            )?;
        }
        if let Some(downward) = &source.downward_api {
            add_fields(payload, pod, facts, &downward.items, mode)?;
        }
        if let Some(token) = &source.service_account_token {
            let found = tokens
                .get(&TokenKey::of(token))
                .ok_or("no token was issued for the service account")?;
            let file = File {
                bytes: found.clone().into_bytes(),
                mode: token_mode(pod, mode),
            };
            payload.insert(token.path.to_string(), file);
        }
    }
    Ok(())
}

/// A token is for its pod alone, but one with a group or an unprivileged user must be able to read it.
fn token_mode(pod: &Pod, mode: u32) -> u32 {
    let group = pod
        .spec
        .security_context
        .as_ref()
        .is_some_and(|security| security.fs_group.is_some());
    if group { 0o640 } else { mode }
}

fn add_config_map(
    payload: &mut Payload,
    objects: &dyn Objects,
    name: &str,
    items: &[KeyToPath],
    optional: bool,
    mode: u32,
) -> Result<(), String> {
    let Some(map) = objects.config_map(name) else {
        return if optional {
            Ok(())
        } else {
            Err(format!("configmap \"{name}\" not found"))
        };
    };
    let text = map
        .data
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_bytes()));
    let binary = map
        .binary_data
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_slice()));
    add_items(
        payload,
        &text.chain(binary).collect(),
        items,
        optional,
        mode,
        "configmap references non-existent config key: ",
    )
}

fn add_secret(
    payload: &mut Payload,
    objects: &dyn Objects,
    name: &str,
    items: &[KeyToPath],
    optional: bool,
    mode: u32,
) -> Result<(), String> {
    let Some(secret) = objects.secret(name) else {
        return if optional {
            Ok(())
        } else {
            Err(format!("secret \"{name}\" not found"))
        };
    };
    let data = secret
        .data
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_slice()))
        .collect();
    add_items(
        payload,
        &data,
        items,
        optional,
        mode,
        "references non-existent secret key: ",
    )
}

fn add_items(
    payload: &mut Payload,
    data: &BTreeMap<&str, &[u8]>,
    items: &[KeyToPath],
    optional: bool,
    default_mode: u32,
    missing: &str,
) -> Result<(), String> {
    if items.is_empty() {
        let files = data.iter().map(|(key, bytes)| {
            (
                (*key).to_owned(),
                File {
                    bytes: bytes.to_vec(),
                    mode: default_mode,
                },
            )
        });
        payload.extend(files);
        return Ok(());
    }
    for item in items {
        let Some(bytes) = data.get(item.key.as_str()) else {
            if optional {
                continue;
            }
            return Err(format!("{missing}{}", item.key));
        };
        let mode = item
            .mode
            .and_then(|mode| u32::try_from(mode).ok())
            .unwrap_or(default_mode);
        payload.insert(
            item.path.to_string(),
            File {
                bytes: bytes.to_vec(),
                mode,
            },
        );
    }
    Ok(())
}

fn add_fields(
    payload: &mut Payload,
    pod: &Pod,
    facts: &Facts,
    items: &[DownwardAPIVolumeFile],
    default_mode: u32,
) -> Result<(), String> {
    for item in items {
        let text = match (&item.field_ref, &item.resource_field_ref) {
            (Some(selector), _) => fields::field(pod, facts, selector)?,
            (None, Some(selector)) => {
                let mut containers = pod.spec.containers.iter().chain(&pod.spec.init_containers);
                let container =
                    containers.find(|container| container.name == selector.container_name);
                let container = container
                    .ok_or_else(|| format!("container {} not found", selector.container_name))?;
                fields::resource(container, facts, selector)?
            }
            (None, None) => String::new(),
        };
        let mode = item
            .mode
            .and_then(|mode| u32::try_from(mode).ok())
            .unwrap_or(default_mode);
        payload.insert(
            item.path.to_string(),
            File {
                bytes: text.into_bytes(),
                mode,
            },
        );
    }
    Ok(())
}
