//! Stand-ins for the admission plugins whose work shows in the records: service account, priority, tolerations, node taint, finalizers of storage.
//! The server's own are tested where they live.

use api::core::v1::{
    ConfigMapProjection, DownwardAPIProjection, DownwardAPIVolumeFile, KeyToPath, Node,
    ObjectFieldSelector, Pod, ProjectedVolumeSource, ServiceAccountTokenProjection, Taint,
    Toleration, Volume, VolumeMount, VolumeProjection,
};
use meta::{ApiError, Str};
use resource::{Admission, AdmissionRequest, BoxFuture, Object, Operation, RequestContext};

pub(crate) struct StandIn;

const MOUNT_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

impl Admission for StandIn {
    fn mutate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a mut Object,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let done = match request.operation {
            Operation::Create => created(cx, object),
            _ => {
                updated(request, object);
                Ok(())
            }
        };
        Box::pin(std::future::ready(done))
    }

    fn validate<'a>(
        &'a self,
        _cx: &'a RequestContext,
        _request: AdmissionRequest<'a>,
        _object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

fn created(cx: &RequestContext, object: &mut Object) -> Result<(), ApiError> {
    if let Some(node) = object.as_any_mut().downcast_mut::<Node>() {
        let key = "node.kubernetes.io/not-ready";
        node.spec.taints.push(Taint {
            key: key.into(),
            effect: "NoSchedule".into(),
            ..Taint::default()
        });
    }
    let protection = match &*object.group_version_kind().kind {
        "PersistentVolume" => Some("kubernetes.io/pv-protection"),
        "PersistentVolumeClaim" => Some("kubernetes.io/pvc-protection"),
        _ => None,
    };
    if let Some(finalizer) = protection {
        let finalizers = &mut object.metadata_mut().finalizers;
        finalizers.push(finalizer.into());
    }
    let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
        return Ok(());
    };
    let spec = &mut pod.spec;
    if spec.service_account_name.is_empty() {
        spec.service_account_name = "default".into();
    }
    spec.service_account = spec.service_account_name.clone();
    if spec.service_account_name != "default" {
        let name = spec.service_account_name.as_str();
        let why = format!(
            "error looking up service account {}/{name}: serviceaccount {name:?} not found",
            cx.namespace
        );
        return Err(ApiError::forbidden("", "pods", &pod.metadata.name, &why));
    }
    if spec.automount_service_account_token != Some(false) {
        mount_token(cx, pod);
    }
    let system = match pod.spec.priority_class_name.as_str() {
        "system-node-critical" => 2_000_001_000,
        "system-cluster-critical" => 2_000_000_000,
        _ => 0,
    };
    if !pod.spec.priority_class_name.is_empty() && system == 0 {
        let why = format!(
            "no PriorityClass with name {} was found",
            pod.spec.priority_class_name
        );
        return Err(ApiError::forbidden("", "pods", &pod.metadata.name, &why));
    }
    pod.spec.priority = Some(system);
    pod.spec
        .preemption_policy
        .get_or_insert_with(|| "PreemptLowerPriority".into());
    tolerate(pod);
    Ok(())
}

fn updated(request: AdmissionRequest<'_>, object: &mut Object) {
    let old = request
        .old
        .and_then(|old| old.as_any().downcast_ref::<Pod>());
    let (Some(pod), Some(old)) = (object.as_any_mut().downcast_mut::<Pod>(), old) else {
        return;
    };
    if pod.spec.priority.is_none() {
        pod.spec.priority = old.spec.priority;
    }
    if pod.spec.preemption_policy.is_none() {
        pod.spec.preemption_policy = old.spec.preemption_policy.clone();
    }
    tolerate(pod);
}

fn tolerate(pod: &mut Pod) {
    for key in [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/unreachable",
    ] {
        let held = |toleration: &Toleration| {
            (toleration.key == key || toleration.key.is_empty())
                && (toleration.effect == "NoExecute" || toleration.effect.is_empty())
        };
        if !pod.spec.tolerations.iter().any(held) {
            pod.spec.tolerations.push(Toleration {
                key: key.into(),
                operator: "Exists".into(),
                effect: "NoExecute".into(),
                toleration_seconds: Some(300),
                ..Toleration::default()
            });
        }
    }
}

fn mount_token(cx: &RequestContext, pod: &mut Pod) {
    let name = Str::from(format!("kube-api-access-{}", cx.random_suffix(5)));
    let mut mounted = false;
    for container in pod
        .spec
        .init_containers
        .iter_mut()
        .chain(pod.spec.containers.iter_mut())
    {
        if container
            .volume_mounts
            .iter()
            .all(|mount| mount.mount_path != MOUNT_PATH)
        {
            let mount = VolumeMount {
                name: name.clone(),
                read_only: true,
                mount_path: MOUNT_PATH.into(),
                ..VolumeMount::default()
            };
            container.volume_mounts.push(mount);
            mounted = true;
        }
    }
    if mounted {
        pod.spec.volumes.push(token_volume(name));
    }
}

fn token_volume(name: Str) -> Volume {
    let token = ServiceAccountTokenProjection {
        expiration_seconds: Some(3607),
        path: "token".into(),
        ..Default::default()
    };
    let mut ca = ConfigMapProjection {
        items: vec![KeyToPath {
            key: "ca.crt".into(),
            path: "ca.crt".into(),
            ..Default::default()
        }]
        .into(),
        ..Default::default()
    };
    ca.local_object_reference.name = "kube-root-ca.crt".into();
    let field = ObjectFieldSelector {
        api_version: "v1".into(),
        field_path: "metadata.namespace".into(),
    };
    let file = DownwardAPIVolumeFile {
        path: "namespace".into(),
        field_ref: Some(Box::new(field)),
        ..Default::default()
    };
    let sources = vec![
        VolumeProjection {
            service_account_token: Some(Box::new(token)),
            ..Default::default()
        },
        VolumeProjection {
            config_map: Some(Box::new(ca)),
            ..Default::default()
        },
        VolumeProjection {
            downward_api: Some(Box::new(DownwardAPIProjection {
                items: vec![file].into(),
            })),
            ..Default::default()
        },
    ];
    let mut volume = Volume {
        name,
        ..Volume::default()
    };
    volume.volume_source.projected = Some(Box::new(ProjectedVolumeSource {
        sources: sources.into(),
        default_mode: Some(0o644),
    }));
    volume
}
