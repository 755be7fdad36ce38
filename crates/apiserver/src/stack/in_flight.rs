//! How much is served at once: a request goes on when its priority level has seats for it, waits for them, or is refused. Each answer
//! says which flow schema its request belongs to.
use super::{Call, Later, deadline, now, take_ready};
use crate::{
    body::Body,
    flow::{Admission, Flow, Ticket},
    metrics::{self, Filter, Labels},
    shared::Api,
    status,
};
use futures::{FutureExt, future::Either};
use http::{HeaderValue, Response, StatusCode, header};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower::{Layer, Service};

/// No request waits longer for its seats; one that may take a shorter time waits for a quarter of that.
const WAIT_MAX: Duration = Duration::from_secs(60);

#[derive(Clone)]
pub(super) struct InFlightLayer(pub(super) Arc<Api>);

#[derive(Clone)]
pub(super) struct InFlight<S>(Arc<Api>, S);

impl<S> Layer<S> for InFlightLayer {
    type Service = InFlight<S>;
    fn layer(&self, inner: S) -> Self::Service {
        InFlight(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for InFlight<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + Unpin,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Later<Served<S::Future>>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        let came = call.passed(&self.0, Filter::Impersonation);
        // Logs and connections last, and are not weighed.
        if call.info.is_long_running() && call.info.verb != "watch" {
            return Either::Left(Either::Right(Served {
                answer: self.1.call(call),
                held: None,
                flow: None,
            }));
        }
        let api = &self.0;
        let (flow, admission) = api.flows.admit(api, &call);
        match admission {
            Admission::Go(ticket) => {
                Either::Left(Either::Right(serve(api, &mut self.1, call, ticket)))
            }
            Admission::Refused(seconds) => {
                let refused = too_many(api, &call, seconds);
                Either::Left(now(told(refused, Some(&*flow))))
            }
            Admission::Wait(queued) => {
                let (api, mut next) = (Arc::clone(api), take_ready(&mut self.1));
                let held = api
                    .metrics
                    .waiting(reads(&call) || call.info.verb == "watch");
                Either::Right(Box::pin(async move {
                    let waited = queued.wait(&api.flows, longest_wait(&api, &call)).await;
                    drop(held);
                    call.times.waited = api.platform.clock.monotonic().since(came);
                    match waited {
                        Ok(ticket) => serve(&api, &mut next, call, ticket).await,
                        Err(seconds) => Ok(told(too_many(&api, &call, seconds), Some(&*flow))),
                    }
                }))
            }
        }
    }
}

/// Goes on with a request that has its seats. A watch holds them until it has begun.
fn serve<S: Service<Call>>(
    api: &Api,
    next: &mut S,
    mut call: Call,
    ticket: Ticket,
) -> Served<S::Future> {
    let flow = Some(Arc::clone(ticket.flow()));
    let held = if call.info.verb == "watch" {
        call.watching = Some(api.flows.watching(&call.info, ticket));
        None
    } else {
        Some((ticket, api.metrics.serving(reads(&call))))
    };
    Served {
        answer: next.call(call),
        held,
        flow,
    }
}

fn reads(call: &Call) -> bool {
    matches!(&*call.info.verb, "get" | "list" | "head" | "options")
}

fn longest_wait(api: &Api, call: &Call) -> Duration {
    let query = call.request.uri().query().unwrap_or("");
    let limit = match &*call.info.verb {
        "watch" => Ok(api.limits.request_timeout),
        _ => deadline::limit(api, query),
    };
    let limit = limit.unwrap_or(api.limits.request_timeout);
    (limit / 4).min(WAIT_MAX)
}

/// An answer to come that says which flow it is of.
pub(super) struct Served<F> {
    answer: F,
    /// Until it is answered.
    held: Option<(Ticket, metrics::Held)>,
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
fn too_many(api: &Api, call: &Call, seconds: u64) -> Response<Body> {
    let request = &call.request;
    let labels = Labels::of(
        &call.info,
        request.method(),
        request.uri(),
        request.headers(),
    );
    api.metrics.dropped(&labels, &call.info.path);
    let words = "Too many requests, please try again later.\n";
    let mut response = status::text(StatusCode::TOO_MANY_REQUESTS, words);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
