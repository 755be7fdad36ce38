use super::subject;
use base64::{Engine, engine::general_purpose::STANDARD};
use x509_parser::pem::Pem;

/// Of `O=system:masters, CN=root`, written as UTF-8, as T.61 and as UTF-16.
const MASTERS: [&str; 3] = [
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIak1JR0tBZ0VBTUNneEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVEwd0N3WURWUVFEREFSeQpiMjkwTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFaGRFRXNVaC96eGRJQXk0UjBGM2dsQzNuCjB6THdHWG5Ma2JqeGZoSVpkbm5zcHJ2Zk9ZZ2tQREd0UU94RWFkNWVYTHZSdi9zeUtzQnlIbnBkSjlaTHZhQUEKTUFvR0NDcUdTTTQ5QkFNQ0EwZ0FNRVVDSVFDV3Q1QXppNHhxdWwxR1dVM0tKVERLWTdLbUxXT1Z1MEFRM3JaKwpNNEpXa0FJZ1ArK25RYXV4QmFIT1A0eEhBbUM1MGlRYmhPM25uSHFMMjFwSDFaSTdsSTQ9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=",
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIak1JR0tBZ0VBTUNneEZ6QVZCZ05WQkFvVURuTjVjM1JsYlRwdFlYTjBaWEp6TVEwd0N3WURWUVFERkFSeQpiMjkwTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFbTVKNEJZM1cvelJOOXczblhrVEQrelFWCjgzdHdwQklGY0t4WTZZOFYvRlRIQ2pSR1VRZXd6M3lLZG1ZazZZWUFSUy82UHVGdUUreFJLNUxNelE1NHVxQUEKTUFvR0NDcUdTTTQ5QkFNQ0EwZ0FNRVVDSVFEbjdZOVNGeVRUWExKaDdVNUhCeTFSQys4Z0YzR2Y4Q3FVbEhpZQo4T09xaXdJZ1ova0ZiUkllOGxoekJzSUUzL2l2cEdKaGNSQkx6YW8ranlsWVFHeVFKRVk9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=",
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIMk1JR2NBZ0VBTURveEpUQWpCZ05WQkFvZUhBQnpBSGtBY3dCMEFHVUFiUUE2QUcwQVlRQnpBSFFBWlFCeQpBSE14RVRBUEJnTlZCQU1lQ0FCeUFHOEFid0IwTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFCjZlMHBTOTdKdjJraGtOclc2K2RtTFRTdXZTb3NqRHBNS0pNbVlmTTdlMGJYMVoxME9IK2g0MmlPMk40QXFXVlIKYVlRWGdzMGk5N2hiZ0pjckRNZVBxYUFBTUFvR0NDcUdTTTQ5QkFNQ0Ewa0FNRVlDSVFEWTRZNzVoRnl5eVRRUwppck9COGhuZ1BVV3dldytMUHo1Z1lpR3p6UHhIVmdJaEFMYjMyVnJXUTNQUGZzOFVRekVycklqdmZOTGNHWE1VClNyTVl5UktQRFR1MAotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K",
];

#[test]
fn a_group_is_read_however_it_is_written() {
    for request in MASTERS {
        let pem = STANDARD.decode(request).unwrap();
        let subject = subject(&pem).unwrap();
        assert_eq!(subject.organizations, ["system:masters"]);
        assert_eq!(subject.common_name, "root");
    }
    let what = "PEM block type must be CERTIFICATE REQUEST";
    assert_eq!(subject(b"x"), Err(what));
}

#[test]
fn nothing_follows_a_request() {
    let pem = STANDARD.decode(MASTERS[0]).unwrap();
    let mut block = Pem::iter_from_buffer(&pem).next().unwrap().unwrap();
    block.contents.push(0);
    let (head, tail) = ("-----BEGIN", "-----END");
    let (label, der) = (block.label, STANDARD.encode(block.contents));
    let longer = format!("{head} {label}-----\n{der}\n{tail} {label}-----\n");
    let what = "asn1: syntax error: trailing data";
    assert_eq!(subject(longer.as_bytes()), Err(what));
}
