//! Recording of Events, with client-go's rules: equal ones are counted, similar ones combined, floods dropped.
//!
//! [`Recorder::event`] never waits: a full buffer drops the event, as upstream does.

mod correlate;

use self::correlate::{Correlator, Verdict};
use crate::{Client, Error};
use bytes::Bytes;
use http::Method;
use meta::{Kind, ObjectKey, Str};
use serde_json::json;
use tokio::sync::mpsc;

/// Events that wait to be written.
const EVENTS_WAITING_MAX: usize = 1000;

/// The object that an event is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reference {
    pub api_version: Str,
    pub kind: Str,
    pub namespace: Str,
    pub name: Str,
    pub uid: Str,
    pub resource_version: Str,
    /// `spec.containers{web}`, for events of a container.
    pub field_path: Str,
}

impl Reference {
    #[must_use]
    pub fn of<K: Kind>(object: &K) -> Self {
        let metadata = Kind::metadata(object);
        let resource = crate::Resource::of::<K>();
        Self {
            api_version: Str::from(resource.api_version()),
            kind: resource.kind,
            namespace: metadata.namespace.clone(),
            name: metadata.name.clone(),
            uid: metadata.uid.clone(),
            resource_version: metadata.resource_version.clone(),
            field_path: Str::default(),
        }
    }

    /// The same object, at one of its fields.
    #[must_use]
    pub fn at(mut self, field_path: impl Into<Str>) -> Self {
        self.field_path = field_path.into();
        self
    }
}

/// `Normal` or `Warning`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Normal,
    Warning,
}

impl Type {
    fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Warning => "Warning",
        }
    }
}

/// One occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Occurrence {
    about: Reference,
    type_: Type,
    reason: Str,
    message: String,
}

/// Records events of one component. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Recorder {
    sender: mpsc::Sender<Occurrence>,
}

impl Recorder {
    /// Starts the task that writes. `component` is the events' source.
    #[must_use]
    pub fn start(client: Client, component: &str) -> Self {
        Self::start_on(client, component, "")
    }

    /// [`Self::start`] with the host that the events come from, for node components.
    #[must_use]
    pub fn start_on(client: Client, component: &str, host: &str) -> Self {
        let (sender, receiver) = mpsc::channel(EVENTS_WAITING_MAX);
        let writer = Writer {
            source: Source {
                component: Str::new(component),
                host: Str::new(host),
            },
            client: client.clone(),
            correlator: Correlator::default(),
        };
        let tasks = client.platform().tasks.clone();
        let draining = tasks.draining();
        drop(tasks.spawn("events", async move {
            tokio::select! {
            biased;
                () = draining => {}
                () = writer.run(receiver) => {}
            }
        }));
        Self { sender }
    }

    /// Records that something happened to `about`.
    pub fn event(&self, about: Reference, type_: Type, reason: &str, message: impl Into<String>) {
        let occurrence = Occurrence {
            about,
            type_,
            reason: Str::new(reason),
            message: message.into(),
        };
        if self.sender.try_send(occurrence).is_err() {
            tracing::debug!(reason, "event dropped: too many are waiting");
        }
    }

    pub fn normal<K: Kind>(&self, about: &K, reason: &str, message: impl Into<String>) {
        self.event(Reference::of(about), Type::Normal, reason, message);
    }

    pub fn warning<K: Kind>(&self, about: &K, reason: &str, message: impl Into<String>) {
        self.event(Reference::of(about), Type::Warning, reason, message);
    }
}

#[derive(Debug)]
struct Source {
    component: Str,
    host: Str,
}

struct Writer {
    source: Source,
    client: Client,
    correlator: Correlator,
}

impl Writer {
    async fn run(mut self, mut receiver: mpsc::Receiver<Occurrence>) {
        while let Some(occurrence) = receiver.recv().await {
            if let Err(error) = self.record(occurrence).await {
                let source = std::error::Error::source(&error);
                tracing::debug!(%error, source, "event was not recorded");
            }
        }
    }

    async fn record(&mut self, occurrence: Occurrence) -> Result<(), Error> {
        let clock = &self.client.platform().clock;
        let (monotonic, now) = (clock.monotonic(), clock.now());
        let time = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        match self.correlator.judge(occurrence, monotonic) {
            Verdict::Drop => Ok(()),
            Verdict::Create(occurrence) => {
                let name = self.name(&occurrence.about.name, now.as_nanosecond());
                self.create(&name, &occurrence, 1, &time).await?;
                self.correlator.created(occurrence, name);
                Ok(())
            }
            Verdict::Count {
                name,
                count,
                occurrence,
            } => match self.count(&name, &occurrence, count, &time).await {
                Err(error) if error.is_not_found() => {
                    self.create(&name, &occurrence, count, &time).await
                }
                result => result,
            },
        }
    }

    /// As client-go, the time in nanoseconds; ours is coarser, so its last digits are made up.
    fn name(&self, about: &str, nanoseconds: i128) -> String {
        let digits = self.client.platform().rng.below(1_000_000);
        format!("{about}.{:x}", nanoseconds + i128::from(digits))
    }

    async fn create(
        &self,
        name: &str,
        event: &Occurrence,
        count: u64,
        time: &str,
    ) -> Result<(), Error> {
        let namespace = namespace_of(&event.about);
        let mut body = json!({
            "kind": "Event",
            "apiVersion": "v1",
            "metadata": {"name": name, "namespace": namespace},
            "involvedObject": reference_json(&event.about),
            "reason": event.reason.as_str(),
            "message": event.message,
            "source": source_json(&self.source),
            "firstTimestamp": time,
            "lastTimestamp": time,
            "count": count,
            "type": event.type_.as_str(),
            "eventTime": null,
        });
        // As client-go: who reports is not told of combined events.
        if !Correlator::is_combined(event) {
            body["reportingComponent"] = self.source.component.as_str().into();
            body["reportingInstance"] = self.source.host.as_str().into();
        }
        let path = events_path(namespace, "");
        self.send(Method::POST, &path, "application/json", &body)
            .await
    }

    async fn count(
        &self,
        name: &str,
        event: &Occurrence,
        count: u64,
        time: &str,
    ) -> Result<(), Error> {
        let body = json!({"count": count, "lastTimestamp": time, "message": event.message});
        let path = events_path(namespace_of(&event.about), name);
        self.send(
            Method::PATCH,
            &path,
            "application/strategic-merge-patch+json",
            &body,
        )
        .await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: &serde_json::Value,
    ) -> Result<(), Error> {
        let body = Some((content_type, Bytes::from(body.to_string())));
        self.client
            .fetch(method, path, "application/json", body)
            .await
            .map(drop)
    }
}

/// Events of cluster-scoped objects live in `default`.
fn namespace_of(about: &Reference) -> &str {
    if about.namespace.is_empty() {
        "default"
    } else {
        &about.namespace
    }
}

fn events_path(namespace: &str, name: &str) -> String {
    let resource = crate::Resource {
        group: Str::default(),
        version: Str::const_new("v1"),
        kind: Str::const_new("Event"),
        plural: Str::const_new("events"),
        namespaced: true,
    };
    resource.path(
        Some(namespace),
        Some(name).filter(|name| !name.is_empty()),
        "",
    )
}

fn reference_json(about: &Reference) -> serde_json::Value {
    let fields = [
        ("kind", &about.kind),
        ("namespace", &about.namespace),
        ("name", &about.name),
        ("uid", &about.uid),
        ("apiVersion", &about.api_version),
        ("resourceVersion", &about.resource_version),
        ("fieldPath", &about.field_path),
    ];
    present(&fields)
}

fn source_json(source: &Source) -> serde_json::Value {
    present(&[("component", &source.component), ("host", &source.host)])
}

fn present(fields: &[(&str, &Str)]) -> serde_json::Value {
    let present = fields.iter().filter(|(_, value)| !value.is_empty());
    present
        .map(|(name, value)| ((*name).to_owned(), json!(value.as_str())))
        .collect()
}

/// The key of the object that an event is about.
impl From<&Reference> for ObjectKey {
    fn from(about: &Reference) -> Self {
        let namespace = Some(about.namespace.clone()).filter(|namespace| !namespace.is_empty());
        Self {
            namespace,
            name: about.name.clone(),
        }
    }
}
