//! The API server's certificate: issued in memory, again before it expires, and again when the machine's addresses change. All
//! without a restart; connections that are open keep the one they have.

use super::{Parts, wall};
use crate::pki::{Identity, Leaf, Pki, PkiError};
use arc_swap::ArcSwap;
use platform::Platform;
use rustls::{
    crypto::ring::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
};
use time::OffsetDateTime;

/// After a renewal failed.
const RETRY: time::Duration = time::Duration::HOUR;

/// Serves whatever certificate is current.
pub(crate) struct Certificate {
    pki: Arc<Pki>,
    platform: Platform,
    names: Mutex<Names>,
    current: ArcSwap<CertifiedKey>,
}

/// What clients may call the server.
struct Names {
    dns: Vec<String>,
    /// Those that hold for this start.
    addresses: Vec<IpAddr>,
    /// The machine's own, where the server listens on all of them.
    machine: Option<Vec<IpAddr>>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}

impl Certificate {
    /// Issues the first one, and renews it until the components drain.
    ///
    /// # Errors
    /// A name that no certificate can hold.
    pub(super) fn issue(parts: &Parts<'_>) -> Result<Arc<Self>, PkiError> {
        let platform = parts.platform.group("certificates");
        let names = Names::of(parts);
        let leaf = parts.pki.issue(&names.identity(), wall(&platform))?;
        let this = Arc::new(Self {
            pki: Arc::clone(parts.pki),
            platform,
            names: Mutex::new(names),
            current: ArcSwap::from_pointee(certified(&leaf)),
        });
        Arc::clone(&this).renew_in_time(leaf.renew_at);
        Ok(this)
    }

    /// The machine's own addresses are these now. Where the server does not listen on them, nothing changes.
    pub(crate) fn set_machine(&self, addresses: &[Ipv4Addr]) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(machine) = &mut names.machine else {
            return;
        };
        *machine = addresses.iter().copied().map(IpAddr::V4).collect();
        drop(names);
        if let Err(error) = self.replace() {
            tracing::error!(%error, "the API server's certificate does not name the machine's new addresses");
        }
    }

    /// Says when the new one is to be renewed.
    fn replace(&self) -> Result<OffsetDateTime, PkiError> {
        let identity = self
            .names
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .identity();
        let leaf = self.pki.issue(&identity, wall(&self.platform))?;
        self.current.store(Arc::new(certified(&leaf)));
        Ok(leaf.renew_at)
    }

    fn renew_in_time(self: Arc<Self>, mut renew_at: OffsetDateTime) {
        let tasks = self.platform.tasks.clone();
        let draining = tasks.draining();
        let renewing = async move {
            loop {
                let wait = (renew_at - wall(&self.platform)).try_into();
                self.platform.clock.sleep(wait.unwrap_or_default()).await;
                renew_at = self.replace().unwrap_or_else(|error| {
                    tracing::error!(%error, "failed to renew the API server's certificate; trying again in an hour");
                    wall(&self.platform) + RETRY
                });
            }
        };
        drop(tasks.spawn("renew certificate", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = renewing => {}
            }
        }));
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

impl Names {
    /// Every name and address that a client may use.
    fn of(parts: &Parts<'_>) -> Self {
        let config = parts.config;
        let service = format!("kubernetes.default.svc.{}", config.cluster_domain);
        let mut dns: Vec<String> = [
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            &service,
            &config.node_name,
        ]
        .map(str::to_owned)
        .into();
        let mut addresses = vec![
            IpAddr::from([127, 0, 0, 1]),
            parts.advertise,
            config.service_cidr.nth(1).into(),
        ];
        let everywhere = config.bind_address.is_unspecified();
        if !everywhere {
            addresses.push(config.bind_address);
        }
        for name in &config.tls_sans {
            match name.parse() {
                Ok(address) => addresses.push(address),
                Err(_) => dns.push(name.clone()),
            }
        }
        let own = |address: &Ipv4Addr| IpAddr::V4(*address);
        Self {
            dns,
            addresses,
            machine: everywhere.then(|| parts.addresses.iter().map(own).collect()),
        }
    }

    fn identity(&self) -> Identity {
        let mut addresses = self.addresses.clone();
        addresses.extend(self.machine.iter().flatten());
        addresses.sort_unstable();
        addresses.dedup();
        Identity::Server {
            names: self.dns.clone(),
            addresses,
        }
    }
}

fn certified(leaf: &Leaf) -> CertifiedKey {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.key_der.clone()));
    let key = any_supported_type(&key).expect("we made this P-256 key");
    CertifiedKey::new(
        vec![CertificateDer::from(leaf.certificate_der.clone())],
        key,
    )
}
