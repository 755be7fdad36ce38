//! Accounts that say so let their pods use the secrets that they name, and no others.
use api::core::v1::{
    Container, EnvFromSource, EnvVar, LocalObjectReference, Pod, SecretKeySelector, ServiceAccount,
};

const ENFORCE: &str = "kubernetes.io/enforce-mountable-secrets";

/// What Go's `strconv.ParseBool` takes for true.
const TRUE: &[&str] = &["1", "t", "T", "TRUE", "true", "True"];

fn is_enforced(account: &ServiceAccount) -> bool {
    let value = account.metadata.annotations.get(ENFORCE);
    value.is_some_and(|value| TRUE.contains(&value.as_str()))
}

pub(super) fn check(account: &ServiceAccount, pod: &Pod) -> Result<(), String> {
    if !is_enforced(account) {
        return Ok(());
    }
    for volume in pod.spec.volumes.iter() {
        let secret = volume.volume_source.secret.as_ref();
        if let Some(secret) = secret.filter(|secret| !allows(account, &secret.secret_name)) {
            let what = format!("volume with secret.secretName=\"{}\"", secret.secret_name);
            return Err(refused(account, &what));
        }
    }
    let sorts = [
        ("init container", &*pod.spec.init_containers),
        ("container", &*pod.spec.containers),
    ];
    for (word, containers) in sorts {
        for Container {
            name,
            env,
            env_from,
            ..
        } in containers.iter()
        {
            check_environment(account, word, name, env, env_from)?;
        }
    }
    let pull = |name: &str| {
        let mut own = account.image_pull_secrets.iter();
        own.any(|LocalObjectReference { name: own }| own == name)
    };
    for (index, LocalObjectReference { name }) in pod.spec.image_pull_secrets.iter().enumerate() {
        if !pull(name) {
            let account = &account.metadata.name;
            return Err(format!(
                "imagePullSecrets[{index}].name=\"{name}\" is not allowed because service account {account} does not reference that imagePullSecret"
            ));
        }
    }
    Ok(())
}

pub(super) fn check_ephemeral(account: &ServiceAccount, pod: &Pod) -> Result<(), String> {
    if !is_enforced(account) {
        return Ok(());
    }
    let mut containers = pod.spec.ephemeral_containers.iter();
    containers.try_for_each(|container| {
        let common = &container.ephemeral_container_common;
        let word = "ephemeral container";
        check_environment(account, word, &common.name, &common.env, &common.env_from)
    })
}

fn check_environment(
    account: &ServiceAccount,
    word: &str,
    name: &str,
    env: &[EnvVar],
    env_from: &[EnvFromSource],
) -> Result<(), String> {
    for variable in env {
        let source = variable.value_from.as_ref();
        let secret = source.and_then(|source| source.secret_key_ref.as_deref());
        let secret = secret.map(
            |SecretKeySelector {
                 local_object_reference,
                 ..
             }| { &local_object_reference.name },
        );
        if let Some(secret) = secret.filter(|secret| !allows(account, secret)) {
            let variable = &variable.name;
            return Err(refused(
                account,
                &format!(
                    "{word} {name} with envVar {variable} referencing secret.secretName=\"{secret}\""
                ),
            ));
        }
    }
    for source in env_from {
        let secret = source.secret_ref.as_ref();
        let secret = secret.map(|secret| &secret.local_object_reference.name);
        if let Some(secret) = secret.filter(|secret| !allows(account, secret)) {
            return Err(refused(
                account,
                &format!("{word} {name} with envFrom referencing secret.secretName=\"{secret}\""),
            ));
        }
    }
    Ok(())
}

fn allows(account: &ServiceAccount, secret: &str) -> bool {
    account.secrets.iter().any(|own| own.name == secret)
}

fn refused(account: &ServiceAccount, what: &str) -> String {
    let account = &account.metadata.name;
    format!(
        "{what} is not allowed because service account {account} does not reference that secret"
    )
}
