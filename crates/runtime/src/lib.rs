//! Containers: sandbox, create, start, exec, logs, stop.
//!
//! The interface is CRI v1 ([`cri`]), called in process. It knows nothing of the Kubernetes API: a pod here is a
//! sandbox with containers. Addresses come from outside through [`SandboxNetwork`].

pub mod cri;
pub mod embedded;
mod embedded_paths;
#[cfg(feature = "fake")]
pub mod fake;
mod records;
pub mod service;
pub mod shim;
mod spec;

pub use embedded::{Embedded, EmbeddedConfig, open_images, puller, reset};
pub use service::{
    Answer, ByteStream, Code, ContainerEvent, ContainerEvents, CriError, CriResult, EventReceiver,
    EventSender, ImageService, Runtime, RuntimeService, SandboxIdentity, SandboxNetwork, Session,
    Streaming, TerminalSize,
};
