//! How the simulated API server is configured.

use apiserver::{
    Anonymous, Authentication, Authorization, Bootstrap, Limits, NoNodes, Remotes, ServiceAccounts,
    Version,
};
use platform::Platform;
use std::{net::Ipv4Addr, sync::Arc};
use telemetry::metrics::Registry;

pub(crate) fn config(
    platform: &Platform,
    store: Arc<dyn store::Store>,
    metrics: &Registry,
) -> apiserver::Config {
    let services = registry::ServiceNetwork {
        range: registry::AddressRange {
            first: Ipv4Addr::new(10, 96, 0, 0).into(),
            prefix: 16,
        },
        second_range: None,
        node_ports: (30000, 32767),
    };
    apiserver::Config {
        platform: platform.clone(),
        store,
        resources: registry::builtin(services, registry::EVENT_TTL_SECONDS, metrics),
        authentication: Authentication {
            client_roots: Vec::new(),
            client_ca_pem: String::new(),
            request_header: None,
            service_accounts: ServiceAccounts {
                issuer: "https://kubernetes.default.svc.cluster.local".to_owned(),
                keys_url: "https://127.0.0.1:6443/openid/v1/jwks".to_owned(),
                audiences: Vec::new(),
                signer: crate::authority::token_key(),
                verifiers: Vec::new(),
                max_expiration_seconds: None,
            },
            static_tokens: Vec::new(),
            configuration: None,
            webhook: None,
            anonymous: Anonymous::default(),
        },
        authorization: Authorization::node_rbac(),
        audit: None,
        cors_allowed_origins: Vec::new(),
        nodes: Arc::new(NoNodes),
        dial: Arc::new(client::transport::Nowhere),
        flags: std::collections::BTreeMap::new(),
        enablement: apiserver::Enablement::default(),
        front_proxy: Arc::new(|| None),
        bootstrap: Bootstrap {
            enabled: true,
            advertise_address: Ipv4Addr::new(192, 0, 2, 1).into(),
            advertise_port: 6443,
            service_address: Ipv4Addr::new(10, 96, 0, 1).into(),
            service_port: 443,
            service_cidrs: vec!["10.96.0.0/16".to_owned()],
        },
        limits: Limits::default(),
        remotes: Remotes::new(platform.clock.clone(), metrics),
        metrics: metrics.clone(),
        version: Version {
            git_version: "v1.36.2".to_owned(),
            git_commit: String::new(),
            build_date: "1970-01-01T00:00:00Z".to_owned(),
            platform: "linux/amd64".to_owned(),
        },
    }
}
