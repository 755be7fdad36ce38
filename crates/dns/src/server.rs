//! The loops: datagrams and connections in, replies out.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hickory_proto::op::{Query, ResponseCode};
use hickory_proto::rr::Name;
use platform::Platform;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::Semaphore;

use crate::answer::{Answer, Zone, answer};
use crate::message::{self, Received, Request, Transport, UDP_BYTES_MAX};
use crate::records::Records;
use crate::upstream::Upstream;

const CONNECTIONS_MAX: usize = 128;
const CONNECTION_IDLE_MAX: Duration = Duration::from_secs(10);
/// Aliases that lead to aliases.
const ALIASES_MAX: usize = 8;

#[derive(Debug, Clone)]
pub struct Config {
    /// `cluster.local`
    pub domain: String,
    /// Of the DNS Service, which clients ask: what `ns.dns.<domain>` stands for.
    pub service_addresses: Vec<IpAddr>,
    /// Names the servers for everything else: `/etc/resolv.conf`.
    pub resolv_conf: PathBuf,
}

/// Sockets on an address, made in the network namespace of whoever made them.
#[derive(Debug)]
pub struct Bound {
    udp: UdpSocket,
    tcp: TcpListener,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    platform: Platform,
    zone: Zone,
    records: Box<dyn Records>,
    upstream: Upstream,
    connections: Arc<Semaphore>,
}

impl Bound {
    /// Binds UDP and TCP to `address`, the bridge's gateway address and port 53. Inside a tokio runtime.
    pub fn new(address: SocketAddr) -> io::Result<Bound> {
        let udp = std::net::UdpSocket::bind(address)?;
        // With port 0 both get the port that UDP got.
        let tcp = std::net::TcpListener::bind(udp.local_addr()?)?;
        udp.set_nonblocking(true)?;
        tcp.set_nonblocking(true)?;
        Ok(Bound {
            udp: UdpSocket::from_std(udp)?,
            tcp: TcpListener::from_std(tcp)?,
        })
    }

    pub fn local_address(&self) -> io::Result<SocketAddr> {
        self.udp.local_addr()
    }
}

impl Server {
    /// `own` are the addresses that it will be bound to.
    pub fn new(
        platform: Platform,
        config: &Config,
        own: Vec<IpAddr>,
        records: Box<dyn Records>,
    ) -> io::Result<Server> {
        let mut domain = Name::from_ascii(&config.domain).map_err(io::Error::other)?;
        domain.set_fqdn(true);
        let own = own
            .into_iter()
            .chain(config.service_addresses.iter().copied())
            .collect();
        Ok(Server(Arc::new(Inner {
            upstream: Upstream::new(platform.clone(), config.resolv_conf.clone(), own),
            zone: Zone {
                domain,
                name_server: config.service_addresses.clone(),
            },
            connections: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
            platform,
            records,
        })))
    }

    /// Serves until the tasks of the platform drain.
    pub async fn run(self, bound: Bound) {
        let udp = Arc::new(bound.udp);
        let datagrams = self.clone().serve_udp(udp);
        let connections = self.clone().serve_tcp(bound.tcp);
        tokio::select! {
            () = datagrams => {}
            () = connections => {}
            () = self.0.platform.tasks.draining() => {}
        }
    }

    /// Names of the cluster are answered in the loop itself, in microseconds; others by a task each.
    async fn serve_udp(self, socket: Arc<UdpSocket>) {
        let mut buffer = vec![0; usize::from(UDP_BYTES_MAX)];
        loop {
            // An error is about an earlier reply that could not be delivered.
            let Ok((length, client)) = socket.recv_from(&mut buffer).await else {
                continue;
            };
            match message::read(&buffer[..length]) {
                Received::Ignore => {}
                Received::Reply(reply) => send(&socket, &reply, client).await,
                Received::Query(request) => match self.0.local(&request) {
                    Some(answer) => {
                        send(&socket, &request.reply(&answer, Transport::Udp), client).await
                    }
                    None => self.spawn_forward(*request, &socket, client),
                },
            }
        }
    }

    fn spawn_forward(&self, request: Request, socket: &Arc<UdpSocket>, client: SocketAddr) {
        let (server, socket) = (self.clone(), Arc::clone(socket));
        self.0.platform.tasks.spawn("dns-forward", async move {
            let reply = server.0.reply(&request, Transport::Udp).await;
            send(&socket, &reply, client).await;
        });
    }

    async fn serve_tcp(self, listener: TcpListener) {
        loop {
            let Ok(permit) = Arc::clone(&self.0.connections).acquire_owned().await else {
                return;
            };
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let server = self.clone();
            self.0.platform.tasks.spawn("dns-connection", async move {
                // The client is gone, or was idle for too long: nobody is left to be told.
                let _ended = server.serve_connection(stream).await;
                drop(permit);
            });
        }
    }

    async fn serve_connection(&self, mut stream: TcpStream) -> io::Result<()> {
        let clock = &self.0.platform.clock;
        loop {
            let query = clock
                .timeout(CONNECTION_IDLE_MAX, read_framed(&mut stream))
                .await
                .map_err(io::Error::other)??;
            let reply = match message::read(&query) {
                Received::Ignore => return Ok(()),
                Received::Reply(reply) => reply,
                Received::Query(request) => self.0.reply(&request, Transport::Tcp).await,
            };
            let length = u16::try_from(reply.len()).map_err(io::Error::other)?;
            let framed = [&length.to_be_bytes()[..], &reply].concat();
            clock
                .timeout(CONNECTION_IDLE_MAX, stream.write_all(&framed))
                .await
                .map_err(io::Error::other)??;
        }
    }
}

impl Inner {
    /// The answer, when it needs nobody else.
    fn local(&self, request: &Request) -> Option<Answer> {
        self.answer(request)
            .filter(|answer| answer.follow.is_none())
    }

    async fn reply(&self, request: &Request, transport: Transport) -> Vec<u8> {
        match self.answer(request) {
            Some(answer) => {
                request.reply(&self.follow(answer, request, transport).await, transport)
            }
            None => match self.upstream.ask(request, transport).await {
                Some(answer) => request.relay(answer, transport),
                None => request.fail(ResponseCode::ServFail),
            },
        }
    }

    /// Completes an alias with what it leads to. Without that, the alias alone is the answer.
    async fn follow(&self, mut answer: Answer, request: &Request, transport: Transport) -> Answer {
        for _ in 0..ALIASES_MAX {
            let Some(target) = answer.follow.take() else {
                break;
            };
            let query = message::query(
                request.id(),
                Query::query(target, request.question().query_type()),
            );
            let Received::Query(next) = message::read(&message::encode(&query)) else {
                break;
            };
            match self.answer(&next) {
                Some(more) => {
                    answer.answers.extend(more.answers);
                    answer.follow = more.follow;
                }
                None => {
                    let more = self.upstream.ask(&next, transport).await;
                    answer.answers.extend(
                        more.into_iter()
                            .flat_map(|mut message| message.take_answers()),
                    );
                }
            }
        }
        answer
    }

    fn answer(&self, request: &Request) -> Option<Answer> {
        let question = request.question();
        // The serial number of 1982: 32 bits, and wrapping is allowed.
        let serial = u32::try_from(self.platform.clock.now().as_second() & i64::from(u32::MAX))
            .unwrap_or_default();
        answer(
            &self.zone,
            self.records.as_ref(),
            question.name(),
            question.query_type(),
            serial,
        )
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("zone", &self.0.zone)
            .finish_non_exhaustive()
    }
}

async fn send(socket: &UdpSocket, reply: &[u8], client: SocketAddr) {
    if let Err(error) = socket.send_to(reply, client).await {
        tracing::debug!(%client, %error, "failed to send a DNS reply");
    }
}

async fn read_framed(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let length = stream.read_u16().await?;
    let mut query = vec![0; usize::from(length)];
    stream.read_exact(&mut query).await?;
    Ok(query)
}
