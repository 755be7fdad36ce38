//! Names that are not the cluster's: asked of the host's name servers, remembered for a while.

mod cache;

#[cfg(test)]
mod tests;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use hickory_proto::op::Message;
use parking_lot::Mutex;
use platform::{Monotonic, Platform};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::sync::Semaphore;

use self::cache::{Cache, Key};
use crate::message::{Request, Transport, UDP_BYTES_MAX};

/// Questions under way; CoreDNS's `max_concurrent` in kubeadm's configuration is 1,000.
const CONCURRENT_MAX: usize = 256;
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);
/// resolv.conf(5), MAXNS.
const NAME_SERVERS_MAX: usize = 3;
/// The file is looked at again, when somebody asks, after this long.
const REREAD_AFTER: Duration = Duration::from_secs(5);
const DNS_PORT: u16 = 53;

#[derive(Debug)]
pub struct Upstream {
    platform: Platform,
    /// `/etc/resolv.conf`
    resolv_conf: PathBuf,
    /// Our own addresses: asking ourselves would not end.
    own: Vec<IpAddr>,
    servers: Mutex<Servers>,
    cache: Mutex<Cache>,
    permits: Semaphore,
}

#[derive(Debug, Default)]
struct Servers {
    addresses: Vec<SocketAddr>,
    read_at: Option<Monotonic>,
    /// The last that answered.
    preferred: usize,
}

impl Upstream {
    pub fn new(platform: Platform, resolv_conf: PathBuf, own: Vec<IpAddr>) -> Upstream {
        Upstream {
            platform,
            resolv_conf,
            own,
            servers: Mutex::default(),
            cache: Mutex::default(),
            permits: Semaphore::new(CONCURRENT_MAX),
        }
    }

    /// A name server's answer to the question of `request`; `None` when none answers in time, or too many are asked.
    pub async fn ask(&self, request: &Request, transport: Transport) -> Option<Message> {
        let key = Key::of(request);
        if let Some(known) = self.cache.lock().get(&key, self.platform.clock.monotonic()) {
            return Some(known);
        }
        let _permit = self.permits.try_acquire().ok()?;
        let (servers, preferred) = self.servers();
        for turn in 0..servers.len() {
            let number = (preferred + turn) % servers.len();
            let attempt = self.exchange(servers[number], request, transport);
            match self.platform.clock.timeout(ATTEMPT_TIMEOUT, attempt).await {
                Ok(Ok(answer)) => {
                    self.servers.lock().preferred = number;
                    self.cache
                        .lock()
                        .insert(key, &answer, self.platform.clock.monotonic());
                    return Some(answer);
                }
                Ok(Err(error)) => {
                    tracing::debug!(server = %servers[number], %error, "a name server failed")
                }
                Err(_) => {
                    tracing::debug!(server = %servers[number], "a name server did not answer in time")
                }
            }
        }
        None
    }

    fn servers(&self) -> (Vec<SocketAddr>, usize) {
        let now = self.platform.clock.monotonic();
        let mut servers = self.servers.lock();
        if servers
            .read_at
            .is_none_or(|read_at| now.since(read_at) >= REREAD_AFTER)
        {
            servers.read_at = Some(now);
            match std::fs::read_to_string(&self.resolv_conf) {
                Ok(text) => servers.addresses = name_servers(&text, &self.own),
                Err(error) => {
                    tracing::debug!(path = %self.resolv_conf.display(), %error, "no list of name servers")
                }
            }
        }
        (servers.addresses.clone(), servers.preferred)
    }

    pub(crate) async fn exchange(
        &self,
        server: SocketAddr,
        request: &Request,
        transport: Transport,
    ) -> io::Result<Message> {
        let answer = self.exchange_udp(server, request).await?;
        if answer.truncated() && transport == Transport::Tcp {
            return self.exchange_tcp(server, request).await;
        }
        Ok(answer)
    }

    /// A socket, and with it a port, for each question: an answer is hard to forge.
    async fn exchange_udp(&self, server: SocketAddr, request: &Request) -> io::Result<Message> {
        let any: IpAddr = if server.is_ipv4() {
            Ipv4Addr::UNSPECIFIED.into()
        } else {
            Ipv6Addr::UNSPECIFIED.into()
        };
        let socket = UdpSocket::bind((any, 0)).await?;
        socket.connect(server).await?;
        let id = self.random_id();
        socket.send(&request.forward(id)).await?;
        let mut buffer = vec![0; usize::from(UDP_BYTES_MAX)];
        loop {
            let length = socket.recv(&mut buffer).await?;
            if let Some(answer) = read_answer(&buffer[..length], id, request) {
                return Ok(answer);
            }
        }
    }

    async fn exchange_tcp(&self, server: SocketAddr, request: &Request) -> io::Result<Message> {
        let mut stream = TcpStream::connect(server).await?;
        let id = self.random_id();
        let query = request.forward(id);
        let length = u16::try_from(query.len()).map_err(io::Error::other)?;
        stream
            .write_all(&[&length.to_be_bytes()[..], &query].concat())
            .await?;
        let length = stream.read_u16().await?;
        let mut buffer = vec![0; usize::from(length)];
        stream.read_exact(&mut buffer).await?;
        read_answer(&buffer, id, request).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn random_id(&self) -> u16 {
        let [low, high, ..] = self.platform.rng.u64().to_le_bytes();
        u16::from_le_bytes([low, high])
    }
}

/// `None`: not the answer to this question.
fn read_answer(bytes: &[u8], id: u16, request: &Request) -> Option<Message> {
    let answer = Message::from_vec(bytes).ok()?;
    let asked = request.question();
    let same = answer.query().is_some_and(|query| {
        query.name() == asked.name()
            && query.query_type() == asked.query_type()
            && query.query_class() == asked.query_class()
    });
    let response = answer.message_type() == hickory_proto::op::MessageType::Response;
    (answer.id() == id && same && response).then_some(answer)
}

/// The name servers in the text of a resolv.conf(5), without `own`.
pub fn name_servers(text: &str, own: &[IpAddr]) -> Vec<SocketAddr> {
    let addresses = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some("nameserver"))
            .then(|| words.next())
            .flatten()
    });
    addresses
        .filter_map(|address| address.parse().ok())
        .filter(|address| !own.contains(address))
        .map(|address| SocketAddr::new(address, DNS_PORT))
        .take(NAME_SERVERS_MAX)
        .collect()
}
