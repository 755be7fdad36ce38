//! LIST: a snapshot of memory at the current revision, or pages of one at an older revision.
use super::Request;
use crate::{
    body::Body,
    cache::{Entry, Snapshot},
    continue_token::{self, Token},
    options::{self, ListOptions, VersionMatch},
    render, status,
};
use http::{Response, StatusCode};
use meta::{ApiError, Reason, StatusCause, StatusDetails, Str};
use std::{sync::Arc, time::Duration};
use store::{KeyRange, RangeRequest, Revision, StoreError};

/// How long a list waits for a revision that is still to come.
const FUTURE_WAIT: Duration = Duration::from_secs(3);

pub(crate) async fn list(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let options = options::list_options(request.query, info, &request.namespace, false)?;
    let page = match page(request, &options).await {
        Err(error) if error.reason == Reason::Expired && !options.continue_.is_empty() => {
            return inconsistent(request, &options, &error);
        }
        page => page?,
    };
    // As upstream: how many remain is not told when a selector was at work.
    let selective = options.filter.labels.is_some() || !options.filter.fields.is_empty();
    let (continue_, remaining) = rest(&page, &options, &request.namespace, selective);
    let meta = render::list_meta(page.revision, continue_, remaining);
    let mut renderer = request.renderer();
    renderer.include = options.include_object;
    Ok(renderer.list(page.entries, &meta))
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

async fn page(request: &Request<'_>, options: &ListOptions) -> Result<Snapshot, ApiError> {
    if !options.continue_.is_empty() {
        if options.resource_version.is_some_and(|version| version != 0) {
            return Err(ApiError::bad_request(
                "specifying resource version is not allowed when using continue",
            ));
        }
        let token = continue_token::decode(&options.continue_)?;
        let start = format!(
            "{}{}",
            prefix(&request.namespace),
            token.start.trim_start_matches('/')
        );
        if token.revision < 0 {
            let revision = request.api.current().await?;
            return Ok(request.cache.snapshot(
                &options.filter,
                Some(&start),
                options.limit,
                revision,
            ));
        }
        let revision = u64::try_from(token.revision).unwrap_or_default();
        return at(request, options, revision, Some(&start)).await;
    }
    let exact = options.version_match == VersionMatch::Exact;
    match options.resource_version {
        Some(revision) if exact => {
            reach(request, revision).await?;
            at(request, options, revision, None).await
        }
        Some(0) => Ok(request.cache.snapshot(
            &options.filter,
            None,
            options.limit,
            request.api.caches.applied(),
        )),
        Some(revision)
            if options.version_match == VersionMatch::Unset && options.limit.is_some() =>
        {
            reach(request, revision).await?;
            at(request, options, revision, None).await
        }
        Some(revision) => {
            reach(request, revision).await?;
            Ok(request.cache.snapshot(
                &options.filter,
                None,
                options.limit,
                request.api.caches.applied(),
            ))
        }
        None => {
            let revision = request.api.current().await?;
            Ok(request
                .cache
                .snapshot(&options.filter, None, options.limit, revision))
        }
    }
}

/// A page at a revision: from memory when nothing changed since, else from the store.
async fn at(
    request: &Request<'_>,
    options: &ListOptions,
    revision: u64,
    start: Option<&str>,
) -> Result<Snapshot, ApiError> {
    if request.cache.unchanged_since(revision) {
        let mut snapshot = request
            .cache
            .snapshot(&options.filter, start, options.limit, revision);
        snapshot.revision = revision;
        return Ok(snapshot);
    }
    let key_prefix = &request.cache.resource.info().key_prefix;
    let range = KeyRange::prefix(format!("{key_prefix}{}", prefix(&request.namespace)));
    let found = request
        .api
        .store
        .range(RangeRequest::new(range).at(Revision(revision)))
        .await;
    let found = found.map_err(|error| store_error(&error, start))?;
    let entries = found.items.into_iter().filter_map(|item| {
        let key = std::str::from_utf8(&item.key[key_prefix.len()..]).ok()?;
        let after = start.is_none_or(|start| key >= start);
        let stored = item.versioned;
        let entry = request
            .cache
            .entry(Str::from(key), stored.value, stored.mod_revision.0)
            .ok()?;
        (after && options.filter.matches(&entry)).then(|| Arc::new(entry))
    });
    let mut entries: Vec<Arc<Entry>> = entries.collect();
    let kept = options.limit.unwrap_or(usize::MAX).min(entries.len());
    let remaining = entries.split_off(kept).len();
    Ok(Snapshot {
        entries,
        remaining,
        revision,
    })
}

/// Waits for a revision that a client has seen elsewhere.
async fn reach(request: &Request<'_>, revision: u64) -> Result<(), ApiError> {
    let caches = &request.api.caches;
    if caches.applied() >= revision {
        return Ok(());
    }
    let waited = request
        .api
        .platform
        .clock
        .timeout(FUTURE_WAIT, caches.reach(revision))
        .await;
    waited.map_err(|_| too_large(revision, caches.applied()))
}

/// The 504 for a resource version that does not exist yet.
pub(crate) fn too_large(wanted: u64, current: u64) -> ApiError {
    let message = format!("Timeout: Too large resource version: {wanted}, current: {current}");
    let cause = StatusCause {
        reason: "ResourceVersionTooLarge".into(),
        message: "Too large resource version".into(),
        field: Str::default(),
    };
    let details = StatusDetails {
        causes: vec![cause],
        retry_after_seconds: 1,
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
        StoreError::FutureRevision { current } => too_large(0, current.0),
        other => ApiError::internal(other),
    }
}

fn rest(
    page: &Snapshot,
    options: &ListOptions,
    namespace: &str,
    selective: bool,
) -> (String, Option<i64>) {
    let Some(last) = page
        .entries
        .last()
        .filter(|_| page.remaining > 0 && options.limit.is_some())
    else {
        return (String::new(), None);
    };
    let relative = last
        .key
        .strip_prefix(prefix(namespace).as_str())
        .unwrap_or(&last.key);
    let token = Token {
        revision: i64::try_from(page.revision).unwrap_or(i64::MAX),
        start: format!("/{relative}\0"),
    };
    let remaining = (!selective).then(|| i64::try_from(page.remaining).unwrap_or(i64::MAX));
    (continue_token::encode(&token), remaining)
}

fn prefix(namespace: &str) -> String {
    if namespace.is_empty() {
        String::new()
    } else {
        format!("{namespace}/")
    }
}
