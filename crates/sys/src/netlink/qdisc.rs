//! The clsact qdisc of an interface, which packet programs hang on before Linux 6.6: tc(8), linux/rtnetlink.h.

use std::io;

use super::{Message, Socket};

const RTM_NEWQDISC: u16 = 36;
const RTM_DELQDISC: u16 = 37;
const RTM_GETTFILTER: u16 = 46;
const NLM_F_EXCL: u16 = 0x200;
const NLM_F_CREATE: u16 = 0x400;
const TCA_KIND: u16 = 1;
const CLSACT: u32 = 0xffff_fff1;
const CLSACT_HANDLE: u32 = 0xffff_0000;
const INGRESS: u32 = 0xffff_fff2;
const EGRESS: u32 = 0xffff_fff3;

/// Adds the clsact qdisc to an interface. Returns whether it was missing.
pub fn add_clsact(socket: &mut Socket, index: u32) -> io::Result<bool> {
    let message = Message::new(
        RTM_NEWQDISC,
        NLM_F_CREATE | NLM_F_EXCL,
        &tcmsg(index, CLSACT_HANDLE, CLSACT),
    );
    match socket.request(message.text(TCA_KIND, "clsact")) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        other => other.map(|()| true),
    }
}

/// Removes the clsact qdisc of an interface unless a filter hangs on it. Returns whether it did.
pub fn delete_unused_clsact(socket: &mut Socket, index: u32) -> io::Result<bool> {
    let mut filters = 0;
    for parent in [INGRESS, EGRESS] {
        socket.dump(
            Message::new(RTM_GETTFILTER, 0, &tcmsg(index, 0, parent)),
            |_| filters += 1,
        )?;
    }
    if filters > 0 {
        return Ok(false);
    }
    socket.request(Message::new(
        RTM_DELQDISC,
        0,
        &tcmsg(index, CLSACT_HANDLE, CLSACT),
    ))?;
    Ok(true)
}

/// `struct tcmsg`.
fn tcmsg(index: u32, handle: u32, parent: u32) -> [u8; 20] {
    let mut fixed = [0; 20];
    fixed[4..8].copy_from_slice(&index.to_ne_bytes());
    fixed[8..12].copy_from_slice(&handle.to_ne_bytes());
    fixed[12..16].copy_from_slice(&parent.to_ne_bytes());
    fixed
}
