//! What can go wrong between a component and the API server: delays, lost requests, lost answers, requests that
//! arrive twice, watches that break off. How often is a number; when is the seed's.

use bytes::Bytes;
use client::{Body, BoxFuture, Transport, TransportError};
use http_body_util::BodyExt;
use parking_lot::Mutex;
use platform::{Clock, Platform, Rng, simulated};
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

/// How often each thing happens, in a thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// The request never arrives.
    pub request_lost_permille: u64,
    /// The server acts, and nobody hears of it.
    pub answer_lost_permille: u64,
    /// The server gets the request twice; the second answer is heard.
    pub twice_permille: u64,
    /// A frame of an answer's body is the last one.
    pub broken_off_permille: u64,
    /// Each way takes up to so long.
    pub delay_max: Duration,
}

/// The network of one world. Clones are the same network; faults can be turned on and off as it runs.
#[derive(Clone, Debug)]
pub struct Network {
    clock: Clock,
    rng: Rng,
    rates: Arc<Mutex<Rates>>,
    counts: Arc<Mutex<Faults>>,
}

/// What has gone wrong so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    pub requests_lost: u64,
    pub answers_lost: u64,
    pub twice: u64,
    pub broken_off: u64,
}

impl Rates {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A bad day: a few of a hundred exchanges fail, each way takes up to a fifth of a second.
    #[must_use]
    pub fn bad_day() -> Self {
        Self {
            request_lost_permille: 20,
            answer_lost_permille: 20,
            twice_permille: 10,
            broken_off_permille: 5,
            delay_max: Duration::from_millis(200),
        }
    }
}

impl Network {
    /// A network on which nothing goes wrong yet.
    #[must_use]
    pub fn new(platform: &Platform) -> Self {
        Self {
            clock: platform.clock.clone(),
            rng: simulated::fork(&platform.rng),
            rates: Arc::default(),
            counts: Arc::default(),
        }
    }

    /// From now on things go wrong so often.
    pub fn set(&self, rates: Rates) {
        *self.rates.lock() = rates;
    }

    /// What has gone wrong so far.
    #[must_use]
    pub fn faults(&self) -> Faults {
        *self.counts.lock()
    }

    /// Puts this network before `inner`.
    #[must_use]
    pub fn before(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Faulty {
            network: self.clone(),
            inner,
        })
    }

    fn rates(&self) -> Rates {
        *self.rates.lock()
    }

    fn strikes(&self, permille: u64, count: impl FnOnce(&mut Faults) -> &mut u64) -> bool {
        let strikes = permille > 0 && self.rng.chance(permille, 1000);
        if strikes {
            *count(&mut self.counts.lock()) += 1;
        }
        strikes
    }

    async fn delay(&self) {
        let max = self.rates().delay_max.as_micros();
        if let Ok(max) = u64::try_from(max)
            && max > 0
        {
            let delay = Duration::from_micros(self.rng.below(max));
            self.clock.sleep(delay).await;
        }
    }
}

/// A transport behind a bad network.
#[derive(Debug)]
struct Faulty {
    network: Network,
    inner: Arc<dyn Transport>,
}

impl Transport for Faulty {
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl Faulty {
    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, TransportError> {
        let network = &self.network;
        network.delay().await;
        let rates = network.rates();
        if network.strikes(rates.request_lost_permille, |counts| {
            &mut counts.requests_lost
        }) {
            return Err(TransportError::Send(lost("request")));
        }
        if network.strikes(rates.twice_permille, |counts| &mut counts.twice) {
            drop(self.inner.call(request.clone()).await);
        }
        let answer = self.inner.call(request).await?;
        network.delay().await;
        if network.strikes(rates.answer_lost_permille, |counts| {
            &mut counts.answers_lost
        }) {
            return Err(TransportError::Receive(lost("answer")));
        }
        let network = network.clone();
        Ok(answer.map(|body| {
            Breaking {
                network,
                inner: Some(body),
            }
            .boxed_unsync()
        }))
    }
}

/// A body that may break off after any frame.
struct Breaking {
    network: Network,
    /// None once it has broken off.
    inner: Option<Body>,
}

impl http_body::Body for Breaking {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let Some(inner) = &mut self.inner else {
            return Poll::Ready(None);
        };
        let frame = std::task::ready!(Pin::new(inner).poll_frame(context));
        let permille = self.network.rates().broken_off_permille;
        let broken = frame.is_some()
            && self
                .network
                .strikes(permille, |counts| &mut counts.broken_off);
        if broken {
            self.inner = None;
            return Poll::Ready(Some(Err(TransportError::Receive(lost("rest")))));
        }
        Poll::Ready(frame)
    }
}

fn lost(what: &str) -> Box<dyn std::error::Error + Send + Sync> {
    let kind = io::ErrorKind::ConnectionReset;
    Box::new(io::Error::new(
        kind,
        format!("simulated loss of the {what}"),
    ))
}
