//! What a signing request asks for (RFC 2986), read as upstream reads it: names of known types, and the names that certificates are checked by.

use x509_parser::{
    asn1_rs::Tag,
    certification_request::X509CertificationRequest,
    extensions::{GeneralName, ParsedExtension},
    oid_registry::{OID_X509_EXT_SUBJECT_ALT_NAME, Oid},
    pem::Pem,
    prelude::{AttributeTypeAndValue, FromDer},
};

/// Last arc of the attribute's type under `id-at` (2.5.4), in the order in which subjects are written.
pub(super) const ATTRIBUTES: [u8; 9] = [
    COUNTRY,
    PROVINCE,
    LOCALITY,
    STREET_ADDRESS,
    POSTAL_CODE,
    ORGANIZATION,
    ORGANIZATIONAL_UNIT,
    COMMON_NAME,
    SERIAL_NUMBER,
];
const COMMON_NAME: u8 = 3;
const SERIAL_NUMBER: u8 = 5;
const COUNTRY: u8 = 6;
const LOCALITY: u8 = 7;
const PROVINCE: u8 = 8;
const STREET_ADDRESS: u8 = 9;
const ORGANIZATION: u8 = 10;
const ORGANIZATIONAL_UNIT: u8 = 11;
const POSTAL_CODE: u8 = 17;
/// 2.5.4 in DER, without the last arc.
const ID_AT: [u8; 2] = [0x55, 4];

/// A request that its own key has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// By [`ATTRIBUTES`]: all values, in the order of the request.
    subject: [Vec<String>; ATTRIBUTES.len()],
    pub(super) names: AlternativeNames,
    /// `SubjectPublicKeyInfo`, DER.
    pub(super) public_key: Vec<u8>,
}

/// Subject alternative names; other types of names are left out, as upstream does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AlternativeNames {
    pub(super) dns: Vec<String>,
    pub(super) emails: Vec<String>,
    /// 4 or 16 bytes each.
    pub(super) addresses: Vec<Vec<u8>>,
    pub(super) uris: Vec<String>,
}

impl Request {
    /// # Errors
    /// Why the bytes are no request, in words.
    pub(super) fn parse(pem: &[u8]) -> Result<Self, String> {
        let block = Pem::iter_from_buffer(pem).next().and_then(Result::ok);
        let Some(block) = block.filter(|block| block.label == "CERTIFICATE REQUEST") else {
            return Err("PEM block type must be CERTIFICATE REQUEST".to_owned());
        };
        let Ok(([], request)) = X509CertificationRequest::from_der(&block.contents) else {
            return Err("asn1: structure error: malformed certificate request".to_owned());
        };
        // That its own key signed it was seen when it was stored, and it does not change.
        let info = &request.certification_request_info;
        let mut subject: [Vec<String>; ATTRIBUTES.len()] = Default::default();
        for attribute in info.subject.iter_attributes() {
            let known = ATTRIBUTES
                .iter()
                .position(|arc| is_attribute(attribute.attr_type(), *arc));
            if let Some(index) = known {
                subject[index].push(text(attribute)?);
            }
        }
        Ok(Self {
            subject,
            names: alternative_names(&request)?,
            public_key: info.subject_pki.raw.to_vec(),
        })
    }

    /// The values of each attribute of the subject that has some, as certificates have them: one common name and one serial number at most.
    pub(super) fn subject(&self) -> impl Iterator<Item = (u8, &[String])> {
        let all = ATTRIBUTES.into_iter().zip(&self.subject);
        all.filter_map(|(arc, values)| {
            let single = matches!(arc, COMMON_NAME | SERIAL_NUMBER);
            let first = if single {
                values.len().saturating_sub(1)
            } else {
                0
            };
            let values = &values[first..];
            (!values.is_empty()).then_some((arc, values))
        })
    }

    fn values(&self, attribute: u8) -> &[String] {
        let mut subject = self.subject();
        let found = subject.find(|(arc, _)| *arc == attribute);
        found.map_or(&[], |(_, values)| values)
    }

    pub(super) fn organizations(&self) -> &[String] {
        self.values(ORGANIZATION)
    }

    /// Empty when there is none.
    pub(super) fn common_name(&self) -> &str {
        let names = self.values(COMMON_NAME);
        names.first().map_or("", String::as_str)
    }
}

fn is_attribute(oid: &Oid<'_>, arc: u8) -> bool {
    oid.as_bytes() == [ID_AT[0], ID_AT[1], arc]
}

/// A value of whatever string type. One that cannot be read must not get into a certificate unread.
fn text(attribute: &AttributeTypeAndValue<'_>) -> Result<String, String> {
    let value = attribute.attr_value();
    match value.tag() {
        Tag::BmpString => {
            let units = value.data.chunks_exact(2);
            let units: Vec<u16> = units
                .map(|two| u16::from_be_bytes([two[0], two[1]]))
                .collect();
            String::from_utf16(&units).map_err(|_| "invalid BMPString".to_owned())
        }
        Tag::T61String => Ok(value.data.iter().map(|byte| char::from(*byte)).collect()),
        _ => attribute
            .as_str()
            .map(str::to_owned)
            .map_err(|_| "x509: invalid RDNSequence: unsupported string type".to_owned()),
    }
}

fn alternative_names(request: &X509CertificationRequest<'_>) -> Result<AlternativeNames, String> {
    let mut names = AlternativeNames::default();
    for extension in request.requested_extensions().into_iter().flatten() {
        match extension {
            ParsedExtension::SubjectAlternativeName(found) => {
                for name in &found.general_names {
                    names.add(name)?;
                }
            }
            ParsedExtension::UnsupportedExtension { oid }
                if *oid == OID_X509_EXT_SUBJECT_ALT_NAME =>
            {
                return Err("x509: invalid subject alternative names".to_owned());
            }
            ParsedExtension::ParseError { .. } => {
                return Err("x509: invalid certificate extension".to_owned());
            }
            _ => {}
        }
    }
    Ok(names)
}

impl AlternativeNames {
    fn add(&mut self, name: &GeneralName<'_>) -> Result<(), String> {
        match name {
            GeneralName::DNSName(name) => self.dns.push((*name).to_owned()),
            GeneralName::RFC822Name(name) => self.emails.push((*name).to_owned()),
            GeneralName::URI(name) => self.uris.push((*name).to_owned()),
            GeneralName::IPAddress(bytes) if matches!(bytes.len(), 4 | 16) => {
                self.addresses.push(bytes.to_vec());
            }
            GeneralName::IPAddress(bytes) => {
                let length = bytes.len();
                return Err(format!("x509: cannot parse IP address of length {length}"));
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests;
