//! Which policies are asked about a request, with what, in their order: all that has to be waited for before expressions are evaluated.
use super::super::{
    Concern, Request,
    compiled::{Binding, Hook, Validating},
    params::Params,
};
use crate::admission::{expressions::Inputs, matching::Matched};
use meta::ApiError;

/// What is to be done, and what expressions see.
pub(super) struct Plan<'h> {
    pub(super) steps: Vec<Step<'h>>,
    /// By the place in which the request matched.
    inputs: Vec<(Matched, Inputs)>,
}

/// Says which of a plan's inputs.
#[derive(Clone, Copy)]
pub(super) struct Which(usize);

pub(super) enum Step<'h> {
    /// A policy or its binding cannot be asked.
    Misconfigured {
        policy: &'h Validating,
        binding: Option<&'h Binding>,
        error: String,
    },
    Ask {
        policy: &'h Validating,
        binding: &'h Binding,
        inputs: Which,
        params: Params,
    },
    /// All bindings of the policy have been asked.
    End { policy: &'h Validating },
}

impl<'h> Plan<'h> {
    /// # Errors
    /// The request's namespace is not there.
    pub(super) async fn of(
        hooks: &'h [Hook<Validating>],
        request: &Request<'_>,
    ) -> Result<Self, ApiError> {
        let mut plan = Self {
            steps: Vec::new(),
            inputs: Vec::new(),
        };
        for hook in hooks {
            plan.add(hook, request).await?;
        }
        Ok(plan)
    }

    pub(super) fn inputs(&self, which: Which) -> &Inputs {
        &self.inputs[which.0].1
    }

    async fn add(
        &mut self,
        hook: &'h Hook<Validating>,
        request: &Request<'_>,
    ) -> Result<(), ApiError> {
        let (policy, head) = (&*hook.policy, &hook.policy.head);
        let Concern { place, kind } = match request.concerns(head, request.object) {
            Ok(Some(concern)) => concern,
            Ok(None) => return Ok(()),
            Err(error) => {
                self.misconfigured(policy, None, error);
                return Ok(());
            }
        };
        for binding in &hook.bindings {
            match request
                .params(binding, request.object, kind.as_deref())
                .await
            {
                Ok(found) if found.is_empty() => {}
                Ok(found) => self.ask(policy, binding, &place, found, request).await?,
                Err(error) => self.misconfigured(policy, Some(binding), error),
            }
        }
        self.steps.push(Step::End { policy });
        Ok(())
    }

    async fn ask(
        &mut self,
        policy: &'h Validating,
        binding: &'h Binding,
        place: &Matched,
        found: Vec<Params>,
        request: &Request<'_>,
    ) -> Result<(), ApiError> {
        let mut known = self.inputs.iter();
        let inputs = match known.position(|(known, _)| known == place) {
            Some(index) => Which(index),
            None => {
                let documents = request.subject.documents(place, request.object).await;
                let documents = match documents {
                    Ok(documents) => documents,
                    Err(error) => {
                        let words = format!("failed to convert object version: {}", error.message);
                        self.misconfigured(policy, Some(binding), words);
                        return Ok(());
                    }
                };
                let inputs = request.inputs(place, documents)?;
                self.inputs.push((place.clone(), inputs));
                Which(self.inputs.len() - 1)
            }
        };
        let steps = found.into_iter().map(|params| Step::Ask {
            policy,
            binding,
            inputs,
            params,
        });
        self.steps.extend(steps);
        Ok(())
    }

    fn misconfigured(
        &mut self,
        policy: &'h Validating,
        binding: Option<&'h Binding>,
        error: String,
    ) {
        self.steps.push(Step::Misconfigured {
            policy,
            binding,
            error,
        });
    }
}
