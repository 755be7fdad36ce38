//! LimitRange: what one pod, container or claim of a namespace may have, and what it gets when it says nothing.

#[cfg(test)]
mod tests;

use super::resource_names;
use crate::rules;
use api::core::v1::{LimitRange, LimitRangeItem};
use meta::{FieldErrors, FieldPath, Map, Quantity, QuantityFormat, Str, validation};
use resource::{Column, MetadataCheck, RequestContext, Strategy};
use std::collections::{BTreeSet, HashSet};

pub(crate) struct LimitRanges;

const TYPES: &[&str] = &["Container", "PersistentVolumeClaim", "Pod"];

impl Strategy for LimitRanges {
    type Object = LimitRange;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["limits"];
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<LimitRange>] = &[Column::NAME, Column::CREATED_AT];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, range: &mut LimitRange) {
        for item in range.spec.limits.iter_mut() {
            if item.type_ == "Container" {
                set_defaults(item);
            }
            for list in [
                &mut item.max,
                &mut item.min,
                &mut item.default,
                &mut item.default_request,
                &mut item.max_limit_request_ratio,
            ] {
                resource_names::round_up(list);
            }
        }
    }

    fn prepare_create(&self, cx: &RequestContext, new: &mut LimitRange) {
        if new.metadata.name.is_empty() {
            new.metadata.name = cx.random_uid();
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, range: &LimitRange) {
        let path = FieldPath::new("spec.limits");
        let mut types = HashSet::new();
        for (index, item) in range.spec.limits.iter().enumerate() {
            let path = path.index(index);
            check_type(errors, &path.child("type"), &item.type_);
            if !types.insert(&item.type_) {
                errors.duplicate(&path.child("type"), &item.type_);
            }
            check_item(errors, &path, item);
        }
    }
}

/// Limits follow from the maximum; requests from the limits, then from the minimum.
fn set_defaults(item: &mut LimitRangeItem) {
    let fill = |to: &mut Map<Str, Quantity>, from: &Map<Str, Quantity>| {
        for (name, amount) in from.iter() {
            if !to.contains_key(name) {
                to.insert(name.clone(), *amount);
            }
        }
    };
    fill(&mut item.default, &item.max);
    fill(&mut item.default_request, &item.default);
    fill(&mut item.default_request, &item.min);
}

fn check_type(errors: &mut FieldErrors, path: &FieldPath, kind: &str) {
    let problems = validation::qualified_name(kind);
    if !problems.is_empty() {
        rules::each(errors, path, kind, problems);
    } else if !kind.contains('/') && !TYPES.contains(&kind) {
        let words = "must be a standard limit type or fully qualified";
        errors.invalid(path, kind, words);
    }
}

fn check_item(errors: &mut FieldErrors, path: &FieldPath, item: &LimitRangeItem) {
    let mut keys = BTreeSet::new();
    let mut names = |errors: &mut FieldErrors, name: &str, list: &Map<Str, Quantity>| {
        for key in list.keys() {
            let path = path.child(name).key(key);
            match item.type_.as_str() {
                "Pod" | "Container" => resource_names::check_container(errors, &path, key),
                _ => drop(resource_names::check(errors, &path, key)),
            }
            keys.insert(key.clone());
        }
    };
    names(errors, "max", &item.max);
    names(errors, "min", &item.min);
    if item.type_ == "Pod" {
        let lists = [
            ("default", &item.default),
            ("defaultRequest", &item.default_request),
        ];
        for (name, _) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            let words = "may not be specified when `type` is 'Pod'";
            errors.forbidden(&path.child(name), words);
        }
    } else {
        names(errors, "default", &item.default);
        names(errors, "defaultRequest", &item.default_request);
    }
    let bounded = item.min.contains_key("storage") || item.max.contains_key("storage");
    if item.type_ == "PersistentVolumeClaim" && !bounded {
        let words = "either minimum or maximum storage value is required, but neither was provided";
        errors.required(&path.child("limits"), words);
    }
    names(
        errors,
        "maxLimitRequestRatio",
        &item.max_limit_request_ratio,
    );
    for key in &keys {
        check_key(errors, path, item, key);
    }
}

/// What is said of one resource must fit together.
fn check_key(errors: &mut FieldErrors, path: &FieldPath, item: &LimitRangeItem, key: &str) {
    let (min, max) = (item.min.get(key), item.max.get(key));
    let of_pods = item.type_ == "Pod";
    let default = item.default.get(key).filter(|_| !of_pods);
    let request = item.default_request.get(key).filter(|_| !of_pods);
    let mut ordered = |field: &str,
                       shown: Option<&Quantity>,
                       (low_name, low): (&str, Option<&Quantity>),
                       (high_name, high): (&str, Option<&Quantity>)| {
        if let (Some(low), Some(high), Some(shown)) = (low, high, shown)
            && low > high
        {
            let words = format!("{low_name} value {low} is greater than {high_name} value {high}");
            errors.invalid(&path.child(field).key(key), shown, words);
        }
    };
    ordered("min", min, ("min", min), ("max", max));
    let wanted = ("default request", request);
    ordered("defaultRequest", request, ("min", min), wanted);
    ordered("defaultRequest", request, wanted, ("max", max));
    ordered(
        "defaultRequest",
        request,
        wanted,
        ("default limit", default),
    );
    ordered("default", min, ("min", min), ("default", default));
    ordered("default", max, ("default", default), ("max", max));
    if let Some(ratio) = item.max_limit_request_ratio.get(key) {
        let path = path.child("maxLimitRequestRatio").key(key);
        check_ratio(errors, &path, ratio, min, max);
    }
    if let (Some(default), Some(request)) = (default, request)
        && !resource_names::may_overcommit(key)
        && default != request
    {
        let words = format!(
            "default value {default} must equal to defaultRequest value {request} in {key}"
        );
        errors.invalid(&path.child("defaultRequest").key(key), request, words);
    }
}

fn check_ratio(
    errors: &mut FieldErrors,
    path: &FieldPath,
    ratio: &Quantity,
    min: Option<&Quantity>,
    max: Option<&Quantity>,
) {
    if *ratio < Quantity::new(1, QuantityFormat::DecimalSi) {
        errors.invalid(path, ratio, format!("ratio {ratio} is less than 1"));
    }
    if let (Some(min), Some(max)) = (min, max) {
        let limit = max.as_f64() / min.as_f64();
        if ratio.as_f64() > limit {
            let words = format!("ratio {ratio} is greater than max/min = {limit:.6}");
            errors.invalid(path, ratio, words);
        }
    }
}
