//! Which rules of metadata each kind and each of its parts asks once more on update, in which order: what upstream's server was seen to answer.

use crate::replay::kinds;
use meta::{FieldErrors, ObjectMeta};
use resource::{MetadataCheck, ResourceInfo, Verb, validate_metadata_update};

/// By kind, then by part: what each check names of a bad label (l), a bad `generateName` (g) and a bad finalizer that is also none of
/// upstream's own (q, s).
const CHECKS: &str = "\
apiservices: l lq; status: l
certificatesigningrequests: lqs ls; approval: lqs ls; status: lqs ls
clusterrolebindings: lqs ls
clusterroles: lqs ls
configmaps: ls glqs
controllerrevisions: ls glqs
cronjobs: ls; status:
csidrivers: ls
csinodes: glqs
csistoragecapacities: glqs ls
customresourcedefinitions: l; status: l
daemonsets: ls; status: ls
deployments: ls; status: ls
deviceclasses: lqs ls
endpoints: ls glqs
endpointslices: glqs
events:
flowschemas: glqs; status:
horizontalpodautoscalers: ls; status: ls
ingressclasses: ls glqs
ingresses: ls glqs; status: ls
ipaddresses: glqs ls
jobs: glqs ls; status: ls
leases: l
limitranges: glqs
mutatingadmissionpolicies: glq
mutatingadmissionpolicybindings: glq
mutatingwebhookconfigurations: glq
namespaces: glqs ls; finalize: ls; status: ls
networkpolicies: ls
nodes: glqs ls; status: ls
persistentvolumeclaims: ls glqs; status: ls
persistentvolumes: glqs glqs; status: ls
poddisruptionbudgets:; status:
pods: ls glqs; ephemeralcontainers: ls glqs; resize: ls glqs; status: ls
podtemplates: ls
priorityclasses: ls
prioritylevelconfigurations: glqs; status:
replicasets: ls; status: ls
replicationcontrollers: ls; status: ls
resourceclaims: glqs ls; status: ls
resourceclaimtemplates: glqs ls
resourcequotas: ls; status: ls
resourceslices: ls
rolebindings: lqs ls
roles: lqs ls
runtimeclasses: glq l
secrets: ls glqs
serviceaccounts: ls glqs
servicecidrs: ls; status: ls
services: ls; status: ls
statefulsets: ls; status: ls
storageclasses: glqs ls
validatingadmissionpolicies: glq; status:
validatingadmissionpolicybindings: glq
validatingwebhookconfigurations: glq
volumeattachments: glqs; status: glqs
volumeattributesclasses: ls glqs
";

/// The findings of all checks, without those of the rules for all kinds.
fn found(info: &ResourceInfo, checks: &[MetadataCheck]) -> String {
    let mut metadata = ObjectMeta {
        name: "a".into(),
        generate_name: "_".into(),
        finalizers: vec!["b c".into()],
        ..ObjectMeta::default()
    };
    if info.namespaced() {
        metadata.namespace = "n".into();
    }
    metadata.labels.insert("d", "e f".into());
    let letters = |checks: &[MetadataCheck]| -> String {
        let mut errors = FieldErrors::new();
        validate_metadata_update(&mut errors, info, checks, &metadata, &metadata);
        let letter = |field: &str| match field {
            "metadata.labels" => "l",
            "metadata.generateName" => "g",
            "metadata.finalizers" => "q",
            "metadata.finalizers[0]" => "s",
            _ => "",
        };
        errors
            .iter()
            .map(|error| letter(&error.field.to_string()))
            .collect()
    };
    let common = letters(&[]).len();
    let mut said = String::new();
    for check in checks {
        said.push(' ');
        said.push_str(&letters(std::slice::from_ref(check))[common..]);
    }
    said
}

#[test]
fn kinds_and_their_parts_ask_again() {
    let mut lines = Vec::new();
    for resource in kinds() {
        let info = resource.info();
        if !info.verbs.contains(&Verb::Update) || info.plural == "componentstatuses" {
            continue;
        }
        let mut line = format!("{}:{}", info.plural, found(info, info.metadata_on_update));
        for subresource in &info.subresources {
            if let Some(part) = resource.part(subresource.name) {
                let found = found(info, part.metadata_on_update());
                line.push_str(&format!("; {}:{found}", subresource.name));
            }
        }
        lines.push(line + "\n");
    }
    lines.sort();
    assert_eq!(lines.concat(), CHECKS);
}
