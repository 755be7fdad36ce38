//! Service: one name and address for many pods.

mod addresses;
mod allocator;
mod columns;
mod network;
mod ports;
#[cfg(test)]
mod tests;
mod validate;
mod warnings;

pub use self::network::ServiceNetwork;
use self::{allocator::Allocator, validate::needs_node_ports};
use api::core::v1::{Service, ServiceAffinity, ServiceType};
use meta::{ApiError, FieldErrors, IntOrString, Str};
use resource::{
    Cell, Column, Connect, Finish, Now, Part, RequestContext, Strategy, Subresources, Upstream,
};
use std::sync::Arc;
use telemetry::metrics::Registry;

/// Knows which addresses and node ports are taken.
pub(crate) struct Services(Arc<Allocator>);

const NONE: &str = "None";
const CLUSTER: &str = "Cluster";
const SESSION_SECONDS: i32 = 3 * 3600;

impl Services {
    /// What they are given is counted in `metrics`.
    pub(crate) fn new(network: ServiceNetwork, metrics: &Registry) -> Self {
        Self(Allocator::counted(network, metrics))
    }
}

impl Strategy for Services {
    type Object = Service;
    const SHORT_NAMES: &'static [&'static str] = &["svc"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const NAME_RULE: resource::NameRule = resource::NameRule::Label;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = true;
    const RETURNS_DELETED_OBJECT: bool = true;
    const OBSERVES: bool = true;
    const FIELD_LABELS: &'static [&'static str] = &["spec.clusterIP", "spec.type"];
    const COLUMNS: &'static [Column<Service>] = columns::COLUMNS;
    const UPSTREAM: Upstream = Upstream {
        place: "services/specs",
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<Service> {
        Subresources::none()
            .status_with(
                |to: &mut Service, from: &Service| to.status = from.status.clone(),
                StatusPart,
            )
            .connect("proxy", Connect::Proxy)
    }

    fn set_defaults(&self, service: &mut Service) {
        let spec = &mut service.spec;
        if spec.session_affinity.is_empty() {
            spec.session_affinity = ServiceAffinity::NONE.into();
        }
        if spec.session_affinity == ServiceAffinity::NONE {
            spec.session_affinity_config = None;
        }
        if spec.session_affinity == ServiceAffinity::CLIENT_IP {
            let config = spec.session_affinity_config.get_or_insert_default();
            config
                .client_ip
                .get_or_insert_default()
                .timeout_seconds
                .get_or_insert(SESSION_SECONDS);
        }
        if spec.type_.is_empty() {
            spec.type_ = ServiceType::CLUSTER_IP.into();
        }
        for port in &mut spec.ports {
            if port.protocol.is_empty() {
                port.protocol = "TCP".into();
            }
            if port.target_port == IntOrString::Int(0)
                || port.target_port == IntOrString::String(Str::default())
            {
                port.target_port = IntOrString::Int(port.port);
            }
        }
        traffic_policies(service);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut Service) {
        new.status = Default::default();
    }

    fn begin_create(
        &self,
        cx: &RequestContext,
        new: &mut Service,
    ) -> Result<Option<Finish>, ApiError> {
        addresses::normalize(new, None);
        addresses::set_families(self.0.network(), new, None)?;
        self.0.allocate(cx, new, None).map(Some)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &Service) {
        validate::service(errors, new, None);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &Service) -> Vec<String> {
        warnings::of(new)
    }

    /// Upstream stores the policy of traffic within the cluster, and does not show it, where there is none.
    fn canonicalize(&self, service: &mut Service) {
        if service.spec.type_ == ServiceType::EXTERNAL_NAME {
            service.spec.internal_traffic_policy = None;
        }
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Service, old: &Service) {
        new.status = old.status.clone();
    }

    fn begin_update(
        &self,
        cx: &RequestContext,
        new: &mut Service,
        old: &Service,
    ) -> Result<Option<Finish>, ApiError> {
        addresses::keep_allocated(new, old);
        addresses::normalize(new, Some(old));
        addresses::set_families(self.0.network(), new, Some(old))?;
        let finish = self.0.allocate(cx, new, Some(old))?;
        addresses::drop_unneeded(new, old);
        Ok(Some(finish))
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Service,
        old: &Service,
    ) {
        validate::update(errors, new, old);
    }

    fn observed(&self, old: Option<&Service>, new: Option<&Service>) {
        self.0.observed(old, new);
    }

    fn selectable_field(&self, service: &Service, label: &str) -> Str {
        if label == "spec.clusterIP" {
            service.spec.cluster_ip.clone()
        } else {
            service.spec.type_.clone()
        }
    }

    fn cells(&self, service: &Service, now: &Now) -> Vec<Cell> {
        columns::cells(service, now)
    }
}

struct StatusPart;

impl Part<Service> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Service,
        old: &Service,
    ) {
        validate::status(errors, new, old);
    }
}

fn traffic_policies(service: &mut Service) {
    let spec = &mut service.spec;
    let clustered = spec.type_ == ServiceType::CLUSTER_IP;
    let external = needs_node_ports(&spec.type_) || clustered && !spec.external_ips.is_empty();
    if external && spec.external_traffic_policy.is_empty() {
        spec.external_traffic_policy = CLUSTER.into();
    }
    if clustered || needs_node_ports(&spec.type_) {
        spec.internal_traffic_policy
            .get_or_insert_with(|| CLUSTER.into());
    }
    if spec.type_ == ServiceType::LOAD_BALANCER {
        spec.allocate_load_balancer_node_ports.get_or_insert(true);
    }
    for ingress in &mut service.status.load_balancer.ingress {
        if !ingress.ip.is_empty() {
            ingress.ip_mode.get_or_insert_with(|| "VIP".into());
        }
    }
}
