//! A certificate, read for what is wrong with it and for its key.

use super::{
    der::{Reader, SEQUENCE, context, explicit},
    extensions, names,
    public_key::{self, Algorithm, PublicKey},
};

const VERSION_2: i64 = 1;
const VERSION_3: i64 = 2;

/// The key of the only certificate in the bytes.
pub(crate) fn parse(der: &[u8]) -> Result<PublicKey, String> {
    let mut input = Reader::new(der);
    let key = read(&mut input)?;
    if input.is_empty() {
        Ok(key)
    } else {
        Err("x509: trailing data".to_owned())
    }
}

/// How many certificates stand one behind the other.
pub(crate) fn count(der: &[u8]) -> Result<usize, String> {
    let mut input = Reader::new(der);
    let mut count = 0;
    while !input.is_empty() {
        read(&mut input)?;
        count += 1;
    }
    Ok(count)
}

fn read(input: &mut Reader<'_>) -> Result<PublicKey, String> {
    let mut certificate = input.read(SEQUENCE).ok_or("x509: malformed certificate")?;
    let mut signed = certificate
        .read(SEQUENCE)
        .ok_or("x509: malformed tbs certificate")?;
    let version = read_version(&mut signed)?;
    check_serial(&mut signed)?;
    check_algorithm(&mut signed, &mut certificate)?;
    let issuer = signed.any().filter(|issuer| issuer.tag == SEQUENCE);
    names::check_name(issuer.ok_or("x509: malformed issuer")?.whole)?;
    let mut validity = signed.read(SEQUENCE).ok_or("x509: malformed validity")?;
    names::check_time(&mut validity)?;
    names::check_time(&mut validity)?;
    // Go's own words for the subject, too.
    let subject = signed.any().filter(|subject| subject.tag == SEQUENCE);
    names::check_name(subject.ok_or("x509: malformed issuer")?.whole)?;
    let key = public_key::read(&mut signed)?;
    check_rest(version, &mut signed)?;
    certificate.bits().ok_or("x509: malformed signature")?;
    Ok(key)
}

fn read_version(signed: &mut Reader<'_>) -> Result<i64, &'static str> {
    let malformed = "x509: malformed version";
    let Some(mut inner) = signed.optional(explicit(0)).ok_or(malformed)? else {
        return Ok(0);
    };
    let version = inner.small_integer().filter(|version| *version >= 0);
    let version = version.filter(|_| inner.is_empty()).ok_or(malformed)?;
    if version > VERSION_3 {
        return Err("x509: invalid version");
    }
    Ok(version)
}

fn check_serial(signed: &mut Reader<'_>) -> Result<(), &'static str> {
    let serial = signed.integer().ok_or("x509: malformed serial number")?;
    if serial.is_negative() {
        return Err("x509: negative serial number");
    }
    Ok(())
}

/// What signed the certificate stands inside and outside of what is signed.
fn check_algorithm(
    signed: &mut Reader<'_>,
    certificate: &mut Reader<'_>,
) -> Result<(), &'static str> {
    let inner = signed
        .read(SEQUENCE)
        .ok_or("x509: malformed signature algorithm identifier")?;
    let outer = certificate
        .read(SEQUENCE)
        .ok_or("x509: malformed algorithm identifier")?;
    if inner.rest() != outer.rest() {
        return Err("x509: inner and outer signature algorithm identifiers don't match");
    }
    Algorithm::read(inner).map(|_| ())
}

/// What only later versions have.
fn check_rest(version: i64, signed: &mut Reader<'_>) -> Result<(), String> {
    if version >= VERSION_2 {
        let issuer = signed.optional(context(1));
        issuer.ok_or("x509: malformed issuerUniqueID")?;
        let subject = signed.optional(context(2));
        subject.ok_or("x509: malformed subjectUniqueID")?;
    }
    if version >= VERSION_3 {
        let malformed = "x509: malformed extensions";
        if let Some(mut wrapped) = signed.optional(explicit(3)).ok_or(malformed)? {
            extensions::check(wrapped.read(SEQUENCE).ok_or(malformed)?)?;
        }
    }
    Ok(())
}
