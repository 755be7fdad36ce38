//! How much is served at once: upstream's max-in-flight limits, one for requests that read and one for those that write. Each answer says
//! which flow schema its request belongs to; there are no queues of levels yet, only the two limits.
use super::{Answer, Call, now};
use crate::{body::Body, flow::Flow, metrics, shared::Api, status};
use futures::{FutureExt, future::Either};
use http::{HeaderValue, Response, StatusCode, header};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::{Layer, Service};

#[derive(Clone)]
pub(super) struct InFlightLayer {
    api: Arc<Api>,
    reading: Arc<Semaphore>,
    writing: Arc<Semaphore>,
}

impl InFlightLayer {
    pub(super) fn new(api: &Arc<Api>) -> Self {
        Self {
            api: Arc::clone(api),
            reading: Arc::new(Semaphore::new(api.limits.reads_in_flight_max)),
            writing: Arc::new(Semaphore::new(api.limits.writes_in_flight_max)),
        }
    }
}

#[derive(Clone)]
pub(super) struct InFlight<S>(InFlightLayer, S);

impl<S> Layer<S> for InFlightLayer {
    type Service = InFlight<S>;
    fn layer(&self, inner: S) -> Self::Service {
        InFlight(self.clone(), inner)
    }
}

impl<S> Service<Call> for InFlight<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
    S::Future: Unpin,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<Served<S::Future>>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, call: Call) -> Self::Future {
        let mut permit: Option<OwnedSemaphorePermit> = None;
        let mut counted = None;
        let mut flow = None;
        if !call.info.is_long_running() || call.info.verb == "watch" {
            let api = &self.0.api;
            flow = api.flows.of(&api.metrics, &call.user, &call.info);
        }
        if !call.info.is_long_running() {
            let reads = matches!(call.info.verb, "get" | "list" | "head" | "options");
            counted = Some(self.0.api.metrics.serving(reads));
            let limit = if reads {
                &self.0.reading
            } else {
                &self.0.writing
            };
            // Those who run the cluster must reach it when it is flooded, as upstream has it.
            if !call.user.in_group("system:masters") {
                match Arc::clone(limit).try_acquire_owned() {
                    Ok(taken) => permit = Some(taken),
                    Err(_) => {
                        let flow = flow.as_deref();
                        flow.inspect(|flow| flow.counts.rejected.increment());
                        return now(told(too_many(), flow));
                    }
                }
            }
        }
        let executing = flow.as_ref().map(|flow| {
            flow.counts.dispatched.increment();
            metrics::Held::new(Arc::clone(&flow.counts.executing))
        });
        Either::Right(Served {
            answer: self.1.call(call),
            held: Some((permit, counted, executing)),
            flow,
        })
    }
}

/// What a request holds until it is answered.
type Held = (
    Option<OwnedSemaphorePermit>,
    Option<metrics::Held>,
    Option<metrics::Held>,
);

/// An answer to come that says which flow it is of.
pub(super) struct Served<F> {
    answer: F,
    held: Option<Held>,
    flow: Option<Arc<Flow>>,
}

impl<F: Future<Output = Result<Response<Body>, Infallible>> + Unpin> Future for Served<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Ok(answer) = std::task::ready!(self.answer.poll_unpin(context));
        self.held = None;
        Poll::Ready(Ok(told(answer, self.flow.as_deref())))
    }
}

fn told(mut answer: Response<Body>, flow: Option<&Flow>) -> Response<Body> {
    if let Some(flow) = flow {
        flow.tell(answer.headers_mut());
    }
    answer
}

/// In plain text: upstream refuses before it looks at what the client accepts.
fn too_many() -> Response<Body> {
    let words = "Too many requests, please try again later.\n";
    let mut response = status::text(StatusCode::TOO_MANY_REQUESTS, words);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
