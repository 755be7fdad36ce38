//! Files of who may that are read again when they change. One that cannot be used changes nothing, and says so.

use super::{AccessError, read};
use apiserver::{
    AbacPolicies, Anonymous, AuthenticationConfiguration, Authorization, Remotes, Server,
};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use platform::Platform;
use std::{
    io,
    os::fd::AsFd,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{io::AsyncReadExt, net::unix::pipe::Receiver};

/// Several events, each with a name of at most 255 bytes.
const EVENTS_BYTES: usize = 4096;

/// The files, and what they held last.
pub(crate) struct Reload {
    remotes: Remotes,
    own_issuers: Vec<String>,
    authentication: Option<Watched>,
    authorization: Option<Watched>,
    /// Of the type ABAC; not read again, as upstream has it.
    policies: Option<Arc<AbacPolicies>>,
    /// May not change while the server runs, as upstream has it.
    anonymous: Option<Anonymous>,
}

struct Watched {
    path: PathBuf,
    text: String,
}

/// Who is told of what the files hold now.
pub(crate) trait Reloaded: Send + Sync + 'static {
    /// `None`: it makes no sense, and the old configuration stays.
    fn authentication(&self, configuration: Option<AuthenticationConfiguration>);
    /// `None` as above.
    fn authorization(&self, configuration: Option<Authorization>);
}

impl Reloaded for Server {
    fn authentication(&self, configuration: Option<AuthenticationConfiguration>) {
        self.configure_authentication(configuration);
    }

    fn authorization(&self, configuration: Option<Authorization>) {
        self.configure_authorization(configuration);
    }
}

const AUTHENTICATION: &str = "authentication-config";
const AUTHORIZATION: &str = "authorization-config";

impl Reload {
    pub(super) fn new(remotes: Remotes, issuer: &str) -> Self {
        Self {
            remotes,
            own_issuers: vec![issuer.to_owned()],
            authentication: None,
            authorization: None,
            policies: None,
            anonymous: None,
        }
    }

    /// What the file holds at the start.
    pub(super) fn authentication(
        &mut self,
        path: &Path,
    ) -> Result<AuthenticationConfiguration, AccessError> {
        let text = read(AUTHENTICATION, path)?;
        let configuration = self.parse_authentication(path, &text)?;
        self.anonymous = configuration.anonymous().cloned();
        let path = path.to_owned();
        self.authentication = Some(Watched { path, text });
        Ok(configuration)
    }

    pub(super) fn authorization(
        &mut self,
        path: &Path,
        policies: Option<Arc<AbacPolicies>>,
    ) -> Result<Authorization, AccessError> {
        self.policies = policies;
        let text = read(AUTHORIZATION, path)?;
        let configuration = self.parse_authorization(path, &text)?;
        let path = path.to_owned();
        self.authorization = Some(Watched { path, text });
        Ok(configuration)
    }

    fn parse_authentication(
        &self,
        path: &Path,
        text: &str,
    ) -> Result<AuthenticationConfiguration, AccessError> {
        AuthenticationConfiguration::parse(text, &self.own_issuers, &self.remotes).map_err(
            |source| AccessError::Authentication {
                path: path.to_owned(),
                source,
            },
        )
    }

    fn parse_authorization(&self, path: &Path, text: &str) -> Result<Authorization, AccessError> {
        let parsed = Authorization::parse(text, self.policies.as_ref(), &self.remotes);
        parsed.map_err(|source| AccessError::Authorization {
            path: path.to_owned(),
            source,
        })
    }

    /// Follows the files until the platform drains.
    ///
    /// # Errors
    /// When their directories cannot be watched.
    pub(crate) fn follow(
        mut self,
        platform: &Platform,
        reloaded: Arc<dyn Reloaded>,
    ) -> io::Result<()> {
        let watched = [&self.authentication, &self.authorization];
        let directories: Vec<PathBuf> = watched
            .into_iter()
            .flatten()
            .filter_map(|watched| watched.path.parent().map(Path::to_owned))
            .collect();
        if directories.is_empty() {
            return Ok(());
        }
        let mut changes = Changes::watch(&directories)?;
        let draining = platform.tasks.draining();
        let follow = async move {
            // Between the start's reading and the watch something may have changed.
            self.read_again(&*reloaded);
            while changes.next().await.is_ok() {
                self.read_again(&*reloaded);
            }
        };
        drop(platform.tasks.spawn("configuration files", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = follow => {}
            }
        }));
        Ok(())
    }

    fn read_again(&mut self, reloaded: &dyn Reloaded) {
        if let Some(mut watched) = self.authentication.take() {
            if watched.changed(AUTHENTICATION) {
                match self.parse_authentication(&watched.path, &watched.text) {
                    Ok(configuration) if configuration.anonymous() != self.anonymous.as_ref() => {
                        let path = watched.path.display();
                        reloaded.authentication(None);
                        tracing::error!(%path, "anonymous: Forbidden: changed from initial configuration file; the old configuration stays");
                    }
                    Ok(configuration) => {
                        reloaded.authentication(Some(configuration));
                        tracing::info!("reloaded authentication config");
                    }
                    Err(error) => {
                        reloaded.authentication(None);
                        tracing::error!(%error, "the old configuration stays");
                    }
                }
            }
            self.authentication = Some(watched);
        }
        if let Some(mut watched) = self.authorization.take() {
            if watched.changed(AUTHORIZATION) {
                match self.parse_authorization(&watched.path, &watched.text) {
                    Ok(configuration) => {
                        reloaded.authorization(Some(configuration));
                        tracing::info!("reloaded authorization config");
                    }
                    Err(error) => {
                        reloaded.authorization(None);
                        tracing::error!(%error, "the old configuration stays");
                    }
                }
            }
            self.authorization = Some(watched);
        }
    }
}

impl Watched {
    /// Reads the file. One that is not there has not changed: it may be about to be replaced.
    fn changed(&mut self, flag: &'static str) -> bool {
        match read(flag, &self.path) {
            Ok(text) if text == self.text => false,
            Ok(text) => {
                self.text = text;
                true
            }
            Err(AccessError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                false
            }
            Err(error) => {
                tracing::error!(%error, "the old configuration stays");
                false
            }
        }
    }
}

/// Changes in directories, counted from the making of this.
struct Changes(Receiver);

impl Changes {
    fn watch(directories: &[PathBuf]) -> io::Result<Self> {
        let inotify = Inotify::init(InitFlags::IN_NONBLOCK | InitFlags::IN_CLOEXEC)?;
        // A file is written in place, or replaced by a rename of itself or of a link on its way.
        let flags =
            AddWatchFlags::IN_CLOSE_WRITE | AddWatchFlags::IN_CREATE | AddWatchFlags::IN_MOVED_TO;
        for directory in directories {
            inotify.add_watch(directory, flags)?;
        }
        // An inotify descriptor is read like a pipe; the clone keeps the watches when `inotify` goes.
        let readable = inotify.as_fd().try_clone_to_owned()?;
        Ok(Self(Receiver::from_owned_fd_unchecked(readable)?))
    }

    /// Waits until something has changed since the last call; which file does not matter.
    async fn next(&mut self) -> io::Result<()> {
        let mut events = [0; EVENTS_BYTES];
        self.0.read(&mut events).await.map(drop)
    }
}
