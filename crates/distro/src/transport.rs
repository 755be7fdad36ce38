//! The in-process way into the API server: the same stack behind authentication, without TLS and without copies.

use crate::identity;
use apiserver::InProcess;
use bytes::Bytes;
use client::{
    BoxFuture, Client,
    transport::{Body, Transport, TransportError},
};
use http_body_util::BodyExt;
use platform::Platform;
use resource::User;
use std::{fmt, sync::Arc};

/// Speaks as one identity.
pub(crate) struct Local(InProcess);

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Local")
    }
}

impl Transport for Local {
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let answer = self.0.call(request).await;
            Ok(answer.map(|body| {
                let whole = body.map_frame(|frame| frame.map_data(apiserver::Segments::into_bytes));
                whole
                    .map_err(|error| TransportError::Receive(error.into()))
                    .boxed_unsync()
            }))
        })
    }
}

/// Makes clients that speak as different identities.
#[derive(Clone)]
pub(crate) struct Clients {
    server: Arc<apiserver::Server>,
    platform: Platform,
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clients")
    }
}

impl Clients {
    pub(crate) fn new(server: Arc<apiserver::Server>, platform: Platform) -> Self {
        Self { server, platform }
    }

    /// `component` begins the user agent, and is with it the default field manager.
    pub(crate) fn of(&self, user: User, component: &str) -> Client {
        self.with_agent(user, &identity::user_agent(component))
    }

    pub(crate) fn with_agent(&self, user: User, agent: &str) -> Client {
        let transport = Arc::new(Local(self.server.in_process(user)));
        Client::new(transport, self.platform.clone(), agent)
            .with_list_mode(client::ListMode::Streaming)
    }
}
