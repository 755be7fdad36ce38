//! The names that a certificate's authority may vouch for (RFC 5280, 4.2.1.10).

use super::der::{Reader, SEQUENCE, context, explicit};
use std::net::IpAddr;

const EMAIL: u8 = context(1);
const DNS: u8 = context(2);
const URI: u8 = context(6);
const ADDRESS: u8 = context(7);

pub(super) fn check(mut value: Reader<'_>) -> Result<(), String> {
    let mut subtrees = || {
        let mut fields = value.read(SEQUENCE)?;
        let permitted = fields.optional(explicit(0))?;
        let excluded = fields.optional(explicit(1))?;
        (value.is_empty() && fields.is_empty()).then_some([permitted, excluded])
    };
    let trees = subtrees().ok_or("x509: invalid NameConstraints extension")?;
    if trees.iter().flatten().all(Reader::is_empty) {
        return Err("x509: empty name constraints extension".to_owned());
    }
    trees.into_iter().flatten().try_for_each(check_trees)
}

fn check_trees(mut trees: Reader<'_>) -> Result<(), String> {
    while !trees.is_empty() {
        let base = trees.read(SEQUENCE).and_then(|mut tree| tree.any());
        let base = base.ok_or("x509: invalid NameConstraints extension")?;
        match base.tag {
            ADDRESS => check_range(base.content)?,
            DNS | EMAIL | URI => check_name(base.tag, base.content)?,
            _ => {}
        }
    }
    Ok(())
}

fn check_range(range: &[u8]) -> Result<(), String> {
    let length = range.len();
    if !matches!(length, 8 | 32) {
        return Err(format!(
            "x509: IP constraint contained value of length {length}"
        ));
    }
    let mask = &range[length / 2..];
    let mut behind_ones = mask.iter().skip_while(|byte| **byte == 0xff);
    let last = behind_ones.next().copied().unwrap_or_default();
    if last.leading_ones() == last.count_ones() && behind_ones.all(|byte| *byte == 0) {
        return Ok(());
    }
    let hex: String = mask.iter().map(|byte| format!("{byte:02x}")).collect();
    Err(format!("x509: IP constraint contained invalid mask {hex}"))
}

fn check_name(kind: u8, name: &[u8]) -> Result<(), String> {
    let quoted = quote(name);
    let Some(text) = std::str::from_utf8(name)
        .ok()
        .filter(|text| text.is_ascii())
    else {
        return Err(format!(
            "x509: invalid constraint value: x509: {quoted} cannot be encoded as an IA5String"
        ));
    };
    if kind == URI && text.parse::<IpAddr>().is_ok() {
        return Err(format!(
            "x509: failed to parse URI constraint {quoted}: cannot be IP address"
        ));
    }
    let kind = match kind {
        EMAIL => "rfc822Name",
        DNS => "dnsName",
        _ => "URI",
    };
    let valid = if kind == "rfc822Name" && text.contains('@') {
        is_mailbox(text)
    } else {
        // All that is below a domain.
        is_domain(text.strip_prefix('.').unwrap_or(text)) && text != "."
    };
    if valid {
        Ok(())
    } else {
        Err(format!("x509: failed to parse {kind} constraint {quoted}"))
    }
}

/// As Go prints bytes that need not be text.
fn quote(bytes: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let valid = meta::go_quote(chunk.valid());
        quoted.push_str(&valid[1..valid.len() - 1]);
        for byte in chunk.invalid() {
            quoted.push_str(&format!("\\x{byte:02x}"));
        }
    }
    quoted.push('"');
    quoted
}

/// Go asks no more of a domain than labels without white space.
pub(super) fn is_domain(name: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_graphic());
    name.is_empty() || name.split('.').all(label)
}

/// The mailbox of RFC 2821, of whose domain no more is asked than of others.
fn is_mailbox(text: &str) -> bool {
    let domain = match text.as_bytes() {
        [b'"', quoted @ ..] => behind_quoted(quoted),
        atoms => behind_atoms(atoms),
    };
    let domain = domain.and_then(|rest| rest.strip_prefix(b"@"));
    let domain = domain.and_then(|domain| std::str::from_utf8(domain).ok());
    domain.is_some_and(is_domain)
}

fn behind_quoted(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = match text {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', 1..=9 | 11 | 12 | 14..=127, rest @ ..] => rest,
            [1..=8 | 11 | 12 | 14..=33 | 35..=91 | 93..=127, rest @ ..] => rest,
            _ => return None,
        };
    }
}

fn behind_atoms(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    let mut local = Vec::new();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'\\', [escaped, after @ ..]) => (escaped, after),
            (b'\\', []) => return None,
            _ if is_atom(*first) => (first, after),
            _ => break,
        };
        local.push(*byte);
        rest = after;
    }
    let dots_between = local
        .split(|byte| *byte == b'.')
        .all(|atom| !atom.is_empty());
    dots_between.then_some(rest)
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
}
