//! Channels: each message begins with a channel's number, in binary or, in the base64 forms, as an ASCII digit
//! before base64 text. Version 5 adds a message on channel 255 that closes one channel (KEP-4006).

use crate::streaming::pipe::{PipeReader, pipe};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Buf, Bytes, BytesMut};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio_util::sync::PollSender;
use websocket::{CLOSE_NORMAL, Decoder, Event, Opcode, encode};

/// The channel on which version 5 closes others.
const CLOSE_CHANNEL: u8 = 255;
/// Messages waiting for the writer.
const MESSAGES_QUEUED_MAX: usize = 16;
/// Bytes of one message of ours.
const WRITE_BYTES_MAX: usize = 32 * 1024;
/// A base64 message is decoded whole.
const BASE64_BYTES_MAX: usize = 1024 * 1024;

/// How channel messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Binary,
    Base64,
}

/// A base64 channel's message is not base64 or too large; the connection ends.
#[derive(Debug, thiserror::Error)]
#[error("a base64 message is malformed or too large")]
struct BadBase64;

/// What the writer sends.
#[derive(Debug)]
enum Message {
    Channel(u8, Bytes),
    Pong(Bytes),
    Close,
}

/// A connection's channels: readers were handed out by [`Channels::open`], writers come from [`Channels::writer`].
#[derive(Debug)]
pub(crate) struct Channels {
    messages: mpsc::Sender<Message>,
}

impl Channels {
    /// Opens `inbound` channels over `io`. The connection must be [run](Connection::run) for anything to move.
    pub(crate) fn open<IO: AsyncRead + AsyncWrite>(
        io: IO,
        encoding: Encoding,
        inbound: &[u8],
    ) -> (Self, Vec<PipeReader>, Connection<IO>) {
        let (read, write) = tokio::io::split(io);
        let (messages, queue) = mpsc::channel(MESSAGES_QUEUED_MAX);
        let (senders, readers): (Vec<_>, Vec<_>) = inbound.iter().map(|_| pipe()).unzip();
        let inbound = inbound
            .iter()
            .copied()
            .zip(senders.into_iter().map(Some))
            .collect();
        let reader = Reader {
            io: read,
            decoder: Decoder::server(),
            encoding,
            inbound,
            current: None,
            closing: BytesMut::new(),
            text: BytesMut::new(),
            messages: messages.clone(),
        };
        let writer = Writer {
            io: write,
            encoding,
            queue,
        };
        (Self { messages }, readers, Connection { reader, writer })
    }

    /// A writer to channel `number`: each write is one message.
    pub(crate) fn writer(&self, number: u8) -> ChannelWriter {
        ChannelWriter {
            number,
            messages: PollSender::new(self.messages.clone()),
        }
    }

    /// Sends one message to channel `number`; an empty one only tells the client that the channel works.
    pub(crate) async fn send(&self, number: u8, bytes: Bytes) {
        // A closed queue means that the connection is gone.
        let _ = self.messages.send(Message::Channel(number, bytes)).await;
    }

    /// Ends the connection after what is queued.
    pub(crate) async fn close(&self) {
        let _ = self.messages.send(Message::Close).await;
    }
}

/// Writes to one channel.
#[derive(Debug)]
pub(crate) struct ChannelWriter {
    number: u8,
    messages: PollSender<Message>,
}

impl AsyncWrite for ChannelWriter {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        ready!(self.messages.poll_reserve(cx)).map_err(|_| broken())?;
        let take = buf.len().min(WRITE_BYTES_MAX);
        let message = Message::Channel(self.number, Bytes::copy_from_slice(&buf[..take]));
        self.messages.send_item(message).map_err(|_| broken())?;
        Poll::Ready(Ok(take))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The connection's engine.
#[derive(Debug)]
pub(crate) struct Connection<IO> {
    reader: Reader<IO>,
    writer: Writer<IO>,
}

impl<IO: AsyncRead + AsyncWrite> Connection<IO> {
    /// Moves messages until the peer leaves, errs, or the channels are closed.
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
    encoding: Encoding,
    queue: mpsc::Receiver<Message>,
}

impl<IO: AsyncWrite> Writer<IO> {
    async fn run(&mut self) -> io::Result<()> {
        let mut out = Vec::new();
        while let Some(message) = self.queue.recv().await {
            out.clear();
            let last = matches!(message, Message::Close);
            self.encode(&message, &mut out);
            self.io.write_all(&out).await?;
            self.io.flush().await?;
            if last {
                return self.io.shutdown().await;
            }
        }
        Ok(())
    }

    fn encode(&self, message: &Message, out: &mut Vec<u8>) {
        match (message, self.encoding) {
            (Message::Channel(number, bytes), Encoding::Binary) => {
                encode(Opcode::Binary, &[&[*number], bytes], out);
            }
            (Message::Channel(number, bytes), Encoding::Base64) => {
                encode(
                    Opcode::Text,
                    &[&[b'0' + number], STANDARD.encode(bytes).as_bytes()],
                    out,
                );
            }
            (Message::Pong(bytes), _) => encode(Opcode::Pong, &[bytes], out),
            (Message::Close, _) => encode(Opcode::Close, &[&CLOSE_NORMAL.to_be_bytes()], out),
        }
    }
}

#[derive(Debug)]
struct Reader<IO> {
    io: ReadHalf<IO>,
    decoder: Decoder,
    encoding: Encoding,
    inbound: Vec<(u8, Option<mpsc::Sender<Bytes>>)>,
    /// The channel of the message under way.
    current: Option<u8>,
    /// The numbers in a close message under way.
    closing: BytesMut,
    /// The base64 text of the message under way.
    text: BytesMut,
    messages: mpsc::Sender<Message>,
}

impl<IO: AsyncRead> Reader<IO> {
    async fn run(&mut self) -> io::Result<()> {
        loop {
            while let Some(event) = self.decoder.next().map_err(io::Error::other)? {
                match event {
                    Event::Data {
                        first, last, bytes, ..
                    } => self.data(first, last, bytes).await?,
                    Event::Ping(bytes) => drop(self.messages.send(Message::Pong(bytes)).await),
                    Event::Pong => {}
                    Event::Close => return Ok(()),
                }
            }
            if self.io.read_buf(self.decoder.buffer()).await? == 0 {
                return Ok(());
            }
        }
    }

    async fn data(&mut self, first: bool, last: bool, mut bytes: Bytes) -> io::Result<()> {
        if first {
            self.current = None;
        }
        if self.current.is_none() && !bytes.is_empty() {
            let number = bytes.get_u8();
            self.current = Some(match self.encoding {
                Encoding::Binary => number,
                Encoding::Base64 => number.wrapping_sub(b'0'),
            });
        }
        let Some(channel) = self.current else {
            return Ok(());
        };
        match self.encoding {
            Encoding::Binary => self.deliver(channel, last, bytes).await,
            Encoding::Base64 => self
                .deliver_base64(channel, last, &bytes)
                .await
                .map_err(io::Error::other)?,
        }
        Ok(())
    }

    async fn deliver_base64(
        &mut self,
        channel: u8,
        last: bool,
        text: &[u8],
    ) -> Result<(), BadBase64> {
        if self.text.len() + text.len() > BASE64_BYTES_MAX {
            return Err(BadBase64);
        }
        self.text.extend_from_slice(text);
        if last {
            let text = self.text.split();
            let bytes = STANDARD.decode(&text).map_err(|_| BadBase64)?;
            self.deliver(channel, true, bytes.into()).await;
        }
        Ok(())
    }

    async fn deliver(&mut self, channel: u8, last: bool, bytes: Bytes) {
        if channel == CLOSE_CHANNEL {
            // One byte matters; a longer message closes what its first bytes name.
            let room = 16_usize.saturating_sub(self.closing.len()).min(bytes.len());
            self.closing.extend_from_slice(&bytes[..room]);
            if last {
                let named = self.closing.split();
                self.inbound
                    .iter_mut()
                    .filter(|(number, _)| named.contains(number))
                    .for_each(|(_, s)| *s = None);
            }
            return;
        }
        let sender = self.inbound.iter().find(|(number, _)| *number == channel);
        if let Some((_, Some(sender))) = sender.filter(|_| !bytes.is_empty()) {
            // An error means that the consumer is gone: its bytes go nowhere.
            let _ = sender.send(bytes).await;
        }
    }
}
