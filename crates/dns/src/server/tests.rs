//! The server on loopback, with a name server of the test's behind it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use hickory_proto::op::{Message, MessageType, Query, ResponseCode};
use hickory_proto::rr::{Name, RData, Record, RecordType, rdata::A};
use platform::Platform;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};

use super::{Bound, Config, Server};
use crate::answer::tests::Fixture;

async fn start(resolv_conf: &Path) -> SocketAddr {
    let platform = Platform::real();
    let config = Config {
        domain: "cluster.local".to_owned(),
        service_addresses: vec![],
        resolv_conf: resolv_conf.to_owned(),
    };
    let bound = Bound::new((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let address = bound.local_address().unwrap();
    let server = Server::new(
        platform.clone(),
        &config,
        Vec::<IpAddr>::new(),
        Box::new(Fixture),
    )
    .unwrap();
    platform.tasks.spawn("dns", server.run(bound));
    address
}

fn query(name: &str) -> Vec<u8> {
    let mut message = Message::new();
    message.set_id(99).set_recursion_desired(true);
    message.add_query(Query::query(Name::from_ascii(name).unwrap(), RecordType::A));
    message.to_vec().unwrap()
}

async fn ask_udp(server: SocketAddr, name: &str) -> Message {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    socket.send_to(&query(name), server).await.unwrap();
    let mut buffer = [0; 4096];
    let length = socket.recv(&mut buffer).await.unwrap();
    Message::from_vec(&buffer[..length]).unwrap()
}

fn addresses(message: &Message) -> Vec<String> {
    message
        .answers()
        .iter()
        .map(|record| record.data().to_string())
        .collect()
}

#[tokio::test]
async fn answers_over_udp_and_tcp() {
    let server = start(Path::new("/nonexistent")).await;
    let reply = ask_udp(server, "web.default.svc.cluster.local.").await;
    assert_eq!(
        (reply.id(), addresses(&reply)),
        (99, vec!["10.96.0.7".to_owned()])
    );
    let mut stream = TcpStream::connect(server).await.unwrap();
    for _ in 0..2 {
        let query = query("db.default.svc.cluster.local.");
        let length = u16::try_from(query.len()).unwrap();
        stream.write_all(&length.to_be_bytes()).await.unwrap();
        stream.write_all(&query).await.unwrap();
        let mut reply = vec![0; usize::from(stream.read_u16().await.unwrap())];
        stream.read_exact(&mut reply).await.unwrap();
        assert_eq!(addresses(&Message::from_vec(&reply).unwrap()).len(), 2);
    }
}

#[tokio::test]
async fn an_alias_within_the_cluster_is_followed() {
    let server = start(Path::new("/nonexistent")).await;
    let reply = ask_udp(server, "alias.default.svc.cluster.local.").await;
    assert_eq!(
        addresses(&reply),
        ["web.default.svc.cluster.local.", "10.96.0.7"]
    );
}

#[tokio::test]
async fn without_name_servers_other_names_fail() {
    let server = start(Path::new("/nonexistent")).await;
    assert_eq!(
        ask_udp(server, "example.com.").await.response_code(),
        ResponseCode::ServFail
    );
}

#[tokio::test]
async fn the_answer_must_be_to_the_question() {
    let platform = Platform::real();
    let upstream = super::Upstream::new(platform, "/nonexistent".into(), vec![]);
    let peer = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let server = peer.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 512];
        let (length, client) = peer.recv_from(&mut buffer).await.unwrap();
        let asked = Message::from_vec(&buffer[..length]).unwrap();
        let name = asked.query().unwrap().name().clone();
        let mut answer = asked.clone();
        answer.set_message_type(MessageType::Response);
        for (id, last) in [(asked.id().wrapping_add(1), 66), (asked.id(), 1)] {
            answer.set_id(id);
            answer.take_answers();
            answer.add_answer(Record::from_rdata(
                name.clone(),
                60,
                RData::A(A::new(192, 0, 2, last)),
            ));
            peer.send_to(&answer.to_vec().unwrap(), client)
                .await
                .unwrap();
        }
    });
    let super::Received::Query(request) = super::message::read(&query("example.com.")) else {
        panic!("a query")
    };
    let answer = upstream
        .exchange(server, &request, super::Transport::Udp)
        .await
        .unwrap();
    assert_eq!(
        addresses(&answer),
        ["192.0.2.1"],
        "a forged answer is passed over"
    );
    let relayed = Message::from_vec(&request.relay(answer, super::Transport::Udp)).unwrap();
    assert_eq!(relayed.id(), 99);
}
