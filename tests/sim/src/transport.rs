//! The in-process way into the API server, and a count of who asked for what.

use bytes::{Buf, Bytes};
use client::{Body, BoxFuture, Transport, TransportError};
use http_body_util::BodyExt;
use parking_lot::Mutex;
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Requests by user agent, method and path without its query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(Arc<Mutex<BTreeMap<String, usize>>>);

impl Counts {
    pub(crate) fn take(&self) -> BTreeMap<String, usize> {
        std::mem::take(&mut self.0.lock())
    }

    fn count(&self, agent: &str, request: &http::Request<Bytes>) {
        let watch = request
            .uri()
            .query()
            .is_some_and(|query| query.contains("watch=true"));
        let verb = if watch {
            "WATCH"
        } else {
            request.method().as_str()
        };
        let line = format!("{agent} {verb} {}", request.uri().path());
        *self.0.lock().entry(line).or_default() += 1;
    }
}

/// Speaks as one identity.
pub(crate) struct Local {
    server: apiserver::InProcess,
    agent: String,
    counts: Counts,
}

impl Local {
    pub(crate) fn new(server: apiserver::InProcess, agent: &str, counts: &Counts) -> Self {
        Self {
            server,
            agent: agent.to_owned(),
            counts: counts.clone(),
        }
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("agent", &self.agent)
            .finish_non_exhaustive()
    }
}

impl Transport for Local {
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.counts.count(&self.agent, &request);
        Box::pin(async move {
            let answer = self.server.call(request).await;
            Ok(answer.map(|body| {
                let flat = body.map_frame(|frame| {
                    frame.map_data(|mut segments| segments.copy_to_bytes(segments.remaining()))
                });
                flat.map_err(|never| match never {}).boxed_unsync()
            }))
        })
    }
}
