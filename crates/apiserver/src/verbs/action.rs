//! POST to an action subresource: `binding`, `eviction`.
use super::{Request, delete, update::conflict, with_warnings};
use crate::{
    body::Body,
    decode::{self, Expected},
    options, shared,
    stack::RequestBody,
    status, write,
};
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, Status};
use resource::{ErasedOutcome, Validated, Verb};

/// Conflicts with other writers that one action rides out.
const CONFLICTS_MAX: usize = 64;

pub(crate) async fn act(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let (api, cache) = (request.api, request.cache);
    let info = cache.resource.info();
    let action = cache
        .resource
        .action(&request.subresource)
        .ok_or_else(status::unknown_resource)?;
    let options = options::write_options(request.query, "CreateOptions", false)?;
    let body = decode::read(body).await?;
    let cx = request.context(Verb::Create, &options);
    let (group, version, kind) = action.kind();
    let expected = Expected {
        group,
        version,
        kind,
    };
    let asked = decode::object(
        &cx,
        request.headers,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| action.decode(bytes, encoding, strictness),
    )?;
    let mut errors = FieldErrors::new();
    action.validate(&cx, &mut errors, &asked);
    if !errors.is_empty() {
        return Err(ApiError::invalid(group, kind, &request.name, &errors));
    }
    api.current().await?;
    let mut current = cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let entry = current.ok_or_else(|| shared::not_found(info, &request.name))?;
        let object = cache
            .decode(&entry)
            .ok_or_else(|| crate::render::undecodable(&entry.key))?;
        let outcome = match action.act(&cx, &object, &asked)? {
            ErasedOutcome::Nothing => return Ok(success(request)),
            _ if options.dry_run => return Ok(success(request)),
            ErasedOutcome::Update(new) => {
                write::replace(api, cache, &entry, Validated::by_the_server(new)).await?
            }
            ErasedOutcome::Delete(options) => {
                let deleted = delete::run(api, cache, &cx, *options, entry).await?;
                return match deleted {
                    Some(delete::Deleted::Missing) => Err(shared::not_found(info, &request.name)),
                    Some(_) => Ok(with_warnings(success(request), &cx)),
                    None => Err(conflict(request, super::update::MODIFIED)),
                };
            }
        };
        match outcome {
            write::Outcome::Written(_) => return Ok(with_warnings(success(request), &cx)),
            write::Outcome::Changed(now) => current = now,
        }
    }
    Err(conflict(request, super::update::MODIFIED))
}

fn success(request: &Request<'_>) -> Response<Body> {
    let success = Status {
        status: "Success".into(),
        code: 201,
        ..Status::default()
    };
    status::message(StatusCode::CREATED, &success, request.accepted.media)
}
