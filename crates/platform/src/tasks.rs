//! Background tasks: named, counted, drained in order, and never lost to a silent panic.
//!
//! Shutdown has three steps (ztunnel's `drain.rs`, neon's `gate.rs`): the trigger tells every task, the group
//! waits until the last one has ended, and at the deadline it aborts the rest and names them.

use crate::Clock;
use futures::FutureExt;
use parking_lot::Mutex;
use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{oneshot, watch};
use tokio::task::AbortHandle;

/// A group of tasks. Cheap to clone; clones are the same group.
#[derive(Clone)]
pub struct Tasks(Arc<Group>);

struct Group {
    name: Cow<'static, str>,
    spawner: Spawner,
    draining: watch::Sender<bool>,
    running: watch::Sender<usize>,
    table: Mutex<Table>,
    panics: Arc<AtomicU64>,
}

#[derive(Default)]
struct Table {
    next_id: u64,
    tasks: BTreeMap<u64, Running>,
    groups: Vec<Weak<Group>>,
}

struct Running {
    name: Cow<'static, str>,
    /// Threads cannot be aborted.
    abort: Option<AbortHandle>,
}

#[derive(Clone)]
enum Spawner {
    Real(Handle),
    #[cfg(feature = "simulated")]
    Simulated(crate::Rng),
}

/// The result of a task, as a future. Dropping it leaves the task running.
#[derive(Debug)]
pub struct TaskHandle<T> {
    name: Cow<'static, str>,
    result: oneshot::Receiver<Result<T, TaskError>>,
    abort: Option<AbortHandle>,
}

/// Why a task has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    #[error("task {name} panicked: {message}")]
    Panicked { name: String, message: String },
    #[error("task {name} was aborted")]
    Aborted { name: String },
}

/// Tasks that were still running at the deadline of a drain, as `group/task`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("still running at the deadline: {}", tasks.join(", "))]
pub struct Hung {
    pub tasks: Vec<String>,
}

impl Tasks {
    /// A group on the tokio runtime that this is called in.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn real(name: &'static str) -> Self {
        Self::new(
            Cow::Borrowed(name),
            Spawner::Real(Handle::current()),
            Arc::default(),
        )
    }

    /// A group on the current single-threaded runtime, whose tasks are delayed at random by `rng`.
    #[cfg(feature = "simulated")]
    pub(crate) fn simulated(name: String, rng: crate::Rng) -> Self {
        Self::new(Cow::Owned(name), Spawner::Simulated(rng), Arc::default())
    }

    fn new(name: Cow<'static, str>, spawner: Spawner, panics: Arc<AtomicU64>) -> Self {
        Self(Arc::new(Group {
            name,
            spawner,
            draining: watch::Sender::new(false),
            running: watch::Sender::new(0),
            table: Mutex::default(),
            panics,
        }))
    }

    /// A group inside this one: it can be drained alone, and is drained with this one.
    #[must_use]
    pub fn group(&self, name: impl Into<Cow<'static, str>>) -> Self {
        let child = Self::new(
            name.into(),
            self.0.spawner.clone(),
            Arc::clone(&self.0.panics),
        );
        let mut table = self.0.table.lock();
        table.groups.retain(|group| group.strong_count() > 0);
        table.groups.push(Arc::downgrade(&child.0));
        drop(table);
        if *self.0.draining.borrow() {
            child.trigger();
        }
        child
    }

    /// Starts `future` in the background. `name` is what logs and [`Hung`] call it.
    pub fn spawn<T: Send + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: impl Future<Output = T> + Send + 'static,
    ) -> TaskHandle<T> {
        let (name, id) = self.register(name.into());
        let (sender, result) = oneshot::channel();
        let task = self.supervise(name.clone(), id, future, sender);
        let abort = match &self.0.spawner {
            Spawner::Real(runtime) => runtime.spawn(task).abort_handle(),
            #[cfg(feature = "simulated")]
            Spawner::Simulated(rng) => {
                tokio::spawn(crate::simulated::delayed(rng.clone(), task)).abort_handle()
            }
        };
        if let Some(running) = self.0.table.lock().tasks.get_mut(&id) {
            running.abort = Some(abort.clone());
        }
        TaskHandle {
            name,
            result,
            abort: Some(abort),
        }
    }

    /// Runs `future` on a thread of its own, for loops that block on the disk. In simulation it is a task.
    ///
    /// # Errors
    /// When the system cannot start another thread.
    pub fn spawn_thread<T: Send + 'static>(
        &self,
        name: &'static str,
        future: impl Future<Output = T> + Send + 'static,
    ) -> std::io::Result<TaskHandle<T>> {
        match &self.0.spawner {
            Spawner::Real(runtime) => {
                let runtime = runtime.clone();
                let (name, id) = self.register(Cow::Borrowed(name));
                let (sender, result) = oneshot::channel();
                let task = self.supervise(name.clone(), id, future, sender);
                std::thread::Builder::new()
                    .name(name.to_string())
                    .spawn(move || runtime.block_on(task))?;
                Ok(TaskHandle {
                    name,
                    result,
                    abort: None,
                })
            }
            #[cfg(feature = "simulated")]
            Spawner::Simulated(_) => Ok(self.spawn(name, future)),
        }
    }

    /// Runs a blocking function on the runtime's pool for such. In simulation it runs inline in a task.
    pub fn spawn_blocking<T: Send + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> TaskHandle<T> {
        match &self.0.spawner {
            Spawner::Real(runtime) => {
                let (name, id) = self.register(name.into());
                let (sender, result) = oneshot::channel();
                let task = self.supervise(name.clone(), id, async move { work() }, sender);
                runtime.spawn_blocking(move || {
                    task.now_or_never()
                        .expect("a blocking function never waits for a future");
                });
                TaskHandle {
                    name,
                    result,
                    abort: None,
                }
            }
            #[cfg(feature = "simulated")]
            Spawner::Simulated(_) => self.spawn(name, async move { work() }),
        }
    }

    /// Completes once this group is told to drain. Loops select on it and then end by themselves.
    pub fn draining(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut receiver = self.0.draining.subscribe();
        async move {
            // An error means that the group is gone, and with it the reason to go on.
            let _ = receiver.wait_for(|draining| *draining).await;
        }
    }

    /// Whether the group has been told to drain.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        *self.0.draining.borrow()
    }

    /// Tells every task of this group and of the groups in it to end, without waiting.
    pub fn trigger(&self) {
        self.0.draining.send_replace(true);
        for group in self.groups() {
            group.trigger();
        }
    }

    /// Triggers and waits until every task has ended, at most `deadline`; then aborts the rest.
    ///
    /// # Errors
    /// [`Hung`] names the tasks that had to be aborted, and threads that go on.
    pub async fn drain(&self, clock: &Clock, deadline: Duration) -> Result<(), Hung> {
        self.trigger();
        if clock.timeout(deadline, self.ended()).await.is_ok() {
            return Ok(());
        }
        let mut tasks = Vec::new();
        self.abort_all(&mut tasks, "");
        if tasks.is_empty() {
            Ok(())
        } else {
            Err(Hung { tasks })
        }
    }

    /// Drops every task of this group and of the groups in it where it waits, untold, as a crash does; they are gone when this is done.
    #[cfg(feature = "simulated")]
    pub async fn crash(&self) {
        loop {
            let mut names = Vec::new();
            self.abort_all(&mut names, "");
            if names.is_empty() {
                return;
            }
            self.ended().await;
        }
    }

    /// Tasks running in this group and in the groups in it, as `group/task`.
    #[must_use]
    pub fn running(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.visit(
            &mut |path, running| names.push(format!("{path}{}", running.name)),
            "",
        );
        names
    }

    /// How many tasks of the whole tree of groups have panicked.
    #[must_use]
    pub fn panics(&self) -> u64 {
        self.0.panics.load(Ordering::Relaxed)
    }

    async fn ended(&self) {
        let mut running = self.0.running.subscribe();
        // The group itself holds the sender, so that waiting cannot fail.
        let _ = running.wait_for(|count| *count == 0).await;
        for group in self.groups() {
            Box::pin(group.ended()).await;
        }
    }

    fn groups(&self) -> Vec<Self> {
        self.0
            .table
            .lock()
            .groups
            .iter()
            .filter_map(Weak::upgrade)
            .map(Self)
            .collect()
    }

    fn abort_all(&self, names: &mut Vec<String>, prefix: &str) {
        self.visit(
            &mut |path, running| {
                names.push(format!("{path}{}", running.name));
                if let Some(abort) = &running.abort {
                    abort.abort();
                }
            },
            prefix,
        );
    }

    fn visit(&self, visitor: &mut dyn FnMut(&str, &Running), prefix: &str) {
        let path = format!("{prefix}{}/", self.0.name);
        for running in self.0.table.lock().tasks.values() {
            visitor(&path, running);
        }
        for group in self.groups() {
            group.visit(visitor, &path);
        }
    }

    fn register(&self, name: Cow<'static, str>) -> (Cow<'static, str>, u64) {
        let mut table = self.0.table.lock();
        let id = table.next_id;
        table.next_id += 1;
        table.tasks.insert(
            id,
            Running {
                name: name.clone(),
                abort: None,
            },
        );
        drop(table);
        self.0.running.send_modify(|count| *count += 1);
        (name, id)
    }

    /// Runs `future` to its end, catches its panic, and takes it off the table however it ends.
    fn supervise<T: Send + 'static>(
        &self,
        name: Cow<'static, str>,
        id: u64,
        future: impl Future<Output = T> + Send + 'static,
        sender: oneshot::Sender<Result<T, TaskError>>,
    ) -> impl Future<Output = ()> + Send + 'static {
        let registration = Registration {
            group: Arc::clone(&self.0),
            id,
        };
        async move {
            let result = AssertUnwindSafe(future).catch_unwind().await.map_err(|payload| {
                let message = panic_message(payload.as_ref());
                registration.group.panics.fetch_add(1, Ordering::Relaxed);
                tracing::error!(task = %name, group = %registration.group.name, %message, "task panicked");
                TaskError::Panicked { name: name.to_string(), message }
            });
            drop(registration);
            // Whoever dropped the handle does not want the result.
            let _ = sender.send(result);
        }
    }
}

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks")
            .field("name", &self.0.name)
            .field("running", &self.running())
            .finish()
    }
}

impl<T> TaskHandle<T> {
    /// Drops the task's future at its next await. A thread and a blocking function go on.
    pub fn abort(&self) {
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }

    /// Whether the task has ended, by itself or aborted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        !self.result.is_empty() || self.result.is_terminated()
    }
}

impl<T> Future for TaskHandle<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.result)
            .poll(context)
            .map(|received| match received {
                Ok(result) => result,
                Err(_) => Err(TaskError::Aborted {
                    name: self.name.to_string(),
                }),
            })
    }
}

/// Takes its task off the table when dropped: at the end, after a panic, and when aborted.
struct Registration {
    group: Arc<Group>,
    id: u64,
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.group.table.lock().tasks.remove(&self.id);
        self.group.running.send_modify(|count| *count -= 1);
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    match (
        payload.downcast_ref::<&str>(),
        payload.downcast_ref::<String>(),
    ) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "no message".to_owned(),
    }
}

#[cfg(test)]
mod tests;
