//! LIST: a snapshot of memory at the current revision, or pages of one at an older revision.
use super::Request;
use crate::{
    body::Body,
    cache::Snapshot,
    continue_token::{self, Token},
    options::{self, ListOptions, VersionMatch},
    render, status,
};
use http::{Response, StatusCode};
use meta::{ApiError, ListMeta, Reason, StatusCause, StatusDetails, Str};
use std::{sync::Arc, time::Duration};
use store::{KeyRange, RangeRequest, Revision, StoreError};

/// How long a list waits for a revision that is still to come.
const FUTURE_WAIT: Duration = Duration::from_secs(3);

pub(crate) async fn list(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let mut options = options::list_options(request.query, info, &request.namespace)?;
    if !info.is_stored() {
        // What is made up when it is asked for has no versions and no pages.
        options.resource_version = String::new();
        options.continue_ = String::new();
    }
    let page = match page(request, &options).await {
        Err(error) if error.reason == Reason::Expired && !options.continue_.is_empty() => {
            return inconsistent(request, &options, &error);
        }
        page => page?,
    };
    let mut meta = meta_of(&page, &options);
    if !info.is_stored() {
        meta.resource_version = Str::default();
    }
    Ok(request.renderer().list(page.entries, &meta))
}

/// 410 for a page of a revision that is compacted, with a token that goes on without consistency.
fn inconsistent(
    request: &Request<'_>,
    options: &ListOptions,
    error: &ApiError,
) -> Result<Response<Body>, ApiError> {
    let token = continue_token::decode(&options.continue_)?;
    let mut status = error.to_status();
    status.metadata.continue_ = continue_token::encode(&Token {
        revision: -1,
        ..token
    })
    .into();
    Ok(status::message(
        StatusCode::GONE,
        &status,
        request.accepted.media,
    ))
}

/// The page that the options ask for, ready to be rendered.
///
/// # Errors
/// Upstream's for tokens and resource versions; 410 for what is compacted, 504 for what is still to come; those of webhooks.
pub(super) async fn page(
    request: &Request<'_>,
    options: &ListOptions,
) -> Result<Snapshot, ApiError> {
    let (api, endpoint) = (request.api, request.endpoint);
    let Some(early) = endpoint.early(&options.filter) else {
        let mut page = stored(request, options, options.limit).await?;
        page.entries = endpoint.shown(api, page.entries).await?;
        return Ok(page);
    };
    // What is selected is known when all is converted.
    let wide = ListOptions {
        filter: early,
        ..options.clone()
    };
    let all = stored(request, &wide, None).await?;
    let shown = endpoint.shown(api, all.entries).await?;
    let mut selected = shown
        .into_iter()
        .filter(|entry| options.filter.matches(entry));
    // Whatever is there has no pages.
    let whole = takes_what_is_there(request, options) && options.continue_.is_empty();
    let limit = options.limit.filter(|_| !whole).unwrap_or(usize::MAX);
    Ok(Snapshot {
        entries: selected.by_ref().take(limit).collect(),
        remaining: selected.count(),
        revision: all.revision,
    })
}

/// The page as it is stored. `limit` is that of the options, or none.
async fn stored(
    request: &Request<'_>,
    options: &ListOptions,
    limit: Option<usize>,
) -> Result<Snapshot, ApiError> {
    let invalid = |why| ApiError::bad_request(format!("invalid resource version: {why}"));
    if !options.continue_.is_empty() {
        let token = next_token(options)?;
        return next_page(request, options, limit, &token).await;
    }
    let (exact, pages) = (
        options.version_match == VersionMatch::Exact,
        options.version_match == VersionMatch::Unset && options.limit.is_some(),
    );
    let (filter, caches) = (&options.filter, &request.api.caches);
    match options.revision().map_err(invalid)? {
        // All of it: upstream gives this no pages. Other zeros name no revision.
        Some(0) if takes_what_is_there(request, options) => Ok(listed(
            request,
            request.cache.snapshot(filter, None, None, caches.applied()),
        )),
        None | Some(0) => {
            let revision = request.api.current().await?;
            request.cache.counts.consistent.increment();
            Ok(listed(
                request,
                request.cache.snapshot(filter, None, limit, revision),
            ))
        }
        Some(revision) if exact || pages => {
            reach(request, revision).await?;
            at(request, options, limit, revision, None).await
        }
        Some(revision) => {
            reach(request, revision).await?;
            let snapshot = request
                .cache
                .snapshot(filter, None, limit, caches.applied());
            Ok(listed(request, snapshot))
        }
    }
}

/// Whether any state will do. Of what is read at the store there is one.
fn takes_what_is_there(request: &Request<'_>, options: &ListOptions) -> bool {
    options.resource_version == "0" && !request.endpoint.info().is_read_at_the_store()
}

/// Counts a list that is answered from memory.
fn listed(request: &Request<'_>, snapshot: Snapshot) -> Snapshot {
    let listed = snapshot.entries.len() as u64;
    request.cache.counts.listed.add(listed);
    snapshot
}

/// Where the list goes on, which also says at which revision.
fn next_token(options: &ListOptions) -> Result<Token, ApiError> {
    let token = continue_token::decode(&options.continue_)?;
    if !matches!(&*options.resource_version, "" | "0") {
        return Err(ApiError::bad_request(
            "specifying resource version is not allowed when using continue",
        ));
    }
    Ok(token)
}

async fn next_page(
    request: &Request<'_>,
    options: &ListOptions,
    limit: Option<usize>,
    token: &Token,
) -> Result<Snapshot, ApiError> {
    // This has no pages, though it may begin at one.
    let limit = limit.filter(|_| !takes_what_is_there(request, options));
    let namespace = prefix(&options.filter.namespace);
    let start = format!("{namespace}{}", token.start.trim_start_matches('/'));
    match u64::try_from(token.revision) {
        Ok(revision) => {
            reach(request, revision).await?;
            at(request, options, limit, revision, Some(&start)).await
        }
        Err(_) => {
            let revision = request.api.current().await?;
            let filter = &options.filter;
            let snapshot = request
                .cache
                .snapshot(filter, Some(&start), limit, revision);
            Ok(listed(request, snapshot))
        }
    }
}

/// A page at a revision: from memory when nothing changed since, else from the store.
async fn at(
    request: &Request<'_>,
    options: &ListOptions,
    limit: Option<usize>,
    revision: u64,
    start: Option<&str>,
) -> Result<Snapshot, ApiError> {
    let compacted = request.api.store.compacted();
    if revision < compacted.0 {
        return Err(store_error(&StoreError::Compacted { compacted }, start));
    }
    if request.cache.unchanged_since(revision) {
        let mut snapshot = request
            .cache
            .snapshot(&options.filter, start, limit, revision);
        snapshot.revision = revision;
        return Ok(listed(request, snapshot));
    }
    let key_prefix = &request.cache.resource.info().key_prefix;
    let range = KeyRange::prefix(format!("{key_prefix}{}", prefix(&options.filter.namespace)));
    let found = request
        .api
        .store
        .range(RangeRequest::new(range).at(Revision(revision)))
        .await;
    let found = found.map_err(|error| store_error(&error, start))?;
    let limit = limit.unwrap_or(usize::MAX);
    let (mut entries, mut left) = (Vec::new(), 0);
    for item in found.items {
        let Ok(key) = std::str::from_utf8(&item.key[key_prefix.len()..]) else {
            continue;
        };
        if start.is_some_and(|start| key < start) {
            continue;
        }
        if entries.len() >= limit {
            left += 1;
            continue;
        }
        let (key, stored) = (Str::from(key), item.versioned);
        let entry = request
            .cache
            .entry(key, stored.value, stored.mod_revision.0);
        entries.extend(
            entry
                .ok()
                .filter(|entry| options.filter.matches(entry))
                .map(Arc::new),
        );
    }
    Ok(Snapshot {
        entries,
        remaining: left,
        revision,
    })
}

/// Waits for a revision that a client has seen elsewhere.
pub(super) async fn reach(request: &Request<'_>, revision: u64) -> Result<(), ApiError> {
    let caches = &request.api.caches;
    let (info, metrics) = (request.endpoint.info(), &request.api.metrics.storage);
    if caches.applied() >= revision {
        if revision > 0 {
            metrics.waited(info, Duration::ZERO);
        }
        return Ok(());
    }
    // The store neither waits nor says when to come again.
    if info.is_read_at_the_store() {
        return Err(too_large(revision, caches.applied(), 0));
    }
    let clock = &request.api.platform.clock;
    let begun = clock.monotonic();
    let waited = clock.timeout(FUTURE_WAIT, caches.reach(revision)).await;
    metrics.waited(info, clock.monotonic().since(begun));
    waited.map_err(|_| too_large(revision, caches.applied(), 1))
}

/// The 504 for a resource version that does not exist yet.
pub(crate) fn too_large(wanted: u64, current: u64, retry_after_seconds: i32) -> ApiError {
    let message = format!("Timeout: Too large resource version: {wanted}, current: {current}");
    let cause = StatusCause {
        reason: "ResourceVersionTooLarge".into(),
        message: "Too large resource version".into(),
        field: Str::default(),
    };
    let details = StatusDetails {
        causes: vec![cause],
        retry_after_seconds,
        ..StatusDetails::default()
    };
    ApiError {
        details: Some(Box::new(details)),
        ..ApiError::new(Reason::Timeout, message)
    }
}

fn store_error(error: &StoreError, start: Option<&str>) -> ApiError {
    match error {
        StoreError::Compacted { .. } => match start {
            Some(_) => continue_token::expired(),
            None => ApiError::expired("The resourceVersion for the provided list is too old."),
        },
        StoreError::FutureRevision { current } => too_large(0, current.0, 1),
        other => ApiError::internal(other),
    }
}

/// What the list says of itself: how to go on, and how much is left. As upstream, the latter is not told of what is selected.
pub(super) fn meta_of(page: &Snapshot, options: &ListOptions) -> ListMeta {
    let more = page.remaining > 0 && options.limit.is_some();
    let Some(last) = page.entries.last().filter(|_| more) else {
        return render::list_meta(page.revision, String::new(), None);
    };
    let namespace = prefix(&options.filter.namespace);
    let relative = last.key.strip_prefix(&*namespace).unwrap_or(&last.key);
    let token = Token {
        revision: i64::try_from(page.revision).unwrap_or(i64::MAX),
        start: format!("/{relative}\0"),
    };
    let remaining = i64::try_from(page.remaining).unwrap_or(i64::MAX);
    let remaining = (!options.filter.is_selective()).then_some(remaining);
    render::list_meta(page.revision, continue_token::encode(&token), remaining)
}

fn prefix(namespace: &str) -> String {
    if namespace.is_empty() {
        String::new()
    } else {
        format!("{namespace}/")
    }
}
