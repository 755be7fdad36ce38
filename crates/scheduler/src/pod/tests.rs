//! A view made of the parts that are decoded is that of the whole pod.

use super::{PARTS, PodView, View};
use api::core::v1::Pod;
use meta::codec::{self, Projection};

/// With everything that a view is made of, and something of the rest.
const POD: &str = r#"{
"kind":"Pod","apiVersion":"v1",
"metadata":{"name":"p","generateName":"p-","namespace":"n","uid":"u","resourceVersion":"7","generation":3,
 "creationTimestamp":"2026-01-01T00:00:00Z","deletionTimestamp":"2026-01-02T00:00:00Z","labels":{"a":"b"},
 "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"r","uid":"o","controller":true}],
 "managedFields":[{"manager":"m","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]},
"spec":{"hostNetwork":true,"schedulerName":"s","priority":5,"NODE":"",
 "volumes":[{"name":"v","emptyDir":{}}],
 "initContainers":[{"name":"i","image":"x","restartPolicy":"Always","ports":[{"containerPort":81}],"resources":{"requests":{"cpu":"2"}}}],
 "containers":[{"name":"c","image":"x","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":80,"hostPort":80,"hostIP":"10.0.0.1","protocol":"UDP"}],
  "resources":{"requests":{"cpu":"1","memory":"1Gi"},"limits":{"cpu":"2"}}}],
 "overhead":{"memory":"1Mi"},"resources":{"requests":{"cpu":"9"}},
 "nodeSelector":{"disk":"ssd"},"schedulingGates":[{"name":"g"}],
 "tolerations":[{"key":"k","operator":"Exists","effect":"NoSchedule","tolerationSeconds":4}],
 "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
   {"matchExpressions":[{"key":"k","operator":"In","values":["v"]}],"matchFields":[{"key":"metadata.name","operator":"In","values":["x"]}]}]},
  "preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"preference":{"matchExpressions":[{"key":"k","operator":"Exists"}]}}]}}},
"status":{"phase":"Failed","podIP":"10.1.1.1","conditions":[
 {"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"words"}]}}"#;

#[test]
fn the_parts_are_enough() {
    for node in ["", "a-node"] {
        let text = POD.replace(r#""NODE":"""#, &format!(r#""nodeName":"{node}""#));
        let view = |parts: Projection| {
            let pod: Pod = codec::from_json_parts(text.as_bytes(), parts).unwrap();
            format!("{:#?}", PodView::of(pod))
        };
        assert_eq!(view(PARTS), view(Projection::WHOLE));
        assert_eq!(view(PARTS).contains("ssd"), node.is_empty());
    }
}
