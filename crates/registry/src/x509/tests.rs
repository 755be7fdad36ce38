//! Certificates of as few bytes as there can be, each with one thing wrong.

use super::certificate;

/// An element of DER; none here is long.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut element = vec![tag];
    match u8::try_from(content.len()).unwrap() {
        short @ ..0x80 => element.push(short),
        long => element.extend([0x81, long]),
    }
    element.extend(content);
    element
}

const ED25519: &[u8] = &[0x30, 5, 6, 3, 0x2b, 0x65, 0x70];
const EMPTY: &[u8] = &[0x30, 0];
const NULL: &[u8] = &[5, 0];

/// The fields of a certificate, in order, and its signature.
struct Parts {
    version: Vec<u8>,
    serial: Vec<u8>,
    issuer: Vec<u8>,
    not_before: Vec<u8>,
    key: Vec<u8>,
    extensions: Vec<u8>,
    signature: Vec<u8>,
}

impl Parts {
    fn good() -> Self {
        Self {
            version: der(0xa0, &[&[2, 1, 2]]),
            serial: vec![2, 1, 5],
            issuer: EMPTY.to_vec(),
            not_before: der(0x17, &[b"240101000000Z"]),
            key: der(0x30, &[ED25519, &der(3, &[&[0; 33]])]),
            extensions: Vec::new(),
            signature: vec![3, 1, 0],
        }
    }

    fn with_extension(id: &[u8], value: &[u8]) -> Self {
        let extension = der(0x30, &[&der(6, &[id]), &der(4, &[value])]);
        Self {
            extensions: der(0xa3, &[&der(0x30, &[&extension])]),
            ..Self::good()
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let validity = der(0x30, &[&self.not_before, &der(0x17, &[b"340101000000Z"])]);
        let signed = [
            &self.version,
            &self.serial,
            ED25519,
            &self.issuer,
            &validity,
            EMPTY,
            &self.key,
            &self.extensions,
        ];
        der(0x30, &[&der(0x30, &signed), ED25519, &self.signature])
    }

    #[track_caller]
    fn says(&self, expect: &str) {
        let found = certificate::parse(&self.bytes());
        assert_eq!(found.err().unwrap_or_default(), expect);
    }
}

#[test]
fn fields_of_certificates() {
    let good = Parts::good;
    good().says("");
    let version = der(0xa0, &[&[2, 1, 3]]);
    Parts { version, ..good() }.says("x509: invalid version");
    let serial = vec![2, 1, 0xff];
    Parts { serial, ..good() }.says("x509: negative serial number");
    let serial = vec![2, 2, 0, 1];
    Parts { serial, ..good() }.says("x509: malformed serial number");
    let attribute = der(0x30, &[&[6, 3, 0x55, 4, 3], &der(19, &[b"a@b"])]);
    let issuer = der(0x30, &[&der(0x31, &[&attribute])]);
    Parts { issuer, ..good() }
        .says("x509: invalid RDNSequence: invalid attribute value: invalid PrintableString");
    let signature = NULL.to_vec();
    Parts {
        signature,
        ..good()
    }
    .says("x509: malformed signature");
    let mut behind = good().bytes();
    behind.push(0);
    assert_eq!(
        certificate::parse(&behind).unwrap_err(),
        "x509: trailing data"
    );
    assert_eq!(
        certificate::count(&[good().bytes(), good().bytes()].concat()),
        Ok(2)
    );
}

#[test]
fn times_are_of_the_calendar() {
    let check = |tag: u8, text: &str, expect: &str| {
        let not_before = der(tag, &[text.as_bytes()]);
        Parts {
            not_before,
            ..Parts::good()
        }
        .says(expect);
    };
    check(0x17, "240229000000Z", "");
    check(0x17, "2402290000+0100", "");
    check(0x17, "230229000000Z", "x509: malformed UTCTime");
    check(0x17, "240101000000+0000", "x509: malformed UTCTime");
    check(0x18, "20240101000000Z", "");
    check(0x18, "202401010000Z", "x509: malformed GeneralizedTime");
    check(2, "1", "x509: unsupported time format");
}

#[test]
fn keys_of_certificates() {
    let check = |algorithm: &[&[u8]], bits: &[u8], expect: &str| {
        let key = der(0x30, &[&der(0x30, algorithm), &der(3, &[&[0], bits])]);
        Parts {
            key,
            ..Parts::good()
        }
        .says(expect);
    };
    let rsa: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    check(&[rsa, NULL], &[0x30, 6, 2, 1, 15, 2, 1, 3], "");
    check(&[rsa], &[], "x509: RSA key missing NULL parameters");
    check(
        &[rsa, NULL],
        &[0x30, 6, 2, 1, 0, 2, 1, 3],
        "x509: RSA modulus is not a positive number",
    );
    let elliptic: &[u8] = &[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    let p256: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
    let secp256k1: &[u8] = &[6, 5, 0x2b, 0x81, 4, 0, 10];
    check(&[elliptic, NULL], &[4], "x509: invalid ECDSA parameters");
    check(
        &[elliptic, secp256k1],
        &[4],
        "x509: unsupported elliptic curve",
    );
    let point = |first: u8, length: usize, rest: u8| {
        let mut point = vec![rest; length];
        point[0] = first;
        point
    };
    check(
        &[elliptic, p256],
        &point(2, 33, 1),
        "ecdsa: invalid uncompressed public key",
    );
    check(
        &[elliptic, p256],
        &point(4, 64, 1),
        "invalid P256 point encoding",
    );
    check(
        &[elliptic, p256],
        &point(4, 65, 1),
        "P256 point not on curve",
    );
    check(
        &[elliptic, p256],
        &point(4, 65, 0xff),
        "invalid P256 element encoding",
    );
}

#[test]
fn extensions_of_certificates() {
    let check = |id: u8, value: &[u8], expect: &str| {
        Parts::with_extension(&[0x55, 0x1d, id], value).says(expect);
    };
    let uri = |uri: &str| der(0x30, &[&der(0x86, &[uri.as_bytes()])]);
    check(15, &[3, 2, 5, 0xa0], "");
    check(15, NULL, "x509: invalid key usage");
    check(17, &uri("https://example.com/"), "");
    check(
        17,
        &uri("https://example.com./"),
        "x509: cannot parse URI \"https://example.com./\": invalid domain",
    );
    check(
        17,
        &uri("https://%zz/"),
        "x509: cannot parse URI \"https://%zz/\": parse \"https://%zz/\": invalid URL escape \"%zz\"",
    );
    check(
        17,
        &der(0x30, &[&[0x87, 1, 1]]),
        "x509: cannot parse IP address of length 1",
    );
    check(
        19,
        &[0x30, 3, 2, 1, 0xff],
        "x509: invalid basic constraints",
    );
    check(99, NULL, "");
    let constraint = |tag: u8, name: &[u8]| {
        let tree = der(0x30, &[&der(tag, &[name])]);
        der(0x30, &[&der(0xa0, &[&tree])])
    };
    check(30, EMPTY, "x509: empty name constraints extension");
    check(30, &constraint(0x82, b".example.com"), "");
    check(
        30,
        &constraint(0x82, b"a..b"),
        "x509: failed to parse dnsName constraint \"a..b\"",
    );
    check(30, &constraint(0x81, b"ann@example.com"), "");
    check(
        30,
        &constraint(0x81, b".ann@example.com"),
        "x509: failed to parse rfc822Name constraint \".ann@example.com\"",
    );
    check(
        30,
        &constraint(0x87, &[10, 0, 0, 0, 255, 0, 255, 0]),
        "x509: IP constraint contained invalid mask ff00ff00",
    );
    check(
        30,
        &constraint(0x86, b"\xff"),
        "x509: invalid constraint value: x509: \"\\xff\" cannot be encoded as an IA5String",
    );
}
