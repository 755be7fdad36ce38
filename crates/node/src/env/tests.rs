//! Precedence, sources, expansion and links, one line a case.

use super::*;
use expect_test::expect;
use meta::Map;

struct Known(Vec<(&'static str, Vec<(&'static str, &'static str)>)>);

impl Objects for Known {
    fn config_map(&self, name: &str) -> Option<Arc<ConfigMap>> {
        let (_, pairs) = self.0.iter().find(|(known, _)| *known == name)?;
        let data = pairs
            .iter()
            .map(|(k, v)| (meta::Str::from(*k), meta::Str::from(*v)))
            .collect();
        Some(Arc::new(ConfigMap {
            data,
            ..ConfigMap::default()
        }))
    }

    fn secret(&self, _: &str) -> Option<Arc<Secret>> {
        None
    }
}

fn check(container: &serde_json::Value) -> String {
    let container: Container = meta::codec::from_value(container).unwrap().object;
    let mut pod = Pod::default();
    pod.metadata.name = "p".into();
    pod.metadata.namespace = "ns".into();
    pod.metadata.labels = Map::from([("app", meta::Str::from("web"))]);
    let mut service = Service::default();
    service.metadata.name = "my-db".into();
    service.metadata.namespace = "ns".into();
    service.spec.cluster_ip = "10.96.0.9".into();
    service.spec.ports = [api::core::v1::ServicePort {
        port: 5432,
        protocol: "TCP".into(),
        ..Default::default()
    }]
    .into();
    let facts = Facts {
        pod_ips: vec!["10.0.0.1".to_owned()],
        ..Facts::default()
    };
    let objects = Known(vec![("conf", vec![("A", "from-map"), ("B", "b")])]);
    match environment(&pod, &container, &facts, &objects, &[Arc::new(service)]) {
        Ok(environment) => environment
            .iter()
            .map(|(name, value)| format!("{name}={value}\n"))
            .collect(),
        Err(message) => message,
    }
}

#[test]
fn sources_and_precedence() {
    let container = serde_json::json!({"name": "c",
    "envFrom": [{"prefix": "P_", "configMapRef": {"name": "conf"}}, {"configMapRef": {"name": "none", "optional": true}}],
    "env": [
        {"name": "P_A", "value": "own"},
        {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "APP", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}},
        {"name": "KEY", "valueFrom": {"configMapKeyRef": {"name": "conf", "key": "B"}}},
        {"name": "ALL", "value": "$(P_A) $(IP) $$(IP) $(NOPE) $(MY_DB_SERVICE_HOST)"},
    ]});
    expect![[r"
        P_B=b
        P_A=own
        IP=10.0.0.1
        APP=web
        KEY=b
        ALL=own 10.0.0.1 $(IP) $(NOPE) 10.96.0.9
        MY_DB_SERVICE_HOST=10.96.0.9
        MY_DB_SERVICE_PORT=5432
        MY_DB_PORT=tcp://10.96.0.9:5432
        MY_DB_PORT_5432_TCP=tcp://10.96.0.9:5432
        MY_DB_PORT_5432_TCP_PROTO=tcp
        MY_DB_PORT_5432_TCP_PORT=5432
        MY_DB_PORT_5432_TCP_ADDR=10.96.0.9
    "]]
    .assert_eq(&check(&container));
}

#[test]
fn what_is_missing_is_said() {
    let missing = |source: serde_json::Value| {
        check(&serde_json::json!({"name": "c", "env": [{"name": "X", "valueFrom": source}]}))
    };
    expect![[r#"configmap "none" not found"#]].assert_eq(&missing(
        serde_json::json!({"configMapKeyRef": {"name": "none", "key": "k"}}),
    ));
    expect!["couldn't find key k in ConfigMap ns/conf"].assert_eq(&missing(
        serde_json::json!({"configMapKeyRef": {"name": "conf", "key": "k"}}),
    ));
    expect![[r#"secret "s" not found"#]].assert_eq(&missing(
        serde_json::json!({"secretKeyRef": {"name": "s", "key": "k"}}),
    ));
}
