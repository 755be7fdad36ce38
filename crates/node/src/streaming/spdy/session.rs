//! A connection with its streams: one reader, one writer, bounded queues between them and the streams' users.
//!
//! A stream whose user does not read fills its pipe and then stops the reader, and thereby the peer: as with the
//! Go implementation, a slow stream holds up the others of its connection, and memory stays bounded.

use super::ProtocolError;
use super::frame::{Decoder, Encoder, Frame, ResetStatus, SESSION};
use super::headers::Headers;
use crate::streaming::pipe::{PipeReader, pipe};
use bytes::Bytes;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::task::{Context, Poll, Waker, ready};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio_util::sync::PollSender;

/// Streams open at once on a connection; more are refused.
pub(crate) const STREAMS_MAX: usize = 1024;
/// Frames waiting for the writer; with [`WRITE_BYTES_MAX`] this bounds a connection's memory to 512 KiB.
const FRAMES_QUEUED_MAX: usize = 16;
/// Bytes of one data frame of ours.
const WRITE_BYTES_MAX: usize = 32 * 1024;
/// The window that a peer has until it hears otherwise.
const WINDOW_BYTES: u32 = 64 * 1024;

/// How many bytes we may still send. Binds only once the peer has sent an update for it.
#[derive(Debug)]
struct Window {
    credit: AtomicI64,
    bound: AtomicBool,
    /// The peer has reset the stream.
    reset: AtomicBool,
    /// Who waits for room: at most one per stream of the connection.
    waiting: Mutex<Vec<Waker>>,
}

impl Window {
    fn new(initial: i64, bound: bool) -> Arc<Self> {
        Arc::new(Self {
            credit: AtomicI64::new(initial),
            bound: AtomicBool::new(bound),
            reset: AtomicBool::new(false),
            waiting: Mutex::new(Vec::new()),
        })
    }

    fn grow(&self, delta: i64) {
        self.credit.fetch_add(delta, Ordering::AcqRel);
        self.bound.store(true, Ordering::Release);
        self.waiting.lock().drain(..).for_each(Waker::wake);
    }

    fn reset(&self) {
        self.reset.store(true, Ordering::Release);
        self.grow(0);
    }

    fn check(&self) -> io::Result<()> {
        match self.reset.load(Ordering::Acquire) {
            true => Err(io::ErrorKind::ConnectionReset.into()),
            false => Ok(()),
        }
    }

    fn room(&self) -> usize {
        if !self.bound.load(Ordering::Acquire) {
            return usize::MAX;
        }
        usize::try_from(self.credit.load(Ordering::Acquire)).unwrap_or(0)
    }

    fn poll_room(&self, cx: &mut Context<'_>) -> Poll<usize> {
        // Looked at under the lock, so that a growth between the look and the registration is not missed.
        let mut waiting = self.waiting.lock();
        match self.room() {
            0 if !self.reset.load(Ordering::Acquire) => {
                if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
                    waiting.push(cx.waker().clone());
                }
                Poll::Pending
            }
            room => Poll::Ready(room),
        }
    }

    fn spend(&self, bytes: usize) {
        self.credit
            .fetch_sub(i64::try_from(bytes).unwrap_or(i64::MAX), Ordering::AcqRel);
    }
}

/// What the reader knows of an open stream.
#[derive(Debug)]
struct Open {
    pieces: Option<mpsc::Sender<Bytes>>,
    window: Arc<Window>,
}

impl Open {
    /// The user dropped the stream: nobody else holds its window.
    fn abandoned(&self) -> bool {
        Arc::strong_count(&self.window) == 1
    }
}

/// The streams that the peer opens, in order; `None` once the connection ends.
#[derive(Debug)]
pub(crate) struct Session {
    accepted: mpsc::Receiver<Stream>,
    frames: mpsc::Sender<Frame>,
}

impl Session {
    /// Waits for the next stream.
    pub(crate) async fn accept(&mut self) -> Option<Stream> {
        self.accepted.recv().await
    }

    /// Says goodbye. The driver flushes what is queued and then ends.
    pub(crate) async fn close(self) {
        // A closed queue means that the connection is gone already.
        let _ = self.frames.send(Frame::GoAway { last_stream: 0 }).await;
    }
}

/// Opens streams from our side; a client's part, used by tests and by remote runtimes.
#[derive(Debug)]
pub(crate) struct Opener {
    requests: mpsc::Sender<(Headers, tokio::sync::oneshot::Sender<Stream>)>,
}

impl Opener {
    /// Opens a stream with `headers`; `None` once the connection ends.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "the client side: tests, and runtimes behind a socket"
        )
    )]
    pub(crate) async fn open(&self, headers: Headers) -> Option<Stream> {
        let (answer, stream) = tokio::sync::oneshot::channel();
        self.requests.send((headers, answer)).await.ok()?;
        stream.await.ok()
    }
}

/// The connection's engine: its [`run`](Self::run) must be polled for anything to move.
#[derive(Debug)]
pub(crate) struct Connection<IO> {
    reader: Reader<IO>,
    writer: Writer<IO>,
}

impl<IO: AsyncRead + AsyncWrite + Send> Connection<IO> {
    /// The server's end of a connection over `io`.
    pub(crate) fn server(io: IO) -> (Session, Self) {
        let (session, _, connection) = Self::new(io, 2);
        (session, connection)
    }

    /// The client's end: opens streams.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "the client side: tests, and runtimes behind a socket"
        )
    )]
    pub(crate) fn client(io: IO) -> (Opener, Session, Self) {
        let (session, opener, connection) = Self::new(io, 1);
        (opener, session, connection)
    }

    fn new(io: IO, first_stream: u32) -> (Session, Opener, Self) {
        let (read, write) = tokio::io::split(io);
        let (frames, queue) = mpsc::channel(FRAMES_QUEUED_MAX);
        let (accept, accepted) = mpsc::channel(16);
        let (requests, opening) = mpsc::channel(1);
        let reader = Reader {
            io: read,
            decoder: Decoder::new(),
            streams: HashMap::new(),
            last_peer_stream: 0,
            next_stream: first_stream,
            initial_window: i64::from(WINDOW_BYTES),
            session_window: Window::new(i64::from(WINDOW_BYTES), first_stream == 1),
            unacknowledged: 0,
            accept,
            frames: frames.clone(),
            opening,
        };
        let writer = Writer {
            io: write,
            encoder: Encoder::new(),
            queue,
        };
        (
            Session { accepted, frames },
            Opener { requests },
            Self { reader, writer },
        )
    }

    /// Moves frames until the peer leaves, errs, or the session is closed.
    pub(crate) async fn run(self) -> io::Result<()> {
        let (mut reader, mut writer) = (self.reader, self.writer);
        tokio::select! {
            result = reader.run() => result,
            // After the goodbye the peer may still be sending: a close now would reset what it has not read yet.
            Err(error) = writer.run() => Err(error),
        }
    }
}

#[derive(Debug)]
struct Writer<IO> {
    io: WriteHalf<IO>,
    encoder: Encoder,
    queue: mpsc::Receiver<Frame>,
}

impl<IO: AsyncWrite> Writer<IO> {
    /// Writes queued frames, as many as there are at once, until goodbye is said.
    async fn run(&mut self) -> io::Result<()> {
        let mut frames = Vec::with_capacity(FRAMES_QUEUED_MAX);
        let mut bytes = Vec::with_capacity(WRITE_BYTES_MAX);
        loop {
            if self.queue.recv_many(&mut frames, FRAMES_QUEUED_MAX).await == 0 {
                return Ok(());
            }
            let mut goodbye = false;
            for frame in frames.drain(..) {
                goodbye |= matches!(frame, Frame::GoAway { .. });
                self.encoder.encode(&frame, &mut bytes);
            }
            self.io.write_all(&bytes).await?;
            self.io.flush().await?;
            bytes.clear();
            bytes.shrink_to(WRITE_BYTES_MAX * 2);
            if goodbye {
                return self.io.shutdown().await;
            }
        }
    }
}

#[derive(Debug)]
struct Reader<IO> {
    io: ReadHalf<IO>,
    decoder: Decoder,
    streams: HashMap<u32, Open>,
    last_peer_stream: u32,
    next_stream: u32,
    initial_window: i64,
    session_window: Arc<Window>,
    unacknowledged: u32,
    accept: mpsc::Sender<Stream>,
    frames: mpsc::Sender<Frame>,
    opening: mpsc::Receiver<(Headers, tokio::sync::oneshot::Sender<Stream>)>,
}

impl<IO: AsyncRead> Reader<IO> {
    async fn run(&mut self) -> io::Result<()> {
        loop {
            while let Some(frame) = self.decoder.next().map_err(io::Error::other)? {
                if matches!(frame, Frame::GoAway { .. }) {
                    return Ok(());
                }
                self.handle(frame).await?;
            }
            tokio::select! {
                read = self.io.read_buf(self.decoder.buffer()) => if read? == 0 { return Ok(()) },
                Some((headers, answer)) = self.opening.recv() => {
                    let stream = self.open(headers).await;
                    // Who asked may have given up; then the stream ends by its drop.
                    let _ = answer.send(stream);
                }
            }
        }
    }

    async fn handle(&mut self, frame: Frame) -> io::Result<()> {
        match frame {
            Frame::SynStream {
                stream,
                fin,
                headers,
            } => self.peer_opens(stream, fin, headers).await,
            Frame::SynReply { stream, fin, .. } | Frame::Headers { stream, fin, .. } => {
                self.finish_if(stream, fin);
                Ok(())
            }
            Frame::RstStream { stream, .. } => {
                if let Some(open) = self.streams.remove(&stream) {
                    open.window.reset();
                }
                Ok(())
            }
            Frame::Settings {
                initial_window_bytes: Some(bytes),
            } => {
                self.resize_windows(i64::from(bytes));
                Ok(())
            }
            Frame::Ping { id } => {
                // A ping of the peer's parity is the peer's; ours would be the answers to our own.
                if id % 2 != self.next_stream % 2 {
                    self.send(Frame::Ping { id }).await;
                }
                Ok(())
            }
            Frame::WindowUpdate { stream, delta } => {
                match stream {
                    SESSION => self.session_window.grow(i64::from(delta)),
                    id => drop(
                        self.streams
                            .get(&id)
                            .map(|open| open.window.grow(i64::from(delta))),
                    ),
                }
                Ok(())
            }
            Frame::Data { stream, fin, bytes } => self.data(stream, fin, bytes).await,
            Frame::Settings { .. } | Frame::GoAway { .. } | Frame::Unknown => Ok(()),
        }
    }

    async fn peer_opens(&mut self, id: u32, fin: bool, headers: Headers) -> io::Result<()> {
        if id == 0 || id % 2 == self.next_stream % 2 || id <= self.last_peer_stream {
            return Err(io::Error::other(ProtocolError::StreamOutOfOrder {
                stream: id,
            }));
        }
        self.last_peer_stream = id;
        self.streams.retain(|_, open| !open.abandoned());
        if self.streams.len() >= STREAMS_MAX {
            let status = ResetStatus::RefusedStream as u32;
            self.send(Frame::RstStream { stream: id, status }).await;
            return Ok(());
        }
        let stream = self.register(id, headers);
        self.finish_if(id, fin);
        self.send(Frame::SynReply {
            stream: id,
            fin: false,
            headers: Vec::new(),
        })
        .await;
        if self.accept.send(stream).await.is_err() {
            self.streams.remove(&id);
        }
        Ok(())
    }

    async fn open(&mut self, headers: Headers) -> Stream {
        let id = self.next_stream;
        self.next_stream += 2;
        let stream = self.register(id, headers.clone());
        self.send(Frame::SynStream {
            stream: id,
            fin: false,
            headers,
        })
        .await;
        stream
    }

    fn register(&mut self, id: u32, headers: Headers) -> Stream {
        let (sender, pieces) = pipe();
        // As a client we talk to those who do use windows: to ourselves and to container runtimes in C++ or Rust.
        let window = Window::new(self.initial_window, self.next_stream % 2 == 1);
        self.streams.insert(
            id,
            Open {
                pieces: Some(sender),
                window: Arc::clone(&window),
            },
        );
        Stream {
            id,
            headers,
            pieces,
            consumed: 0,
            frames: PollSender::new(self.frames.clone()),
            window,
            session_window: Arc::clone(&self.session_window),
            finished: false,
        }
    }

    async fn data(&mut self, id: u32, fin: bool, bytes: Bytes) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let pieces = self.streams.get(&id).and_then(|open| open.pieces.as_ref());
        if let Some(pieces) = pieces.filter(|_| length > 0) {
            // An error means that the user dropped the stream: its bytes go nowhere.
            let _ = pieces.send(bytes).await;
        }
        self.finish_if(id, fin);
        self.unacknowledged = self.unacknowledged.saturating_add(length);
        if self.unacknowledged >= WINDOW_BYTES / 2 {
            let delta = std::mem::take(&mut self.unacknowledged);
            self.send(Frame::WindowUpdate {
                stream: SESSION,
                delta,
            })
            .await;
        }
        Ok(())
    }

    fn finish_if(&mut self, id: u32, fin: bool) {
        if let Some(open) = self.streams.get_mut(&id).filter(|_| fin) {
            open.pieces = None;
        }
    }

    fn resize_windows(&mut self, initial: i64) {
        let delta = initial - self.initial_window;
        self.initial_window = initial;
        self.streams
            .values()
            .for_each(|open| open.window.grow(delta));
    }

    /// `&mut`, because a reader is not `Sync`.
    async fn send(&mut self, frame: Frame) {
        // A closed queue means that the writer has ended, and with it the connection.
        let _ = self.frames.send(frame).await;
    }
}

/// One byte stream of a connection. Shut it down to send its end; a drop does so too if the queue has room.
#[derive(Debug)]
pub(crate) struct Stream {
    id: u32,
    headers: Headers,
    pieces: PipeReader,
    consumed: u32,
    frames: PollSender<Frame>,
    window: Arc<Window>,
    session_window: Arc<Window>,
    finished: bool,
}

impl Stream {
    /// The value of the header `name` (lower case) that the stream was opened with.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn acknowledge(&mut self, bytes: usize) {
        self.consumed = self
            .consumed
            .saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        if self.consumed < WINDOW_BYTES / 2 {
            return;
        }
        let update = Frame::WindowUpdate {
            stream: self.id,
            delta: self.consumed,
        };
        // With a full queue the update waits for the next read.
        if self
            .frames
            .get_ref()
            .is_some_and(|frames| frames.try_send(update).is_ok())
        {
            self.consumed = 0;
        }
    }

    fn poll_reserve(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        Poll::Ready(ready!(self.frames.poll_reserve(cx)).map_err(closed))
    }

    fn queue(&mut self, frame: Frame) -> io::Result<()> {
        self.frames
            .send_item(frame)
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.pieces).poll_read(cx, buf))?;
        let bytes = buf.filled().len() - before;
        if bytes == 0 {
            self.window.check()?;
        }
        self.acknowledge(bytes);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if buf.is_empty() {
            return Poll::Ready(Ok(0));
        }
        self.window.check()?;
        let room = ready!(self.window.poll_room(cx)).min(ready!(self.session_window.poll_room(cx)));
        ready!(self.poll_reserve(cx))?;
        let take = buf.len().min(room).min(WRITE_BYTES_MAX);
        let bytes = Bytes::copy_from_slice(&buf[..take]);
        let stream = self.id;
        self.queue(Frame::Data {
            stream,
            fin: false,
            bytes,
        })?;
        self.window.spend(take);
        self.session_window.spend(take);
        Poll::Ready(Ok(take))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.finished {
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_reserve(cx))?;
        let stream = self.id;
        self.queue(Frame::Data {
            stream,
            fin: true,
            bytes: Bytes::new(),
        })?;
        self.finished = true;
        Poll::Ready(Ok(()))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        let stream = self.id;
        let end = Frame::Data {
            stream,
            fin: true,
            bytes: Bytes::new(),
        };
        if let Some(frames) = self.frames.get_ref() {
            // Best effort: with a full queue the peer learns it from the end of the connection.
            let _ = frames.try_send(end);
        }
    }
}
