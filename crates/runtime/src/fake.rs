//! A runtime without containers: it does what a script says, on the clock it is given.
//!
//! It implements the real interface, so that a node can be tested and simulated with it. All times come from
//! `platform::Clock`, all waiting goes through `platform::Tasks`.

mod images;
mod sandboxes;
mod script;
mod streaming;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use parking_lot::Mutex;
use platform::Platform;

pub use script::{ExecScript, PullScript, Run, Script};

use crate::cri::v1;
use crate::records::{self, ContainerRecord, Exit, SandboxRecord};
use crate::service::{ContainerEvents, CriError, CriResult, EventReceiver, EventSender};

/// Calls remembered for assertions; older ones are forgotten.
const CALLS_MAX: usize = 10_000;

/// The scripted runtime. Clones are the same runtime.
#[derive(Clone)]
pub struct FakeRuntime(Arc<Inner>);

struct Inner {
    platform: Platform,
    /// The first pod's address; the next pods count up.
    first_ip: Ipv4Addr,
    events: EventSender,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    scripts: BTreeMap<String, Script>,
    pulls: BTreeMap<String, PullScript>,
    images: BTreeMap<String, v1::Image>,
    sandboxes: BTreeMap<String, SandboxRecord>,
    containers: BTreeMap<String, ContainerRecord>,
    calls: Vec<String>,
    sandboxes_made: u32,
    ids_made: u64,
    /// Every call fails with this while set.
    outage: Option<CriError>,
}

impl std::fmt::Debug for FakeRuntime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FakeRuntime").finish_non_exhaustive()
    }
}

impl FakeRuntime {
    /// `first_ip` is given to the first pod, the next ones count up.
    #[must_use]
    pub fn new(platform: Platform, first_ip: Ipv4Addr) -> Self {
        let inner = Inner {
            platform,
            first_ip,
            events: EventSender::default(),
            state: Mutex::default(),
        };
        Self(Arc::new(inner))
    }

    /// What a container does whose name, or else whose image, is `name`. Without a script it starts at once, runs
    /// until it is stopped, and ends with 0 on the stop signal.
    pub fn script(&self, name: &str, script: Script) {
        self.0.state.lock().scripts.insert(name.to_owned(), script);
    }

    /// How pulling `image` goes. Without a script it succeeds at once.
    pub fn script_pull(&self, image: &str, pull: PullScript) {
        self.0.state.lock().pulls.insert(image.to_owned(), pull);
    }

    /// Puts an image on the node without a pull. Answers with its id.
    pub fn add_image(&self, image: &str) -> String {
        self.0.state.lock().add_image(image)
    }

    /// Makes every later call fail with `outage`, or work again.
    pub fn set_outage(&self, outage: Option<CriError>) {
        self.0.state.lock().outage = outage;
    }

    /// Ends a running container now, as if its process had. `false` when no such container runs.
    #[must_use]
    pub fn exit(&self, container_id: &str, code: i32, oom_killed: bool) -> bool {
        self.finish(container_id, code, oom_killed)
    }

    /// Ids of the running containers with this name, oldest first.
    #[must_use]
    pub fn running(&self, name: &str) -> Vec<String> {
        let state = self.0.state.lock();
        let mut found: Vec<&ContainerRecord> = state
            .containers
            .values()
            .filter(|c| c.is_running() && container_name(c) == name)
            .collect();
        found.sort_by_key(|c| c.started_at);
        found.into_iter().map(|c| c.id.clone()).collect()
    }

    /// The calls so far, as `Method id-or-name`, and forgets them.
    #[must_use]
    pub fn take_calls(&self) -> Vec<String> {
        std::mem::take(&mut self.0.state.lock().calls)
    }

    fn now(&self) -> i64 {
        i64::try_from(self.0.platform.clock.now().as_nanosecond()).unwrap_or(i64::MAX)
    }

    /// Notes a call; fails during an outage.
    fn call(&self, method: &str, subject: &str) -> CriResult<()> {
        let mut state = self.0.state.lock();
        if state.calls.len() >= CALLS_MAX {
            state.calls.drain(..CALLS_MAX / 2);
        }
        state.calls.push(format!("{method} {subject}"));
        state.outage.clone().map_or(Ok(()), Err)
    }

    fn finish(&self, container_id: &str, code: i32, oom_killed: bool) -> bool {
        let now = self.now();
        let mut state = self.0.state.lock();
        let Some(record) = state
            .containers
            .get_mut(container_id)
            .filter(|c| c.is_running())
        else {
            return false;
        };
        record.exited(&Exit {
            code,
            oom_killed,
            finished_at: now,
        });
        let event = state.event(
            container_id,
            v1::ContainerEventType::ContainerStoppedEvent,
            now,
        );
        drop(state);
        self.0.events.send(event);
        true
    }

    /// Ends a container after a while, unless it has ended before.
    fn finish_later(&self, id: String, after: std::time::Duration, code: i32, oom_killed: bool) {
        let this = self.clone();
        let sleep = self.0.platform.clock.sleep(after);
        let _detached = self.0.platform.tasks.spawn("fake-container", async move {
            sleep.await;
            this.finish(&id, code, oom_killed);
        });
    }
}

impl ContainerEvents for FakeRuntime {
    fn subscribe(&self) -> EventReceiver {
        self.0.events.subscribe()
    }
}

impl State {
    fn script_of(&self, config: &v1::ContainerConfig) -> Script {
        let name = config.metadata.as_ref().map_or("", |m| m.name.as_str());
        let image = config.image.as_ref().map_or("", |i| i.image.as_str());
        let asked = config
            .image
            .as_ref()
            .map_or("", |i| i.user_specified_image.as_str());
        let found = [name, image, asked]
            .into_iter()
            .find_map(|key| self.scripts.get(key));
        found.cloned().unwrap_or_default()
    }

    fn sandbox(&self, id: &str) -> CriResult<&SandboxRecord> {
        self.sandboxes
            .get(id)
            .ok_or_else(|| CriError::not_found("sandbox", id))
    }

    fn container(&self, id: &str) -> CriResult<&ContainerRecord> {
        self.containers
            .get(id)
            .ok_or_else(|| CriError::not_found("container", id))
    }

    /// An id of 64 hexadecimal digits that is the same in every run.
    fn new_id(&mut self) -> String {
        self.ids_made += 1;
        format!("{:064x}", self.ids_made)
    }

    fn containers_of(&self, sandbox_id: &str) -> impl Iterator<Item = &ContainerRecord> {
        self.containers
            .values()
            .filter(move |c| c.sandbox_id == sandbox_id)
    }

    fn event(
        &self,
        id: &str,
        kind: v1::ContainerEventType,
        now: i64,
    ) -> v1::ContainerEventResponse {
        let sandbox_id = self
            .containers
            .get(id)
            .map_or(id, |c| c.sandbox_id.as_str());
        records::event(
            id,
            kind,
            now,
            self.sandboxes.get(sandbox_id),
            self.containers_of(sandbox_id),
        )
    }
}

impl Inner {
    fn ip(&self, index: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from(u32::from(self.first_ip).wrapping_add(index)))
    }
}

fn container_name(record: &ContainerRecord) -> &str {
    record
        .config
        .as_ref()
        .and_then(|c| c.metadata.as_ref())
        .map_or("", |m| m.name.as_str())
}

#[cfg(test)]
mod tests;
