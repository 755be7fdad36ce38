//! Limits of one container.

use serde_json::{Map, Value, json};

use super::{Input, devices};
use crate::cri::v1;

pub(super) fn resources(input: &Input<'_>, privileged: bool) -> Value {
    let asked = input
        .container
        .linux
        .as_ref()
        .and_then(|l| l.resources.clone())
        .unwrap_or_default();
    let mut found = json!({
        "devices": devices::rules(input.devices, privileged),
        "cpu": cpu(&asked),
        "memory": memory(&asked, input.swap),
    });
    if !asked.hugepage_limits.is_empty() {
        let limit = |h: &v1::HugepageLimit| json!({ "pageSize": h.page_size, "limit": h.limit });
        found["hugepageLimits"] = asked.hugepage_limits.iter().map(limit).collect();
    }
    if !asked.unified.is_empty() {
        found["unified"] = json!(asked.unified);
    }
    found
}

/// 0 is "not set" in CRI.
fn cpu(asked: &v1::LinuxContainerResources) -> Map<String, Value> {
    let mut found = Map::new();
    let mut set = |key: &str, value: i64| {
        if value != 0 {
            found.insert(key.to_owned(), json!(value));
        }
    };
    set("shares", asked.cpu_shares);
    set("quota", asked.cpu_quota);
    set("period", asked.cpu_period);
    for (key, value) in [("cpus", &asked.cpuset_cpus), ("mems", &asked.cpuset_mems)] {
        if !value.is_empty() {
            found.insert(key.to_owned(), json!(value));
        }
    }
    found
}

fn memory(asked: &v1::LinuxContainerResources, swap: bool) -> Map<String, Value> {
    let mut found = Map::new();
    if asked.memory_limit_in_bytes != 0 {
        found.insert("limit".to_owned(), json!(asked.memory_limit_in_bytes));
    }
    if asked.memory_swap_limit_in_bytes != 0 && swap {
        found.insert("swap".to_owned(), json!(asked.memory_swap_limit_in_bytes));
    }
    found
}
