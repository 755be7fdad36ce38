//! The API's words for what a key may be used for, as X.509 has them (RFC 5280, 4.2.1.3 and 4.2.1.12).

use meta::Str;

/// `KeyUsage` bits: the lowest is bit 0 of the standard.
const KEY: &[(&str, u16)] = &[
    ("signing", 1),
    ("digital signature", 1),
    ("content commitment", 1 << 1),
    ("key encipherment", 1 << 2),
    ("data encipherment", 1 << 3),
    ("key agreement", 1 << 4),
    ("cert sign", 1 << 5),
    ("crl sign", 1 << 6),
    ("encipher only", 1 << 7),
    ("decipher only", 1 << 8),
];

const PKIX: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 3];

/// In the order in which they are written.
const EXTENDED: &[(&str, Purpose)] = &[
    ("any", Purpose::Other(&[2, 5, 29, 37, 0])),
    ("server auth", Purpose::Pkix(1)),
    ("client auth", Purpose::Pkix(2)),
    ("code signing", Purpose::Pkix(3)),
    ("email protection", Purpose::Pkix(4)),
    ("s/mime", Purpose::Pkix(4)),
    ("ipsec end system", Purpose::Pkix(5)),
    ("ipsec tunnel", Purpose::Pkix(6)),
    ("ipsec user", Purpose::Pkix(7)),
    ("timestamping", Purpose::Pkix(8)),
    ("ocsp signing", Purpose::Pkix(9)),
    (
        "microsoft sgc",
        Purpose::Other(&[1, 3, 6, 1, 4, 1, 311, 10, 3, 3]),
    ),
    (
        "netscape sgc",
        Purpose::Other(&[2, 16, 840, 1, 113_730, 4, 1]),
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Under `id-kp`.
    Pkix(u64),
    Other(&'static [u64]),
}

impl Purpose {
    pub(super) fn oid(self) -> Vec<u64> {
        match self {
            Self::Pkix(last) => [PKIX, &[last]].concat(),
            Self::Other(oid) => oid.to_vec(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Usages {
    /// Bit 0 is the lowest.
    pub(super) key: u16,
    pub(super) extended: Vec<Purpose>,
}

impl Usages {
    /// # Errors
    /// Words that no X.509 usage goes by.
    pub(super) fn of(words: &[Str]) -> Result<Self, String> {
        let mut usages = Self::default();
        let mut unrecognized = Vec::new();
        for word in words {
            match KEY.iter().find(|(name, _)| word == name) {
                Some((_, bit)) => usages.key |= bit,
                None if EXTENDED.iter().any(|(name, _)| word == name) => {}
                None => unrecognized.push(meta::go_quote(word)),
            }
        }
        if !unrecognized.is_empty() {
            let words = unrecognized.join(" ");
            return Err(format!("unrecognized usage values: [{words}]"));
        }
        for (name, purpose) in EXTENDED {
            if words.iter().any(|word| word == name) && !usages.extended.contains(purpose) {
                usages.extended.push(*purpose);
            }
        }
        Ok(usages)
    }
}
