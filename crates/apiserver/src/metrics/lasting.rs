//! Answers that go on: counted at their end, which is that of the body or of the connection that it became.
use super::Counting;
use crate::{
    audit::Upgraded,
    body::{Body, Segments, Streaming},
    shared::Api,
};
use bytes::Buf as _;
use http::Response;
use http_body::{Body as _, Frame};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

pub(super) fn until_end(api: &Api, counting: Counting, response: Response<Body>) -> Response<Body> {
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
            self.counting.sent(segments.remaining());
        }
        Poll::Ready(segments)
    }
}
