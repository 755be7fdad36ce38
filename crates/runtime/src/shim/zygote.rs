//! The process from which shims are forked. It lives as long as its server.

use std::io;
use std::os::fd::{AsFd, OwnedFd};

use sys::process::{self, Fork};

use super::pod;
use super::protocol::{self, NewPod, PodMade};

/// Serves requests for pods on descriptor 0 until the server is gone.
pub(super) fn run() -> ! {
    process::set_name(c"sampan-zygote");
    process::ignore_children();
    // Whatever else the server had open is none of the pods' business.
    process::close_from(3);
    // A terminal's Ctrl-C is for the server. Already leading a session is as good.
    let _leader = nix::unistd::setsid();
    let code = match take_stdin().and_then(|socket| serve(&socket)) {
        Ok(()) => 0,
        Err(_) => 1,
    };
    process::exit_now(code)
}

/// Moves the socket away from descriptor 0, which children expect to be harmless.
fn take_stdin() -> io::Result<OwnedFd> {
    let socket = io::stdin().as_fd().try_clone_to_owned()?;
    let null = std::fs::File::open("/dev/null")?;
    nix::unistd::dup2_stdin(&null)?;
    Ok(socket)
}

fn serve(socket: &OwnedFd) -> io::Result<()> {
    while let Some((pod, _)) = protocol::receive::<NewPod>(socket.as_fd())? {
        match process::fork() {
            Ok(Fork::Child) => pod::run(&pod, socket.try_clone()?),
            Ok(Fork::Parent(_)) => {}
            Err(error) => {
                let made = PodMade {
                    id: pod.id,
                    error: error.to_string(),
                    ..Default::default()
                };
                protocol::send(socket.as_fd(), &made, &[])?;
            }
        }
    }
    Ok(())
}
