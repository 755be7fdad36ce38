//! The clsact qdisc of an interface, which packet programs hang on before Linux 6.6: tc(8), linux/rtnetlink.h,
//! linux/pkt_cls.h.

use std::io;
use std::os::fd::{AsFd, AsRawFd as _};

use super::{Message, Socket};

const RTM_NEWQDISC: u16 = 36;
const RTM_DELQDISC: u16 = 37;
const RTM_NEWTFILTER: u16 = 44;
const RTM_DELTFILTER: u16 = 45;
const RTM_GETTFILTER: u16 = 46;
const NLM_F_EXCL: u16 = 0x200;
const NLM_F_CREATE: u16 = 0x400;
const TCA_KIND: u16 = 1;
const TCA_OPTIONS: u16 = 2;
const TCA_BPF_FD: u16 = 6;
const TCA_BPF_NAME: u16 = 7;
const TCA_BPF_FLAGS: u16 = 8;
const TCA_BPF_FLAG_ACT_DIRECT: u32 = 1;
const CLSACT: u32 = 0xffff_fff1;
const CLSACT_HANDLE: u32 = 0xffff_0000;
const ETH_P_ALL: u16 = 3;
/// Of our filters: fixed, so that a later start replaces them.
const PRIORITY: u32 = 1;
const HANDLE: u32 = 1;

/// Where packets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Ingress,
    Egress,
}

/// Adds the clsact qdisc to an interface. Returns whether it was missing.
pub fn add_clsact(socket: &mut Socket, index: u32) -> io::Result<bool> {
    let fixed = tcmsg(index, CLSACT_HANDLE, CLSACT, 0);
    let message = Message::new(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, &fixed);
    match socket.request(message.text(TCA_KIND, "clsact")) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        other => other.map(|()| true),
    }
}

/// Hangs a loaded program on the qdisc, in place of an earlier one.
pub fn set_program(index: u32, side: Side, program: &impl AsFd, name: &str) -> Message {
    let descriptor =
        u32::try_from(program.as_fd().as_raw_fd()).expect("descriptors are not negative");
    let fixed = tcmsg(index, HANDLE, side.parent(), filter_info());
    Message::new(RTM_NEWTFILTER, NLM_F_CREATE, &fixed)
        .text(TCA_KIND, "bpf")
        .nested(TCA_OPTIONS, |options| {
            options
                .u32(TCA_BPF_FD, descriptor)
                .text(TCA_BPF_NAME, name)
                .u32(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT)
        })
}

/// Takes the program of [`set_program`] away.
pub fn remove_program(index: u32, side: Side) -> Message {
    Message::new(
        RTM_DELTFILTER,
        0,
        &tcmsg(index, HANDLE, side.parent(), filter_info()),
    )
    .text(TCA_KIND, "bpf")
}

/// Removes the clsact qdisc of an interface unless a filter hangs on it. Returns whether it did.
pub fn delete_unused_clsact(socket: &mut Socket, index: u32) -> io::Result<bool> {
    let mut filters = 0;
    for side in [Side::Ingress, Side::Egress] {
        let fixed = tcmsg(index, 0, side.parent(), 0);
        socket.dump(Message::new(RTM_GETTFILTER, 0, &fixed), |_| filters += 1)?;
    }
    if filters > 0 {
        return Ok(false);
    }
    socket.request(Message::new(
        RTM_DELQDISC,
        0,
        &tcmsg(index, CLSACT_HANDLE, CLSACT, 0),
    ))?;
    Ok(true)
}

impl Side {
    const fn parent(self) -> u32 {
        match self {
            Side::Ingress => 0xffff_fff2,
            Side::Egress => 0xffff_fff3,
        }
    }
}

/// Of a filter for every protocol.
const fn filter_info() -> u32 {
    PRIORITY << 16 | ETH_P_ALL.to_be() as u32
}

/// `struct tcmsg`.
fn tcmsg(index: u32, handle: u32, parent: u32, info: u32) -> [u8; 20] {
    let mut fixed = [0; 20];
    fixed[4..8].copy_from_slice(&index.to_ne_bytes());
    fixed[8..12].copy_from_slice(&handle.to_ne_bytes());
    fixed[12..16].copy_from_slice(&parent.to_ne_bytes());
    fixed[16..].copy_from_slice(&info.to_ne_bytes());
    fixed
}
