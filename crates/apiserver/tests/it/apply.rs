//! Patches and server-side apply.
use crate::kit::{Kit, run};
use serde_json::json;

const MAPS: &str = "/api/v1/namespaces/n/configmaps";

#[test]
fn each_kind_of_patch() {
    run(|kit: Kit| async move {
        kit.post(MAPS, json!({"metadata": {"name": "c"}, "data": {"a": "1"}}))
            .await
            .expect(201);
        let path = format!("{MAPS}/c");
        let patched = kit
            .patch(
                &path,
                "application/json-patch+json",
                json!([{"op": "add", "path": "/data/b", "value": "1"}]),
            )
            .await
            .expect(200);
        assert_eq!(patched["data"], json!({"a": "1", "b": "1"}));
        let refused = kit
            .patch(
                &path,
                "application/json-patch+json",
                json!([{"op": "test", "path": "/data/b", "value": "9"}]),
            )
            .await;
        assert_eq!(
            refused.message(422),
            "the server rejected our request due to an error in our request"
        );
        let merged = kit
            .patch(
                &path,
                "application/merge-patch+json",
                json!({"data": {"b": null, "c": "3"}}),
            )
            .await
            .expect(200);
        assert_eq!(merged["data"], json!({"a": "1", "c": "3"}));
        let strategic = kit
            .patch(
                &path,
                "application/strategic-merge-patch+json",
                json!({"data": {"d": "4"}}),
            )
            .await
            .expect(200);
        assert_eq!(strategic["data"], json!({"a": "1", "c": "3", "d": "4"}));
        assert_eq!(
            kit.patch(&path, "application/json", json!({}))
                .await
                .message(415),
            "415: Unsupported Media Type"
        );
    });
}

#[test]
fn apply_owns_conflicts_and_forces() {
    run(|kit: Kit| async move {
        let path = format!("{MAPS}/d");
        let media = "application/apply-patch+yaml";
        let body = |value: &str| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "d"}, "data": {"a": value}});
        let words = "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch";
        assert_eq!(kit.patch(&path, media, body("1")).await.message(422), words);
        let made = kit
            .patch(&format!("{path}?fieldManager=alice"), media, body("1"))
            .await
            .expect(201);
        assert_eq!(made["metadata"]["managedFields"][0]["operation"], "Apply");
        let conflict = kit
            .patch(&format!("{path}?fieldManager=bob"), media, body("2"))
            .await;
        assert_eq!(
            conflict.message(409),
            "Apply failed with 1 conflict: conflict with \"alice\": .data.a"
        );
        let forced = kit
            .patch(
                &format!("{path}?fieldManager=bob&force=true"),
                media,
                body("2"),
            )
            .await
            .expect(200);
        assert_eq!(forced["data"]["a"], "2");
        let again = kit
            .patch(
                &format!("{path}?fieldManager=bob&force=true"),
                media,
                body("2"),
            )
            .await
            .expect(200);
        assert_eq!(
            again["metadata"]["resourceVersion"],
            forced["metadata"]["resourceVersion"]
        );
    });
}
