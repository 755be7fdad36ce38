//! MutatingAdmissionPolicy: what policies make of the object of one request, one after the other.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/policy/mutating` (`dispatcher.go`, `reinvocationcontext.go`) and
//! `…/policy/generic/policy_dispatcher.go`.
use super::{
    Concern, Request,
    compiled::{Binding, Hook, Mutating, Mutator},
    params::Params,
    patching,
    validating::error_type,
};
use crate::{
    admission::{
        asked::Place,
        expressions::{Inputs, Sort, bindings},
        matching::Matched,
    },
    decode,
    endpoint::Endpoint,
};
use meta::{ApiError, GroupVersionKind, Reason, StatusCause, Str, codec::Strictness};
use resource::Object;
use serde_json::Value;
use std::collections::HashSet;

/// What policies have done to the object of a request so far, for when they are asked a second time.
#[derive(Default)]
pub(super) struct Reinvocation {
    /// Whether this is the second time.
    second: bool,
    /// Those that are to be asked again if anything changes the object after them.
    invoked: HashSet<Key>,
    /// Those that are to be asked again.
    again: HashSet<Key>,
    /// The object as policies left it.
    left: Option<Value>,
}

/// Policy, binding, namespace and name of the parameters.
type Key = (Str, Str, (String, String));

impl Reinvocation {
    /// From now on only those are asked that have to be asked again.
    pub(super) fn begin_second(&mut self) {
        self.second = true;
    }

    fn changed(&mut self) {
        self.again.extend(self.invoked.drain());
    }
}

/// One policy with one object of parameters.
struct Invocation<'h> {
    policy: &'h Mutating,
    binding: &'h Binding,
    place: Matched,
    params: Params,
}

impl Invocation<'_> {
    fn key(&self) -> Key {
        let (policy, binding) = (&self.policy.head.name, &self.binding.name);
        (policy.clone(), binding.clone(), self.params.key.clone())
    }
}

/// Why policies refuse a request, unless all that fails is to be ignored.
#[derive(Default)]
struct Refusals(Vec<Refusal>);

struct Refusal {
    message: String,
    reason: Option<Reason>,
}

impl Refusals {
    fn add(
        &mut self,
        policy: &Mutating,
        binding: Option<&Binding>,
        reason: Option<Reason>,
        error: &str,
    ) {
        if policy.head.ignores {
            return;
        }
        let name = &policy.head.name;
        let message = match binding {
            Some(binding) => format!(
                "policy '{name}' with binding '{}' denied request: {error}",
                binding.name
            ),
            None => format!("policy {} denied request: {error}", meta::go_quote(name)),
        };
        self.0.push(Refusal { message, reason });
    }

    /// The first one speaks, all are causes. The code is that of what is forbidden whatever the reason.
    fn into_result(self, request: &Request<'_>, object: &Object) -> Result<(), ApiError> {
        let Some(first) = self.0.first() else {
            return Ok(());
        };
        let mut error = request.forbidden(Some(object), "admission request denied by policy");
        error.message.clone_from(&first.message);
        if let Some(reason) = first.reason {
            error.reason = reason;
        }
        let causes = self.0.into_iter().map(|refusal| StatusCause {
            message: refusal.message.into(),
            ..StatusCause::default()
        });
        error.details.get_or_insert_default().causes.extend(causes);
        Err(error)
    }
}

/// Asks all policies. Whether one of them wrote the object.
pub(super) async fn run(
    hooks: &[Hook<Mutating>],
    request: &Request<'_>,
    object: &mut Object,
    reinvocation: &mut Reinvocation,
) -> Result<bool, ApiError> {
    let mut refusals = Refusals::default();
    let invocations = invocations(hooks, request, object, &mut refusals).await;
    let mut written = false;
    if !invocations.is_empty() {
        let own = request.subject.place.clone();
        if reinvocation.second {
            let now = request.subject.shown(&own, object)?;
            if reinvocation.left.as_ref() != Some(&now) {
                reinvocation.changed();
            }
        }
        let mut run = Run {
            request,
            reinvocation,
            refusals: &mut refusals,
            written: false,
        };
        for invocation in &invocations {
            run.invoke(invocation, object).await?;
        }
        written = run.written;
        if written {
            reinvocation.changed();
        }
        reinvocation.left = Some(request.subject.shown(&own, object)?);
    }
    refusals.into_result(request, object)?;
    Ok(written)
}

/// Who is to be asked about the object as it came.
async fn invocations<'h>(
    hooks: &'h [Hook<Mutating>],
    request: &Request<'_>,
    object: &Object,
    refusals: &mut Refusals,
) -> Vec<Invocation<'h>> {
    let mut invocations = Vec::new();
    for hook in hooks {
        let (policy, head) = (&*hook.policy, &hook.policy.head);
        let Concern { place, kind } = match request.concerns(head, Some(object)) {
            Ok(Some(concern)) => concern,
            Ok(None) => continue,
            Err(error) => {
                let words = format!("failed to configure policy: {error}");
                refusals.add(policy, None, None, &words);
                continue;
            }
        };
        for binding in &hook.bindings {
            match request.params(binding, Some(object), kind.as_deref()).await {
                Ok(found) => invocations.extend(found.into_iter().map(|params| Invocation {
                    policy,
                    binding,
                    place: place.clone(),
                    params,
                })),
                Err(error) => {
                    let words = format!("failed to configure binding: {error}");
                    refusals.add(policy, Some(binding), None, &words);
                }
            }
        }
    }
    invocations
}

/// Built-in types of one version are not made of those of another, and what a policy changes must be of the request's version.
fn convertible(request: &Request<'_>, served: &Endpoint, place: &Place) -> Result<(), String> {
    let (from, to) = (&place.kind, &request.subject.place.kind);
    if served.definition().is_some() || from.api_version() == to.api_version() {
        return Ok(());
    }
    let name = |kind: &GroupVersionKind| format!("{}.{}", kind.version, kind.kind);
    Err(if from.group == to.group {
        format!(
            "converting ({}) to ({}): unknown conversion",
            name(from),
            name(to)
        )
    } else {
        format!(
            "{} is not suitable for converting to {} in scheme \"{}\"",
            name(from),
            meta::go_quote(&to.api_version()),
            decode::scheme(&to.group)
        )
    })
}

/// One round through the policies.
struct Run<'r, 'a> {
    request: &'r Request<'a>,
    reinvocation: &'r mut Reinvocation,
    refusals: &'r mut Refusals,
    written: bool,
}

impl Run<'_, '_> {
    async fn invoke(
        &mut self,
        invocation: &Invocation<'_>,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        let (request, place) = (self.request, &invocation.place);
        let documents = match request.subject.documents(place, Some(object)).await {
            Ok(documents) => documents,
            Err(error) => {
                let words = format!("failed to configure policy: {}", error.message);
                self.refusals.add(invocation.policy, None, None, &words);
                return Ok(());
            }
        };
        let mut inputs = request.inputs(place, documents)?;
        match self.holds(invocation, &inputs).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => {
                self.refuse(invocation, &error);
                return Ok(());
            }
        }
        let key = invocation.key();
        if self.reinvocation.second && !self.reinvocation.again.contains(&key) {
            return Ok(());
        }
        let before = inputs.object.clone();
        for mutator in &invocation.policy.mutations {
            match self.mutate(invocation, mutator, &inputs).await? {
                Ok(changed) => {
                    self.write(invocation, mutator, &changed, object).await?;
                    let documents = request.subject.documents(place, Some(object)).await?;
                    inputs.object = documents.new;
                }
                Err(error) => self.refuse(invocation, &error),
            }
        }
        if inputs.object != before {
            self.reinvocation.changed();
        }
        if invocation.policy.reinvoked {
            self.reinvocation.invoked.insert(key);
        }
        Ok(())
    }

    fn refuse(&mut self, invocation: &Invocation<'_>, error: &str) {
        let (policy, binding) = (invocation.policy, Some(invocation.binding));
        self.refusals
            .add(policy, binding, Some(Reason::Invalid), error);
    }

    async fn holds(&self, invocation: &Invocation<'_>, inputs: &Inputs) -> Result<bool, String> {
        let (request, head) = (self.request, &invocation.policy.head);
        if head.conditions.is_empty() {
            return Ok(true);
        }
        loop {
            let held = {
                let (params, checks) = (&invocation.params.document, Some(&request.checks));
                let sort = Sort::Conditions;
                let bound = bindings(inputs, params, &head.variables, checks, sort);
                head.conditions.evaluate(&bound, request.clock)
            };
            if !request.checks.asker.settle().await {
                held.count(request.admission_metrics, request.conditional(&head.name));
                return held.outcome(head.ignores);
            }
        }
    }

    /// The object as one mutation leaves it, or why there is none.
    async fn mutate(
        &self,
        invocation: &Invocation<'_>,
        mutator: &Mutator,
        inputs: &Inputs,
    ) -> Result<Result<Value, String>, ApiError> {
        let (request, head) = (self.request, &invocation.policy.head);
        let served = request.endpoint(&invocation.place)?;
        loop {
            let started = request.clock.monotonic();
            let changed = {
                let (params, checks) = (&invocation.params.document, Some(&request.checks));
                let bound = bindings(inputs, params, &head.variables, checks, Sort::Rest);
                let node = request.node(&served, &invocation.place);
                patching::patched(mutator, &bound, &inputs.object, node, request.clock)
            };
            let changed = changed.and_then(|changed| {
                convertible(request, &served, &invocation.place)?;
                Ok(changed)
            });
            let elapsed = request.clock.monotonic().since(started);
            if request.checks.asker.settle().await {
                continue;
            }
            let error = changed.as_ref().err();
            let error = error.map_or("no_error", |error| error_type(error));
            let labels = [&*head.name, &*invocation.binding.name, error];
            request.metrics.mutated(labels, elapsed);
            return Ok(changed);
        }
    }

    /// What a JSON patch makes must be an object of the kind, to the field; what is applied has been checked by its schema.
    async fn write(
        &mut self,
        invocation: &Invocation<'_>,
        mutator: &Mutator,
        document: &Value,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        self.written = true;
        let strictness = match mutator {
            Mutator::Apply(_) => Strictness::Lenient,
            Mutator::JsonPatch(_) => Strictness::Strict,
        };
        let subject = &self.request.subject;
        let place = &invocation.place;
        subject
            .write_back(place, document, object, strictness)
            .await
    }
}
