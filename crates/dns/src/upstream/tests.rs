//! The host's list of name servers, and what is remembered.

use std::time::Duration;

use hickory_proto::op::{Message, Query};
use hickory_proto::rr::{Name, RData, Record, RecordType, rdata::A};
use platform::Monotonic;

use super::cache::{Cache, Key};
use super::name_servers;
use crate::message::{Received, encode, query, read};

#[test]
fn name_servers_of_resolv_conf() {
    let text = "# by somebody\nsearch example.com\nnameserver 192.0.2.53\nnameserver 10.244.0.1\n\
                options ndots:5\nnameserver fd00::53 # six\nnameserver nonsense\nnameserver 192.0.2.54\nnameserver 192.0.2.55\n";
    let own = ["10.244.0.1".parse().unwrap()];
    let servers: Vec<String> = name_servers(text, &own)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(servers, ["192.0.2.53:53", "[fd00::53]:53", "192.0.2.54:53"]);
}

fn key(name: &str) -> Key {
    let question = Query::query(Name::from_ascii(name).unwrap(), RecordType::A);
    match read(&encode(&query(1, question))) {
        Received::Query(request) => Key::of(&request),
        other => panic!("{other:?}"),
    }
}

fn address(ttl_s: u32) -> Message {
    let mut message = Message::new();
    let name = Name::from_ascii("example.com.").unwrap();
    message.add_answer(Record::from_rdata(
        name,
        ttl_s,
        RData::A(A::new(192, 0, 2, 1)),
    ));
    message
}

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

#[test]
fn an_answer_ages_and_goes() {
    let mut cache = Cache::default();
    cache.insert(key("Example.com."), &address(20), at(0));
    let ttl = |cache: &mut Cache, seconds| {
        cache
            .get(&key("example.COM."), at(seconds))
            .map(|answer| answer.answers()[0].ttl())
    };
    assert_eq!(
        [ttl(&mut cache, 5), ttl(&mut cache, 19), ttl(&mut cache, 20)],
        [Some(15), Some(1), None]
    );
    cache.insert(key("example.com."), &address(0), at(30));
    assert_eq!(ttl(&mut cache, 30), None, "not to be remembered");
    cache.insert(key("example.com."), &address(3600), at(30));
    assert_eq!(ttl(&mut cache, 59), Some(3571));
    assert_eq!(ttl(&mut cache, 60), None, "half a minute is the most");
}

#[test]
fn it_stays_small() {
    let mut cache = Cache::default();
    for number in 0..3000 {
        cache.insert(key(&format!("n{number}.example.com.")), &address(20), at(0));
    }
    assert!(cache.get(&key("n0.example.com."), at(1)).is_none());
    assert!(cache.get(&key("n2999.example.com."), at(1)).is_some());
}
