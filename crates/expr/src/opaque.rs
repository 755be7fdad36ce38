//! Values of the Kubernetes library: quantities, URLs, addresses, networks, versions, formats.

pub(crate) mod authorization;
pub(crate) mod format;
pub(crate) mod net;
pub(crate) mod semver;
pub(crate) mod url;

use authorization::Authorization;
use meta::Quantity;
use std::{fmt, net::IpAddr};

/// One of them. Equal as upstream has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Opaque {
    Quantity(Quantity),
    Url(url::Url),
    Ip(IpAddr),
    Cidr(net::Cidr),
    Semver(semver::Semver),
    Format(&'static format::Format),
    Authorization(Authorization),
}

impl Opaque {
    /// The name of its type.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Url(_) => "kubernetes.URL",
            Self::Ip(_) => "net.IP",
            Self::Cidr(_) => "net.CIDR",
            Self::Semver(_) => "kubernetes.Semver",
            Self::Format(_) => "kubernetes.NamedFormat",
            Self::Authorization(authorization) => authorization.type_name(),
        }
    }

    /// What Go calls the type, where upstream shows that.
    pub(crate) fn go_type(&self) -> &'static str {
        match self {
            Self::Quantity(_) => "cel.Quantity",
            Self::Url(_) => "cel.URL",
            Self::Ip(_) => "cel.IP",
            Self::Cidr(_) => "cel.CIDR",
            Self::Semver(_) => "cel.Semver",
            Self::Format(_) | Self::Authorization(_) => self.type_name(),
        }
    }

    /// Bytes of addresses, one for all else.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Ip(IpAddr::V4(_)) => 4,
            Self::Ip(IpAddr::V6(_)) => 16,
            Self::Cidr(cidr) => u64::from(cidr.bits.div_ceil(8)),
            _ => 1,
        }
    }

    /// How long a format's pattern counts.
    pub(crate) fn regex_size(&self) -> u64 {
        match self {
            Self::Format(format) => format.regex_size,
            _ => 1,
        }
    }
}

impl fmt::Display for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Url(url) => f.write_str(&url.text),
            Self::Ip(address) => address.fmt(f),
            Self::Cidr(cidr) => write!(f, "{}/{}", cidr.address, cidr.bits),
            Self::Semver(version) => version.fmt(f),
            Self::Format(format) => f.write_str(format.name),
            Self::Authorization(_) => f.write_str(self.type_name()),
        }
    }
}
