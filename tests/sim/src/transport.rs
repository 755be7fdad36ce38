//! The in-process way into the API server while there is one, and a count of who asked for what.

use crate::plane::{Door, Life};
use bytes::Bytes;
use client::{Body, BoxFuture, Transport, TransportError};
use http_body_util::BodyExt;
use parking_lot::Mutex;
use resource::User;
use std::{
    collections::BTreeMap,
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// Requests by user agent, method and path without its query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(Arc<Mutex<BTreeMap<String, usize>>>);

impl Counts {
    pub(crate) fn take(&self) -> BTreeMap<String, usize> {
        std::mem::take(&mut self.0.lock())
    }

    /// A way to whichever process listens, counted.
    pub(crate) fn transport(&self, door: &Door, user: User, agent: &str) -> Arc<dyn Transport> {
        Arc::new(Local {
            door: door.clone(),
            user,
            agent: agent.to_owned(),
            counts: self.clone(),
        })
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

/// Speaks as one identity to whichever process listens.
struct Local {
    door: Door,
    user: User,
    agent: String,
    counts: Counts,
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
        Box::pin(self.exchange(request))
    }
}

impl Local {
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, TransportError> {
        let life = self.door.life();
        let Some(Life { number, server }) = life else {
            let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
            return Err(TransportError::Send(refused.into()));
        };
        let mut gone: Gone = Box::pin(self.door.gone(number));
        let server = server.in_process(self.user.clone());
        let answer = tokio::select! {
            biased;
            () = &mut gone => return Err(reset()),
            answer = server.call(request) => answer,
        };
        Ok(answer.map(|body| {
            let flat = body.map_frame(|frame| frame.map_data(apiserver::Segments::into_bytes));
            let inner = flat
                .map_err(|error| TransportError::Receive(error.into()))
                .boxed_unsync();
            Severable {
                gone,
                inner: Some(inner),
            }
            .boxed_unsync()
        }))
    }
}

type Gone = Pin<Box<dyn Future<Output = ()> + Send>>;

fn reset() -> TransportError {
    TransportError::Receive(io::Error::from(io::ErrorKind::ConnectionReset).into())
}

/// A body that ends with the process that sends it.
struct Severable {
    gone: Gone,
    /// None once it has been cut off.
    inner: Option<Body>,
}

impl http_body::Body for Severable {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        let Some(inner) = &mut this.inner else {
            return Poll::Ready(None);
        };
        if this.gone.as_mut().poll(context).is_ready() {
            this.inner = None;
            return Poll::Ready(Some(Err(reset())));
        }
        Pin::new(inner).poll_frame(context)
    }
}
