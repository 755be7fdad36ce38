//! The body of a request as its connection brings it. What nobody has read of it is taken and forgotten when it is dropped: a connection of
//! HTTP/1.1 ends with a body that is left over, and a client that writes all before it reads would never see the answer.
use crate::decode;
use bytes::Bytes;
use http::{Request, Version, header};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use platform::Platform;
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

/// How long a client may take to send what nobody wants.
const REST_TIMEOUT: Duration = Duration::from_secs(10);

/// A body that is read to its end, by whom ever.
pub(crate) struct Received {
    /// `None` when it has ended.
    body: Option<Incoming>,
    /// Where the rest is read; `None` where it need not be.
    platform: Option<Platform>,
}

impl Received {
    /// Streams of HTTP/2 end one by one, and whoever expects to be asked for a body has not sent it.
    pub(super) fn of(request: Request<Incoming>, platform: &Platform) -> Request<Self> {
        let expects = request.headers().contains_key(header::EXPECT);
        let ends_alone = request.version() == Version::HTTP_2 || expects;
        request.map(|body| Self {
            body: Some(body),
            platform: (!ends_alone).then(|| platform.clone()),
        })
    }
}

impl Body for Received {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) {
            self.body = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.body.as_ref();
        body.map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        let unread = self.body.take().filter(|body| !body.is_end_stream());
        let (Some(mut body), Some(platform)) = (unread, self.platform.take()) else {
            return;
        };
        let clock = platform.clock.clone();
        let rest = async move {
            let read = decode::drop_rest(&mut body);
            if clock.timeout(REST_TIMEOUT, read).await.is_err() {
                tracing::debug!("a body that nobody reads took too long");
            }
        };
        drop(platform.tasks.spawn("unread body", rest));
    }
}

#[cfg(test)]
mod tests;
