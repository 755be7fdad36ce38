//! Webhooks that may change objects: one after the other, each sees what those before it have made, and some are asked a second time when
//! others have changed the object after them.
use super::{
    Hooks, Webhooks,
    call::{Failure, annotate},
    hook::{FailurePolicy, Hook},
    is_exempt,
    review::{Sort, Verdict},
    shown,
};
use crate::admission::asked::{Asked, Documents, Place};
use meta::{
    ApiError, ManagedFieldsEntry,
    codec::{self, Strictness},
    go_quote,
};
use patch::{JsonPatch, PatchError};
use resource::Object;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What of the first round decides about the second. Webhooks are told apart by their places among all.
#[derive(Debug, Default)]
pub(in crate::admission) struct Reinvocation {
    /// Whether all of admission is to be gone through once more.
    pub(in crate::admission) needed: bool,
    /// Asked, with nothing changed since, and to be asked again if something does.
    waiting: BTreeSet<usize>,
    /// To be asked again.
    again: BTreeSet<usize>,
    round: usize,
}

impl Reinvocation {
    /// Something has changed the object.
    pub(in crate::admission) fn changed(&mut self) {
        self.again.append(&mut self.waiting);
    }

    /// From now on it is the second round, which is the last.
    pub(in crate::admission) fn begin_again(&mut self) {
        self.round = 1;
    }

    fn is_due(&self, index: usize) -> bool {
        self.round == 0 || self.again.contains(&index)
    }
}

/// How a webhook left the object.
enum Left {
    AsItWas,
    Changed,
}

impl Webhooks {
    /// Asks those that the request concerns. `object` is `None` on delete.
    pub(in crate::admission) async fn mutate(
        &self,
        hooks: &Hooks,
        asked: &Asked<'_>,
        mut object: Option<&mut Object>,
        again: &mut Reinvocation,
    ) -> Result<(), ApiError> {
        if is_exempt(asked) {
            return Ok(());
        }
        for (index, hook) in hooks.iter().enumerate() {
            let place = hook.place(self, Sort::Mutating, asked, object.as_deref());
            let place = place.await?;
            let Some(place) = place.filter(|_| again.is_due(index)) else {
                continue;
            };
            let note = Note {
                asked,
                hook,
                key: format!("round_{}_index_{index}", again.round),
            };
            let documents = shown(asked, &place, object.as_deref()).await?;
            let started = self.clock.monotonic();
            let left = self.change(&note, &place, &documents, object.as_deref_mut());
            let left = left.await;
            note.mutation(matches!(left, Ok(Left::Changed)));
            self.count(hook, Sort::Mutating, asked, started, left.as_ref().err());
            if matches!(left, Ok(Left::Changed)) {
                again.changed();
                again.needed = true;
            }
            if hook.reinvoked {
                again.waiting.insert(index);
            }
            match left {
                Ok(_) => {}
                Err(Failure::Call { reason, .. }) if hook.failure == FailurePolicy::Ignore => {
                    note.failed_open();
                    self.metrics.failed_open(&hook.name, Sort::Mutating);
                    tracing::warn!(webhook = %hook.name, %reason, "failed calling webhook, failing open");
                }
                Err(failure) => return Err(failure.into_error(hook)),
            }
        }
        Ok(())
    }

    async fn change(
        &self,
        note: &Note<'_>,
        place: &Place,
        documents: &Documents,
        object: Option<&mut Object>,
    ) -> Result<Left, Failure> {
        let (asked, hook) = (note.asked, note.hook);
        let verdict = self.ask(hook, Sort::Mutating, asked, place, documents);
        let verdict = verdict.await?;
        let Some(patched) = patched(hook, &verdict, &documents.new)? else {
            return Ok(Left::AsItWas);
        };
        let Some(object) = object else {
            return Err(Failure::Refused(not_supported(hook)));
        };
        let mut new = object.clone_object();
        asked
            .write_back(place, &patched.document, &mut new, Strictness::Lenient)
            .await
            .map_err(Failure::Refused)?;
        keep_managers(asked, object, &mut new);
        note.patch(&patched.patch);
        let left = if is_same(object, &new) {
            Left::AsItWas
        } else {
            Left::Changed
        };
        *object = new;
        Ok(left)
    }
}

/// What a patch makes of a document, and the patch.
struct Patched {
    document: Value,
    patch: Value,
}

/// `None` when there is nothing to change.
fn patched(hook: &Hook, verdict: &Verdict, document: &Value) -> Result<Option<Patched>, Failure> {
    if verdict.patch.is_empty() {
        return Ok(None);
    }
    let undecodable = |why: &dyn std::fmt::Display| {
        let words = format!("received undecodable patch in webhook response: {why}");
        Failure::call(words, 503)
    };
    let given: Value =
        serde_json::from_slice(&verdict.patch).map_err(|error| undecodable(&error))?;
    let (patch, _) = JsonPatch::decode(&verdict.patch).map_err(|error| undecodable(&error))?;
    if given.as_array().is_none_or(Vec::is_empty) {
        return Ok(None);
    }
    if document.is_null() {
        return Err(Failure::Refused(not_supported(hook)));
    }
    if verdict.patch_type != "JSONPatch" {
        let words = format!("unsupported patch type {}", go_quote(&verdict.patch_type));
        return Err(Failure::call(words, 400));
    }
    let applied = patch.apply(document.clone());
    let document = applied.map_err(|error| {
        Failure::Refused(match error {
            PatchError::Operation { why, .. } => ApiError::internal(why),
            error => ApiError::internal(error),
        })
    })?;
    Ok(Some(Patched {
        document,
        patch: given,
    }))
}

fn not_supported(hook: &Hook) -> ApiError {
    ApiError::internal(format!(
        "admission webhook {} attempted to modify the object, which is not supported for this operation",
        go_quote(&hook.name)
    ))
}

/// Managers that a webhook has broken are those from before.
fn keep_managers(asked: &Asked<'_>, before: &Object, new: &mut Object) {
    let kept: &Vec<ManagedFieldsEntry> = &before.metadata().managed_fields;
    let given = &new.metadata().managed_fields;
    if given == kept {
        return;
    }
    if let Err(error) = patch::managed::from_meta(given) {
        asked.cx.warn(format!(
            ".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: {error}"
        ));
        new.metadata_mut().managed_fields = kept.clone();
    }
}

/// What audit events say of one call.
struct Note<'a> {
    asked: &'a Asked<'a>,
    hook: &'a Hook,
    key: String,
}

impl Note<'_> {
    fn add(&self, prefix: &str, value: String) {
        annotate(self.asked, format!("{prefix}/{}", self.key), value);
    }

    fn head(&self) -> String {
        let (configuration, webhook) = (json!(*self.hook.configuration), json!(*self.hook.name));
        format!("{{\"configuration\":{configuration},\"webhook\":{webhook}")
    }

    fn mutation(&self, mutated: bool) {
        let value = format!("{},\"mutated\":{mutated}}}", self.head());
        self.add("mutation.webhook.admission.k8s.io", value);
    }

    fn patch(&self, patch: &Value) {
        let value = format!(
            "{},\"patch\":{patch},\"patchType\":\"JSONPatch\"}}",
            self.head()
        );
        self.add(crate::audit::PATCH_ANNOTATIONS, value);
    }

    fn failed_open(&self) {
        let prefix = "failed-open.mutation.webhook.admission.k8s.io";
        self.add(prefix, self.hook.name.to_string());
    }
}

/// Whether two states of an object are the same.
pub(in crate::admission) fn is_same(a: &Object, b: &Object) -> bool {
    codec::to_value(a.as_message()) == codec::to_value(b.as_message())
}
