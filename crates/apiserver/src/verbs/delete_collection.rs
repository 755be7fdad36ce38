//! DELETE of a collection: each selected object by the usual path, a bounded number at once; the answer lists them as they were.
use super::{Request, delete, list};
use crate::{
    body::Body,
    cache::Entry,
    options::{self, VersionMatch},
    stack::RequestBody,
};
use futures::{StreamExt, stream::FuturesUnordered};
use http::Response;
use meta::{ApiError, DeleteOptions, Reason};
use resource::Verb;
use std::sync::Arc;

/// Deletions of one collection under way at once: they share the syncs of the disk, which take most of the time of a single one.
const DELETIONS_IN_FLIGHT_MAX: usize = 64;

pub(crate) async fn delete_collection(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let mut list = options::list_options(request.query, info, &request.namespace)?;
    let plain = list.limit.is_none() && list.version_match == VersionMatch::Unset;
    if plain && !matches!(&*list.resource_version, "" | "0") {
        // Upstream reads in pages, which are of exactly the version that is asked for.
        list.version_match = VersionMatch::Exact;
    }
    let body = request.read(body, "delete_collection").await?;
    let deletion = delete::read_options(request.headers, request.query, &body)?;
    delete::warn(request, &deletion);
    let page = list::page(request, &list).await?;
    let meta = list::meta_of(&page, &list);
    delete_all(request, &deletion, &page.entries).await?;
    Ok(request.renderer().list(page.entries, &meta))
}

/// The first error ends it: no other deletion is begun, and those under way are brought to their end.
async fn delete_all(
    request: &Request<'_>,
    deletion: &DeleteOptions,
    entries: &[Arc<Entry>],
) -> Result<(), ApiError> {
    let mut outcome = Ok(());
    let mut waiting = entries.iter();
    let mut running = FuturesUnordered::new();
    loop {
        while outcome.is_ok()
            && running.len() < DELETIONS_IN_FLIGHT_MAX
            && let Some(entry) = waiting.next()
        {
            running.push(delete_one(request, deletion, entry));
        }
        match running.next().await {
            None => return outcome,
            Some(ended) => outcome = outcome.and(ended),
        }
    }
}

/// Admission sees no name: the request has none.
async fn delete_one(
    request: &Request<'_>,
    deletion: &DeleteOptions,
    entry: &Arc<Entry>,
) -> Result<(), ApiError> {
    let write = options::WriteOptions {
        dry_run: !deletion.dry_run.is_empty(),
        ..Default::default()
    };
    let mut cx = request.context(Verb::DeleteCollection, &write);
    cx.options.deletion = Some(Box::new(deletion.clone()));
    cx.namespace = entry.namespace().into();
    let (api, endpoint) = (request.api, request.endpoint);
    let deleted = delete::run(api, endpoint, &cx, deletion.clone(), Arc::clone(entry)).await;
    match deleted {
        // What admission does not find is gone, as far as a collection is concerned.
        Err(error) if error.reason != Reason::NotFound => Err(error),
        _ => Ok(()),
    }
}
