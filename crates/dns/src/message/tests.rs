//! Replies to good and bad queries.

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType};

use super::{Received, Request, Transport, read};
use crate::answer::Answer;

fn query(kind: RecordType) -> Message {
    let mut message = Message::new();
    message.set_id(7).set_recursion_desired(true);
    message.add_query(Query::query(
        Name::from_ascii("Web.default.svc.cluster.local.").unwrap(),
        kind,
    ));
    message
}

fn request(message: &Message) -> Request {
    match read(&message.to_vec().unwrap()) {
        Received::Query(request) => *request,
        other => panic!("{other:?}"),
    }
}

fn refusal(bytes: &[u8]) -> ResponseCode {
    match read(bytes) {
        Received::Reply(reply) => Message::from_vec(&reply).unwrap().response_code(),
        other => panic!("{other:?}"),
    }
}

fn with_addresses(count: u8) -> Answer {
    let name = Name::from_ascii("Web.default.svc.cluster.local.").unwrap();
    let record = |last| {
        Record::from_rdata(
            name.clone(),
            30,
            RData::A(hickory_proto::rr::rdata::A::new(10, 244, 0, last)),
        )
    };
    Answer {
        code: ResponseCode::NoError,
        answers: (0..count).map(record).collect(),
        additionals: vec![],
        authority: None,
        follow: None,
    }
}

#[test]
fn a_reply_repeats_the_question_as_it_was_asked() {
    let request = request(&query(RecordType::A));
    let reply = Message::from_vec(&request.reply(&with_addresses(1), Transport::Udp)).unwrap();
    assert_eq!(
        (reply.id(), reply.message_type()),
        (7, MessageType::Response)
    );
    assert!(reply.authoritative() && reply.recursion_available() && reply.recursion_desired());
    assert_eq!(
        reply.query().unwrap().name().to_string(),
        "Web.default.svc.cluster.local."
    );
    assert_eq!(reply.extensions(), &None, "no EDNS to who has none");
}

#[test]
fn what_does_not_fit_is_cut_and_said_so() {
    let mut message = query(RecordType::A);
    let plain = request(&message).reply(&with_addresses(200), Transport::Udp);
    let reply = Message::from_vec(&plain).unwrap();
    assert!(plain.len() <= 512 && reply.truncated());
    assert_eq!(reply.answers().len(), (512 - 47) / 16);
    let over_tcp =
        Message::from_vec(&request(&message).reply(&with_addresses(200), Transport::Tcp)).unwrap();
    assert!(!over_tcp.truncated());
    assert_eq!(over_tcp.answers().len(), 200);
    let mut edns = Edns::new();
    edns.set_max_payload(4096);
    message.set_edns(edns);
    let large =
        Message::from_vec(&request(&message).reply(&with_addresses(200), Transport::Udp)).unwrap();
    assert!(!large.truncated() && large.extensions().is_some());
}

#[test]
fn answers_begin_elsewhere_for_each_query() {
    let mut message = query(RecordType::A);
    let mut first = |id| {
        message.set_id(id);
        let reply = request(&message).reply(&with_addresses(3), Transport::Udp);
        Message::from_vec(&reply).unwrap().answers()[0]
            .data()
            .to_string()
    };
    assert_eq!(
        [first(0), first(1), first(2)],
        ["10.244.0.0", "10.244.0.1", "10.244.0.2"]
    );
}

#[test]
fn what_is_no_query_is_ignored_or_refused() {
    for ignored in [&b""[..], b"short", &[0, 7, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0]] {
        assert!(matches!(read(ignored), Received::Ignore), "{ignored:?}");
    }
    assert_eq!(
        refusal(&[0, 7, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]),
        ResponseCode::FormErr
    );
    assert_eq!(
        refusal(&[0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ResponseCode::FormErr
    );
    let mut notify = query(RecordType::A);
    notify.set_op_code(OpCode::Notify);
    assert_eq!(refusal(&notify.to_vec().unwrap()), ResponseCode::NotImp);
    let mut chaos = query(RecordType::TXT);
    chaos.queries_mut()[0].set_query_class(DNSClass::CH);
    assert_eq!(refusal(&chaos.to_vec().unwrap()), ResponseCode::Refused);
    let mut edns = Edns::new();
    edns.set_version(1);
    let mut newer = query(RecordType::A);
    newer.set_edns(edns);
    // 16 is BADVERS here, and BADSIG elsewhere.
    assert_eq!(u16::from(refusal(&newer.to_vec().unwrap())), 16);
}

#[test]
fn no_bytes_make_it_panic() {
    let whole = query(RecordType::A).to_vec().unwrap();
    for length in 0..whole.len() {
        for flip in 0..=255 {
            let mut bytes = whole[..length].to_vec();
            if let Some(last) = bytes.last_mut() {
                *last ^= flip;
            }
            super::fuzz(&bytes);
        }
    }
}
