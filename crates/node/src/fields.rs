//! The downward API: values of pod fields and container resources. Pure.

use api::core::v1::{Container, ObjectFieldSelector, Pod, ResourceFieldSelector};
use meta::{Map, Quantity, Str};

/// What the node knows and a pod's object does not say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) host_ips: Vec<String>,
    pub(crate) pod_ips: Vec<String>,
    /// Stand in for missing limits.
    pub(crate) allocatable: Map<Str, Quantity>,
}

/// The value of `selector`, or the sentence that says why there is none.
pub(crate) fn field(
    pod: &Pod,
    facts: &Facts,
    selector: &ObjectFieldSelector,
) -> Result<String, String> {
    let path = selector.field_path.as_str();
    if let Some((of, key)) = subscript(path) {
        let map = match of {
            "metadata.labels" => &pod.metadata.labels,
            "metadata.annotations" => &pod.metadata.annotations,
            _ => return Err(unsupported(path)),
        };
        return Ok(map.get(key).map(ToString::to_string).unwrap_or_default());
    }
    let first = |list: &[String]| list.first().cloned().unwrap_or_default();
    Ok(match path {
        "metadata.name" => pod.metadata.name.to_string(),
        "metadata.namespace" => pod.metadata.namespace.to_string(),
        "metadata.uid" => pod.metadata.uid.to_string(),
        "metadata.labels" => lines(&pod.metadata.labels),
        "metadata.annotations" => lines(&pod.metadata.annotations),
        "spec.nodeName" => pod.spec.node_name.to_string(),
        "spec.serviceAccountName" => pod.spec.service_account_name.to_string(),
        "status.hostIP" => first(&facts.host_ips),
        "status.hostIPs" => facts.host_ips.join(","),
        "status.podIP" => first(&facts.pod_ips),
        "status.podIPs" => facts.pod_ips.join(","),
        _ => return Err(unsupported(path)),
    })
}

fn unsupported(path: &str) -> String {
    format!("unsupported fieldPath: {path}")
}

fn subscript(path: &str) -> Option<(&str, &str)> {
    let (of, rest) = path.split_once("['")?;
    Some((of, rest.strip_suffix("']")?))
}

/// `key="value"` lines, values escaped as Go's %q.
fn lines(map: &Map<Str, Str>) -> String {
    map.iter()
        .map(|(key, value)| format!("{key}={}\n", serde_json::Value::from(value.as_str())))
        .collect::<String>()
        .trim_end_matches('\n')
        .to_owned()
}

/// The value of `selector` for `container`, in units of its divisor, rounded up.
pub(crate) fn resource(
    container: &Container,
    facts: &Facts,
    selector: &ResourceFieldSelector,
) -> Result<String, String> {
    let (which, name) = selector
        .resource
        .split_once('.')
        .unwrap_or(("", &selector.resource));
    let (map, falls_back) = match which {
        "limits" => (&container.resources.limits, true),
        "requests" => (&container.resources.requests, false),
        _ => {
            return Err(format!(
                "unsupported container resource : {}",
                selector.resource
            ));
        }
    };
    let own = map.get(name).filter(|quantity| !quantity.is_zero());
    let fallback = facts.allocatable.get(name).filter(|_| falls_back);
    let Some(quantity) = own.or(fallback) else {
        return Ok("0".to_owned());
    };
    if name == "cpu" {
        let divisor = selector.divisor.milli_value();
        let divisor = if divisor == 0 { 1000 } else { divisor };
        return Ok(round_up(quantity.milli_value(), divisor));
    }
    Ok(round_up(quantity.value(), selector.divisor.value().max(1)))
}

fn round_up(value: i64, divisor: i64) -> String {
    (value / divisor + i64::from(value % divisor != 0)).to_string()
}
