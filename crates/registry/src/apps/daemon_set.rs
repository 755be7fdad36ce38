//! DaemonSet: a pod on every node, or on every node of some sort.

#[cfg(test)]
mod tests;

use super::template;
use crate::{core::pod, rules, selector};
use api::apps::v1::{
    DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy, DaemonSetUpdateStrategyType,
    RollingUpdateDaemonSet,
};
use meta::{
    ApiError, FieldErrors, FieldPath, IntOrString, Map, Str, Verbatim, go_quote, labels::Selector,
};
use resource::{Column, Finish, Generation, Part, RequestContext, Strategy, Subresources};
use std::num::{IntErrorKind, ParseIntError};

pub(crate) struct DaemonSets;

const REVISION_HISTORY: i32 = 10;
/// Counts the templates that a set has had. A field once, an annotation since `apps/v1`.
const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

impl Strategy for DaemonSets {
    type Object = DaemonSet;
    const SHORT_NAMES: &'static [&'static str] = &["ds"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<DaemonSet>] = COLUMNS;

    fn subresources(&self) -> Subresources<DaemonSet> {
        let copy = |to: &mut DaemonSet, from: &DaemonSet| to.status = from.status.clone();
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, set: &mut DaemonSet) {
        let spec = &mut set.spec;
        spec.revision_history_limit.get_or_insert(REVISION_HISTORY);
        let strategy = &mut spec.update_strategy;
        if strategy.type_.is_empty() {
            strategy.type_ = DaemonSetUpdateStrategyType::ROLLING_UPDATE.into();
        }
        if strategy.type_ == DaemonSetUpdateStrategyType::ROLLING_UPDATE {
            let rolling = strategy.rolling_update.get_or_insert_default();
            rolling.max_unavailable.get_or_insert_with(|| 1.into());
            rolling.max_surge.get_or_insert_with(|| 0.into());
        }
        pod::defaults::spec(&mut spec.template.spec);
        set.metadata
            .annotations
            .get_or_insert_with(TEMPLATE_GENERATION, || "0".into());
    }

    fn prepare_create(&self, _cx: &RequestContext, set: &mut DaemonSet) {
        if let Ok(given) = template_generation(&set.metadata.annotations) {
            set_template_generation(set, given.max(1));
        }
        pod::disabled::drop_fields(&mut set.spec.template.spec, None);
    }

    fn begin_create(
        &self,
        _cx: &RequestContext,
        new: &mut DaemonSet,
    ) -> Result<Option<Finish>, ApiError> {
        template_generation(&new.metadata.annotations).map(|_| None)
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut DaemonSet, old: &DaemonSet) {
        let held = Some(&old.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.template.spec, held);
        let changed = new.spec.template != old.spec.template;
        if template_generation(&new.metadata.annotations).is_ok() {
            let before = template_generation(&old.metadata.annotations).unwrap_or(0);
            set_template_generation(new, before.saturating_add(i64::from(changed)));
        }
    }

    fn begin_update(
        &self,
        _cx: &RequestContext,
        new: &mut DaemonSet,
        _old: &DaemonSet,
    ) -> Result<Option<Finish>, ApiError> {
        template_generation(&new.metadata.annotations).map(|_| None)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, set: &DaemonSet) {
        check(errors, &set.spec);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &DaemonSet,
        old: &DaemonSet,
    ) {
        template::check_selector_kept(
            errors,
            new.spec.selector.as_deref(),
            old.spec.selector.as_deref(),
        );
        check(errors, &new.spec);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, set: &DaemonSet) -> Vec<String> {
        warnings(set)
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &DaemonSet,
        old: &DaemonSet,
    ) -> Vec<String> {
        if new.spec.template == old.spec.template {
            return Vec::new();
        }
        warnings(new)
    }
}

fn warnings(set: &DaemonSet) -> Vec<String> {
    let template = &set.spec.template;
    let path = FieldPath::new("spec").child("template");
    pod::warnings::of(&path, &template.spec, &template.metadata)
}

/// The count, 0 where there is none.
///
/// # Errors
/// It is no number: upstream cannot read such an object.
fn template_generation(annotations: &Map<Str, Str>) -> Result<i64, ApiError> {
    let Some(text) = annotations.get(TEMPLATE_GENERATION) else {
        return Ok(0);
    };
    text.parse().map_err(|error: ParseIntError| {
        let why = match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        let text = go_quote(text);
        ApiError::bad_request(format!(
            "DaemonSet in version \"v1\" cannot be handled as a DaemonSet: strconv.ParseInt: parsing {text}: {why}"
        ))
    })
}

fn set_template_generation(set: &mut DaemonSet, generation: i64) {
    let annotations = &mut set.metadata.annotations;
    annotations.insert(TEMPLATE_GENERATION, generation.to_string().into());
}

fn check(errors: &mut FieldErrors, spec: &DaemonSetSpec) {
    let (path, template) = (FieldPath::new("spec"), &spec.template);
    let own = path.child("selector");
    let wanted = spec.selector.as_deref();
    if let Some(wanted) = wanted {
        selector::check(errors, &own, wanted);
    }
    let at = path.child("template");
    if let Ok(parsed) = Selector::from_label_selector(wanted)
        && !parsed.matches(&template.metadata.labels)
    {
        let labels = at.child("metadata").child("labels");
        template::mismatch(errors, &labels, &template.metadata.labels);
    }
    if let Some(wanted) = wanted
        && wanted.match_labels.is_empty()
        && wanted.match_expressions.is_empty()
    {
        let words = "empty selector is invalid for daemonset";
        errors.invalid(&own, meta::Json(wanted), words);
    }
    template::check_pods(errors, &at, template);
    template::check_kept_running(errors, &at.child("spec"), &template.spec, "DaemonSet");
    let ready = spec.min_ready_seconds.into();
    rules::not_negative(errors, &path.child("minReadySeconds"), ready);
    check_strategy(errors, &path.child("updateStrategy"), &spec.update_strategy);
    let limit = spec.revision_history_limit.unwrap_or(0).into();
    rules::not_negative(errors, &path.child("revisionHistoryLimit"), limit);
}

fn check_strategy(errors: &mut FieldErrors, path: &FieldPath, strategy: &DaemonSetUpdateStrategy) {
    let known = [
        DaemonSetUpdateStrategyType::ROLLING_UPDATE,
        DaemonSetUpdateStrategyType::ON_DELETE,
    ];
    let rolling = path.child("rollingUpdate");
    match strategy.type_.as_str() {
        DaemonSetUpdateStrategyType::ON_DELETE => {}
        DaemonSetUpdateStrategyType::ROLLING_UPDATE => match &strategy.rolling_update {
            None => errors.required(&rolling, ""),
            Some(update) => check_rolling(errors, &rolling, update),
        },
        _ => {
            let shown = pod::validate::internal_form(strategy);
            errors.not_supported(path, Verbatim(&shown), &known);
        }
    }
}

fn check_rolling(errors: &mut FieldErrors, path: &FieldPath, update: &RollingUpdateDaemonSet) {
    let (unavailable, surge) = (path.child("maxUnavailable"), path.child("maxSurge"));
    let none = IntOrString::Int(0);
    let unavailable_share = update.max_unavailable.as_ref().unwrap_or(&none);
    let surge_share = update.max_surge.as_ref().unwrap_or(&none);
    rules::share(errors, &unavailable, unavailable_share);
    rules::share(errors, &surge, surge_share);
    rules::at_most_all(errors, &unavailable, unavailable_share);
    rules::at_most_all(errors, &surge, surge_share);
    match (
        rules::amount(unavailable_share) != 0,
        rules::amount(surge_share) != 0,
    ) {
        (true, true) => {
            let words = "may not be set when maxUnavailable is non-zero";
            errors.invalid(&surge, surge_share, words);
        }
        (false, false) => errors.required(&unavailable, "cannot be 0 when maxSurge is 0"),
        _ => {}
    }
}

struct Status;

impl Part<DaemonSet> for Status {
    /// The count is of the spec, whatever the annotations say.
    fn prepare_update(&self, _cx: &RequestContext, new: &mut DaemonSet, old: &DaemonSet) {
        let before = template_generation(&old.metadata.annotations).unwrap_or(0);
        set_template_generation(new, before);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &DaemonSet,
        old: &DaemonSet,
    ) {
        let (path, status) = (FieldPath::new("status"), &new.status);
        let counts = [
            (
                "currentNumberScheduled",
                status.current_number_scheduled.into(),
            ),
            ("numberMisscheduled", status.number_misscheduled.into()),
            (
                "desiredNumberScheduled",
                status.desired_number_scheduled.into(),
            ),
            ("numberReady", status.number_ready.into()),
            ("observedGeneration", status.observed_generation),
            (
                "updatedNumberScheduled",
                status.updated_number_scheduled.into(),
            ),
            ("numberAvailable", status.number_available.into()),
            ("numberUnavailable", status.number_unavailable.into()),
        ];
        for (name, count) in counts {
            rules::not_negative(errors, &path.child(name), count);
        }
        let was = old.status.collision_count;
        template::check_collisions(errors, &path, status.collision_count, was);
    }
}

const COLUMNS: &[Column<DaemonSet>] = &[
    Column::NAME,
    Column::integer("Desired", "Nodes that should run the pod.", |set, _| {
        set.status.desired_number_scheduled.into()
    }),
    Column::integer("Current", "Nodes that run the pod and should.", |set, _| {
        set.status.current_number_scheduled.into()
    }),
    Column::integer("Ready", "Nodes on which the pod is ready.", |set, _| {
        set.status.number_ready.into()
    }),
    Column::integer(
        "Up-to-date",
        "Nodes whose pod has the wanted template.",
        |set, _| set.status.updated_number_scheduled.into(),
    ),
    Column::integer(
        "Available",
        "Nodes whose pod has been ready for long enough.",
        |set, _| set.status.number_available.into(),
    ),
    Column::text(
        "Node Selector",
        "The labels of nodes that should run the pod.",
        |set, _| template::shown_labels(&set.spec.template.spec.node_selector).into(),
    ),
    Column::AGE,
    Column::text(
        "Containers",
        "Names of each container in the template.",
        |set: &DaemonSet, _| template::names(&set.spec.template.spec.containers).into(),
    )
    .wide(),
    Column::text(
        "Images",
        "Images referenced by each container in the template.",
        |set: &DaemonSet, _| template::images(&set.spec.template.spec.containers).into(),
    )
    .wide(),
    Column::text(
        "Selector",
        "The labels that select the pods.",
        |set: &DaemonSet, _| template::shown(set.spec.selector.as_deref()).into(),
    )
    .wide(),
];
