//! Between what is stored and what a request works on: the stored kind, but of kinds of definitions the request's own version.
//!
//! Only what a webhook converts is waited for. Entries that have come through here once are known by their origin, and come through
//! again as they are.
use super::Endpoint;
use crate::{
    cache::{self, Entry, Field, Filter, WatchEvent},
    custom::Definition,
    render::undecodable,
    shared::Api,
};
use meta::{ApiError, Str, codec};
use resource::{Object, Shown};
use std::{collections::HashSet, sync::Arc};

impl Endpoint {
    /// The definition whose webhook converts.
    fn awaited(&self) -> Option<&Definition> {
        self.definition().filter(|added| added.webhook().is_some())
    }

    /// Whether entries must be converted by [`Self::shown`] before they can be rendered.
    pub(crate) fn waits(&self) -> bool {
        self.awaited().is_some()
    }

    /// Whether the document of an entry is the object in this version.
    pub(crate) fn is_document(&self, entry: &Entry) -> bool {
        match self.definition() {
            None => self.served.is_stored(),
            Some(definition) => definition.is_of_version(entry, &self.info().version),
        }
    }

    /// An entry in this version, with its document written once more unless it is one already. `None` when the bytes cannot be read,
    /// or only a webhook could convert them.
    pub(crate) fn in_version(&self, entry: &Arc<Entry>) -> Option<Arc<Entry>> {
        if self.is_document(entry) {
            return Some(Arc::clone(entry));
        }
        let object = self.decode(entry)?;
        let shown = self.served.shown(&object);
        let origin = self
            .definition()
            .map_or("", |definition| definition.origin_of(&shown));
        let body = codec::encode_body(&**shown);
        let value = cache::encode(&body, origin, entry.labels(), entry.fields());
        let shown = Entry::new(entry.key.clone(), value, entry.revision);
        shown.ok().map(Arc::new)
    }

    /// The object of an entry as requests work on it. `None` as for [`Self::in_version`].
    pub(crate) fn decode(&self, entry: &Entry) -> Option<Object> {
        let Some(definition) = self.definition() else {
            return self.cache.decode(entry);
        };
        let object = definition.read(entry);
        let object = object.inspect_err(|error| {
            tracing::error!(key = %entry.key, %error, "stored object cannot be decoded");
        });
        let shown = definition.view(object.ok()?, &self.info().version)?;
        Some(Box::new(shown))
    }

    /// The same, waiting for a webhook where one converts.
    pub(crate) async fn load(&self, api: &Api, entry: &Entry) -> Result<Object, ApiError> {
        let unread = || undecodable(&entry.key);
        let Some(definition) = self.awaited() else {
            return self.decode(entry).ok_or_else(unread);
        };
        let stored = definition.read(entry).map_err(|_| unread())?;
        let target = &self.info().api_version;
        let loaded = definition.convert_one(api, stored, target).await?;
        Ok(Box::new(loaded))
    }

    /// What is to be stored of an object that a request has worked on.
    pub(crate) async fn stored<'a>(
        &self,
        api: &Api,
        object: &'a Object,
    ) -> Result<Shown<'a>, ApiError> {
        match self.definition() {
            Some(definition) => definition.to_storage(api, object).await,
            None => Ok(Shown::Same(object)),
        }
    }

    /// What would come back of an object if it were stored: the answer of a dry run.
    pub(crate) async fn echo(&self, api: &Api, object: &Object) -> Result<Object, ApiError> {
        match self.definition() {
            Some(definition) => definition.echo(api, object, &self.info().api_version).await,
            None => Ok(object.clone_object()),
        }
    }

    /// Entries that can be rendered. What a webhook has converted once for a list or a watch is kept with the entry.
    pub(crate) async fn shown(
        &self,
        api: &Api,
        mut entries: Vec<Arc<Entry>>,
    ) -> Result<Vec<Arc<Entry>>, ApiError> {
        let Some(definition) = self.awaited() else {
            return Ok(entries);
        };
        let info = self.info();
        take_known(definition, &info.version, &mut entries);
        let missing = missing(definition, &info.version, &entries);
        let read = missing.iter().map(|&index| {
            let entry = &entries[index];
            definition.read(entry).map_err(|_| undecodable(&entry.key))
        });
        let read = read.collect::<Result<_, _>>()?;
        let converted = definition.convert_all(api, read, &info.api_version).await?;
        for (index, object) in missing.into_iter().zip(converted) {
            let before = &entries[index];
            let shown = definition.entry_of(before, object);
            let shown = Arc::new(shown.ok_or_else(|| undecodable(&before.key))?);
            before.keep_converted(&info.version, &shown);
        }
        take_known(definition, &info.version, &mut entries);
        Ok(entries)
    }

    /// One entry that can be rendered, converted anew.
    pub(crate) async fn shown_now(
        &self,
        api: &Api,
        entry: &Arc<Entry>,
    ) -> Result<Arc<Entry>, ApiError> {
        let Some(definition) = self.awaited() else {
            return Ok(Arc::clone(entry));
        };
        if definition.is_of_version(entry, &self.info().version) {
            return Ok(Arc::clone(entry));
        }
        let unread = || undecodable(&entry.key);
        let stored = definition.read(entry).map_err(|_| unread())?;
        let target = &self.info().api_version;
        let object = definition.convert_one(api, stored, target).await?;
        let shown = definition.entry_of(entry, object);
        shown.map(Arc::new).ok_or_else(unread)
    }

    /// Events that can be rendered. One watch converts for all.
    pub(crate) async fn shown_events(
        &self,
        api: &Api,
        events: &[Arc<WatchEvent>],
    ) -> Result<Vec<WatchEvent>, ApiError> {
        let _first = self.converting.lock().await;
        let sides = events
            .iter()
            .flat_map(|event| event.old.iter().chain(&event.new));
        let shown = self.shown(api, sides.cloned().collect()).await?;
        let mut shown = shown.into_iter();
        let mut side = |of: &Option<Arc<Entry>>| of.as_ref().and_then(|_| shown.next());
        let events = events.iter().map(|event| {
            let (old, new) = (side(&event.old), side(&event.new));
            WatchEvent::new(event.revision, old, new)
        });
        Ok(events.collect())
    }

    /// What of a filter can be asked of stored entries, where that is not all of it: labels and fields are what a webhook makes of them.
    pub(crate) fn early(&self, filter: &Filter) -> Option<Filter> {
        let is_late = |field: Field| matches!(field, Field::Selectable(_));
        let late = filter.labels.is_some() || filter.fields.iter().any(|f| is_late(f.field));
        if !late || !self.waits() {
            return None;
        }
        let mut early = filter.clone();
        early.labels = None;
        early.fields.retain(|required| !is_late(required.field));
        Some(early)
    }
}

/// Puts what has been converted before in the place of what it was converted from.
fn take_known(definition: &Definition, version: &Str, entries: &mut [Arc<Entry>]) {
    for entry in entries {
        if definition.is_of_version(entry, version) {
            continue;
        }
        if let Some(known) = entry.converted(version) {
            *entry = known;
        }
    }
}

/// Where entries stand that have yet to be converted, each of them once.
fn missing(definition: &Definition, version: &Str, entries: &[Arc<Entry>]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let places = entries.iter().enumerate().filter(|(_, entry)| {
        !definition.is_of_version(entry, version) && seen.insert(Arc::as_ptr(entry))
    });
    places.map(|(index, _)| index).collect()
}
