//! Webhooks that may only refuse: all at once.
use super::{
    Hooks, Webhooks,
    call::{Failure, annotate},
    hook::{FailurePolicy, Hook},
    is_exempt,
    review::Sort,
    shown,
};
use crate::admission::asked::{Asked, Documents, Place};
use futures::future::join_all;
use meta::ApiError;
use resource::Object;

/// A webhook that is to be asked, and in which place.
struct Due<'a> {
    hook: &'a Hook,
    place: Place,
    /// Of its documents.
    documents: usize,
}

impl Webhooks {
    /// Asks those that the request concerns, and waits for all of them; the first refusal in their order counts. `object` is `None` on
    /// delete.
    pub(in crate::admission) async fn validate(
        &self,
        hooks: &Hooks,
        asked: &Asked<'_>,
        object: Option<&Object>,
    ) -> Result<(), ApiError> {
        if is_exempt(asked) {
            return Ok(());
        }
        let mut due: Vec<Due<'_>> = Vec::new();
        let mut documents: Vec<Documents> = Vec::new();
        for hook in hooks.iter() {
            let place = hook.place(self, Sort::Validating, asked, object);
            let Some(place) = place.await? else {
                continue;
            };
            let known = due.iter().find(|known| known.place == place);
            let at = match known {
                Some(known) => known.documents,
                None => {
                    documents.push(shown(asked, &place, object).await?);
                    documents.len() - 1
                }
            };
            due.push(Due {
                hook,
                place,
                documents: at,
            });
        }
        let calls = due.iter().enumerate();
        let calls = calls.map(|(index, due)| {
            let documents = &documents[due.documents];
            self.let_pass(index, due, asked, documents)
        });
        let answers = join_all(calls).await;
        answers.into_iter().find(Result::is_err).unwrap_or(Ok(()))
    }

    async fn let_pass(
        &self,
        index: usize,
        due: &Due<'_>,
        asked: &Asked<'_>,
        documents: &Documents,
    ) -> Result<(), ApiError> {
        let (hook, started) = (due.hook, self.clock.monotonic());
        let answer = self.ask(hook, Sort::Validating, asked, &due.place, documents);
        let answer = answer.await;
        self.count(
            hook,
            Sort::Validating,
            asked,
            started,
            answer.as_ref().err(),
        );
        match answer {
            Ok(_) => Ok(()),
            Err(Failure::Call { reason, .. }) if hook.failure == FailurePolicy::Ignore => {
                self.metrics.failed_open(&hook.name, Sort::Validating);
                let key = format!(
                    "failed-open.validating.webhook.admission.k8s.io/round_0_index_{index}"
                );
                annotate(asked, key, hook.name.to_string());
                tracing::warn!(webhook = %hook.name, %reason, "failed calling webhook, failing open");
                Ok(())
            }
            Err(failure) => Err(failure.into_error(hook)),
        }
    }
}
