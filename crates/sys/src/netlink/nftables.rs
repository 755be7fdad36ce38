//! Packet filter tables: nf_tables over netlink (linux/netfilter/nf_tables.h), without the `nft` program. Knows one sort
//! of table, in which source addresses of a network are masqueraded on their way out of it, and one sort of rule in the
//! table that the `iptables` program shares with others.

use std::io;
use std::net::Ipv4Addr;

use super::{BatchError, Message, Socket};

const SUBSYSTEM: u16 = 10 << 8;
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const NEW_TABLE: u16 = SUBSYSTEM;
const DELETE_TABLE: u16 = SUBSYSTEM | 2;
const NEW_CHAIN: u16 = SUBSYSTEM | 3;
const GET_CHAIN: u16 = SUBSYSTEM | 4;
const NEW_RULE: u16 = SUBSYSTEM | 6;
const GET_RULE: u16 = SUBSYSTEM | 7;
const DELETE_RULE: u16 = SUBSYSTEM | 8;
const NLM_F_CREATE: u16 = 0x400;
const NLM_F_APPEND: u16 = 0x800;

const NFPROTO_UNSPEC: u8 = 0;
const NFPROTO_IPV4: u8 = 2;
const POSTROUTING: u32 = 4;
/// NF_IP_PRI_NAT_SRC.
const SOURCE_NAT_PRIORITY: u32 = 100;
const REGISTER: u32 = 1;
const NETWORK_HEADER: u32 = 1;
const SOURCE_OFFSET: u32 = 12;
const DESTINATION_OFFSET: u32 = 16;
/// NFT_META_IIFNAME and NFT_META_OIFNAME.
const INTERFACE_KEYS: [u32; 2] = [6, 7];
const NF_ACCEPT: u32 = 1;
/// The chain of the `iptables` program that forwarded packets pass; container engines make it drop.
const SHARED_TABLE: &str = "filter";
const SHARED_CHAIN: &str = "FORWARD";
const EQUAL: u32 = 0;
const NOT_EQUAL: u32 = 1;

/// A network to be masqueraded.
#[derive(Debug, Clone, Copy)]
pub struct Masquerade {
    /// Packets from here…
    pub source: (Ipv4Addr, u8),
    /// …to anywhere but here get the address of the interface they leave by.
    pub except: (Ipv4Addr, u8),
}

/// Makes `table` hold this and nothing else, in one transaction.
pub fn set_masquerade(
    socket: &mut Socket,
    table: &str,
    masquerade: &Masquerade,
) -> Result<(), BatchError> {
    let chain = Message::new(NEW_CHAIN, NLM_F_CREATE, &generic(NFPROTO_IPV4, 0))
        .text(1, table)
        .text(3, "postrouting")
        .nested(4, |hook| {
            hook.be32(1, POSTROUTING).be32(2, SOURCE_NAT_PRIORITY)
        })
        .text(7, "nat");
    let rule = Message::new(
        NEW_RULE,
        NLM_F_CREATE | NLM_F_APPEND,
        &generic(NFPROTO_IPV4, 0),
    )
    .text(1, table)
    .text(2, "postrouting")
    .nested(4, |expressions| {
        let expressions = compare(expressions, SOURCE_OFFSET, masquerade.source, EQUAL);
        let expressions = compare(
            expressions,
            DESTINATION_OFFSET,
            masquerade.except,
            NOT_EQUAL,
        );
        expression(expressions, "masq", |data| data)
    });
    // Deleting needs a table that exists: adding one that exists is no error.
    transaction(
        socket,
        vec![
            new_table(table),
            delete_table(table),
            new_table(table),
            chain,
            rule,
        ],
    )
}

/// Removes `table` and all that is in it; it need not exist.
pub fn remove_table(socket: &mut Socket, table: &str) -> Result<(), BatchError> {
    transaction(socket, vec![new_table(table), delete_table(table)])
}

/// Accepts what is forwarded from and to `interface`, in front of the rules that others have in the `iptables` program's
/// FORWARD chain, under the comment `label`. Returns whether there is such a chain; without one nothing is needed.
pub fn accept_forwarding(
    socket: &mut Socket,
    interface: &str,
    label: &str,
) -> Result<bool, BatchError> {
    if !has_shared_chain(socket).map_err(first)? {
        return Ok(false);
    }
    let mut parts = deletions(socket, label).map_err(first)?;
    parts.extend(INTERFACE_KEYS.map(|key| accept(interface, key, label)));
    transaction(socket, parts)?;
    Ok(true)
}

/// Undoes [`accept_forwarding`].
pub fn remove_accepted_forwarding(socket: &mut Socket, label: &str) -> Result<(), BatchError> {
    if !has_shared_chain(socket).map_err(first)? {
        return Ok(());
    }
    let parts = deletions(socket, label).map_err(first)?;
    if parts.is_empty() {
        Ok(())
    } else {
        transaction(socket, parts)
    }
}

fn has_shared_chain(socket: &mut Socket) -> io::Result<bool> {
    let question = Message::new(GET_CHAIN, 0, &generic(NFPROTO_IPV4, 0))
        .text(1, SHARED_TABLE)
        .text(3, SHARED_CHAIN);
    match socket.request(question) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        other => other.map(|()| true),
    }
}

/// Deletes each rule of the shared chain that has our comment.
fn deletions(socket: &mut Socket, label: &str) -> io::Result<Vec<Message>> {
    let wanted = comment(label);
    let mut handles = Vec::new();
    let rules = shared_rule(GET_RULE, 0);
    socket.dump(rules, |reply| {
        let attributes = reply.attributes(size_of_val(&generic(0, 0)));
        if attributes.value(7) == Some(&wanted) {
            handles.extend(attributes.value(3).map(<[u8]>::to_vec));
        }
    })?;
    Ok(handles
        .iter()
        .map(|handle| shared_rule(DELETE_RULE, 0).bytes(3, handle))
        .collect())
}

/// In front of all other rules, with a counter, as the `iptables` program writes and reads it.
fn accept(interface: &str, key: u32, label: &str) -> Message {
    let mut name = interface.as_bytes().to_vec();
    name.push(0);
    shared_rule(NEW_RULE, NLM_F_CREATE)
        .nested(4, |expressions| {
            let expressions = expression(expressions, "meta", |data| {
                data.be32(1, REGISTER).be32(2, key)
            });
            let expressions = expression(expressions, "cmp", |data| {
                data.be32(1, REGISTER)
                    .be32(2, EQUAL)
                    .nested(3, |value| value.bytes(1, &name))
            });
            let expressions = expression(expressions, "counter", |data| data);
            expression(expressions, "immediate", |data| {
                data.be32(1, 0).nested(2, |value| {
                    value.nested(2, |verdict| verdict.be32(1, NF_ACCEPT))
                })
            })
        })
        .bytes(7, &comment(label))
}

fn shared_rule(kind: u16, flags: u16) -> Message {
    Message::new(kind, flags, &generic(NFPROTO_IPV4, 0))
        .text(1, SHARED_TABLE)
        .text(2, SHARED_CHAIN)
}

/// How the `nft` program keeps a rule's comment: a type, a length, text with its terminating zero.
fn comment(label: &str) -> Vec<u8> {
    let length = u8::try_from(label.len() + 1).unwrap_or(u8::MAX);
    let mut bytes = vec![0, length];
    bytes.extend(label.bytes().take(usize::from(length) - 1));
    bytes.push(0);
    bytes
}

fn first(source: io::Error) -> BatchError {
    BatchError { index: 0, source }
}

fn transaction(socket: &mut Socket, parts: Vec<Message>) -> Result<(), BatchError> {
    let mut messages = vec![Message::new(BATCH_BEGIN, 0, &generic(NFPROTO_UNSPEC, 10))];
    messages.extend(parts);
    messages.push(Message::new(BATCH_END, 0, &generic(NFPROTO_UNSPEC, 10)));
    socket.transaction(messages)
}

fn new_table(table: &str) -> Message {
    Message::new(NEW_TABLE, NLM_F_CREATE, &generic(NFPROTO_IPV4, 0))
        .text(1, table)
        .be32(2, 0)
}

fn delete_table(table: &str) -> Message {
    Message::new(DELETE_TABLE, 0, &generic(NFPROTO_IPV4, 0)).text(1, table)
}

/// Loads an IPv4 address of the packet, masks it and compares it with a network.
fn compare(
    expressions: Message,
    offset: u32,
    (network, prefix_length): (Ipv4Addr, u8),
    operation: u32,
) -> Message {
    let mask = u32::MAX
        .checked_shl(32 - u32::from(prefix_length))
        .unwrap_or(0);
    let network = network.to_bits() & mask;
    let value = |attribute, number: u32| {
        move |data: Message| data.nested(attribute, |value| value.be32(1, number))
    };
    let expressions = expression(expressions, "payload", |data| {
        data.be32(1, REGISTER)
            .be32(2, NETWORK_HEADER)
            .be32(3, offset)
            .be32(4, 4)
    });
    let expressions = expression(expressions, "bitwise", |data| {
        let data = data.be32(1, REGISTER).be32(2, REGISTER).be32(3, 4);
        value(5, 0)(value(4, mask)(data))
    });
    expression(expressions, "cmp", |data| {
        value(3, network)(data.be32(1, REGISTER).be32(2, operation))
    })
}

fn expression(list: Message, name: &str, data: impl FnOnce(Message) -> Message) -> Message {
    list.nested(1, |element| element.text(1, name).nested(2, data))
}

/// `struct nfgenmsg`.
fn generic(family: u8, resource: u16) -> [u8; 4] {
    let [high, low] = resource.to_be_bytes();
    [family, 0, high, low]
}
