//! The seam below HTTP: how a byte stream to a host and port is opened.

use super::BoxFuture;
use std::{fmt::Debug, io};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

/// Bytes in both directions.
pub trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for T {}

/// Opens byte streams.
pub trait Dial: Send + Sync + Debug + 'static {
    /// `host` is a name or an address, an IPv6 one without brackets. The caller bounds the time that it takes.
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>>;
}

/// The machine's network.
#[derive(Clone, Copy, Debug)]
pub struct Tcp;

impl Dial for Tcp {
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(async move {
            let stream = TcpStream::connect((host, port)).await?;
            // Without it small requests wait for the peer's acknowledgement.
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn ByteStream>)
        })
    }
}

/// No network: every dial is refused.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Dial for Nowhere {
    fn dial<'a>(
        &'a self,
        _host: &'a str,
        _port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(std::future::ready(Err(
            io::ErrorKind::ConnectionRefused.into()
        )))
    }
}
