//! HorizontalPodAutoscaler: changes how many pods a workload has, by what they use. Stored as v2.

mod columns;
mod defaults;
#[cfg(test)]
mod tests;
mod v1;
mod validate;

use crate::rules;
use api::autoscaling::v2::HorizontalPodAutoscaler;
use meta::{FieldErrors, FieldPath};
use resource::{Column, Part, RequestContext, Strategy, Subresources, Upstream, Versions};

pub(crate) struct Autoscalers;

impl Strategy for Autoscalers {
    type Object = HorizontalPodAutoscaler;
    const SHORT_NAMES: &'static [&'static str] = &["hpa"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const COLUMNS: &'static [Column<HorizontalPodAutoscaler>] = columns::COLUMNS;
    const UPSTREAM: Upstream = Upstream {
        stored_as: Some(("autoscaling", "v2")),
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<HorizontalPodAutoscaler> {
        let copy = |to: &mut HorizontalPodAutoscaler, from: &HorizontalPodAutoscaler| {
            to.status = from.status.clone();
        };
        Subresources::none().status_with(copy, Status)
    }

    fn versions(&self) -> Versions<HorizontalPodAutoscaler> {
        Versions::stored_only().and(v1::V1)
    }

    fn set_defaults(&self, autoscaler: &mut HorizontalPodAutoscaler) {
        defaults::set(&mut autoscaler.spec);
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        autoscaler: &HorizontalPodAutoscaler,
    ) {
        validate::spec(errors, &autoscaler.spec, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &HorizontalPodAutoscaler,
        old: &HorizontalPodAutoscaler,
    ) {
        validate::spec(errors, &new.spec, Some(&old.spec));
    }
}

struct Status;

impl Part<HorizontalPodAutoscaler> for Status {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &HorizontalPodAutoscaler,
        _old: &HorizontalPodAutoscaler,
    ) {
        let (path, status) = (FieldPath::new("status"), &new.status);
        let current = status.current_replicas.into();
        rules::not_negative(errors, &path.child("currentReplicas"), current);
        let desired = status.desired_replicas.into();
        rules::not_negative(errors, &path.child("desiredReplicas"), desired);
    }
}
