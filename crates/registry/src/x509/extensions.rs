//! The extensions of a certificate, as far as Go knows them.

use super::{
    constraints,
    der::{
        BOOLEAN, INTEGER, Integer, OBJECT_IDENTIFIER, OCTET_STRING, ObjectIdentifier, Reader,
        SEQUENCE, context, explicit,
    },
};
use crate::url::Url;
use std::collections::BTreeSet;

const EMAIL: u8 = 1;
const DNS: u8 = 2;
const URI: u8 = 6;
const ADDRESS: u8 = 7;

struct Extension<'a> {
    id: ObjectIdentifier,
    critical: bool,
    value: &'a [u8],
}

pub(super) fn check(mut list: Reader<'_>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut extensions = Vec::new();
    while !list.is_empty() {
        let fields = list.read(SEQUENCE).ok_or("x509: malformed extension")?;
        let extension = read(fields)?;
        if !seen.insert(extension.id.clone()) {
            let id = extension.id;
            return Err(format!(
                "x509: certificate contains duplicate extension with OID \"{id}\""
            ));
        }
        extensions.push(extension);
    }
    extensions.iter().try_for_each(check_one)
}

fn read(mut fields: Reader<'_>) -> Result<Extension<'_>, &'static str> {
    let id = fields
        .object_identifier()
        .ok_or("x509: malformed extension OID field")?;
    let critical = if fields.next_is(BOOLEAN) {
        let critical = fields.boolean();
        critical.ok_or("x509: malformed extension critical field")?
    } else {
        false
    };
    let value = fields
        .bytes(OCTET_STRING)
        .ok_or("x509: malformed extension value field")?;
    Ok(Extension {
        id,
        critical,
        value,
    })
}

fn check_one(extension: &Extension<'_>) -> Result<(), String> {
    let value = Reader::new(extension.value);
    let words = match extension.id.arcs() {
        [2, 5, 29, 14] if extension.critical => {
            "x509: subject key identifier incorrectly marked critical"
        }
        [2, 5, 29, 35] if extension.critical => {
            "x509: authority key identifier incorrectly marked critical"
        }
        [1, 3, 6, 1, 5, 5, 7, 1, 1] if extension.critical => {
            "x509: authority info access incorrectly marked critical"
        }
        [2, 5, 29, 17] => return alternative_names(value),
        [2, 5, 29, 30] => return constraints::check(value),
        [2, 5, 29, 31] => return distribution_points(value).map_err(str::to_owned),
        id => match form(id, value) {
            Some((words, None)) => words,
            _ => return Ok(()),
        },
    };
    Err(words.to_owned())
}

/// Of an extension that is known: the words for one that is malformed, and `None` if it is.
fn form(id: &[u32], mut value: Reader<'_>) -> Option<(&'static str, Option<()>)> {
    Some(match id {
        [2, 5, 29, 14] => (
            "x509: invalid subject key identifier",
            value.bytes(OCTET_STRING).map(drop),
        ),
        [2, 5, 29, 15] => ("x509: invalid key usage", value.bits().map(drop)),
        [2, 5, 29, 19] => ("x509: invalid basic constraints", basic_constraints(value)),
        [2, 5, 29, 32] => ("x509: invalid certificate policies", policies(value)),
        [2, 5, 29, 33] => (
            "x509: invalid policy mappings extension",
            policy_mappings(value),
        ),
        [2, 5, 29, 35] => ("x509: invalid authority key identifier", key_id(value)),
        [2, 5, 29, 36] => (
            "x509: invalid policy constraints extension",
            policy_constraints(value),
        ),
        [2, 5, 29, 37] => ("x509: invalid extended key usages", usages(value)),
        [2, 5, 29, 54] => (
            "x509: invalid inhibit any policy extension",
            value.small_integer().map(drop),
        ),
        [1, 3, 6, 1, 5, 5, 7, 1, 1] => (
            "x509: invalid authority info access",
            authority_access(value),
        ),
        _ => return None,
    })
}

fn basic_constraints(mut value: Reader<'_>) -> Option<()> {
    let mut fields = value.read(SEQUENCE)?;
    if fields.next_is(BOOLEAN) {
        fields.boolean()?;
    }
    if fields.next_is(INTEGER) && fields.small_integer()? < 0 {
        return None;
    }
    Some(())
}

fn key_id(mut value: Reader<'_>) -> Option<()> {
    let mut fields = value.read(SEQUENCE)?;
    fields.optional(context(0)).map(drop)
}

fn usages(mut value: Reader<'_>) -> Option<()> {
    let mut list = value.read(SEQUENCE)?;
    while !list.is_empty() {
        list.object_identifier()?;
    }
    Some(())
}

/// Numbers of any size name policies, each once.
fn policies(mut value: Reader<'_>) -> Option<()> {
    let mut list = value.read(SEQUENCE)?;
    let mut seen = BTreeSet::new();
    while !list.is_empty() {
        let id = list.read(SEQUENCE)?.bytes(OBJECT_IDENTIFIER)?;
        let whole = |arc: &[u8]| arc[0] != 0x80;
        let ended = id.last().is_some_and(|last| *last < 0x80);
        let arcs_whole = id.split_inclusive(|byte| *byte < 0x80).all(whole);
        if !ended || !arcs_whole || !seen.insert(id) {
            return None;
        }
    }
    Some(())
}

fn policy_mappings(mut value: Reader<'_>) -> Option<()> {
    let mut list = value.read(SEQUENCE)?;
    while !list.is_empty() {
        let mut pair = list.read(SEQUENCE)?;
        pair.bytes(OBJECT_IDENTIFIER)?;
        pair.bytes(OBJECT_IDENTIFIER)?;
    }
    Some(())
}

fn policy_constraints(mut value: Reader<'_>) -> Option<()> {
    let mut fields = value.read(SEQUENCE)?;
    for tag in [context(0), context(1)] {
        if let Some(number) = fields.optional(tag)? {
            Integer::new(number.rest())?.small()?;
        }
    }
    Some(())
}

fn authority_access(mut value: Reader<'_>) -> Option<()> {
    let mut list = value.read(SEQUENCE)?;
    while !list.is_empty() {
        let mut access = list.read(SEQUENCE)?;
        access.object_identifier()?;
        access.optional(context(URI))?;
    }
    Some(())
}

fn distribution_points(mut value: Reader<'_>) -> Result<(), &'static str> {
    let mut list = value
        .read(SEQUENCE)
        .ok_or("x509: invalid CRL distribution points")?;
    let invalid = "x509: invalid CRL distribution point";
    while !list.is_empty() {
        let mut point = list.read(SEQUENCE).ok_or(invalid)?;
        let Some(mut name) = point.optional(explicit(0)).ok_or(invalid)? else {
            continue;
        };
        let mut uris = name.read(explicit(0)).ok_or(invalid)?;
        while uris.next_is(context(URI)) {
            uris.any().ok_or(invalid)?;
        }
    }
    Ok(())
}

fn alternative_names(mut value: Reader<'_>) -> Result<(), String> {
    let mut list = value
        .read(SEQUENCE)
        .ok_or("x509: invalid subject alternative names")?;
    while !list.is_empty() {
        let name = list.any().ok_or("x509: invalid subject alternative name")?;
        check_alternative(name.tag ^ context(0), name.content)?;
    }
    Ok(())
}

fn check_alternative(tag: u8, name: &[u8]) -> Result<(), String> {
    let malformed = match tag {
        EMAIL if !name.is_ascii() => "rfc822Name",
        DNS if !name.is_ascii() => "dNSName",
        URI => match std::str::from_utf8(name).ok().filter(|uri| uri.is_ascii()) {
            Some(uri) => return check_uri(uri),
            None => "uniformResourceIdentifier",
        },
        ADDRESS if !matches!(name.len(), 4 | 16) => {
            let length = name.len();
            return Err(format!("x509: cannot parse IP address of length {length}"));
        }
        _ => return Ok(()),
    };
    Err(format!("x509: SAN {malformed} is malformed"))
}

fn check_uri(uri: &str) -> Result<(), String> {
    let quoted = meta::go_quote(uri);
    let problem = match Url::parse(uri) {
        Err(why) => why,
        Ok(url) if !constraints::is_domain(&url.host) => "invalid domain".to_owned(),
        Ok(_) => return Ok(()),
    };
    Err(format!("x509: cannot parse URI {quoted}: {problem}"))
}
