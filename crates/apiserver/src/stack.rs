//! The one way to a verb: a tower stack, outermost layer first, in [`stack`].
mod audit;
mod authentication;
mod authorization;
mod cors;
mod deadline;
mod impersonation;
mod in_flight;
mod length;
mod panic_guard;

pub use self::cors::CorsOrigins;

pub(crate) use self::audit::AUDIT_ID;

use crate::authn::{Notes, PeerCertificate};
use crate::{
    audit::Record,
    body::Body,
    flow::Watching,
    metrics::Filter,
    request_info::{self, RequestInfo, VerbPlace},
    server::Received,
    shared::Api,
    status, verbs,
};
use bytes::Bytes;
use futures::future::{BoxFuture, Either, Ready, ready};
use http::{HeaderValue, Response, Uri, header};
use http_body_util::{Either as EitherBody, Full};
use platform::Monotonic;
use resource::{Annotations, User, Warnings};
use std::{
    convert::Infallible,
    net::IpAddr,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower::{Layer, Service, ServiceBuilder, util::BoxCloneSyncService};

/// The body of a request: from the network, or whole from this process.
pub(crate) type RequestBody = EitherBody<Received, Full<Bytes>>;

/// How the connection identifies its peer, before any header is read.
#[derive(Clone, Debug, Default)]
pub(crate) enum Peer {
    /// TLS, with what the client's certificate proves.
    Tls(Arc<PeerCertificate>),
    /// This process, as this user.
    Process(Arc<User>),
    #[default]
    Unknown,
}

/// One request on its way down the stack.
pub(crate) struct Call {
    pub(crate) request: http::Request<RequestBody>,
    pub(crate) peer: Peer,
    pub(crate) info: RequestInfo,
    /// Empty until authenticated; the impersonated one behind impersonation.
    pub(crate) user: User,
    /// Who really asks, when that is another.
    pub(crate) impersonator: Option<Box<User>>,
    /// The other end of the connection; `None` for this process.
    pub(crate) remote: Option<IpAddr>,
    /// What authentication has to say.
    pub(crate) notes: Notes,
    /// What whoever sent the request is told beside the answer.
    pub(crate) warnings: Arc<Warnings>,
    /// Of a watch: what it holds of its priority level.
    pub(crate) watching: Option<Arc<Watching>>,
    /// The client's, or one of ours; from the audit layer on.
    pub(crate) audit_id: Option<HeaderValue>,
    /// For the audit event, where there will be one.
    pub(crate) record: Option<Arc<Record>>,
    pub(crate) times: Times,
}

/// When a request came, and what it did with its time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) received: Monotonic,
    /// When it last came from one layer to the next.
    passed: Monotonic,
    /// How long it waited for seats.
    pub(crate) waited: Duration,
}

impl Call {
    /// One that has just come.
    pub(crate) fn new(
        request: http::Request<RequestBody>,
        peer: Peer,
        remote: Option<IpAddr>,
        now: Monotonic,
    ) -> Self {
        Self {
            request,
            peer,
            info: RequestInfo::default(),
            user: User::default(),
            impersonator: None,
            remote,
            notes: Notes::default(),
            warnings: Arc::default(),
            watching: None,
            audit_id: None,
            record: None,
            times: Times {
                received: now,
                passed: now,
                waited: Duration::ZERO,
            },
        }
    }

    /// Has come through a layer, which says when it is now.
    fn passed(&mut self, api: &Api, filter: Filter) -> Monotonic {
        let now = api.platform.clock.monotonic();
        api.metrics.filtered(filter, now.since(self.times.passed));
        self.times.passed = now;
        now
    }

    /// Where to say something for the audit event, if there will be one.
    pub(crate) fn annotations(&self) -> Option<Arc<Annotations>> {
        let record = self.record.as_ref();
        record.map(|record| Arc::clone(&record.annotations))
    }

    /// Takes the request out, for a verb that consumes it.
    pub(crate) fn take_request(&mut self) -> http::Request<RequestBody> {
        std::mem::replace(
            &mut self.request,
            http::Request::new(EitherBody::Right(Full::default())),
        )
    }
}

/// A finished stack.
pub(crate) type Stack = BoxCloneSyncService<Call, Response<Body>, Infallible>;

/// A layer's future: an answer at once, or what the layers below make.
pub(crate) type Answer<F> = Either<Ready<Result<Response<Body>, Infallible>>, F>;

/// The same where something may have to be waited for first.
pub(crate) type Later<F> =
    Either<Answer<F>, BoxFuture<'static, Result<Response<Body>, Infallible>>>;

/// The service that was found ready, for use after a wait.
pub(crate) fn take_ready<S: Clone>(service: &mut S) -> S {
    let next = service.clone();
    std::mem::replace(service, next)
}

/// Answers at once.
pub(crate) fn now<F>(response: Response<Body>) -> Answer<F> {
    Either::Left(ready(Ok(response)))
}

/// Everything between a connection and a verb, in reading order.
pub(crate) fn stack(api: &Arc<Api>) -> Stack {
    let service = ServiceBuilder::new()
        .layer(RequestInfoLayer(Arc::clone(api)))
        .layer(deadline::DeadlineLayer(Arc::clone(api)))
        .layer(panic_guard::PanicGuardLayer(Arc::clone(api)))
        .layer(cors::CorsLayer(Arc::clone(api)))
        .layer(authentication::AuthenticationLayer(Arc::clone(api)))
        .layer(audit::AuditLayer(Arc::clone(api)))
        .layer(impersonation::ImpersonationLayer::new(api))
        .layer(in_flight::InFlightLayer(Arc::clone(api)))
        .layer(authorization::AuthorizationLayer(Arc::clone(api)))
        .service(Verb(Arc::clone(api)));
    BoxCloneSyncService::new(service)
}

/// An `Arc` of the API that a verb borrows: streams outlive the request.
pub(crate) fn handle(api: &Api) -> Arc<Api> {
    api.handle()
}

/// Fills [`Call::info`].
#[derive(Clone)]
struct RequestInfoLayer(Arc<Api>);

#[derive(Clone)]
struct RequestInfoService<S>(Arc<Api>, S);

impl<S> Layer<S> for RequestInfoLayer {
    type Service = RequestInfoService<S>;
    fn layer(&self, inner: S) -> Self::Service {
        RequestInfoService(Arc::clone(&self.0), inner)
    }
}

impl<S> Service<Call> for RequestInfoService<S>
where
    S: Service<Call, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer<S::Future>;
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.1.poll_ready(context)
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        let uri = call.request.uri();
        call.info =
            request_info::parse(call.request.method(), uri.path(), uri.query().unwrap_or(""));
        if call.info.verb_place == VerbPlace::PathAlone {
            let headers = call.request.headers();
            return now(audit::identified(&self.0, headers, undetermined(uri)));
        }
        Either::Right(self.1.call(call))
    }
}

/// The answer to a path that names what to do, and not with what. Nobody has thought of caches yet.
fn undetermined(uri: &Uri) -> Response<Body> {
    let why = "failed to create RequestInfo: unable to determine kind and namespace from url";
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let mut answer = status::internal_error(uri, &format!("{why}, {target}"));
    answer.headers_mut().remove(header::CACHE_CONTROL);
    answer
}

/// The innermost service.
#[derive(Clone)]
struct Verb(Arc<Api>);

impl Service<Call> for Verb {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;
    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }
    fn call(&mut self, mut call: Call) -> Self::Future {
        let api = Arc::clone(&self.0);
        call.passed(&api, Filter::Authorization);
        let warnings = Arc::clone(&call.warnings);
        Box::pin(async move {
            let mut response = verbs::serve(&api, call).await;
            verbs::write_warnings(&mut response, &warnings);
            Ok(response)
        })
    }
}
