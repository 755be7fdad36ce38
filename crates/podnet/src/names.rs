//! Names of what belongs to a cluster on this machine. Interface names have at most 15 bytes, so they carry a hash of the
//! cluster's name; aliases, which have room, tell the rest.

use std::net::Ipv4Addr;

use sys::netlink::link::Mac;

#[cfg(test)]
mod tests;

/// Of one cluster.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    cluster: String,
    /// Six hexadecimal digits.
    hash: String,
}

impl Names {
    pub(crate) fn of(cluster: &str) -> Names {
        Names {
            cluster: cluster.to_owned(),
            hash: format!("{:06x}", fnv1a(cluster.as_bytes()) & 0xff_ffff),
        }
    }

    pub(crate) fn bridge(&self) -> String {
        format!("sampan-{}", self.hash)
    }

    /// The host's end of a pod's link: `number` is the address's place in the pod network.
    pub(crate) fn veth(&self, number: u32) -> String {
        format!("{}{number:04x}", self.veth_prefix())
    }

    pub(crate) fn veth_prefix(&self) -> String {
        format!("sp{}-", self.hash)
    }

    pub(crate) fn table(&self) -> String {
        format!("sampan-{}", self.cluster)
    }

    pub(crate) fn alias(&self, what: &str) -> String {
        // The kernel takes 255 bytes.
        let mut alias = format!("sampan {}: {what}", self.cluster);
        while alias.len() > 255 {
            alias.pop();
        }
        alias
    }
}

/// A pod's hardware address follows from its address: neighbours that remember a pod find the next one with its address.
pub(crate) fn pod_mac(address: Ipv4Addr) -> Mac {
    let [a, b, c, d] = address.octets();
    [0x0a, 0x58, a, b, c, d]
}

/// Of the host's end of the same link.
pub(crate) fn host_mac(address: Ipv4Addr) -> Mac {
    let [a, b, c, d] = address.octets();
    [0x0e, 0x58, a, b, c, d]
}

/// Fowler–Noll–Vo, 32 bits: the same in every version of this program.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
