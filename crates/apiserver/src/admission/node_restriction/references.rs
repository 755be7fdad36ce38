//! What objects of the API a pod needs: a mirror pod must need none.
//!
//! Source: `HasAPIObjectReference` in `pkg/api/pod/util.go`.
use crate::authz::uses;
use api::core::v1::{Pod, Volume, VolumeProjection};

/// The resource of the first reference.
pub(super) fn of(pod: &Pod) -> Option<&'static str> {
    if !pod.spec.service_account_name.is_empty() {
        return Some("serviceaccounts");
    }
    if uses::any_secret(pod) {
        return Some("secrets");
    }
    if uses::any_config_map(pod) {
        return Some("configmaps");
    }
    if !pod.spec.resource_claims.is_empty() {
        return Some("resourceclaims");
    }
    pod.spec.volumes.iter().find_map(in_volume)
}

/// Secrets and configuration are looked for before.
fn in_volume(volume: &Volume) -> Option<&'static str> {
    let source = &volume.volume_source;
    if source.csi.is_some() {
        Some("csidrivers (via CSI volumes)")
    } else if source.glusterfs.is_some() {
        Some("endpoints (via glusterFS volumes)")
    } else if source.persistent_volume_claim.is_some() {
        Some("persistentvolumeclaims")
    } else if source.ephemeral.is_some() {
        Some("persistentvolumeclaims (via ephemeral volumes)")
    } else if source.azure_file.is_some() {
        Some("secrets (via azureFile volumes)")
    } else {
        let projected = source.projected.iter().flat_map(|p| p.sources.iter());
        let mut projected = projected.filter_map(in_projection);
        projected.next()
    }
}

fn in_projection(source: &VolumeProjection) -> Option<&'static str> {
    if source.service_account_token.is_some() {
        Some("serviceaccounts (via projected volumes)")
    } else if source.cluster_trust_bundle.is_some() {
        Some("clustertrustbundles")
    } else if source.pod_certificate.is_some() {
        Some("podcertificates")
    } else {
        None
    }
}
