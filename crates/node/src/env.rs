//! A container's environment: sources, precedence, `$(VAR)` expansion, service links. Pure.

use crate::fields::{self, Facts};
use api::core::v1::{ConfigMap, Container, EnvVarSource, Pod, Secret, Service};
use std::sync::Arc;

/// ConfigMaps and Secrets of the pod's namespace, as far as they are there.
pub(crate) trait Objects {
    fn config_map(&self, name: &str) -> Option<Arc<ConfigMap>>;
    fn secret(&self, name: &str) -> Option<Arc<Secret>>;
}

/// Name and value, in the order in which they were set.
pub(crate) type Environment = Vec<(String, String)>;

/// The container's environment. An error is the message of CreateContainerConfigError.
pub(crate) fn environment(
    pod: &Pod,
    container: &Container,
    facts: &Facts,
    objects: &dyn Objects,
    services: &[Arc<Service>],
) -> Result<Environment, String> {
    let links = service_links(
        services,
        pod.spec.enable_service_links.unwrap_or(true),
        &pod.metadata.namespace,
    );
    let mut environment = Environment::new();
    for source in &container.env_from {
        for (name, value) in bulk(source, objects)? {
            set(&mut environment, &format!("{}{name}", source.prefix), value);
        }
    }
    for variable in &container.env {
        let value = match &variable.value_from {
            None => Some(expand(&variable.value, &environment, &links)),
            Some(source) => from_source(pod, container, facts, objects, source)?,
        };
        if let Some(value) = value {
            set(&mut environment, &variable.name, value);
        }
    }
    for (name, value) in links {
        if !environment.iter().any(|(known, _)| *known == name) {
            environment.push((name, value));
        }
    }
    Ok(environment)
}

fn set(environment: &mut Environment, name: &str, value: String) {
    environment.retain(|(known, _)| known != name);
    environment.push((name.to_owned(), value));
}

fn bulk(
    source: &api::core::v1::EnvFromSource,
    objects: &dyn Objects,
) -> Result<Environment, String> {
    let mut found = Environment::new();
    if let Some(reference) = &source.config_map_ref {
        let name = &reference.local_object_reference.name;
        match objects.config_map(name) {
            Some(map) => found.extend(map.data.iter().map(|(k, v)| (k.to_string(), v.to_string()))),
            None if reference.optional == Some(true) => {}
            None => return Err(format!("configmap \"{name}\" not found")),
        }
    }
    if let Some(reference) = &source.secret_ref {
        let name = &reference.local_object_reference.name;
        match objects.secret(name) {
            Some(secret) => found.extend(
                secret
                    .data
                    .iter()
                    .map(|(k, v)| (k.to_string(), String::from_utf8_lossy(v).into_owned())),
            ),
            None if reference.optional == Some(true) => {}
            None => return Err(format!("secret \"{name}\" not found")),
        }
    }
    Ok(found)
}

fn from_source(
    pod: &Pod,
    container: &Container,
    facts: &Facts,
    objects: &dyn Objects,
    source: &EnvVarSource,
) -> Result<Option<String>, String> {
    if let Some(selector) = &source.field_ref {
        return fields::field(pod, facts, selector).map(Some);
    }
    if let Some(selector) = &source.resource_field_ref {
        let name = &selector.container_name;
        let of = pod
            .spec
            .containers
            .iter()
            .chain(&pod.spec.init_containers)
            .find(|c| c.name == *name);
        return fields::resource(of.unwrap_or(container), facts, selector).map(Some);
    }
    let namespace = &pod.metadata.namespace;
    if let Some(selector) = &source.config_map_key_ref {
        let name = &selector.local_object_reference.name;
        let optional = selector.optional == Some(true);
        let Some(map) = objects.config_map(name) else {
            return if optional {
                Ok(None)
            } else {
                Err(format!("configmap \"{name}\" not found"))
            };
        };
        return match map.data.get(selector.key.as_str()) {
            Some(value) => Ok(Some(value.to_string())),
            None if optional => Ok(None),
            None => Err(format!(
                "couldn't find key {} in ConfigMap {namespace}/{name}",
                selector.key
            )),
        };
    }
    if let Some(selector) = &source.secret_key_ref {
        let name = &selector.local_object_reference.name;
        let optional = selector.optional == Some(true);
        let Some(secret) = objects.secret(name) else {
            return if optional {
                Ok(None)
            } else {
                Err(format!("secret \"{name}\" not found"))
            };
        };
        return match secret.data.get(selector.key.as_str()) {
            Some(value) => Ok(Some(String::from_utf8_lossy(value).into_owned())),
            None if optional => Ok(None),
            None => Err(format!(
                "couldn't find key {} in Secret {namespace}/{name}",
                selector.key
            )),
        };
    }
    Ok(None)
}

/// Replaces `$(NAME)` by values set before, `$$` by `$`; what is not known stays as written.
pub(crate) fn expand(text: &str, environment: &Environment, links: &Environment) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        if let Some(after) = tail.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) =
            tail.strip_prefix('(').and_then(|tail| tail.split_once(')'))
        {
            let known = |list: &Environment| {
                list.iter()
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.clone())
            };
            match known(environment).or_else(|| known(links)) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&format!("$({name})")),
            }
            rest = after;
        } else {
            out.push('$');
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

/// The variables of the namespace's Services and of the API server's own (upstream's `envvars.FromServices`).
fn service_links(services: &[Arc<Service>], own_namespace: bool, namespace: &str) -> Environment {
    let mut links = Environment::new();
    for service in services {
        let metadata = &service.metadata;
        let master = metadata.namespace == "default" && metadata.name == "kubernetes";
        let linked = master || (own_namespace && metadata.namespace == namespace);
        let ip = service.spec.cluster_ip.as_str();
        if linked && !ip.is_empty() && ip != "None" {
            link(&mut links, service, ip);
        }
    }
    links
}

fn link(links: &mut Environment, service: &Service, ip: &str) {
    let variable = |name: &str| name.to_uppercase().replace('-', "_");
    let prefix = variable(&service.metadata.name);
    let host = if ip.contains(':') {
        format!("[{ip}]")
    } else {
        ip.to_owned()
    };
    let Some(first) = service.spec.ports.first() else {
        return;
    };
    set(links, &format!("{prefix}_SERVICE_HOST"), ip.to_owned());
    set(
        links,
        &format!("{prefix}_SERVICE_PORT"),
        first.port.to_string(),
    );
    for port in service
        .spec
        .ports
        .iter()
        .filter(|port| !port.name.is_empty())
    {
        set(
            links,
            &format!("{prefix}_SERVICE_PORT_{}", variable(&port.name)),
            port.port.to_string(),
        );
    }
    for (index, port) in service.spec.ports.iter().enumerate() {
        let protocol = if port.protocol.is_empty() {
            "TCP"
        } else {
            port.protocol.as_str()
        };
        let url = format!("{}://{host}:{}", protocol.to_lowercase(), port.port);
        if index == 0 {
            set(links, &format!("{prefix}_PORT"), url.clone());
        }
        let full = format!("{prefix}_PORT_{}_{protocol}", port.port);
        set(links, &full, url);
        set(links, &format!("{full}_PROTO"), protocol.to_lowercase());
        set(links, &format!("{full}_PORT"), port.port.to_string());
        set(links, &format!("{full}_ADDR"), ip.to_owned());
    }
}

#[cfg(test)]
mod tests;
