//! Queries read and replies written: RFC 1035, with EDNS (RFC 6891). Pure.

#[cfg(test)]
mod tests;

use hickory_proto::op::{Edns, Header, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Record, RecordType};

use crate::answer::Answer;

/// Without EDNS, over UDP.
const PLAIN_BYTES_MAX: u16 = 512;
/// What we take, and the most that we send, over UDP with EDNS.
pub const UDP_BYTES_MAX: u16 = 4096;
const HEADER_BYTES: usize = 12;

/// What to do with bytes from a client.
#[derive(Debug)]
pub enum Received {
    Query(Box<Request>),
    /// Wrong, but answered.
    Reply(Vec<u8>),
    /// No query: answering it could make a loop.
    Ignore,
}

/// A query with one question of class IN.
#[derive(Debug, Clone)]
pub struct Request {
    message: Message,
    question: Query,
}

/// How the reply travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Udp,
    Tcp,
}

/// Reads what a client sent.
pub fn read(bytes: &[u8]) -> Received {
    let is_response = bytes.get(2).is_none_or(|flags| flags & 0x80 != 0);
    if bytes.len() < HEADER_BYTES || is_response {
        return Received::Ignore;
    }
    let Ok(message) = Message::from_vec(bytes) else {
        return Received::Reply(malformed(bytes));
    };
    let refuse = |code| Received::Reply(encode(&reply_to(&message, code)));
    if message.op_code() != OpCode::Query {
        return refuse(ResponseCode::NotImp);
    }
    let [question] = message.queries() else {
        return refuse(ResponseCode::FormErr);
    };
    if message
        .extensions()
        .as_ref()
        .is_some_and(|edns| edns.version() > 0)
    {
        return refuse(ResponseCode::BADVERS);
    }
    if question.query_class() != DNSClass::IN {
        return refuse(ResponseCode::Refused);
    }
    let question = question.clone();
    Received::Query(Box::new(Request { message, question }))
}

/// What the server does with bytes from a client, when it has nothing to say: the entry of the fuzz target.
pub fn fuzz(bytes: &[u8]) {
    if let Received::Query(request) = read(bytes) {
        let nothing = Answer {
            code: ResponseCode::NoError,
            answers: vec![],
            additionals: vec![],
            authority: None,
            follow: None,
        };
        assert!(
            request.reply(&nothing, Transport::Tcp).len() <= usize::from(u16::MAX),
            "a reply can be framed"
        );
        assert!(
            !request.forward(0).is_empty(),
            "what was read can be sent on"
        );
    }
}

impl Request {
    pub fn question(&self) -> &Query {
        &self.question
    }

    pub fn id(&self) -> u16 {
        self.message.id()
    }

    /// Whether signatures are asked for: such answers are other answers.
    pub fn wants_signatures(&self) -> bool {
        self.message
            .extensions()
            .as_ref()
            .is_some_and(|edns| edns.flags().dnssec_ok)
    }

    /// The reply with `answer`, no longer than the client takes.
    pub fn reply(&self, answer: &Answer, transport: Transport) -> Vec<u8> {
        let mut reply = reply_to(&self.message, answer.code);
        reply.set_authoritative(true);
        reply.insert_answers(rotated(&answer.answers, self.id()));
        reply.insert_additionals(answer.additionals.clone());
        reply.insert_name_servers(answer.authority.iter().cloned().collect());
        fit(reply, self.bytes_max(transport))
    }

    /// An answer of another name server, for this client.
    pub fn relay(&self, mut answer: Message, transport: Transport) -> Vec<u8> {
        answer.set_id(self.id());
        // The case of the question's letters is the client's protection against forged answers.
        *answer.queries_mut() = vec![self.question.clone()];
        match self.message.extensions() {
            Some(_) => {
                let code = answer.response_code();
                set_edns(&mut answer, self.wants_signatures(), code);
            }
            None => *answer.extensions_mut() = None,
        }
        fit(answer, self.bytes_max(transport))
    }

    pub fn fail(&self, code: ResponseCode) -> Vec<u8> {
        encode(&reply_to(&self.message, code))
    }

    /// The same question, to be sent to another name server.
    pub fn forward(&self, id: u16) -> Vec<u8> {
        let mut query = query(id, self.question.clone());
        query.set_checking_disabled(self.message.checking_disabled());
        set_edns(&mut query, self.wants_signatures(), ResponseCode::NoError);
        encode(&query)
    }

    fn bytes_max(&self, transport: Transport) -> usize {
        let edns = self.message.extensions().as_ref();
        match transport {
            Transport::Tcp => usize::from(u16::MAX),
            Transport::Udp => usize::from(edns.map_or(PLAIN_BYTES_MAX, |edns| {
                edns.max_payload().clamp(PLAIN_BYTES_MAX, UDP_BYTES_MAX)
            })),
        }
    }
}

/// A recursive query of our own.
pub(crate) fn query(id: u16, question: Query) -> Message {
    let mut query = Message::new();
    query
        .set_id(id)
        .set_recursion_desired(true)
        .add_query(question);
    set_edns(&mut query, false, ResponseCode::NoError);
    query
}

pub(crate) fn encode(message: &Message) -> Vec<u8> {
    // What was read or made here can be written; if not, the client gets nothing and asks again.
    message.to_vec().unwrap_or_default()
}

fn reply_to(query: &Message, code: ResponseCode) -> Message {
    let mut reply = Message::new();
    reply
        .set_id(query.id())
        .set_message_type(MessageType::Response)
        .set_op_code(query.op_code())
        .set_recursion_desired(query.recursion_desired())
        .set_recursion_available(true)
        .set_response_code(code)
        .add_queries(query.queries().iter().take(1).cloned());
    if query.extensions().is_some() {
        set_edns(&mut reply, false, code);
    }
    reply
}

fn set_edns(message: &mut Message, signatures: bool, code: ResponseCode) {
    let mut edns = Edns::new();
    edns.set_max_payload(UDP_BYTES_MAX)
        .set_version(0)
        .set_rcode_high(code.high())
        .set_dnssec_ok(signatures);
    message.set_edns(edns);
}

/// FORMERR to a query that has a header but cannot be read further.
fn malformed(bytes: &[u8]) -> Vec<u8> {
    let id = u16::from_be_bytes([bytes[0], bytes[1]]);
    let mut header = Header::new();
    header
        .set_id(id)
        .set_message_type(MessageType::Response)
        .set_response_code(ResponseCode::FormErr);
    let mut reply = Message::new();
    reply.set_header(header);
    encode(&reply)
}

/// Cuts a reply down to `bytes_max`: first what is only helpful, then answers, which the client is told.
fn fit(mut reply: Message, bytes_max: usize) -> Vec<u8> {
    let whole = encode(&reply);
    if whole.len() <= bytes_max {
        return whole;
    }
    reply.take_additionals();
    let without_additionals = encode(&reply);
    if without_additionals.len() <= bytes_max {
        return without_additionals;
    }
    reply.set_truncated(true);
    let answers = reply.take_answers();
    let with = |count: usize| {
        let mut part = reply.clone();
        part.insert_answers(answers[..count].to_vec());
        encode(&part)
    };
    // The largest number of answers that fits.
    let counts: Vec<usize> = (0..=answers.len()).collect();
    let fitting = counts.partition_point(|count| with(*count).len() <= bytes_max);
    with(fitting.saturating_sub(1))
}

/// Clients that take the first address spread over all: each query begins elsewhere. Aliases stay in front.
fn rotated(answers: &[Record], by: u16) -> Vec<Record> {
    let (mut aliases, mut others): (Vec<Record>, Vec<Record>) = answers
        .iter()
        .cloned()
        .partition(|record| record.record_type() == RecordType::CNAME);
    if !others.is_empty() {
        let middle = usize::from(by) % others.len();
        others.rotate_left(middle);
    }
    aliases.append(&mut others);
    aliases
}
