//! What hardened pods say of themselves.
use super::{Set, Subject, Violation, baseline, containers, plural, quoted, quoted_set, setters};
use api::core::v1::VolumeSource;

const ALL: &str = "ALL";
const NET_BIND_SERVICE: &str = "NET_BIND_SERVICE";

/// Since v1.25 pods for Windows are left out of what means nothing there.
fn spares_windows(subject: &Subject<'_>) -> bool {
    subject.version.has(25) && subject.is_windows()
}

pub(super) fn privilege_escalation(subject: &Subject<'_>) -> Option<Violation> {
    if spares_windows(subject) {
        return None;
    }
    let names = subject.names(|part| {
        let allowed = part
            .context
            .and_then(|context| context.allow_privilege_escalation);
        allowed != Some(false)
    });
    (!names.is_empty()).then(|| Violation {
        reason: "allowPrivilegeEscalation != false",
        detail: format!(
            "{} must set securityContext.allowPrivilegeEscalation=false",
            containers(&names)
        ),
    })
}

pub(super) fn capabilities(subject: &Subject<'_>) -> Option<Violation> {
    if spares_windows(subject) {
        return None;
    }
    let keeps = subject.names(|part| {
        let drop = part
            .capabilities()
            .map_or(&[][..], |capabilities| &capabilities.drop);
        !drop.iter().any(|one| one == ALL)
    });
    let added = |part: &super::Part<'_>| -> Vec<String> {
        let add = part
            .capabilities()
            .map_or(&[][..], |capabilities| &capabilities.add);
        let bad = add.iter().filter(|one| *one != NET_BIND_SERVICE);
        bad.map(ToString::to_string).collect()
    };
    let adds = subject.names(|part| !added(part).is_empty());
    let found: Set = subject.containers.iter().flat_map(added).collect();
    let mut details = Vec::new();
    if !keeps.is_empty() {
        details.push(format!(
            "{} must set securityContext.capabilities.drop=[\"ALL\"]",
            containers(&keeps)
        ));
    }
    if !adds.is_empty() {
        details.push(format!(
            "{} must not include {} in securityContext.capabilities.add",
            containers(&adds),
            quoted_set(&found)
        ));
    }
    (!details.is_empty()).then(|| Violation {
        reason: "unrestricted capabilities",
        detail: details.join("; "),
    })
}

pub(super) fn proc_mount(subject: &Subject<'_>) -> Option<Violation> {
    baseline::unmasked(subject)
}

pub(super) fn volumes(subject: &Subject<'_>) -> Option<Violation> {
    let (mut names, mut kinds) = (Vec::new(), Set::new());
    for volume in &subject.spec.volumes {
        if let Some(kind) = restricted_kind(&volume.volume_source) {
            names.push(volume.name.as_str());
            kinds.insert(kind.to_owned());
        }
    }
    (!names.is_empty()).then(|| Violation {
        reason: "restricted volume types",
        detail: format!(
            "{} {} {} {} {}",
            plural("volume", "volumes", names.len()),
            quoted(names.iter().copied()),
            plural("uses", "use", names.len()),
            plural(
                "restricted volume type",
                "restricted volume types",
                kinds.len()
            ),
            quoted_set(&kinds)
        ),
    })
}

/// The sort of a volume that pods of this level do not have.
fn restricted_kind(source: &VolumeSource) -> Option<&'static str> {
    let allowed = source.config_map.is_some()
        || source.csi.is_some()
        || source.downward_api.is_some()
        || source.empty_dir.is_some()
        || source.ephemeral.is_some()
        || source.image.is_some()
        || source.persistent_volume_claim.is_some()
        || source.projected.is_some()
        || source.secret.is_some();
    if allowed {
        return None;
    }
    let kinds = [
        ("hostPath", source.host_path.is_some()),
        ("gcePersistentDisk", source.gce_persistent_disk.is_some()),
        (
            "awsElasticBlockStore",
            source.aws_elastic_block_store.is_some(),
        ),
        ("gitRepo", source.git_repo.is_some()),
        ("nfs", source.nfs.is_some()),
        ("iscsi", source.iscsi.is_some()),
        ("glusterfs", source.glusterfs.is_some()),
        ("rbd", source.rbd.is_some()),
        ("flexVolume", source.flex_volume.is_some()),
        ("cinder", source.cinder.is_some()),
        ("cephfs", source.cephfs.is_some()),
        ("flocker", source.flocker.is_some()),
        ("fc", source.fc.is_some()),
        ("azureFile", source.azure_file.is_some()),
        ("vsphereVolume", source.vsphere_volume.is_some()),
        ("quobyte", source.quobyte.is_some()),
        ("azureDisk", source.azure_disk.is_some()),
        (
            "photonPersistentDisk",
            source.photon_persistent_disk.is_some(),
        ),
        ("portworxVolume", source.portworx_volume.is_some()),
        ("scaleIO", source.scale_io.is_some()),
        ("storageos", source.storageos.is_some()),
    ];
    let found = kinds.iter().find(|(_, there)| *there);
    Some(found.map_or("unknown", |(name, _)| *name))
}

pub(super) fn run_as_non_root(subject: &Subject<'_>) -> Option<Violation> {
    const REASON: &str = "runAsNonRoot != true";
    if subject.has_own_users() {
        return None;
    }
    let context = subject.spec.security_context.as_ref();
    let own = context.and_then(|context| context.run_as_non_root);
    let said = |part: &super::Part<'_>| part.context.and_then(|context| context.run_as_non_root);
    let root = subject.names(|part| said(part) == Some(false));
    if let Some(who) = setters(own == Some(false), &root) {
        return Some(Violation {
            reason: REASON,
            detail: format!("{who} must not set securityContext.runAsNonRoot=false"),
        });
    }
    let silent = subject.names(|part| said(part).is_none() && own != Some(true));
    (!silent.is_empty()).then(|| Violation {
        reason: REASON,
        detail: format!(
            "pod or {} must set securityContext.runAsNonRoot=true",
            containers(&silent)
        ),
    })
}

pub(super) fn run_as_user(subject: &Subject<'_>) -> Option<Violation> {
    if subject.has_own_users() {
        return None;
    }
    let context = subject.spec.security_context.as_ref();
    let own = context.and_then(|context| context.run_as_user) == Some(0);
    let names =
        subject.names(|part| part.context.and_then(|context| context.run_as_user) == Some(0));
    setters(own, &names).map(|who| Violation {
        reason: "runAsUser=0",
        detail: format!("{who} must not set runAsUser=0"),
    })
}

pub(super) fn seccomp(subject: &Subject<'_>) -> Option<Violation> {
    if spares_windows(subject) {
        return None;
    }
    if let Some(bad) = baseline::bad_seccomp(subject) {
        return Some(bad);
    }
    let context = subject.spec.security_context.as_ref();
    let own = context.is_some_and(|context| context.seccomp_profile.is_some());
    let silent = subject.names(|part| {
        let profile = part
            .context
            .and_then(|context| context.seccomp_profile.as_ref());
        profile.is_none() && !own
    });
    (!silent.is_empty()).then(|| Violation {
        reason: "seccompProfile",
        detail: format!(
            "pod or {} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
            containers(&silent)
        ),
    })
}
