//! What admission bounds, over the whole server with all kinds: quotas under requests at once, pod security, limit ranges, storage.
use crate::{
    full::run,
    kit::{Kit, events},
};
use futures::future::join_all;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/q/configmaps";
const PODS: &str = "/api/v1/namespaces/q/pods";

async fn namespace(kit: &Kit, labels: Value) {
    let metadata = json!({"name": "q", "labels": labels});
    kit.post("/api/v1/namespaces", json!({"metadata": metadata}))
        .await
        .expect(201);
    let account = json!({"metadata": {"name": "default"}});
    kit.post("/api/v1/namespaces/q/serviceaccounts", account)
        .await
        .expect(201);
}

fn named(name: &str) -> Value {
    json!({"metadata": {"name": name}})
}

#[test]
fn a_quota_is_exact_under_requests_at_once() {
    run(|kit: Kit| async move {
        namespace(&kit, json!({})).await;
        let quota =
            json!({"metadata": {"name": "few"}, "spec": {"hard": {"count/configmaps": "3"}}});
        kit.post("/api/v1/namespaces/q/resourcequotas", quota)
            .await
            .expect(201);
        let names: Vec<String> = (0..10).map(|n| format!("m{n}")).collect();
        let posts = names.iter().map(|name| kit.post(MAPS, named(name)));
        let answers = join_all(posts).await;
        let made: Vec<&String> = names
            .iter()
            .zip(&answers)
            .filter(|(_, answer)| answer.code == 201)
            .map(|(name, _)| name)
            .collect();
        assert_eq!(made.len(), 3);
        let words = "is forbidden: exceeded quota: few, requested: count/configmaps=1, used: count/configmaps=3, limited: count/configmaps=3";
        assert_eq!(
            kit.post(MAPS, named("late")).await.message(403),
            format!("configmaps \"late\" {words}")
        );
        kit.delete(&format!("{MAPS}/{}", made[0]), Value::Null)
            .await
            .expect(200);
        // Neither a dry run nor a write that fails takes what is free.
        kit.post(&format!("{MAPS}?dryRun=All"), named("dry"))
            .await
            .expect(201);
        for _ in 0..3 {
            kit.post(MAPS, named(made[1])).await.message(409);
        }
        kit.post(MAPS, named("fits")).await.expect(201);
        kit.post(MAPS, named("late")).await.message(403);
    });
}

#[test]
fn a_quota_says_what_is_used_before_a_create_is_answered() {
    run(|kit: Kit| async move {
        namespace(&kit, json!({})).await;
        let path = "/api/v1/namespaces/q/resourcequotas";
        let hard = json!({"configmaps": "20", "secrets": "9"});
        let quota = json!({"metadata": {"name": "few"}, "spec": {"hard": hard}});
        kit.post(path, quota).await.expect(201);
        // Its controller's first word.
        let status = json!({"status": {"hard": hard, "used": {"configmaps": "0", "secrets": "0"}}});
        let few = format!("{path}/few");
        kit.patch(
            &format!("{few}/status"),
            "application/merge-patch+json",
            status,
        )
        .await
        .expect(200);
        let names: Vec<String> = (0..10).map(|n| format!("m{n}")).collect();
        for answer in join_all(names.iter().map(|name| kit.post(MAPS, named(name)))).await {
            answer.expect(201);
        }
        let said = kit.get(&few).await.expect(200);
        let used = json!({"configmaps": "10", "secrets": "0"});
        assert_eq!(said["status"]["used"], used);
        let managers = said["metadata"]["managedFields"].as_array().unwrap();
        assert!(
            managers
                .iter()
                .any(|one| one["manager"] == "kube-apiserver")
        );
        kit.post(&format!("{MAPS}?dryRun=All"), named("dry"))
            .await
            .expect(201);
        let said = kit.get(&few).await.expect(200);
        assert_eq!(said["status"]["used"], used);
    });
}

#[test]
fn pods_are_bounded_by_their_namespace() {
    run(|kit: Kit| async move {
        namespace(
            &kit,
            json!({"pod-security.kubernetes.io/enforce": "baseline"}),
        )
        .await;
        let range = json!({"metadata": {"name": "r"}, "spec": {"limits": [{"type": "Container", "max": {"cpu": "1"}}]}});
        kit.post("/api/v1/namespaces/q/limitranges", range)
            .await
            .expect(201);
        let pod = |name: &str, host: bool, cpu: &str| {
            let container =
                json!({"name": "c", "image": "i", "resources": {"limits": {"cpu": cpu}}});
            json!({"metadata": {"name": name}, "spec": {"hostPID": host, "containers": [container]}})
        };
        assert_eq!(
            kit.post(PODS, pod("a", true, "1")).await.message(403),
            "pods \"a\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true)"
        );
        assert_eq!(
            kit.post(PODS, pod("a", false, "2")).await.message(403),
            "pods \"a\" is forbidden: maximum cpu usage per Container is 1, but limit is 2"
        );
        let plain = json!({"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
        let made = kit.post(PODS, plain).await.expect(201);
        let resources = &made["spec"]["containers"][0]["resources"];
        assert_eq!(resources["limits"]["cpu"], "1");
        assert_eq!(resources["requests"]["cpu"], "1");
        let text = kit.get("/metrics").await.text;
        for line in [
            "decision=\"deny\",mode=\"enforce\",policy_level=\"baseline\"",
            "decision=\"allow\",mode=\"enforce\",policy_level=\"baseline\"",
        ] {
            let line = format!("pod_security_evaluations_total{{{line},policy_version=\"latest\"");
            assert!(text.contains(&line), "{line}\n{text}");
        }
    });
}

#[test]
fn claims_get_the_default_class_and_their_finalizer() {
    run(|kit: Kit| async move {
        namespace(&kit, json!({})).await;
        let annotations = json!({"storageclass.kubernetes.io/is-default-class": "true"});
        let class =
            json!({"metadata": {"name": "fast", "annotations": annotations}, "provisioner": "p/q"});
        kit.post("/apis/storage.k8s.io/v1/storageclasses", class)
            .await
            .expect(201);
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}});
        let claim = json!({"metadata": {"name": "c"}, "spec": spec});
        let made = kit
            .post("/api/v1/namespaces/q/persistentvolumeclaims", claim)
            .await
            .expect(201);
        assert_eq!(made["spec"]["storageClassName"], "fast");
        assert_eq!(
            made["metadata"]["finalizers"],
            json!(["kubernetes.io/pvc-protection"])
        );
    });
}

#[test]
fn addresses_of_services_are_objects() {
    run(|kit: Kit| async move {
        let range = kit
            .get("/apis/networking.k8s.io/v1/servicecidrs/kubernetes")
            .await
            .expect(200);
        assert_eq!(range["spec"]["cidrs"], json!(["10.96.0.0/16"]));
        let path = "/apis/networking.k8s.io/v1/ipaddresses";
        let services = "/api/v1/namespaces/default/services";
        let service = json!({"metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}], "selector": {"a": "b"}}});
        let made = kit.post(services, service).await.expect(201);
        let address = made["spec"]["clusterIP"].as_str().unwrap().to_owned();
        told(&kit, "ADDED", &address).await;
        let object = kit.get(&format!("{path}/{address}")).await.expect(200);
        assert_eq!(
            object["spec"]["parentRef"],
            json!({"resource": "services", "namespace": "default", "name": "web"})
        );
        kit.delete(&format!("{services}/web"), Value::Null)
            .await
            .expect(200);
        told(&kit, "DELETED", &address).await;
        kit.get(&format!("{path}/{address}")).await.message(404);
        let left = kit.get(path).await.expect(200);
        assert_eq!(left["items"].as_array().unwrap().len(), 1);
        assert_eq!(left["items"][0]["metadata"]["name"], "10.96.0.1");
    });
}

/// Waits until a watch of the addresses tells this.
async fn told(kit: &Kit, change: &str, address: &str) {
    let path = "/apis/networking.k8s.io/v1/ipaddresses?watch=true&resourceVersion=1";
    let request = http::Request::get(path).body(bytes::Bytes::new()).unwrap();
    let mut body = kit.admin.call(request).await.into_body();
    loop {
        let all = events(&mut body).await;
        assert!(!all.is_empty(), "the watch ended before {change} {address}");
        let is_it = |event: &Value| {
            event["type"] == change && event["object"]["metadata"]["name"] == address
        };
        if all.iter().any(is_it) {
            return;
        }
    }
}
