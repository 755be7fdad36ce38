//! The API server under test: a few connections, each carrying many requests.

use bytes::Bytes;
use client::{
    kubeconfig::{Endpoint, KubeconfigError},
    transport::{Body, Https, HttpsError, Transport, TransportError},
};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use std::{path::Path, sync::Arc};

#[derive(Debug, thiserror::Error)]
pub(crate) enum PerfError {
    #[error(transparent)]
    Kubeconfig(#[from] KubeconfigError),
    #[error("failed to use what the kubeconfig holds")]
    Endpoint(#[source] HttpsError),
    #[error("{what}: the exchange failed")]
    Exchange {
        what: String,
        #[source]
        source: TransportError,
    },
    #[error("{what}: the server answered {status}: {body}")]
    Refused {
        what: String,
        status: StatusCode,
        body: String,
    },
    #[error("there is no scenario {0}: `perf list` names them")]
    NoScenario(String),
    #[error("{what}")]
    Process {
        what: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{0}")]
    Unexpected(String),
}

/// Connections to one server. Request `n` goes over connection `n % connections`.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    connections: Arc<[Https]>,
    /// `Accept-Encoding`.
    encoding: &'static str,
}

impl Target {
    pub(crate) fn open(kubeconfig: &Path, connections: usize) -> Result<Self, PerfError> {
        Self::of(&Endpoint::load(kubeconfig, None)?, connections)
    }

    pub(crate) fn of(endpoint: &Endpoint, connections: usize) -> Result<Self, PerfError> {
        let open = |_| Https::new(endpoint).map_err(PerfError::Endpoint);
        Ok(Self {
            connections: (0..connections).map(open).collect::<Result<_, _>>()?,
            encoding: "identity",
        })
    }

    /// The same, asking for compressed answers.
    pub(crate) fn compressed(&self) -> Self {
        Self {
            encoding: "gzip",
            ..self.clone()
        }
    }

    /// Sends one request and reads the whole answer; returns its length in bytes, or its text where it is an error.
    pub(crate) async fn call(
        &self,
        lane: usize,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<usize, PerfError> {
        let mut answer = self
            .open_stream(lane, method, path, body)
            .await?
            .into_body();
        let mut bytes = 0;
        while let Some(frame) = answer.frame().await {
            let frame = frame.map_err(|source| PerfError::Exchange {
                what: path.to_owned(),
                source,
            })?;
            bytes += frame.data_ref().map_or(0, Bytes::len);
        }
        Ok(bytes)
    }

    /// Sends one request and returns the answer's head with the body still to be read.
    pub(crate) async fn open_stream(
        &self,
        lane: usize,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<Response<Body>, PerfError> {
        let what = || format!("{method} {path}");
        let content_type = match method {
            Method::PATCH => "application/merge-patch+json",
            _ => "application/json",
        };
        let request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::ACCEPT, "application/json")
            .header(header::ACCEPT_ENCODING, self.encoding)
            .header(header::CONTENT_TYPE, content_type)
            .body(body)
            .expect("method, path and headers are constants of the scenarios");
        let answer = self.connections[lane % self.connections.len()]
            .call(request)
            .await
            .map_err(|source| PerfError::Exchange {
                what: what(),
                source,
            })?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let status = answer.status();
        let body = answer
            .into_body()
            .collect()
            .await
            .map(|body| body.to_bytes())
            .unwrap_or_default();
        Err(PerfError::Refused {
            what: what(),
            status,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    pub(crate) async fn get_json(&self, path: &str) -> Result<serde_json::Value, PerfError> {
        let answer = self.open_stream(0, Method::GET, path, Bytes::new()).await?;
        let body = answer
            .into_body()
            .collect()
            .await
            .map_err(|source| PerfError::Exchange {
                what: path.to_owned(),
                source,
            })?;
        serde_json::from_slice(&body.to_bytes())
            .map_err(|error| PerfError::Unexpected(format!("GET {path} answered no JSON: {error}")))
    }
}
