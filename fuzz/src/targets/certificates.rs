//! Certificates, their keys and requests for them: any bytes are answered, none crash.

pub(super) fn run(bytes: &[u8]) {
    registry::fuzzing::x509(bytes);
    registry::fuzzing::signing_request(bytes);
}
