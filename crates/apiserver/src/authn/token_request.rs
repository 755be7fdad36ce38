//! `serviceaccounts/token`: a new token, bound to what the request names.
use super::service_account::{Claims, read};
use crate::{
    body::Body,
    decode::{self, Expected},
    managed, options, shared,
    stack::RequestBody,
    status,
    verbs::{Request, with_warnings},
};
use api::{
    authentication::v1::{BoundObjectReference, TokenRequest},
    core::v1::{Node, Pod, Secret, ServiceAccount},
};
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, FieldPath, Str, Time, codec};
use resource::{DecodeFailure, DecodedObject, Encoding, Verb};

const GROUP: &str = "authentication.k8s.io";
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
    let body = decode::read(body).await?;
    let cx = request.context(Verb::Create, &options);
    let expected = Expected {
        group: GROUP,
        version: "v1",
        kind: "TokenRequest",
        dynamic: false,
    };
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
    managed::of_unstored(&cx, &mut object);
    let asked = object.into_any().downcast::<TokenRequest>();
    let mut asked = asked.map_err(|_| ApiError::internal("a TokenRequest decodes as one"))?;
    request.api.current().await?;
    let info = request.cache.resource.info();
    let account: Option<ServiceAccount> =
        read(&*request.api.caches, &request.namespace, &request.name);
    let account = account.ok_or_else(|| shared::not_found(info, &request.name))?;
    validate(request, &asked)?;
    fill(request, &account, &mut asked)?;
    let response = status::message(StatusCode::CREATED, &*asked, request.accepted.media);
    Ok(with_warnings(response, &cx))
}

fn decode_request(
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

fn validate(request: &Request<'_>, asked: &TokenRequest) -> Result<(), ApiError> {
    const MINUTES_10: i64 = 600;
    const SECONDS_MAX: i64 = 1 << 32;
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("spec").child("expirationSeconds");
    if let Some(seconds) = asked.spec.expiration_seconds {
        if seconds < MINUTES_10 {
            errors.invalid(
                &path,
                seconds,
                "may not specify a duration less than 10 minutes",
            );
        }
        if seconds > SECONDS_MAX {
            errors.invalid(
                &path,
                seconds,
                "may not specify a duration larger than 2^32 seconds",
            );
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(
            GROUP,
            "TokenRequest",
            &request.name,
            &errors,
        ))
    }
}

fn fill(
    request: &Request<'_>,
    account: &ServiceAccount,
    asked: &mut TokenRequest,
) -> Result<(), ApiError> {
    let api = request.api;
    let issuer = &api.authenticator.issuer;
    if asked.spec.audiences.is_empty() {
        asked.spec.audiences = issuer.audiences().into_iter().map(Str::from).collect();
    }
    let seconds = asked
        .spec
        .expiration_seconds
        .unwrap_or(DEFAULT_SECONDS)
        .min(issuer.config.max_expiration_seconds);
    asked.spec.expiration_seconds = Some(seconds);
    let now = api.now().unix_seconds();
    let bound = bound(request, account, asked.spec.bound_object_ref.as_deref_mut())?;
    let extended = seconds == KUBELET_SECONDS && bound.iter().any(|(what, ..)| *what == "pod");
    let claims = Claims {
        account,
        audiences: &asked.spec.audiences,
        now,
        expires: now + if extended { YEAR_SECONDS } else { seconds },
        warn_after: extended.then_some(now + seconds),
        id: &api.platform.rng.uuid(),
        bound,
    };
    let token = issuer
        .issue(&claims)
        .ok_or_else(|| ApiError::internal("failed to sign a token"))?;
    asked.status.token = token.into();
    asked.status.expiration_timestamp = Time::from_unix_seconds(now + seconds);
    let (from, to) = (&account.metadata, &mut asked.metadata);
    to.name = from.name.clone();
    to.namespace = from.namespace.clone();
    to.uid = from.uid.clone();
    to.creation_timestamp = Time::from_unix_seconds(now);
    Ok(())
}

/// What the token is bound to, checked against what exists.
fn bound(
    request: &Request<'_>,
    account: &ServiceAccount,
    reference: Option<&mut BoundObjectReference>,
) -> Result<Vec<(&'static str, Str, Str)>, ApiError> {
    let Some(reference) = reference else {
        return Ok(Vec::new());
    };
    let caches = &*request.api.caches;
    let (namespace, name) = (request.namespace.as_str(), reference.name.clone());
    let (what, resource, uid) = match (reference.api_version.as_str(), reference.kind.as_str()) {
        ("v1", "Pod") => {
            let pod: Pod = read(caches, namespace, &name)
                .ok_or_else(|| ApiError::not_found("", "pods", &name))?;
            if pod.spec.service_account_name != account.metadata.name {
                let words = format!(
                    "cannot bind token for serviceaccount {:?} to pod running with different serviceaccount name.",
                    account.metadata.name.as_str()
                );
                return Err(ApiError::bad_request(words));
            }
            let node: Option<Node> = (!pod.spec.node_name.is_empty())
                .then(|| read(caches, "", &pod.spec.node_name))
                .flatten();
            let uid = matching_uid("pods", reference, &pod.metadata.uid)?;
            let mut bound = vec![("pod", name, uid)];
            bound.extend(node.map(|node| ("node", node.metadata.name, node.metadata.uid)));
            return Ok(bound);
        }
        ("v1", "Secret") => {
            let secret: Secret = read(caches, namespace, &name)
                .ok_or_else(|| ApiError::not_found("", "secrets", &name))?;
            ("secret", "secrets", secret.metadata.uid)
        }
        ("v1", "Node") => {
            let node: Node =
                read(caches, "", &name).ok_or_else(|| ApiError::not_found("", "nodes", &name))?;
            ("node", "nodes", node.metadata.uid)
        }
        (version, kind) => {
            let words = format!("cannot bind token to object of type {version}, Kind={kind}");
            return Err(ApiError::bad_request(words));
        }
    };
    let uid = matching_uid(resource, reference, &uid)?;
    Ok(vec![(what, name, uid)])
}

fn matching_uid(
    resource: &str,
    reference: &mut BoundObjectReference,
    found: &Str,
) -> Result<Str, ApiError> {
    if !reference.uid.is_empty() && reference.uid != *found {
        let why = format!(
            "the UID in the bound object reference ({}) does not match the UID in record. The object might have been deleted and then recreated",
            reference.uid
        );
        return Err(ApiError::conflict("", resource, &reference.name, &why));
    }
    reference.uid = found.clone();
    Ok(found.clone())
}
