//! The certificate with which the API server speaks for its users to aggregated servers: issued on first use, and again when it is due.

use super::{Parts, wall};
use crate::pki::Leaf;
use apiserver::FrontProxy;
use platform::Platform;
use std::sync::{Arc, Mutex, PoisonError};

pub(super) fn front_proxy(parts: &Parts<'_>, base: &Platform) -> FrontProxy {
    let (pki, platform) = (Arc::clone(parts.pki), base.clone());
    let current: Mutex<Option<Leaf>> = Mutex::new(None);
    Arc::new(move || {
        let now = wall(&platform);
        let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_none_or(|leaf| leaf.renew_at <= now) {
            match pki.issue_front_proxy(now) {
                Ok(leaf) => *current = Some(leaf),
                // The last one is good for a while yet.
                Err(error) => {
                    tracing::error!(%error, "failed to issue the front proxy's certificate")
                }
            }
        }
        let leaf = current.as_ref()?;
        let pem = |text: &str| text.as_bytes().to_vec();
        Some((pem(&leaf.certificate_pem), pem(&leaf.key_pem)))
    })
}
