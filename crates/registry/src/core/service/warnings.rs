//! What of a Service does nothing, or soon will (`pkg/api/service/warnings.go`).

use super::NONE;
use api::core::v1::{Service, ServiceAffinity, ServiceType};

const TOPOLOGY_HINTS: &str = "service.kubernetes.io/topology-aware-hints";
const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";

pub(super) fn of(service: &Service) -> Vec<String> {
    let spec = &service.spec;
    let mut warnings = Vec::new();
    let mut warn = |holds: bool, words: String| {
        if holds {
            warnings.push(words);
        }
    };
    warn(
        service.metadata.annotations.contains_key(TOPOLOGY_HINTS),
        format!("annotation {TOPOLOGY_HINTS} is deprecated, please use {TOPOLOGY_MODE} instead"),
    );
    warn(
        !spec.external_ips.is_empty(),
        "spec.externalIPs is deprecated and may no longer be implemented in some clusters"
            .to_owned(),
    );
    let headless = spec.cluster_ip == NONE;
    warn(
        headless && spec.session_affinity == ServiceAffinity::CLIENT_IP,
        "spec.SessionAffinity is ignored for headless services".to_owned(),
    );
    warn(
        spec.type_ != ServiceType::EXTERNAL_NAME && !spec.external_name.is_empty(),
        "spec.externalName is ignored when spec.type is not \"ExternalName\"".to_owned(),
    );
    warnings
}
