//! HorizontalPodAutoscaler in its older version, which says in annotations what it has no fields for.
use crate::{
    full,
    kit::{Kit, send_with},
};
use serde_json::{Value, json};

const V1: &str = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
const V2: &str = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

fn memory(utilization: i32) -> Value {
    json!({"type": "Resource", "resource": {"name": "memory", "target": {"type": "Utilization", "averageUtilization": utilization}}})
}

fn older() -> Value {
    json!({
        "apiVersion": "autoscaling/v1",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "a"},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
            "maxReplicas": 5,
            "targetCPUUtilizationPercentage": 70,
        },
    })
}

#[test]
fn both_versions_are_one_object() {
    full::run(|kit: Kit| async move {
        let created = kit.post(V1, older()).await.expect(201);
        assert_eq!(created["apiVersion"], "autoscaling/v1");
        assert_eq!(created["spec"]["minReplicas"], 1);
        assert_eq!(created["spec"]["targetCPUUtilizationPercentage"], 70);
        let newer = kit.get(&format!("{V2}/a")).await.expect(200);
        assert_eq!(newer["apiVersion"], "autoscaling/v2");
        let cpu = json!([{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}]);
        assert_eq!(newer["spec"]["metrics"], cpu);

        let mut more = newer;
        more["spec"]["metrics"]
            .as_array_mut()
            .unwrap()
            .push(memory(80));
        more["spec"]["behavior"] = json!({"scaleDown": {"stabilizationWindowSeconds": 60}});
        kit.put(&format!("{V2}/a"), more).await.expect(200);
        let seen = kit.get(&format!("{V1}/a")).await.expect(200);
        assert_eq!(seen["spec"]["targetCPUUtilizationPercentage"], 70);
        let annotations = seen["metadata"]["annotations"].as_object().unwrap();
        let metrics = annotations["autoscaling.alpha.kubernetes.io/metrics"].as_str();
        assert!(metrics.unwrap().contains("\"name\":\"memory\""));
        assert!(annotations.contains_key("autoscaling.alpha.kubernetes.io/behavior"));

        // What the older version has no fields for outlives a change through it.
        let fewer = json!({"spec": {"maxReplicas": 4}});
        let merge = "application/merge-patch+json";
        let patched = kit.patch(&format!("{V1}/a"), merge, fewer).await;
        assert_eq!(patched.expect(200)["spec"]["maxReplicas"], 4);
        let newer = kit.get(&format!("{V2}/a")).await.expect(200);
        assert_eq!(newer["spec"]["maxReplicas"], 4);
        assert_eq!(newer["spec"]["metrics"].as_array().unwrap().len(), 2);
        assert_eq!(
            newer["spec"]["behavior"]["scaleDown"]["stabilizationWindowSeconds"],
            60
        );
        let annotations = &newer["metadata"]["annotations"];
        assert!(annotations.is_null(), "{annotations}");
    });
}

#[test]
fn lists_tables_applies_and_errors_of_the_older_version() {
    full::run(|kit: Kit| async move {
        let apply = format!("{V1}/a?fieldManager=me");
        let yaml = "application/apply-patch+yaml";
        let applied = kit.patch(&apply, yaml, older()).await.expect(201);
        let manager = &applied["metadata"]["managedFields"][0];
        assert_eq!(manager["apiVersion"], "autoscaling/v1");
        assert!(manager["fieldsV1"]["f:spec"]["f:targetCPUUtilizationPercentage"].is_object());
        let list = kit.get(V1).await.expect(200);
        assert_eq!(list["apiVersion"], "autoscaling/v1");
        assert_eq!(list["kind"], "HorizontalPodAutoscalerList");
        assert_eq!(
            list["items"][0]["spec"]["targetCPUUtilizationPercentage"],
            70
        );

        let table = [("accept", "application/json;as=Table;g=meta.k8s.io;v=v1")];
        let table = send_with(&kit.admin, "GET", V1, "", Value::Null, &table).await;
        let cells = &table.expect(200)["rows"][0]["cells"];
        assert_eq!(cells[1], "Deployment/web");
        assert_eq!(cells[2], "cpu: <unknown>/70%");

        let status = json!({"status": {"currentReplicas": 2, "desiredReplicas": 3}});
        let path = format!("{V1}/a/status");
        let told = kit
            .patch(&path, "application/merge-patch+json", status)
            .await;
        assert_eq!(told.expect(200)["status"]["desiredReplicas"], 3);

        let mut wrong = older();
        wrong["metadata"]["name"] = "b".into();
        wrong["spec"]["targetCPUUtilizationPercentage"] = 0.into();
        wrong["spec"]["maxReplicas"] = 0.into();
        assert_eq!(
            kit.post(V1, wrong).await.message(422),
            "HorizontalPodAutoscaler.autoscaling \"b\" is invalid: [spec.maxReplicas: Required value: must be set and greater than 0, spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`, spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0]"
        );
    });
}
