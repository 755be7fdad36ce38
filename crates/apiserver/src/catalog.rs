//! What is served: the kinds of this program, and those that definitions add while it runs. A snapshot, replaced as a whole.
use crate::{
    aggregation::RemoteVersion,
    cache::Caches,
    custom::Definition,
    discovery::{Discovery, Shown},
    enablement::Enablement,
    endpoint::Endpoint,
    reviews,
};
use parking_lot::{Mutex, RwLock};
use resource::{ResourceType, Served};
use schema::discovery::ResourceInfo as Row;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::watch;

/// Everything that is served at one time.
pub(crate) struct Catalog {
    /// By `apps/v1/deployments`, `v1/pods`.
    served: HashMap<String, Arc<Endpoint>>,
    /// The same, kinds in the order in which they were given, each kind's stored version first.
    endpoints: Vec<Arc<Endpoint>>,
    unstored: Vec<&'static Row>,
    pub(crate) discovery: Discovery,
}

impl Catalog {
    fn new(
        endpoints: Vec<Arc<Endpoint>>,
        unstored: Vec<&'static Row>,
        remote: &[RemoteVersion],
        address: &str,
    ) -> Self {
        let by_path = |endpoint: &Arc<Endpoint>| {
            let info = endpoint.info();
            let path = format!("{}/{}", info.api_version, info.plural);
            (path, Arc::clone(endpoint))
        };
        let served = endpoints.iter().map(by_path).collect();
        let infos = endpoints.iter().map(|endpoint| {
            let definition = endpoint.definition();
            Shown {
                info: endpoint.info(),
                ends: definition.is_some_and(Definition::is_terminating),
                stored: definition.map(|_| &*endpoint.cache.resource.info().version),
            }
        });
        Self {
            served,
            discovery: Discovery::new(infos, &unstored, remote, address.to_owned()),
            endpoints,
            unstored,
        }
    }

    /// The resource at a path.
    pub(crate) fn served(&self, group: &str, version: &str, plural: &str) -> Option<Arc<Endpoint>> {
        let mut key = meta::Str::default();
        for part in [group, version, plural] {
            if !part.is_empty() {
                if !key.is_empty() {
                    key.push('/');
                }
                key.push_str(part);
            }
        }
        self.served.get(key.as_str()).cloned()
    }

    /// What no store holds, and is served.
    pub(crate) fn unstored(&self) -> &[&'static Row] {
        &self.unstored
    }

    /// Every resource in every version in which it is served.
    pub(crate) fn endpoints(&self) -> &[Arc<Endpoint>] {
        &self.endpoints
    }
}

/// The present catalog, and what it is made of.
pub(crate) struct Catalogs {
    builtin: Vec<Arc<Endpoint>>,
    unstored: Vec<&'static Row>,
    /// `host:port` where the server says that it is.
    address: String,
    now: RwLock<Arc<Catalog>>,
    /// Group versions of other servers.
    remote: Mutex<Vec<RemoteVersion>>,
    changes: watch::Sender<()>,
}

impl Catalogs {
    pub(crate) fn new(
        resources: &[Arc<dyn ResourceType>],
        enablement: Enablement,
        caches: &Caches,
        address: &str,
    ) -> Self {
        let of_resource = |resource: &Arc<dyn ResourceType>| {
            let info = resource.info();
            let cache = caches.of(&info.group, &info.plural)?;
            let endpoint = move |served| Arc::new(Endpoint::new(Arc::clone(&cache), served));
            Some(
                Served::versions_of(resource)
                    .filter(|served| {
                        let info = served.info();
                        enablement.serves(&info.group, &info.version, &info.plural)
                    })
                    .map(endpoint)
                    .collect::<Vec<_>>(),
            )
        };
        let builtin: Vec<_> = resources.iter().filter_map(of_resource).flatten().collect();
        let unstored = reviews::UNSTORED
            .iter()
            .filter(|(group, version, plural)| enablement.serves(group, version, plural))
            .filter_map(|row| schema::discovery::resource(row.0, row.1, row.2));
        let unstored: Vec<&Row> = unstored.collect();
        let now = Catalog::new(builtin.clone(), unstored.clone(), &[], address);
        let now = RwLock::new(Arc::new(now));
        Self {
            builtin,
            unstored,
            address: address.to_owned(),
            now,
            remote: Mutex::default(),
            changes: watch::Sender::new(()),
        }
    }

    /// What is served now.
    pub(crate) fn now(&self) -> Arc<Catalog> {
        Arc::clone(&self.now.read())
    }

    /// Tells when something else is served.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// From now on `added` is served besides the kinds of this program.
    pub(crate) fn replace(&self, added: impl Iterator<Item = Arc<Endpoint>>) {
        let all = self.builtin.iter().cloned().chain(added).collect();
        let remote = self.remote.lock();
        self.publish(all, &remote);
        drop(remote);
        self.changes.send_replace(());
    }

    /// From now on discovery shows these group versions of other servers.
    pub(crate) fn show_remote(&self, versions: Vec<RemoteVersion>) {
        let mut remote = self.remote.lock();
        if *remote == versions {
            return;
        }
        *remote = versions;
        let endpoints = self.now().endpoints.clone();
        self.publish(endpoints, &remote);
    }

    /// Whoever calls holds `remote`, so that nothing older is published later.
    fn publish(&self, endpoints: Vec<Arc<Endpoint>>, remote: &[RemoteVersion]) {
        let next = Catalog::new(endpoints, self.unstored.clone(), remote, &self.address);
        *self.now.write() = Arc::new(next);
    }
}
