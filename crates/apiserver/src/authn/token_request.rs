//! `serviceaccounts/token`: a new token, bound to what the request names.
use super::service_account::Claims;
use crate::{
    body::Body,
    decode::{self, Expected},
    managed, options, render,
    reviews::same_namespace,
    shared,
    stack::RequestBody,
    verbs::Request,
};
use api::{
    authentication::v1::{BoundObjectReference, TokenRequest, TokenRequestStatus},
    core::v1::{Node, Pod, Secret, ServiceAccount},
};
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, FieldPath, Str, Time, codec, go_quote};
use resource::{
    Admission, AdmissionRequest, DecodeFailure, DecodedObject, Encoding, Object, Operation,
    RequestContext, Verb, read,
};
use std::sync::Arc;

const GROUP: &str = "authentication.k8s.io";
const KIND: &str = "TokenRequest";
/// Tells audit logs which token somebody got.
const ISSUED_ID: &str = "authentication.kubernetes.io/issued-credential-id";
const DEFAULT_SECONDS: i64 = 3600;
/// What kubelets ask for; such tokens live a year, so that old clients which do not reload them keep working.
const KUBELET_SECONDS: i64 = 3607;
const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// Serves POST `…/serviceaccounts/NAME/token`.
pub(crate) async fn token_request(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let options = options::write_options(request.query, "CreateOptions", false)?;
    let body = request.read(body, "create").await?;
    let cx = request.context(Verb::Create, &options);
    let expected = Expected::built_in((GROUP, "v1", KIND));
    let mut object = decode::object(
        &cx,
        request.headers,
        &body,
        expected,
        options.field_validation,
        decode_request,
    )?;
    if let Some(asked) = object.as_any_mut().downcast_mut::<TokenRequest>() {
        asked.spec.expiration_seconds.get_or_insert(DEFAULT_SECONDS);
    }
    if let Some(record) = &request.record {
        record.unstored((GROUP, "v1", KIND), &object);
    }
    same_namespace(&cx, object.metadata_mut())?;
    managed::of_unstored(&cx, &mut object);
    request.api.current().await?;
    admit(request, &cx, &mut object).await?;
    let asked = object.into_any().downcast::<TokenRequest>();
    let mut asked = asked.map_err(|_| ApiError::internal("a TokenRequest decodes as one"))?;
    let metadata = &asked.metadata;
    if !metadata.name.is_empty() && metadata.name != request.name {
        let words = "must match the service account name if specified";
        let mut errors = FieldErrors::new();
        let path = FieldPath::new("metadata").child("name");
        errors.invalid(&path, &metadata.name, words);
        return Err(ApiError::invalid(GROUP, KIND, &request.name, &errors));
    }
    let info = request.cache.resource.info();
    let account: Option<Arc<ServiceAccount>> =
        read(&*request.api.caches, &request.namespace, &request.name);
    let account = account.ok_or_else(|| shared::not_found(info, &request.name))?;
    same_account(request, &account, &asked)?;
    let now = request.api.now().unix_seconds();
    describe(request, &account, &mut asked, now);
    validate(&asked)?;
    fill(&cx, request, &account, &mut asked, now)?;
    let object: Object = asked;
    Ok(render::unlisted(
        request.accepted,
        StatusCode::CREATED,
        (GROUP, KIND),
        &object,
    ))
}

/// Whoever names the account's UID means this account and none of its name that was before.
fn same_account(
    request: &Request<'_>,
    account: &ServiceAccount,
    asked: &TokenRequest,
) -> Result<(), ApiError> {
    let (wanted, uid) = (&asked.metadata.uid, &account.metadata.uid);
    if wanted.is_empty() || wanted == uid {
        return Ok(());
    }
    let why = format!(
        "the UID in the token request ({wanted}) does not match the UID of the service account ({uid})"
    );
    Err(ApiError::conflict(GROUP, KIND, &request.name, &why))
}

/// Fills in what the client left open.
fn describe(request: &Request<'_>, account: &ServiceAccount, asked: &mut TokenRequest, now: i64) {
    if asked.spec.audiences.is_empty() {
        let own = request.api.authenticator.issuer.audiences();
        asked.spec.audiences = own.into_iter().map(Str::from).collect();
    }
    let (from, to) = (&account.metadata, &mut asked.metadata);
    to.name = from.name.clone();
    to.namespace = from.namespace.clone();
    to.uid = from.uid.clone();
    to.creation_timestamp = Time::from_unix_seconds(now);
    asked.status = TokenRequestStatus::default();
}

/// Admission, before anything else is looked at: nodes get tokens for their own pods alone.
async fn admit(
    request: &Request<'_>,
    cx: &RequestContext,
    object: &mut Object,
) -> Result<(), ApiError> {
    let question = AdmissionRequest {
        operation: Operation::Create,
        resource: request.cache.resource.info(),
        old: None,
    };
    let admission = &request.api.admission;
    admission.mutate(cx, question, object).await?;
    admission.validate(cx, question, Some(object)).await
}

pub(crate) fn decode_request(
    bytes: &[u8],
    encoding: Encoding,
    strictness: codec::Strictness,
) -> Result<DecodedObject, DecodeFailure> {
    match encoding {
        Encoding::Json => {
            let decoded =
                codec::from_json::<TokenRequest>(bytes, strictness).map_err(DecodeFailure::Json)?;
            Ok(DecodedObject {
                object: Box::new(decoded.object),
                strict: decoded.strict,
            })
        }
        Encoding::Protobuf => {
            let object =
                codec::from_protobuf::<TokenRequest>(bytes).map_err(DecodeFailure::Protobuf)?;
            Ok(DecodedObject {
                object: Box::new(object),
                strict: Vec::new(),
            })
        }
    }
}

fn validate(asked: &TokenRequest) -> Result<(), ApiError> {
    const MINUTES_10: i64 = 600;
    const SECONDS_MAX: i64 = 1 << 32;
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("spec").child("expirationSeconds");
    let seconds = asked.spec.expiration_seconds.unwrap_or(DEFAULT_SECONDS);
    if seconds < MINUTES_10 {
        let words = "may not specify a duration less than 10 minutes";
        errors.invalid(&path, seconds, words);
    }
    if seconds > SECONDS_MAX {
        let words = "may not specify a duration larger than 2^32 seconds";
        errors.invalid(&path, seconds, words);
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(ApiError::invalid(GROUP, KIND, "", &errors))
}

/// Issues the token.
fn fill(
    cx: &RequestContext,
    request: &Request<'_>,
    account: &ServiceAccount,
    asked: &mut TokenRequest,
    now: i64,
) -> Result<(), ApiError> {
    let issuer = &request.api.authenticator.issuer;
    let bound = bound(request, account, asked.spec.bound_object_ref.as_deref())?;
    let mut seconds = asked.spec.expiration_seconds.unwrap_or(DEFAULT_SECONDS);
    if let Some(longest) = issuer.config.max_expiration_seconds
        && seconds > longest
    {
        cx.warn(format!(
            "requested expiration of {seconds} seconds shortened to {longest} seconds"
        ));
        seconds = longest;
    }
    asked.spec.expiration_seconds = Some(seconds);
    let own = issuer.audiences();
    let for_us = |audience: &Str| own.iter().any(|own| *audience == own.as_str());
    let extended = seconds == KUBELET_SECONDS
        && bound.iter().any(|(what, ..)| *what == "pod")
        && asked.spec.audiences.iter().all(for_us);
    let id = request.api.platform.rng.uuid();
    let claims = Claims {
        account,
        audiences: &asked.spec.audiences,
        now,
        expires: now + if extended { YEAR_SECONDS } else { seconds },
        warn_after: extended.then_some(now + seconds),
        id: &id,
        bound,
    };
    let token = issuer
        .issue(&claims)
        .ok_or_else(|| ApiError::internal("failed to generate token"))?;
    asked.status.token = token.into();
    asked.status.expiration_timestamp = Time::from_unix_seconds(now + seconds);
    if let Some(annotations) = &cx.annotations {
        annotations.add(ISSUED_ID, format!("JTI={id}"));
    }
    Ok(())
}

/// What a token is bound to: `pod`, `secret` or `node`, name and UID.
type Bound = Vec<(&'static str, Str, Str)>;

/// What the token is bound to, checked against what exists.
fn bound(
    request: &Request<'_>,
    account: &ServiceAccount,
    reference: Option<&BoundObjectReference>,
) -> Result<Bound, ApiError> {
    let Some(reference) = reference else {
        return Ok(Vec::new());
    };
    let caches = &*request.api.caches;
    let (namespace, name) = (request.namespace.as_str(), reference.name.clone());
    let missing = |plural: &str| match &*reference.name {
        "" => ApiError::bad_request("Name parameter required."),
        name => ApiError::not_found("", plural, name),
    };
    let core = !reference.api_version.contains('/');
    let (what, uid, node) = match reference.kind.as_str() {
        "Pod" if core => {
            let pod: Arc<Pod> = read(caches, namespace, &name).ok_or_else(|| missing("pods"))?;
            if pod.spec.service_account_name != account.metadata.name {
                let words = format!(
                    "cannot bind token for serviceaccount {} to pod running with different serviceaccount name.",
                    go_quote(&account.metadata.name)
                );
                return Err(ApiError::bad_request(words));
            }
            let node = (!pod.spec.node_name.is_empty()).then(|| pod.spec.node_name.clone());
            ("pod", pod.metadata.uid.clone(), node)
        }
        "Secret" if core => {
            let secret: Arc<Secret> =
                read(caches, namespace, &name).ok_or_else(|| missing("secrets"))?;
            ("secret", secret.metadata.uid.clone(), None)
        }
        "Node" if core => {
            let node: Arc<Node> = read(caches, "", &name).ok_or_else(|| missing("nodes"))?;
            ("node", node.metadata.uid.clone(), None)
        }
        _ => return Err(unbindable(reference)),
    };
    if !reference.uid.is_empty() && reference.uid != uid {
        let why = other_uid(&reference.uid);
        return Err(ApiError::conflict("", &reference.kind, &name, &why));
    }
    let mut bound = vec![(what, name, uid)];
    if let Some(name) = node {
        // A node that does not exist is named all the same.
        let node: Option<Arc<Node>> = read(caches, "", &name);
        let uid = node
            .map(|node| node.metadata.uid.clone())
            .unwrap_or_default();
        bound.push(("node", name, uid));
    }
    Ok(bound)
}

fn unbindable(reference: &BoundObjectReference) -> ApiError {
    let version = reference.api_version.as_str();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let kind = &reference.kind;
    ApiError::bad_request(format!(
        "cannot bind token to object of type {group}/{version}, Kind={kind}"
    ))
}

fn other_uid(uid: &str) -> String {
    format!(
        "the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated"
    )
}
