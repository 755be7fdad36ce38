use super::super::{ServiceNetwork, Services};
use crate::{
    networking::addresses::Range,
    testing::{context, with},
};
use api::core::v1::Service;
use meta::{FieldErrors, codec};
use resource::{Part, Strategy, Verb};
use serde_json::{Value, json};

fn services() -> Services {
    let network = ServiceNetwork {
        range: Range::parse_sloppy("10.96.0.0/16").unwrap(),
        second_range: None,
        node_ports: (30000, 32767),
    };
    Services::new(network, &telemetry::metrics::Registry::new())
}

fn decoded(services: &Services, document: &Value) -> Service {
    let mut service = codec::from_value::<Service>(document).unwrap().object;
    services.set_defaults(&mut service);
    service
}

/// A ClusterIP Service with these fields of its spec.
fn web(fields: Value) -> Value {
    let mut spec = json!({"ports": [{"port": 80}], "selector": {"app": "web"}});
    for (key, value) in fields.as_object().unwrap() {
        spec[key] = value.clone();
    }
    json!({"metadata": {"name": "web", "namespace": "default"}, "spec": spec})
}

fn words(error: &meta::ApiError) -> String {
    let message = error.to_status().message;
    let body = message.strip_prefix("Service \"web\" is invalid: ");
    body.unwrap_or(&message).to_owned()
}

fn create(services: &Services, document: &Value) -> Result<Service, String> {
    let cx = context(Verb::Create);
    let mut new = decoded(services, document);
    services.prepare_create(&cx, &mut new);
    let finish = services.begin_create(&cx, &mut new);
    let finish = finish.map_err(|error| words(&error))?;
    let mut errors = FieldErrors::new();
    services.validate(&cx, &mut errors, &new);
    finish.expect("a Service takes something")(errors.is_empty());
    if errors.is_empty() {
        Ok(new)
    } else {
        Err(errors.aggregate())
    }
}

#[track_caller]
fn check(fields: Value, expect: &str) {
    let got = create(&services(), &web(fields));
    assert_eq!(got.err().unwrap_or_default(), expect);
}

#[track_caller]
fn check_update(old: Value, change: impl FnOnce(&mut Value), expect: &str) {
    let services = services();
    let cx = context(Verb::Update);
    let old = create(&services, &web(old)).unwrap();
    let mut document = codec::to_value(&old);
    change(&mut document);
    let mut new = decoded(&services, &document);
    services.prepare_update(&cx, &mut new, &old);
    let got = match services.begin_update(&cx, &mut new, &old) {
        Err(error) => words(&error),
        Ok(_) => {
            let mut errors = FieldErrors::new();
            services.validate_update(&cx, &mut errors, &new, &old);
            errors.aggregate()
        }
    };
    assert_eq!(got, expect);
}

#[test]
fn types() {
    check(
        json!({"clusterIP": "None", "type": "LoadBalancer"}),
        "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services",
    );
    check(
        json!({"clusterIP": "None", "type": "NodePort"}),
        "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
    );
    check(
        json!({"type": "ExternalName", "externalName": "a_b", "clusterIP": "10.96.0.9", "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "ports": []}),
        "[spec.clusterIPs: Forbidden: may not be set for ExternalName services, spec.ipFamilies: Forbidden: may not be set for ExternalName services, spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services, spec.externalName: Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]",
    );
    check(json!({"type": "ExternalName", "externalName": "a.b."}), "");
    check(json!({"ports": [], "clusterIP": "None"}), "");
}

#[test]
fn ports() {
    check(
        json!({"ports": [{"name": "a", "port": 80, "nodePort": 1}, {"name": "b", "port": 80, "nodePort": 1}]}),
        "[spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP', spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP', spec.ports[1].nodePort: Duplicate value: 1, spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}]",
    );
    check(
        json!({"type": "LoadBalancer", "ports": [{"port": 10250}]}),
        "",
    );
    check(
        json!({"ports": [{"port": 80, "targetPort": "-x-"}]}),
        "spec.ports[0].targetPort: Invalid value: \"-x-\": must not begin or end with a hyphen",
    );
}

#[test]
fn addresses() {
    check(
        json!({"clusterIP": "10.96.0.5", "clusterIPs": ["10.96.0.5", "10.96.0.6"]}),
        "spec.clusterIPs: Invalid value: [\"10.96.0.5\",\"10.96.0.6\"]: may specify no more than one IP for each IP family",
    );
    check(
        json!({"clusterIP": "10.96.0.5", "clusterIPs": ["10.96.0.5", "fd00::1", "fd00::2"]}),
        "spec.clusterIPs: Invalid value: [\"10.96.0.5\",\"fd00::1\",\"fd00::2\"]: may only hold up to 2 values",
    );
    check(
        json!({"clusterIP": "10.96.0.5", "clusterIPs": ["10.96.0.5", "fd00::1"]}),
        "[spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified, spec.clusterIPs[1]: Invalid value: [\"10.96.0.5\",\"fd00::1\"]: IPv6 is not configured on this cluster]",
    );
    check(
        json!({"clusterIP": "None", "clusterIPs": ["None", "None"]}),
        "[spec.clusterIPs: Invalid value: [\"None\",\"None\"]: 'None' must be the first and only value, spec.clusterIPs[1]: Invalid value: \"None\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]",
    );
    check(
        json!({"clusterIP": "010.96.0.5"}),
        "spec.clusterIPs[0]: Invalid value: \"010.96.0.5\": must not have leading 0s",
    );
    check(
        json!({"clusterIP": "fd00::5"}),
        "spec.clusterIPs[0]: Invalid value: [\"fd00::5\"]: IPv6 is not configured on this cluster",
    );
    check(
        json!({"clusterIP": "10.96.0.5", "ipFamilies": ["IPv6"]}),
        "spec.clusterIPs[0]: Invalid value: \"10.96.0.5\": expected an IPv6 value as indicated by `ipFamilies[0]`",
    );
    check(
        json!({"clusterIP": "10.97.0.5"}),
        "spec.clusterIPs: Invalid value: [\"10.97.0.5\"]: failed to allocate IP 10.97.0.5: the provided network does not match the current range",
    );
    check(
        json!({"ipFamilyPolicy": "RequireDualStack", "ipFamilies": ["IPv6"]}),
        "[spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services, spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster]",
    );
    check(json!({"ipFamilyPolicy": "PreferDualStack"}), "");
    check(
        json!({"ipFamilies": ["IPv4", "IPv6"]}),
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    );
}

#[test]
fn outside() {
    check(
        json!({"externalIPs": ["127.0.0.1", "0.0.0.0", "169.254.0.1", "224.0.0.1", "x", "8.8.8.08"]}),
        "[spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128), spec.externalIPs[1]: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0), spec.externalIPs[2]: Invalid value: \"169.254.0.1\": may not be in the link-local range (169.254.0.0/16, fe80::/10), spec.externalIPs[3]: Invalid value: \"224.0.0.1\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10), spec.externalIPs[4]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), spec.externalIPs[5]: Invalid value: \"8.8.8.08\": must not have leading 0s]",
    );
    check(
        json!({"loadBalancerSourceRanges": ["10.0.0.1/8", " 10.0.0.0/8 "], "loadBalancerClass": "x", "allocateLoadBalancerNodePorts": true, "externalTrafficPolicy": "Local", "healthCheckNodePort": 30000, "internalTrafficPolicy": "x", "trafficDistribution": "y"}),
        "[spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer', spec.LoadBalancerSourceRanges[0]: Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length, spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer', spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer', spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services, spec.healthCheckNodePort: Invalid value: 30000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local', spec.internalTrafficPolicy: Unsupported value: \"x\": supported values: \"Cluster\", \"Local\", spec.trafficDistribution: Unsupported value: \"y\": supported values: \"PreferClose\", \"PreferSameZone\", \"PreferSameNode\"]",
    );
    check(
        json!({"type": "LoadBalancer", "externalTrafficPolicy": "Local", "healthCheckNodePort": 1}),
        "Internal error occurred: failed to allocate requested HealthCheck NodePort 1: provided port is not in the valid range. The range of valid ports is 30000-32767",
    );
    let annotated = with(
        &web(json!({})),
        "/metadata/annotations",
        json!({"service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, x"}),
    );
    assert_eq!(
        create(&services(), &annotated).unwrap_err(),
        "[metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden: may only be used when `type` is 'LoadBalancer', metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)]"
    );
}

#[test]
fn annotations() {
    let annotated = with(
        &web(json!({})),
        "/metadata/annotations",
        json!({"service.kubernetes.io/topology-mode": "a", "service.kubernetes.io/topology-aware-hints": "b"}),
    );
    assert_eq!(
        create(&services(), &annotated).unwrap_err(),
        "metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: \"a\": must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified"
    );
}

#[test]
fn updates() {
    check_update(json!({}), |_| {}, "[]");
    check_update(
        json!({"type": "NodePort"}),
        |new| {
            new["spec"]["type"] = json!("ExternalName");
            new["spec"]["externalName"] = json!("a.b");
        },
        "[]",
    );
    check_update(
        json!({"type": "LoadBalancer", "externalTrafficPolicy": "Local"}),
        |new| new["spec"]["healthCheckNodePort"] = json!(1),
        "spec.healthCheckNodePort: Forbidden: field is immutable",
    );
    check_update(
        json!({"type": "LoadBalancer", "loadBalancerClass": "a.b/c"}),
        |new| new["spec"]["loadBalancerClass"] = json!("a.b/d"),
        "spec.loadBalancerClass: Invalid value: \"a.b/d\": may not change once set",
    );
    check_update(
        json!({"clusterIP": "None"}),
        |new| new["spec"]["clusterIP"] = json!("10.96.0.7"),
        "spec.clusterIPs[0]: Invalid value: [\"10.96.0.7\"]: may not change once set",
    );
    check_update(
        json!({"clusterIP": "None"}),
        |new| new["spec"]["clusterIPs"] = json!(["None", "None"]),
        "spec.clusterIPs: Invalid value: [\"None\",\"None\"]: 'None' must be the first and only value",
    );
}

#[track_caller]
fn check_status(kind: &str, ingress: Value, expect: &str) {
    let services = services();
    let old = create(&services, &web(json!({"type": kind}))).unwrap();
    let mut document = codec::to_value(&old);
    document["status"] = json!({"loadBalancer": {"ingress": ingress}});
    let new = codec::from_value::<Service>(&document).unwrap().object;
    let mut errors = FieldErrors::new();
    let cx = context(Verb::Update);
    super::super::StatusPart.validate_update(&cx, &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn status() {
    check_status(
        "ClusterIP",
        json!([{"ip": "1.2.3.4", "ipMode": "VIP"}]),
        "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
    );
    check_status(
        "LoadBalancer",
        json!([{"ip": "1.2.3.04"}, {"ipMode": "VIP"}, {"ip": "1.2.3.4", "ipMode": "x"}, {"hostname": "1.2.3.4"}]),
        "[status.loadBalancer.ingress[0].ip: Invalid value: \"1.2.3.04\": must not have leading 0s, status.loadBalancer.ingress[0].ipMode: Required value: must be specified when `ip` is set, status.loadBalancer.ingress[1].ipMode: Forbidden: may not be specified when `ip` is not set, status.loadBalancer.ingress[2].ipMode: Unsupported value: \"x\": supported values: \"Proxy\", \"VIP\", status.loadBalancer.ingress[3].hostname: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address]",
    );
}

#[test]
fn warnings() {
    let services = services();
    let of = |fields: Value| {
        let service = decoded(&services, &web(fields));
        services
            .warnings_on_create(&context(Verb::Create), &service)
            .join("\n")
    };
    assert_eq!(of(json!({})), "");
    assert_eq!(
        of(
            json!({"clusterIP": "None", "externalIPs": ["8.8.8.8"], "sessionAffinity": "ClientIP", "loadBalancerIP": "1.2.3.4"})
        ),
        "spec.loadBalancerIP is ignored for headless services\nspec.externalIPs is ignored for headless services\nspec.SessionAffinity is ignored for headless services"
    );
    assert_eq!(
        of(json!({"externalIPs": ["2001:DB8::1"], "externalName": "x"})),
        "spec.externalIPs[0]: IPv6 address \"2001:DB8::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")\nspec.externalIPs is deprecated and may no longer be implemented in some clusters\nspec.externalName is ignored when spec.type is not \"ExternalName\""
    );
    assert_eq!(
        of(json!({"trafficDistribution": "PreferClose"})),
        "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""
    );
}
