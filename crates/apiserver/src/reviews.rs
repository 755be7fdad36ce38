//! Reviews: questions about tokens and permissions, answered and not stored.
mod validate;

use self::validate::Asked;
use crate::{
    authz::{self, Attributes, Decision, Selectors, aggregate},
    body::Body,
    catalog::Catalog,
    decode::{self, Expected},
    managed,
    negotiate::{self, Accepted, Offer},
    options, render,
    request_info::RequestInfo,
    shared::{self, Api},
    stack::Call,
    status,
    verbs::action,
};
use api::{
    authentication::v1::{SelfSubjectReview, TokenReview, UserInfo},
    authorization::v1::{
        LocalSubjectAccessReview, NonResourceRule, ResourceRule, SelfSubjectAccessReview,
        SelfSubjectRulesReview, SubjectAccessReview, SubjectAccessReviewSpec,
        SubjectAccessReviewStatus,
    },
};
use http::{Response, StatusCode};
use meta::{ApiError, Kind, ObjectMeta, Str, StringList, Time, codec};
use resource::{DecodeFailure, DecodedObject, Encoding, Object, RequestContext, User, Verb};
use schema::discovery::ResourceInfo as Row;
use std::sync::Arc;

/// Resources that no store holds, and which therefore no [`resource::ResourceInfo`] describes.
pub(crate) const UNSTORED: &[(&str, &str, &str)] = &[
    ("", "v1", "bindings"),
    ("authentication.k8s.io", "v1", "tokenreviews"),
    ("authentication.k8s.io", "v1", "selfsubjectreviews"),
    ("authorization.k8s.io", "v1", "localsubjectaccessreviews"),
    ("authorization.k8s.io", "v1", "selfsubjectaccessreviews"),
    ("authorization.k8s.io", "v1", "selfsubjectrulesreviews"),
    ("authorization.k8s.io", "v1", "subjectaccessreviews"),
];

/// What is at a path and is answered without being stored: a review, or the kind of an action.
pub(crate) fn find(catalog: &Catalog, info: &RequestInfo) -> Option<&'static Row> {
    let mut rows = catalog.unstored().iter().copied();
    rows.find(|row| {
        info.group == row.group && info.version == row.version && info.resource == row.plural
    })
}

/// Serves a POST of what is not stored. The error is an answer too: that no route leads there.
pub(crate) async fn serve(
    api: &Arc<Api>,
    row: &Row,
    mut call: Call,
) -> Result<Response<Body>, Box<Response<Body>>> {
    let headers = call.request.headers().clone();
    let answered = if !call.info.name.is_empty() || row.namespaced == call.info.namespace.is_empty()
    {
        Err(status::unknown_resource())
    } else if call.info.verb != "create" {
        Err(status::method_not_allowed())
    } else if let Some(place) = action::place_of(api, row) {
        action::at_collection(api, place, &mut call).await
    } else if row.kind.ends_with("Review") {
        review(api, row, &mut call).await
    } else {
        Err(status::unknown_resource())
    };
    answered.or_else(|error| {
        let response = status::error_for(&error, &headers);
        if status::is_unrouted(&error) {
            Err(Box::new(response))
        } else {
            Ok(response)
        }
    })
}

async fn review(api: &Api, row: &Row, call: &mut Call) -> Result<Response<Body>, ApiError> {
    let (parts, body) = call.take_request().into_parts();
    negotiate::check_route(&parts.headers, false)?;
    let accepted = Accepted::of(&parts.headers, Offer::Unlisted)?;
    let options = options::write_options(parts.uri.query().unwrap_or(""), "CreateOptions", false)?;
    let body = decode::read(body).await?;
    let mut cx = api.context(call.user.clone(), Verb::Create);
    cx.namespace = call.info.namespace.clone();
    cx.dry_run = options.dry_run;
    cx.annotations = call.annotations();
    cx.warnings = Arc::clone(&call.warnings);
    cx.field_manager = shared::field_manager(&options.field_manager, &parts.headers);
    cx.options = options.given();
    let expected = Expected::built_in((row.group, row.version, row.kind));
    let mut object = decode::object(
        &cx,
        &parts.headers,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| decode_review(row.kind, bytes, encoding, strictness),
    )?;
    if let Some(record) = &call.record {
        record.unstored((row.group, row.version, row.kind), &object);
    }
    place(&cx, row.namespaced, object.metadata_mut())?;
    managed::of_unstored(&cx, &mut object);
    api.current().await?;
    let admission = &api.admission;
    admission.admit_unstored(&cx, row, &mut object).await?;
    answer(api, &cx, &mut object).await?;
    let kind = (row.group, row.kind);
    Ok(render::unlisted(
        accepted,
        StatusCode::CREATED,
        kind,
        &object,
    ))
}

/// What every create does to metadata: nobody sets what the server decides, and the namespace is the path's.
pub(crate) fn place(
    cx: &RequestContext,
    namespaced: bool,
    metadata: &mut ObjectMeta,
) -> Result<(), ApiError> {
    metadata.uid = Str::default();
    metadata.self_link = Str::default();
    metadata.creation_timestamp = Time::default();
    metadata.deletion_timestamp = None;
    metadata.deletion_grace_period_seconds = None;
    if !namespaced {
        metadata.namespace = Str::default();
        return Ok(());
    }
    same_namespace(cx, metadata)
}

/// The namespace is the path's, whether the object says so or not.
pub(crate) fn same_namespace(
    cx: &RequestContext,
    metadata: &mut ObjectMeta,
) -> Result<(), ApiError> {
    if metadata.namespace.is_empty() {
        metadata.namespace = cx.namespace.clone();
    } else if metadata.namespace != cx.namespace {
        let words =
            "the namespace of the provided object does not match the namespace sent on the request";
        return Err(ApiError::bad_request(words));
    }
    Ok(())
}

pub(crate) fn decode_review(
    kind: &str,
    bytes: &[u8],
    encoding: Encoding,
    strictness: codec::Strictness,
) -> Result<DecodedObject, DecodeFailure> {
    match kind {
        "TokenReview" => decoded::<TokenReview>(bytes, encoding, strictness),
        "SelfSubjectReview" => decoded::<SelfSubjectReview>(bytes, encoding, strictness),
        "SubjectAccessReview" => decoded::<SubjectAccessReview>(bytes, encoding, strictness),
        "LocalSubjectAccessReview" => {
            decoded::<LocalSubjectAccessReview>(bytes, encoding, strictness)
        }
        "SelfSubjectAccessReview" => {
            decoded::<SelfSubjectAccessReview>(bytes, encoding, strictness)
        }
        _ => decoded::<SelfSubjectRulesReview>(bytes, encoding, strictness),
    }
}

fn decoded<K: Kind>(
    bytes: &[u8],
    encoding: Encoding,
    strictness: codec::Strictness,
) -> Result<DecodedObject, DecodeFailure> {
    match encoding {
        Encoding::Json => {
            let decoded = codec::from_json::<K>(bytes, strictness).map_err(DecodeFailure::Json)?;
            Ok(DecodedObject {
                object: Box::new(decoded.object),
                strict: decoded.strict,
            })
        }
        Encoding::Protobuf => {
            let object = codec::from_protobuf::<K>(bytes).map_err(DecodeFailure::Protobuf)?;
            Ok(DecodedObject {
                object: Box::new(object),
                strict: Vec::new(),
            })
        }
    }
}

async fn answer(api: &Api, cx: &RequestContext, object: &mut Object) -> Result<(), ApiError> {
    let any = object.as_any_mut();
    if let Some(review) = any.downcast_mut::<TokenReview>() {
        return token(api, review).await;
    }
    if let Some(review) = any.downcast_mut::<SelfSubjectReview>() {
        review.metadata = ObjectMeta {
            creation_timestamp: cx.now,
            ..ObjectMeta::default()
        };
        review.status.user_info = user_info(&cx.user);
    } else if let Some(review) = any.downcast_mut::<SubjectAccessReview>() {
        validate::check(&about_others(&review.metadata, &review.spec, false))?;
        review.status = decide(api, &subject(&review.spec), &review.spec).await;
    } else if let Some(review) = any.downcast_mut::<LocalSubjectAccessReview>() {
        validate::check(&about_others(&review.metadata, &review.spec, true))?;
        review.status = decide(api, &subject(&review.spec), &review.spec).await;
    } else if let Some(review) = any.downcast_mut::<SelfSubjectAccessReview>() {
        validate::check(&Asked {
            metadata: &review.metadata,
            resource: review.spec.resource_attributes.as_deref(),
            path: review.spec.non_resource_attributes.as_deref(),
            subject: None,
            local: false,
        })?;
        let spec = SubjectAccessReviewSpec {
            resource_attributes: review.spec.resource_attributes.clone(),
            non_resource_attributes: review.spec.non_resource_attributes.clone(),
            ..SubjectAccessReviewSpec::default()
        };
        review.status = decide(api, &cx.user, &spec).await;
    } else if let Some(review) = any.downcast_mut::<SelfSubjectRulesReview>() {
        rules(api, cx, review)?;
    }
    Ok(())
}

async fn token(api: &Api, review: &mut TokenReview) -> Result<(), ApiError> {
    if review.spec.token.is_empty() {
        return Err(ApiError::bad_request(
            "token is required for TokenReview in authentication",
        ));
    }
    let audiences: Vec<String> = review
        .spec
        .audiences
        .iter()
        .map(ToString::to_string)
        .collect();
    match api
        .authenticator
        .token(api, &review.spec.token, &audiences)
        .await
    {
        Ok(proof) => {
            review.status.authenticated = true;
            review.status.user = user_info(&proof.user);
            review.status.audiences = proof.audiences.into_iter().map(Str::from).collect();
        }
        Err(error) => {
            review.status.authenticated = false;
            review.status.error = error.into();
        }
    }
    Ok(())
}

pub(crate) fn user_info(user: &User) -> UserInfo {
    UserInfo {
        username: user.name.clone(),
        uid: user.uid.clone(),
        groups: user.groups.clone().into(),
        extra: user
            .extra
            .iter()
            .map(|(key, values)| (key.clone(), values.iter().cloned().collect::<StringList>()))
            .collect(),
    }
}

fn subject(spec: &SubjectAccessReviewSpec) -> User {
    let extra = spec
        .extra
        .iter()
        .map(|(key, values)| (key.clone(), values.to_vec()));
    User {
        name: spec.user.clone(),
        uid: spec.uid.clone(),
        groups: spec.groups.to_vec(),
        extra: extra.collect(),
    }
}

fn about_others<'a>(
    metadata: &'a ObjectMeta,
    spec: &'a SubjectAccessReviewSpec,
    local: bool,
) -> Asked<'a> {
    Asked {
        metadata,
        resource: spec.resource_attributes.as_deref(),
        path: spec.non_resource_attributes.as_deref(),
        subject: Some((&spec.user, &spec.groups)),
        local,
    }
}

async fn decide(
    api: &Api,
    user: &User,
    spec: &SubjectAccessReviewSpec,
) -> SubjectAccessReviewStatus {
    let attributes = match (&spec.resource_attributes, &spec.non_resource_attributes) {
        (Some(asked), _) => Attributes {
            verb: &asked.verb,
            group: &asked.group,
            version: &asked.version,
            resource: &asked.resource,
            subresource: &asked.subresource,
            namespace: &asked.namespace,
            name: &asked.name,
            path: "",
            selectors: Selectors::Asked(asked),
        },
        (None, Some(asked)) => Attributes {
            verb: &asked.verb,
            path: &asked.path,
            ..Attributes::default()
        },
        (None, None) => return SubjectAccessReviewStatus::default(),
    };
    let verdict = api.authorizer.authorize(user, &attributes).await;
    let unread = spec.resource_attributes.as_deref().map(authz::unread);
    let unread = unread.unwrap_or_default().into_iter().map(str::to_owned);
    let complaints: Vec<String> = verdict
        .error
        .iter()
        .map(ToString::to_string)
        .chain(unread)
        .collect();
    SubjectAccessReviewStatus {
        allowed: verdict.allows(),
        denied: verdict.decision == Decision::Deny,
        reason: Str::from(&*verdict.reason),
        evaluation_error: complaints.join("; ").into(),
    }
}

fn rules(
    api: &Api,
    cx: &RequestContext,
    review: &mut SelfSubjectRulesReview,
) -> Result<(), ApiError> {
    if review.spec.namespace.is_empty() {
        return Err(ApiError::bad_request("no namespace on request"));
    }
    let listed = api.authorizer.rules(&cx.user, &review.spec.namespace);
    // The answer repeats nothing of the question.
    *review = SelfSubjectRulesReview::default();
    let rules = listed.rules.into_iter();
    let (paths, resources): (Vec<_>, Vec<_>) =
        rules.partition(|rule| !rule.non_resource_urls.is_empty());
    review.status.incomplete = listed.incomplete;
    if !listed.errors.is_empty() {
        review.status.evaluation_error = aggregate(&listed.errors).into();
    }
    review.status.resource_rules = resources
        .into_iter()
        .map(|rule| ResourceRule {
            verbs: rule.verbs,
            api_groups: rule.api_groups,
            resources: rule.resources,
            resource_names: rule.resource_names,
        })
        .collect();
    review.status.non_resource_rules = paths
        .into_iter()
        .map(|rule| NonResourceRule {
            verbs: rule.verbs,
            non_resource_urls: rule.non_resource_urls,
        })
        .collect();
    Ok(())
}
