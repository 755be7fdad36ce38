//! The authorizer that expressions ask, about one request. Answers are kept, so that each question is asked once.
//!
//! Expressions do not wait. Where only a webhook knows, the question is left open and the answer is of no worth: whoever evaluated settles
//! what is open, and evaluates again.
use crate::{
    authn,
    authz::{Attributes, Authorizer, Selectors, Verdict},
};
use expr::{Answer, Authorize, Check, Target};
use parking_lot::Mutex;
use resource::User;
use std::sync::Arc;

pub(super) struct Asker {
    authorizer: Arc<Authorizer>,
    /// Whoever sent the request.
    user: User,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    answers: Vec<(Check, Answer)>,
    open: Vec<Check>,
}

impl Asker {
    pub(super) fn new(authorizer: &Arc<Authorizer>, user: &User) -> Arc<Self> {
        Arc::new(Self {
            authorizer: Arc::clone(authorizer),
            user: user.clone(),
            known: Mutex::default(),
        })
    }

    /// Answers what was left open. False when nothing was, so that what was evaluated holds.
    pub(super) async fn settle(&self) -> bool {
        let open = std::mem::take(&mut self.known.lock().open);
        for check in &open {
            let user = self.about(check);
            let verdict = self.authorizer.authorize(&user, &attributes(check)).await;
            let answer = answer(verdict);
            self.known.lock().answers.push((check.clone(), answer));
        }
        !open.is_empty()
    }

    fn about(&self, check: &Check) -> User {
        match &check.account {
            Some((namespace, name)) => authn::account_user(namespace, name, ""),
            None => self.user.clone(),
        }
    }
}

impl Authorize for Asker {
    fn authorize(&self, check: &Check) -> Answer {
        let mut known = self.known.lock();
        if let Some((_, answer)) = known.answers.iter().find(|(asked, _)| asked == check) {
            return answer.clone();
        }
        let decided = self
            .authorizer
            .decide(&self.about(check), &attributes(check));
        let Some(verdict) = decided else {
            if !known.open.contains(check) {
                known.open.push(check.clone());
            }
            return Answer::default();
        };
        let answer = answer(verdict);
        known.answers.push((check.clone(), answer.clone()));
        answer
    }
}

impl std::fmt::Debug for Asker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asker")
            .field("user", &self.user.name)
            .finish_non_exhaustive()
    }
}

fn answer(verdict: Verdict) -> Answer {
    Answer {
        allowed: verdict.allows(),
        reason: verdict.reason.to_string(),
        error: verdict.error,
    }
}

fn attributes(check: &Check) -> Attributes<'_> {
    let verb = check.verb.as_str();
    match &check.target {
        Target::Path(path) => Attributes {
            verb,
            path,
            ..Attributes::default()
        },
        Target::Resource(target) => Attributes {
            verb,
            group: &target.group,
            version: "*",
            resource: &target.resource,
            subresource: &target.subresource,
            namespace: &target.namespace,
            name: &target.name,
            selectors: Selectors::Texts {
                field: given(&target.field_selector),
                label: given(&target.label_selector),
            },
            ..Attributes::default()
        },
    }
}

fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
