//! What tests of kinds share: a strategy asked as the framework asks it, on documents.

use meta::{FieldErrors, Kind, Time, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::Value;
use std::sync::Arc;

pub(crate) const NOW: i64 = 1_780_000_000;

pub(crate) fn context(verb: Verb) -> RequestContext {
    let user = User {
        name: "ann".into(),
        uid: "1".into(),
        groups: vec!["dev".into()],
        extra: vec![("k".into(), vec!["v".into()])],
    };
    let now = Time::from_unix_seconds(NOW);
    RequestContext::new(user, verb, now, 7, Arc::new(NoReader))
}

/// The object of a document, with the kind's defaults.
#[track_caller]
pub(crate) fn object<S: Strategy>(strategy: &S, document: &Value) -> S::Object {
    let decoded = codec::from_value::<S::Object>(document).unwrap();
    let mut object = decoded.object;
    strategy.set_defaults(&mut object);
    object
}

/// The errors of a create, without those that all metadata may have; `[]` for none.
#[track_caller]
pub(crate) fn create<S: Strategy>(strategy: &S, document: &Value) -> String {
    let cx = context(Verb::Create);
    let mut new = object(strategy, document);
    strategy.prepare_create(&cx, &mut new);
    let mut errors = FieldErrors::new();
    strategy.validate(&cx, &mut errors, &new);
    errors.aggregate()
}

/// The same of an update.
#[track_caller]
pub(crate) fn update<S: Strategy>(strategy: &S, old: &Value, new: &Value) -> String {
    let cx = context(Verb::Update);
    let old = object(strategy, old);
    let mut new = object(strategy, new);
    strategy.prepare_update(&cx, &mut new, &old);
    let mut errors = FieldErrors::new();
    strategy.validate_update(&cx, &mut errors, &new, &old);
    errors.aggregate()
}

/// The generations that an update of the first one makes.
#[track_caller]
pub(crate) fn generations<S: Strategy>(strategy: &S, old: &Value, new: &Value) -> i64 {
    let old = object(strategy, old);
    let mut new = object(strategy, new);
    strategy.prepare_update(&context(Verb::Update), &mut new, &old);
    S::GENERATION.count(&mut new, &old);
    new.metadata().generation
}

/// `document` with the field at a JSON pointer set; its parents must be there.
#[track_caller]
pub(crate) fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = document.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
        Value::Array(items) => items.push(value),
        _ => panic!("{pointer} is not in an object or array"),
    }
    changed
}
