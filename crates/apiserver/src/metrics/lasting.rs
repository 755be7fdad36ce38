//! Answers that go on: counted at their end, which is that of the body or of the connection that it became.
use super::{Held, Labels};
use crate::{
    audit::Upgraded,
    body::{Body, Segments, Streaming},
    shared::Api,
    stack::{self, Times},
};
use bytes::Buf as _;
use http::{Response, StatusCode};
use http_body::{Body as _, Frame};
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// The code of a connection that goes on as something else: upstream's handlers never write one.
const HIJACKED: u16 = 0;

/// A request whose answer goes on: counted when it is dropped, with what was sent. Its series begin then.
struct Counting {
    api: Arc<Api>,
    labels: Labels,
    code: u16,
    times: Times,
    bytes: u64,
    _open: Option<Held>,
}

impl Drop for Counting {
    fn drop(&mut self) {
        let now = self.api.platform.clock.monotonic();
        let took = now.since(self.times.received);
        let requests = &self.api.metrics.requests;
        requests.answered(&self.labels, self.code, self.times, took, self.bytes);
    }
}

/// Counts a request when its answer has ended; `open` is held until then.
pub(super) fn until_end(
    api: &Api,
    labels: &Labels,
    times: Times,
    open: Option<Held>,
    response: Response<Body>,
) -> Response<Body> {
    let code = match response.status() {
        StatusCode::SWITCHING_PROTOCOLS => HIJACKED,
        code => code.as_u16(),
    };
    let counting = Counting {
        api: stack::handle(api),
        labels: labels.clone(),
        code,
        times,
        bytes: 0,
        _open: open,
    };
    let upgraded = response.extensions().get::<Upgraded>();
    if let Some(Upgraded(connection)) = upgraded {
        let (mut connection, tasks) = (connection.clone(), &api.platform.tasks);
        let draining = tasks.draining();
        drop(tasks.spawn("counted connection", async move {
            tokio::select! {
                () = async { while connection.changed().await.is_ok() {} } => {}
                () = draining => {}
            }
            drop(counting);
        }));
        return response;
    }
    response.map(|body| Body::streaming(Lasting { body, counting }))
}

/// A body whose bytes are counted.
struct Lasting {
    body: Body,
    counting: Counting,
}

impl Streaming for Lasting {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        let data = |frame: Frame<Segments>| frame.into_data().unwrap_or_default();
        let segments = frame.map(|frame| frame.map(data));
        if let Some(Ok(segments)) = &segments {
            self.counting.bytes += segments.remaining() as u64;
        }
        Poll::Ready(segments)
    }
}
