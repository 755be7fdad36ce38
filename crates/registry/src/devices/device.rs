//! One device of a slice: attributes, capacity, counters, taints, and from where it can be reached.

use super::{capacity, check_node_selector, claim, fits, names, taints};
use crate::{core::pod::validate::internal_form, rules};
use api::resource::v1::{Counter, Device, DeviceAttribute};
use meta::{FieldErrors, FieldPath, Map, Str};

const ATTRIBUTES_MAX: usize = 32;
const VALUES_MAX: usize = 48;
const VALUE_BYTES_MAX: usize = 64;
const TAINTS_MAX: usize = 16;
const CONSUMPTIONS_MAX: usize = 2;
const CONSUMED_COUNTERS_MAX: usize = 32;
const ONE_OF_NODES: &str = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

pub(super) fn has_lists(device: &Device) -> bool {
    device
        .attributes
        .values()
        .any(|attribute| list_values(attribute) > 0)
}

pub(super) fn drop_lists(device: &mut Device) {
    for attribute in device.attributes.values_mut() {
        attribute.ints.clear();
        attribute.bools.clear();
        attribute.strings.clear();
        attribute.versions.clear();
    }
}

fn list_values(attribute: &DeviceAttribute) -> usize {
    attribute.ints.len()
        + attribute.bools.len()
        + attribute.strings.len()
        + attribute.versions.len()
}

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    device: &Device,
    old: Option<&Device>,
    each_on_its_own: bool,
) {
    rules::label(errors, &path.child("name"), &device.name);
    check_amounts(errors, path, device);
    let field = path.child("attributes");
    for (name, attribute) in &device.attributes {
        names::check_qualified(errors, &field, name);
        check_attribute(errors, &names::entry(&field, name), attribute);
    }
    if old.is_none_or(|old| old.capacity != device.capacity) {
        let field = path.child("capacity");
        let shared = device.allow_multiple_allocations == Some(true);
        for (name, amount) in &device.capacity {
            names::check_qualified(errors, &field, name);
            capacity::check(errors, &names::entry(&field, name), amount, shared);
        }
    }
    let field = path.child("taints");
    let taints_differ = old.is_none_or(|old| old.taints != device.taints);
    if taints_differ && fits(errors, &field, device.taints.len(), TAINTS_MAX) {
        for (index, taint) in device.taints.iter().enumerate() {
            taints::check_taint(errors, &field.index(index), taint);
        }
    }
    let (field, consumed) = (path.child("consumesCounters"), &device.consumes_counters);
    if fits(errors, &field, consumed.len(), CONSUMPTIONS_MAX) {
        for (index, one) in consumed.iter().enumerate() {
            let set = ("counterSet", &one.counter_set);
            check_counters(
                errors,
                &field.index(index),
                set,
                &one.counters,
                CONSUMED_COUNTERS_MAX,
            );
        }
        claim::check_unique(errors, &field, consumed.iter().map(|one| &one.counter_set));
    }
    check_nodes(errors, path, device, each_on_its_own);
    let (good, bad) = (
        &device.binding_conditions,
        &device.binding_failure_conditions,
    );
    taints::check_binding(errors, path, good, bad);
}

fn check_amounts(errors: &mut FieldErrors, path: &FieldPath, device: &Device) {
    let entries = device.attributes.len() + device.capacity.len();
    if entries > ATTRIBUTES_MAX {
        let words = format!(
            "the total number of attributes and capacities must not exceed {ATTRIBUTES_MAX}"
        );
        errors.invalid(path, entries, words);
    }
    let values = device
        .attributes
        .values()
        .map(|attribute| list_values(attribute).max(1));
    let values: usize = values.sum();
    if values > VALUES_MAX {
        let words = format!("the total number of attribute values must not exceed {VALUES_MAX}");
        errors.invalid(path, values, words);
    }
}

fn check_attribute(errors: &mut FieldErrors, path: &FieldPath, attribute: &DeviceAttribute) {
    const ONE: &str = "exactly one value must be specified";
    if let Some(text) = &attribute.string {
        check_length(errors, &path.child("string"), text);
    }
    if let Some(version) = &attribute.version {
        check_version(errors, &path.child("version"), version);
    }
    for (index, text) in attribute.strings.iter().enumerate() {
        check_length(errors, &path.child("strings").index(index), text);
    }
    for (index, version) in attribute.versions.iter().enumerate() {
        check_version(errors, &path.child("versions").index(index), version);
    }
    let given = [
        attribute.bool.is_some(),
        attribute.int.is_some(),
        attribute.string.is_some(),
        attribute.version.is_some(),
        !attribute.bools.is_empty(),
        !attribute.ints.is_empty(),
        !attribute.strings.is_empty(),
        !attribute.versions.is_empty(),
    ];
    match given.iter().filter(|given| **given).count() {
        0 => errors.invalid(path, "", ONE),
        1 => {}
        _ => errors.invalid(path, meta::Verbatim(&internal_form(attribute)), ONE),
    }
}

fn check_length(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    if text.len() > VALUE_BYTES_MAX {
        errors.too_long(path, VALUE_BYTES_MAX);
    }
}

fn check_version(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    if !is_semantic_version(text) {
        let words = "must be a string compatible with semver.org spec 2.0.0";
        errors.invalid(path, text, words);
    }
    check_length(errors, path, text);
}

/// `1.2.3-pre.1+build`, as semver.org 2.0.0 defines it.
pub(super) fn is_semantic_version(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    let (rest, build) = text
        .split_once('+')
        .map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest
        .split_once('-')
        .map_or((rest, None), |(core, pre)| (core, Some(pre)));
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| {
            pre.split('.')
                .all(|part| word(part) && (!digits(part) || number(part)))
        })
        && build.is_none_or(|build| build.split('.').all(word))
}

/// A set of counters by name, or what is taken from one.
pub(super) fn check_counters(
    errors: &mut FieldErrors,
    path: &FieldPath,
    (field, name): (&str, &Str),
    counters: &Map<Str, Counter>,
    count_max: usize,
) {
    let field = path.child(field);
    if name.is_empty() {
        errors.required(&field, "");
    } else {
        rules::label(errors, &field, name);
    }
    let field = path.child("counters");
    if counters.is_empty() {
        errors.required(&field, "");
    } else if fits(errors, &field, counters.len(), count_max) {
        for name in counters.keys() {
            rules::label(errors, &field, name);
        }
    }
}

fn check_nodes(errors: &mut FieldErrors, path: &FieldPath, device: &Device, each_on_its_own: bool) {
    let given =
        device.node_name.is_some() || device.node_selector.is_some() || device.all_nodes.is_some();
    if !each_on_its_own {
        if given {
            let words = "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
            errors.invalid(path, meta::Verbatim("null"), words);
        }
        return;
    }
    let mut said: Vec<&str> = Vec::new();
    if let Some(name) = &device.node_name {
        let field = path.child("nodeName");
        if name.is_empty() {
            errors.invalid(&field, name, "must not be empty");
        } else {
            said.push("`nodeName`");
            rules::subdomain(errors, &field, name);
        }
    }
    if let Some(selector) = &device.node_selector {
        said.push("`nodeSelector`");
        check_node_selector(errors, &path.child("nodeSelector"), selector);
    }
    match device.all_nodes {
        Some(true) => said.push("`allNodes`"),
        Some(false) => {
            let words = "must be either unset or set to true";
            errors.invalid(&path.child("allNodes"), false, words);
        }
        None => {}
    }
    match said.len() {
        0 => errors.required(path, ONE_OF_NODES),
        1 => {}
        _ => errors.invalid(path, format!("{{{}}}", said.join(", ")), ONE_OF_NODES),
    }
}
