//! Tokens: only for pods that run on the node, and for audiences that those pods use.
use super::Case;
use crate::{
    admission::{Look, Question, forbidden},
    authz::Attributes,
};
use api::{
    authentication::v1::TokenRequest,
    core::v1::{PersistentVolume, PersistentVolumeClaim, Pod, Volume},
    storage::v1::CSIDriver,
};
use meta::{ApiError, Str, go_quote};
use resource::{Object, RequestContext};
use std::sync::Arc;

pub(super) fn check(case: &Case<'_>) -> Result<(), ApiError> {
    let Some(asked) = case.written::<TokenRequest>() else {
        return Ok(());
    };
    let bound = asked.spec.bound_object_ref.as_deref();
    let bound = bound.filter(|to| to.api_version == "v1" && to.kind == "Pod");
    let Some(to) = bound.filter(|to| !to.name.is_empty()) else {
        return case.refuse("node requested token not bound to a pod");
    };
    if to.uid.is_empty() {
        return case.refuse("node requested token with a pod binding without a uid");
    }
    let cx = case.look.cx;
    let found: Option<Arc<Pod>> = cx.get(&cx.namespace, &to.name);
    let Some(pod) = found else {
        return Err(ApiError::not_found("", "pod", &to.name));
    };
    if to.uid != pod.metadata.uid {
        return case.refuse(&format!(
            "the UID in the bound object reference ({}) does not match the UID in record. The object might have been deleted and then recreated",
            to.uid
        ));
    }
    if pod.spec.node_name != case.node {
        return case.refuse("node requested token bound to a pod scheduled on a different node");
    }
    if asked.spec.audiences.len() > 1 {
        return case.refuse("node may only request 0 or 1 audiences");
    }
    Ok(())
}

/// Whether an audience that the pod does not use is granted to the node.
pub(super) fn audience<'a>(
    look: Look<'a>,
    object: Option<&'a Object>,
    node: &'a str,
) -> Option<Question<'a>> {
    let asked: &TokenRequest = object?.as_any().downcast_ref()?;
    let bound = asked.spec.bound_object_ref.as_deref()?;
    let audience = asked.spec.audiences.first().map_or("", Str::as_str);
    let pod: Arc<Pod> = look.cx.get(&look.cx.namespace, &bound.name)?;
    let mut volumes = pod.spec.volumes.iter();
    if volumes.any(|volume| uses(look.cx, &pod, volume, audience)) {
        return None;
    }
    Some(Box::pin(async move {
        let asked = Attributes {
            verb: "request-serviceaccounts-token-audience",
            version: "v1",
            resource: audience,
            namespace: &look.cx.namespace,
            name: &look.cx.name,
            ..Attributes::default()
        };
        let verdict = look.authorizer.authorize(&look.cx.user, &asked).await;
        if verdict.allows() {
            return Ok(());
        }
        let audience = go_quote(audience);
        let why = format!(
            "audience {audience} not found in pod spec volume, system:node:{node} is not authorized to request tokens for this audience"
        );
        Err(forbidden(&look, object, &why))
    }))
}

/// Projected into the volume, or asked for by the driver behind it.
fn uses(cx: &RequestContext, pod: &Pod, volume: &Volume, audience: &str) -> bool {
    let source = &volume.volume_source;
    let projected = source.projected.iter().flat_map(|p| p.sources.iter());
    let mut tokens = projected.filter_map(|source| source.service_account_token.as_ref());
    if tokens.any(|token| token.audience == audience) {
        return true;
    }
    let driver = if source.ephemeral.is_some() {
        behind(cx, &format!("{}-{}", pod.metadata.name, volume.name))
    } else if let Some(claim) = &source.persistent_volume_claim {
        behind(cx, &claim.claim_name)
    } else {
        source.csi.as_ref().map(|csi| csi.driver.clone())
    };
    let driver: Option<Arc<CSIDriver>> = driver.and_then(|name| cx.get("", &name));
    driver.is_some_and(|driver| {
        let mut requests = driver.spec.token_requests.iter();
        requests.any(|request| request.audience == audience)
    })
}

/// The driver of the volume that a claim is bound to.
fn behind(cx: &RequestContext, claim: &str) -> Option<Str> {
    let claim: Arc<PersistentVolumeClaim> = cx.get(&cx.namespace, claim)?;
    let volume: Arc<PersistentVolume> = cx.get("", &claim.spec.volume_name)?;
    let csi = volume.spec.persistent_volume_source.csi.as_ref()?;
    Some(csi.driver.clone())
}
