//! An image on the node, before a container starts: policy, pull, words.

use crate::security::ImageUser;
use crate::worker::machine::StartError;
use api::core::v1::{Container, Secret};
use base64::Engine as _;
use platform::Clock;
use runtime::cri::v1;
use runtime::{Code, Runtime};
use std::sync::Arc;

/// A present image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) id: String,
    /// As `status.imageID` shows it: by digest if it has one.
    pub(crate) reference: String,
    pub(crate) user: ImageUser,
    /// It came now: the node has one image more.
    pub(crate) is_new: bool,
}

/// Something to record as an Event of the container.
pub(crate) type Record<'a> = &'a (dyn Fn(bool, &'static str, String) + Send + Sync);

/// The name with a tag or digest. An error says what is wrong with it.
pub(crate) fn normalized(image: &str) -> Result<String, String> {
    let bad = || format!("couldn't parse image name \"{image}\": invalid reference format");
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let last = name.rsplit('/').next().unwrap_or(name);
    let (repository, tag) = match last.rsplit_once(':') {
        Some((_, tag)) => (&name[..name.len() - tag.len() - 1], Some(tag)),
        None => (name, None),
    };
    let path = match repository.split_once('/') {
        Some((host, path)) if is_host(host) => path,
        _ => repository,
    };
    if !(path.split('/').all(is_component) && tag.is_none_or(is_tag)) {
        return Err(bad());
    }
    if digest.is_some_and(|digest| {
        !digest
            .split_once(':')
            .is_some_and(|(_, hex)| hex.len() >= 32 && hex.chars().all(|c| c.is_ascii_hexdigit()))
    }) {
        return Err(bad());
    }
    Ok(if tag.is_none() && digest.is_none() {
        format!("{image}:latest")
    } else {
        image.to_owned()
    })
}

/// A registry with or without a port: what precedes the first slash and looks like no part of a path.
fn is_host(part: &str) -> bool {
    let (name, port) = match part.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (part, None),
    };
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':');
    !name.is_empty()
        && name.chars().all(known)
        && (!name.contains(':') || name.starts_with('['))
        && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

/// Lower-case letters and digits, in groups that `.`, `_` and `-` part.
fn is_component(part: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    part.starts_with(plain)
        && part.ends_with(plain)
        && part
            .chars()
            .all(|c| plain(c) || matches!(c, '.' | '_' | '-'))
}

fn is_tag(tag: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.len() <= 128
        && tag.starts_with(word)
        && tag.chars().all(|c| word(c) || matches!(c, '.' | '-'))
}

/// Makes sure that the container's image is there.
pub(crate) async fn ensure(
    runtime: &Arc<dyn Runtime>,
    clock: &Clock,
    container: &Container,
    secrets: &[Arc<Secret>],
    record: Record<'_>,
) -> Result<Present, StartError> {
    let written = &container.image;
    let error = |reason, message| StartError {
        reason,
        message,
        pull: false,
        died: None,
    };
    let name = normalized(written).map_err(|why| {
        let message = format!("Failed to apply default image tag \"{written}\": {why}");
        record(true, "InspectFailed", message.clone());
        record(true, "Failed", "Error: InvalidImageName".to_owned());
        error("InvalidImageName", message)
    })?;
    let present = status(runtime, &name).await.map_err(|why| {
        let message = format!("Failed to inspect image \"{written}\": {why}");
        record(true, "InspectFailed", message.clone());
        error("ImageInspectError", message)
    })?;
    match (present, container.image_pull_policy.as_str()) {
        (Some(present), "IfNotPresent" | "Never") => {
            record(
                false,
                "Pulled",
                format!(
                    "Container image \"{written}\" already present on machine and can be accessed by the pod"
                ),
            );
            Ok(present)
        }
        (None, "Never") => {
            let message =
                format!("Container image \"{written}\" is not present with pull policy of Never");
            record(true, "ErrImageNeverPull", message.clone());
            record(true, "Failed", "Error: ErrImageNeverPull".to_owned());
            Err(error("ErrImageNeverPull", message))
        }
        _ => pull(runtime, clock, &name, container, secrets, record).await,
    }
}

async fn status(runtime: &Arc<dyn Runtime>, name: &str) -> Result<Option<Present>, String> {
    let request = v1::ImageStatusRequest {
        image: Some(spec(name)),
        verbose: false,
    };
    let response = runtime
        .image_status(request)
        .await
        .map_err(|error| error.message)?;
    Ok(response.image.map(|image| Present {
        reference: image
            .repo_digests
            .first()
            .cloned()
            .unwrap_or_else(|| image.id.clone()),
        user: ImageUser {
            uid: image.uid.map(|uid| uid.value),
            name: image.username,
        },
        id: image.id,
        is_new: false,
    }))
}

fn spec(name: &str) -> v1::ImageSpec {
    v1::ImageSpec {
        image: name.to_owned(),
        user_specified_image: name.to_owned(),
        ..v1::ImageSpec::default()
    }
}

async fn pull(
    runtime: &Arc<dyn Runtime>,
    clock: &Clock,
    name: &str,
    container: &Container,
    secrets: &[Arc<Secret>],
    record: Record<'_>,
) -> Result<Present, StartError> {
    let written = &container.image;
    record(false, "Pulling", format!("Pulling image \"{written}\""));
    let started = clock.monotonic();
    let mut outcome = Err(runtime::CriError::new(
        Code::Internal,
        "no attempt was made",
    ));
    let credentials = credentials(secrets, name);
    for auth in credentials.into_iter().map(Some).chain([None]) {
        let request = v1::PullImageRequest {
            image: Some(spec(name)),
            auth,
            sandbox_config: None,
        };
        outcome = runtime.pull_image(request).await;
        if !matches!(&outcome, Err(error) if error.code == Code::Unauthenticated) {
            break;
        }
    }
    let took = meta::Duration::from(clock.monotonic().since(started)).in_whole_millis();
    let failed = |message: String| {
        record(
            true,
            "Failed",
            format!("Failed to pull image \"{written}\": {message}"),
        );
        record(true, "Failed", "Error: ErrImagePull".to_owned());
        StartError {
            reason: "ErrImagePull",
            message,
            pull: true,
            died: None,
        }
    };
    outcome.map_err(|error| failed(error.message))?;
    let request = v1::ImageStatusRequest {
        image: Some(spec(name)),
        verbose: false,
    };
    let size = runtime
        .image_status(request)
        .await
        .ok()
        .and_then(|r| r.image)
        .map_or(0, |image| image.size);
    record(
        false,
        "Pulled",
        format!(
            "Successfully pulled image \"{written}\" in {took} ({took} including waiting). Image size: {size} bytes."
        ),
    );
    match status(runtime, name).await {
        Ok(Some(present)) => Ok(Present {
            is_new: true,
            ..present
        }),
        Ok(None) => Err(failed("the image is gone after its pull".to_owned())),
        Err(message) => Err(failed(message)),
    }
}

/// What pull secrets say about the image's registry.
fn credentials(secrets: &[Arc<Secret>], name: &str) -> Vec<v1::AuthConfig> {
    let registry = match name.split_once('/') {
        Some((first, _)) if first.contains(['.', ':']) || first == "localhost" => first,
        _ => "docker.io",
    };
    let mut found = Vec::new();
    for secret in secrets {
        let (json, inside) = match (
            secret.data.get(".dockerconfigjson"),
            secret.data.get(".dockercfg"),
        ) {
            (Some(json), _) => (json, true),
            (None, Some(json)) => (json, false),
            (None, None) => continue,
        };
        let Ok(config) = serde_json::from_slice::<serde_json::Value>(json) else {
            continue;
        };
        let entries = if inside {
            config.get("auths")
        } else {
            Some(&config)
        };
        for (server, entry) in entries
            .and_then(|entries| entries.as_object())
            .into_iter()
            .flatten()
        {
            let host = server
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            let host = host.split('/').next().unwrap_or(host);
            if host == registry || (registry == "docker.io" && host == "index.docker.io") {
                found.push(auth(server, entry));
            }
        }
    }
    found
}

fn auth(server: &str, entry: &serde_json::Value) -> v1::AuthConfig {
    let text = |name: &str| {
        entry
            .get(name)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let (mut username, mut password) = (text("username"), text("password"));
    let decoded = base64::engine::general_purpose::STANDARD
        .decode(text("auth"))
        .ok();
    if let Some((user, secret)) = decoded.and_then(|bytes| {
        let text = String::from_utf8(bytes).ok()?;
        text.split_once(':')
            .map(|(user, secret)| (user.to_owned(), secret.to_owned()))
    }) && username.is_empty()
    {
        (username, password) = (user, secret);
    }
    v1::AuthConfig {
        username,
        password,
        identity_token: text("identitytoken"),
        server_address: server.to_owned(),
        ..v1::AuthConfig::default()
    }
}

#[cfg(test)]
mod tests;
