//! Conversion of custom objects from one version into another: by nobody, which changes `apiVersion` alone, or by a webhook.
//!
//! As upstream, a request works on objects of its own version from one end to the other, and what comes out of a conversion is pruned by
//! the schema of its version but not defaulted. Without a webhook all of it is done at once, and nothing waits.
mod converted;
mod metrics;
mod review;

pub(crate) use self::metrics::Metrics;

use self::{
    converted::{Place, converted},
    metrics::{Conversion, FailureType},
    review::{Refusal, ReviewVersion},
};
use super::{
    definition::{Definition, Rules},
    kind::cast,
};
use crate::{
    cache::{self, Entry},
    shared::Api,
    webhook_client::ClientConfig,
};
use api::apiextensions::v1::{ConversionStrategyType, CustomResourceDefinition};
use bytes::Bytes;
use meta::{
    ApiError, Dynamic, ObjectMeta, RawJson, Reason, Slice, Str,
    codec::{self, DecodeError, Strictness},
};
use resource::{Object, Shown};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use structural::Malformed;

/// What upstream's clients of webhooks wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Upstream says it to the webhook too.
const QUERY: &str = "?timeout=30s";
/// Bytes of all objects of one review (4 MiB), of which a single one may have more: the answer has to fit what is read of one. What is
/// converted together and has more is converted by several reviews, one after the other.
const REVIEW_BYTES_MAX: usize = 4 << 20;

/// The webhook of a definition.
#[derive(Debug)]
pub(crate) struct Webhook {
    client: ClientConfig,
    /// `None` if it understands none that this server speaks.
    review_version: Option<ReviewVersion>,
    definition: Str,
}

impl Webhook {
    /// The one that converts, if one does.
    pub(super) fn of(definition: &CustomResourceDefinition) -> Option<Self> {
        let conversion = definition.spec.conversion.as_deref()?;
        if conversion.strategy != ConversionStrategyType::WEBHOOK {
            return None;
        }
        // Validation has seen to it that there is one.
        let webhook = conversion.webhook.as_deref()?;
        let config = webhook.client_config.as_deref()?;
        let mut client = ClientConfig::from(config);
        if client.authority.trim_ascii().is_empty() {
            client.authority = Arc::default();
        }
        Some(Self {
            client,
            review_version: ReviewVersion::first_of(&webhook.conversion_review_versions),
            definition: definition.metadata.name.clone(),
        })
    }

    /// Asks for those that are of another version, and prunes what comes.
    async fn convert_all(
        &self,
        api: &Api,
        mut objects: Vec<Dynamic>,
        target: &Rules,
    ) -> Result<Vec<Dynamic>, ApiError> {
        let version = self
            .review_version
            .ok_or_else(|| unconvertible("no supported conversion review versions".to_owned()))?;
        let mut others = Vec::new();
        for (index, object) in objects.iter_mut().enumerate() {
            if is_empty(object) {
                *object = object.with_type(&target.type_);
            } else if *object.type_ != *target.type_ {
                others.push(index);
            }
        }
        let mut left = &others[..];
        while !left.is_empty() {
            let (places, rest) = left.split_at(review_len(&objects, left));
            left = rest;
            let originals: Vec<Dynamic> = places
                .iter()
                .map(|&index| std::mem::take(&mut objects[index]))
                .collect();
            let converted = self.observed(api, version, &originals, target).await?;
            for (&index, mut object) in places.iter().zip(converted) {
                target.prune_converted(&mut object).map_err(unconvertible)?;
                objects[index] = object;
            }
        }
        Ok(objects)
    }

    /// Asks for objects of other versions. They are not empty.
    async fn convert(
        &self,
        api: &Api,
        version: ReviewVersion,
        originals: &[Dynamic],
        target: &Rules,
    ) -> Result<Vec<Dynamic>, Failure> {
        let of = failing(originals, target);
        let failed = |sort, why: String| Failure {
            sort,
            words: format!("{of} failed: {why}"),
        };
        let uid = api.platform.rng.uuid();
        let question = review::question(version, &uid, &target.api_version, originals);
        let body = api
            .webhooks
            .call(&self.client, QUERY, Bytes::from(question), TIMEOUT)
            .await
            .map_err(|error| failed(FailureType::Call, error.for_clients()))?;
        let answered = review::answer(version, &uid, &body).map_err(|refusal| match refusal {
            Refusal::Undecodable(why) => failed(FailureType::Call, why),
            Refusal::Malformed(why) => failed(FailureType::MalformedResponse, why),
        })?;
        taken(originals, target, &answered, &of)
    }

    /// The same, counted.
    async fn observed(
        &self,
        api: &Api,
        version: ReviewVersion,
        originals: &[Dynamic],
        target: &Rules,
    ) -> Result<Vec<Dynamic>, ApiError> {
        let clock = &api.platform.clock;
        let began = clock.monotonic();
        let converted = self.convert(api, version, originals, target).await;
        let failed = converted.as_ref().err().map(|failure| failure.sort);
        let from = originals.first().map_or("", |first| &first.type_.version);
        let conversion = Conversion {
            definition: &self.definition,
            from,
            to: &target.type_.version,
        };
        let took = clock.monotonic().since(began);
        api.metrics.conversions.ended(&conversion, failed, took);
        converted.map_err(|failure| unconvertible(failure.words))
    }
}

/// Why a webhook has converted nothing.
struct Failure {
    /// As it is counted.
    sort: FailureType,
    words: String,
}

/// Upstream gives the error of a conversion no reason.
fn unconvertible(words: String) -> ApiError {
    ApiError::new(Reason::Unknown, words)
}

/// Nothing can be made of an object that says nothing.
fn is_empty(object: &Dynamic) -> bool {
    object.content.is_empty() && object.metadata == ObjectMeta::default()
}

/// How many of the objects at these places, from the first on, one review has.
fn review_len(objects: &[Dynamic], places: &[usize]) -> usize {
    let mut size_bytes = 0;
    let fitting = places.iter().take_while(|&&index| {
        size_bytes += codec::to_json(&objects[index]).len();
        size_bytes <= REVIEW_BYTES_MAX
    });
    fitting.count().max(1)
}

/// How errors begin: they name the object, or the list that it stands in.
fn failing(originals: &[Dynamic], target: &Rules) -> String {
    let list = if originals.len() > 1 { "List" } else { "" };
    let type_ = originals
        .first()
        .map_or(&target.type_, |original| &original.type_);
    let (api_version, kind) = (type_.api_version(), &type_.kind);
    format!("conversion webhook for {api_version}, Kind={kind}{list}")
}

/// What the answer makes of the objects.
fn taken(
    originals: &[Dynamic],
    target: &Rules,
    answered: &Slice<RawJson>,
    of: &str,
) -> Result<Vec<Dynamic>, Failure> {
    let (wanted, got) = (originals.len(), answered.len());
    if wanted != got {
        return Err(Failure {
            sort: FailureType::PartialResponse,
            words: format!("{of} returned {got} objects, expected {wanted}"),
        });
    }
    let place = |index| match wanted {
        1 => Place::Only,
        _ => Place::At(index),
    };
    let pairs = originals.iter().zip(answered.iter()).enumerate();
    pairs
        .map(|(index, (original, answered))| {
            converted(original, &target.type_, answered, place(index), of)
        })
        .collect::<Result<_, _>>()
        .map_err(|words| Failure {
            sort: FailureType::InvalidConvertedObject,
            words,
        })
}

impl Definition {
    /// Whether an entry's document is of the version with this name.
    pub(crate) fn is_of_version(&self, entry: &Entry, version: &str) -> bool {
        self.named(version)
            .is_some_and(|rules| rules.origin == entry.origin())
    }

    /// By which an object's entry is known.
    pub(crate) fn origin_of(&self, object: &Object) -> &str {
        &self.rules_of(cast(object)).origin
    }

    /// The object of an entry, in the version in which it was written.
    pub(crate) fn read(&self, entry: &Entry) -> Result<Dynamic, DecodeError> {
        let rules = self.rules_of_origin(entry.origin());
        let type_ = Arc::clone(&rules.type_);
        Dynamic::from_body(type_, entry.body(), entry.revision)
    }

    /// The entry of an object that `before` has become.
    pub(crate) fn entry_of(&self, before: &Entry, object: Dynamic) -> Option<Entry> {
        let fields = self.selectable_fields(&object);
        let origin = &self.rules_of(&object).origin;
        let body = codec::encode_body(&object);
        let value = cache::encode(&body, origin, &object.metadata.labels, &fields);
        Entry::new(before.key.clone(), value, before.revision).ok()
    }

    /// The object in the version with this name. `None` where only a webhook can tell.
    pub(crate) fn view(&self, object: Dynamic, version: &str) -> Option<Dynamic> {
        let target = self.named(version)?;
        if *object.type_ == *target.type_ {
            return Some(object);
        }
        let alone = self.webhook().is_none();
        alone.then(|| target.view(&object).into_owned())
    }

    /// What is stored of an object of any version: pruned and defaulted by the stored version's schema.
    pub(crate) async fn to_storage<'a>(
        &self,
        api: &Api,
        object: &'a Object,
    ) -> Result<Shown<'a>, ApiError> {
        let target = self.storage();
        let own = cast(object);
        if *own.type_ == *target.type_ {
            return Ok(Shown::Same(object));
        }
        let mut stored = self
            .convert_one(api, own.clone(), &target.api_version)
            .await?;
        // As it would be read.
        target.set_defaults(&mut stored);
        Ok(Shown::Converted(Box::new(stored)))
    }

    /// What would be read of an object in the version with this `apiVersion` if it were stored.
    pub(crate) async fn echo(
        &self,
        api: &Api,
        object: &Object,
        api_version: &str,
    ) -> Result<Object, ApiError> {
        let stored = self.to_storage(api, object).await?;
        let back = self.convert_one(api, cast(&stored).clone(), api_version);
        Ok(Box::new(back.await?))
    }

    /// One object in the version with this `apiVersion`.
    ///
    /// # Errors
    /// See [`Self::convert_all`].
    pub(crate) async fn convert_one(
        &self,
        api: &Api,
        object: Dynamic,
        api_version: &str,
    ) -> Result<Dynamic, ApiError> {
        let mut converted = self.convert_all(api, vec![object], api_version).await?;
        Ok(converted.pop().expect("as many come out as went in"))
    }

    /// The same of documents, each of which says its version.
    pub(crate) async fn convert_tree(
        &self,
        api: &Api,
        document: &Value,
        api_version: &str,
    ) -> Result<Value, ApiError> {
        let object = self.of_tree(document)?;
        let converted = self.convert_one(api, object, api_version).await?;
        Ok(Value::Object(converted.to_tree()))
    }

    /// The same where conversion changes nothing but `apiVersion`.
    pub(crate) fn view_tree(&self, document: &Value, api_version: &str) -> Result<Value, ApiError> {
        let target = self.target(api_version)?;
        let object = self.of_tree(document)?;
        Ok(Value::Object(target.view(&object).to_tree()))
    }

    fn of_tree(&self, document: &Value) -> Result<Dynamic, ApiError> {
        let api_version = document["apiVersion"].as_str().unwrap_or_default();
        let source = self.of_api_version(api_version).ok_or_else(|| {
            unconvertible(format!(
                "request to convert CR from an invalid group/version: {api_version}"
            ))
        })?;
        let document = document.as_object().cloned().unwrap_or_default();
        let type_ = Arc::clone(&source.type_);
        let read = Dynamic::from_tree(type_, document, Strictness::Lenient);
        let (object, _) = read.map_err(|error| unconvertible(error.to_string()))?;
        Ok(object)
    }

    fn target(&self, api_version: &str) -> Result<&Rules, ApiError> {
        self.of_api_version(api_version).ok_or_else(|| {
            unconvertible(format!(
                "request to convert CR to an invalid group/version: {api_version}"
            ))
        })
    }

    /// Objects of any versions in another one, in their order, pruned by its schema.
    ///
    /// # Errors
    /// Those of the webhook, and what it makes malformed.
    pub(crate) async fn convert_all(
        &self,
        api: &Api,
        objects: Vec<Dynamic>,
        api_version: &str,
    ) -> Result<Vec<Dynamic>, ApiError> {
        let target = self.target(api_version)?;
        let Some(webhook) = self.webhook() else {
            let converted = objects
                .iter()
                .map(|object| target.view(object).into_owned());
            return Ok(converted.collect());
        };
        // Boxed: requests that need no webhook do not carry its state.
        Box::pin(webhook.convert_all(api, objects, target)).await
    }
}

impl Rules {
    /// Drops what the schema does not know of what a webhook has made; the error is what it must not be.
    fn prune_converted(&self, object: &mut Dynamic) -> Result<(), String> {
        let pruned = object.on_content(|content| self.schema.read(content, Malformed::Refuse));
        pruned.map(drop).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests;
