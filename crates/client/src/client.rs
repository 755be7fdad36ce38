//! [`Client`]: one identity on one transport. Sends requests, turns failures into [`Error`].

use crate::{Api, Body, Error, Resource, Transport, error::Error as ClientError, transport, wire};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use meta::{Kind, Str};
use platform::Platform;
use std::{sync::Arc, time::Duration};

/// Largest answer that is read into memory: lists are paged, so this is one page or one object.
const ANSWER_BYTES_MAX: usize = 256 << 20;
/// How often a request that the server put off (429 with `Retry-After`) is sent again, as client-go.
const RETRIES_MAX: u32 = 10;
/// Longest `Retry-After` that is obeyed.
const RETRY_AFTER_SECONDS_MAX: u64 = 30;

/// How caches read what is there before they watch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListMode {
    /// Pages of 500, then a watch from the list's revision. Every server can do it.
    #[default]
    Paged,
    /// One watch with `sendInitialEvents` (KEP-3157); falls back to pages where it is refused.
    Streaming,
}

/// Cheap to clone; all clones share the transport.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<dyn Transport>,
    platform: Platform,
    user_agent: Str,
    list_mode: ListMode,
}

impl Client {
    /// `user_agent` as upstream's components: the part before `/` is the default field manager.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, platform: Platform, user_agent: &str) -> Self {
        Self {
            transport,
            platform,
            user_agent: Str::new(user_agent),
            list_mode: ListMode::default(),
        }
    }

    /// The same client, whose caches list by `mode`.
    #[must_use]
    pub fn with_list_mode(mut self, mode: ListMode) -> Self {
        self.list_mode = mode;
        self
    }

    #[must_use]
    pub fn list_mode(&self) -> ListMode {
        self.list_mode
    }

    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// The typed API of a built-in kind.
    #[must_use]
    pub fn of<K: Kind>(&self) -> Api<K> {
        Api::new(self.clone(), Resource::of::<K>())
    }

    /// The API of a resource known at run time, answered as `D` (most of all [`crate::Metadata`]).
    #[must_use]
    pub fn resource<D: crate::Decode>(&self, resource: Resource) -> Api<D> {
        Api::new(self.clone(), resource)
    }

    /// Any request; answers outside 2xx become [`Error::Api`].
    ///
    /// # Errors
    /// The server's refusal, or a broken exchange.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Bytes)>,
    ) -> Result<Response<Body>, Error> {
        let mut attempt = 0;
        loop {
            let request = self.request(&method, path, accept, body.clone())?;
            let response = match self.transport.call(request).await {
                Ok(response) => response,
                Err(source) => {
                    return Err(ClientError::Transport {
                        method,
                        path: path.to_owned(),
                        source,
                    });
                }
            };
            match retry_after(&response).filter(|_| attempt < RETRIES_MAX) {
                Some(wait) => {
                    attempt += 1;
                    self.platform.clock.sleep(wait).await;
                }
                None => return self.accept(method, path, response).await,
            }
        }
    }

    /// [`Self::call`], with the answer read to its end.
    ///
    /// # Errors
    /// The server's refusal, or a broken exchange.
    pub async fn fetch(
        &self,
        method: Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Bytes)>,
    ) -> Result<Bytes, Error> {
        let response = self.call(method.clone(), path, accept, body).await?;
        transport::collect(response.into_body(), ANSWER_BYTES_MAX)
            .await
            .map_err(|source| Error::Transport {
                method,
                path: path.to_owned(),
                source,
            })
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        accept: &str,
        body: Option<(&str, Bytes)>,
    ) -> Result<Request<Bytes>, Error> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::ACCEPT, accept)
            .header(header::USER_AGENT, self.user_agent.as_str());
        if let Some((content_type, _)) = body {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let bytes = body.map(|(_, bytes)| bytes).unwrap_or_default();
        request.body(bytes).map_err(|error| Error::Request {
            what: format!("{method} {path}"),
            message: error.to_string(),
        })
    }

    async fn accept(
        &self,
        method: Method,
        path: &str,
        response: Response<Body>,
    ) -> Result<Response<Body>, Error> {
        if response.status().is_success() {
            return Ok(response);
        }
        let code = response.status();
        let body = transport::collect(response.into_body(), ANSWER_BYTES_MAX)
            .await
            .map_err(|source| Error::Transport {
                method,
                path: path.to_owned(),
                source,
            })?;
        Err(Error::Api(wire::decode_failure(code, &body)))
    }
}

/// How long a server that is too busy wants us to wait.
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    if !matches!(
        response.status(),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    ) {
        return None;
    }
    let seconds: u64 = response
        .headers()
        .get(header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds.min(RETRY_AFTER_SECONDS_MAX)))
}
