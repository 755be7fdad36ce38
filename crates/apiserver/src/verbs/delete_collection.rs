//! DELETE of a collection: each selected object by the usual path; the answer lists them as they were.
use super::{Request, delete};
use crate::{body::Body, decode, options, render, stack::RequestBody};
use http::Response;
use meta::ApiError;
use resource::Verb;

pub(crate) async fn delete_collection(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let body = decode::read(body).await?;
    let deletion = delete::read_options(request.headers, request.query, &body)?;
    let info = request.endpoint.info();
    let list = options::list_options(request.query, info, &request.namespace, false)?;
    let revision = request.api.current().await?;
    let snapshot = request.cache.snapshot(&list.filter, None, None, revision);
    let write = options::WriteOptions {
        dry_run: !deletion.dry_run.is_empty(),
        ..Default::default()
    };
    for entry in &snapshot.entries {
        let mut cx = request.context(Verb::DeleteCollection, &write);
        cx.name = entry.name().into();
        cx.namespace = entry.namespace().into();
        delete::run(
            request.api,
            request.cache,
            &cx,
            deletion.clone(),
            std::sync::Arc::clone(entry),
        )
        .await?;
    }
    let meta = render::list_meta(snapshot.revision, String::new(), None);
    Ok(request.renderer().list(snapshot.entries, &meta))
}
