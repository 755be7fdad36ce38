//! What is read of requests.

use super::Request;
use crate::certificates::testing::{ANN, NAMED, WIDE, request};

#[test]
fn subjects_and_names() {
    let ann = request(ANN);
    assert_eq!(ann.organizations(), ["dev", "ops"]);
    assert_eq!(ann.common_name(), "ann");
    assert!(ann.names.is_empty());
    let wide = request(WIDE);
    assert_eq!(wide.organizations(), ["system:masters"]);
    assert_eq!(wide.common_name(), "root");
    let named = request(NAMED).names;
    assert_eq!(named.dns, ["n1"]);
    assert_eq!(named.emails, ["a@b.c"]);
    assert_eq!(named.addresses, [[10, 0, 0, 1]]);
    assert_eq!(named.uris, ["http://x"]);
}

#[test]
fn what_is_no_request() {
    let words = "PEM block type must be CERTIFICATE REQUEST";
    assert_eq!(Request::parse(b"").unwrap_err(), words);
    let empty = b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
    assert_eq!(
        Request::parse(empty).unwrap_err(),
        "asn1: structure error: malformed certificate request"
    );
}
