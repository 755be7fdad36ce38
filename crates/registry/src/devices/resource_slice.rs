//! ResourceSlice: devices of a pool, as a driver publishes them.

use super::{check_node_selector, claim, device, fits, names};
use crate::{core::csi, rules};
use api::resource::v1::{Device, ResourceSlice, ResourceSliceSpec};
use meta::{FieldErrors, FieldPath, Str, codec::Value};
use resource::{Column, Generation, RequestContext, Strategy};

pub(crate) struct ResourceSlices;

const DEVICES_MAX: usize = 128;
/// With taints or counters each device takes more work.
const ADVANCED_DEVICES_MAX: usize = 64;
const COUNTER_SETS_MAX: usize = 8;
const COUNTERS_MAX: usize = 32;
const ONE_OF: &str =
    "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

impl Strategy for ResourceSlices {
    type Object = ResourceSlice;
    const RETURNS_DELETED_OBJECT: bool = true;
    const GENERATION: Generation = Generation::Content;
    const FIELD_LABELS: &'static [&'static str] = &["spec.nodeName", "spec.driver"];
    const COLUMNS: &'static [Column<ResourceSlice>] = &[
        Column::NAME,
        Column::text(
            "Node",
            "The node that has the devices.",
            |slice: &ResourceSlice, _| slice.spec.node_name.as_deref().unwrap_or_default().into(),
        ),
        Column::text(
            "Driver",
            "The driver that published them.",
            |slice: &ResourceSlice, _| slice.spec.driver.as_str().into(),
        ),
        Column::text(
            "Pool",
            "The pool that they belong to.",
            |slice: &ResourceSlice, _| slice.spec.pool.name.as_str().into(),
        ),
        Column::AGE,
    ];

    fn prepare_create(&self, cx: &RequestContext, slice: &mut ResourceSlice) {
        prepare(cx, slice, None);
    }

    fn prepare_update(&self, cx: &RequestContext, new: &mut ResourceSlice, old: &ResourceSlice) {
        // What is dropped below counts as a change all the same.
        if new.spec != old.spec {
            new.metadata.generation = old.metadata.generation + 1;
        }
        prepare(cx, new, Some(&old.spec));
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, slice: &ResourceSlice) {
        check(errors, &FieldPath::new("spec"), &slice.spec, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceSlice,
        old: &ResourceSlice,
    ) {
        check(errors, &FieldPath::new("spec"), &new.spec, Some(&old.spec));
    }

    fn selectable_field(&self, slice: &ResourceSlice, label: &str) -> Str {
        match label {
            "spec.nodeName" => slice.spec.node_name.clone().unwrap_or_default(),
            _ => slice.spec.driver.clone(),
        }
    }
}

/// Drops fields behind features that are off in v1.36, unless the object had them, and says since when a taint is there.
fn prepare(cx: &RequestContext, slice: &mut ResourceSlice, old: Option<&ResourceSliceSpec>) {
    let had_lists = old.is_some_and(|old| old.devices.iter().any(device::has_lists));
    let had_mappings = old.is_some_and(|old| {
        let mut devices = old.devices.iter();
        devices.any(|device| !device.node_allocatable_resource_mappings.is_empty())
    });
    for device in &mut slice.spec.devices {
        if !had_lists {
            device::drop_lists(device);
        }
        if !had_mappings {
            device.node_allocatable_resource_mappings.clear();
        }
        for taint in &mut device.taints {
            taint.time_added.get_or_insert(cx.now);
        }
    }
}

fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &ResourceSliceSpec,
    old: Option<&ResourceSliceSpec>,
) {
    csi::check_driver_name(errors, &path.child("driver"), &spec.driver);
    check_pool(errors, &path.child("pool"), spec);
    if let Some(old) = old {
        let pool = path.child("pool").child("name");
        same(errors, &pool, &spec.pool.name, &old.pool.name);
        same(errors, &path.child("driver"), &spec.driver, &old.driver);
        let node = path.child("nodeName");
        same(errors, &node, &spec.node_name, &old.node_name);
    }
    check_nodes(errors, path, spec);
    if !spec.shared_counters.is_nil() && !spec.devices.is_nil() {
        let words = "only one of `sharedCounters` or `devices` is allowed";
        errors.invalid(path, "", words);
    }
    check_devices(errors, &path.child("devices"), spec, old);
    let sets = path.child("sharedCounters");
    if fits(errors, &sets, spec.shared_counters.len(), COUNTER_SETS_MAX) {
        for (index, set) in spec.shared_counters.iter().enumerate() {
            let path = sets.index(index);
            device::check_counters(
                errors,
                &path,
                ("name", &set.name),
                &set.counters,
                COUNTERS_MAX,
            );
        }
        let names = spec.shared_counters.iter().map(|set| &set.name);
        claim::check_unique(errors, &sets, names);
    }
}

fn same<V: Value + PartialEq>(errors: &mut FieldErrors, path: &FieldPath, new: &V, old: &V) {
    if new != old {
        errors.immutable(path, meta::Json(new));
    }
}

fn check_pool(errors: &mut FieldErrors, path: &FieldPath, spec: &ResourceSliceSpec) {
    let pool = &spec.pool;
    names::check_pool(errors, &path.child("name"), &pool.name);
    if pool.resource_slice_count <= 0 {
        let field = path.child("resourceSliceCount");
        errors.invalid(
            &field,
            pool.resource_slice_count,
            "must be greater than zero",
        );
    }
    if pool.generation < 0 {
        let words = "must be greater than or equal to zero";
        errors.invalid(&path.child("generation"), pool.generation, words);
    }
}

/// From where the devices can be reached: said in exactly one way.
fn check_nodes(errors: &mut FieldErrors, path: &FieldPath, spec: &ResourceSliceSpec) {
    const TRUE_OR_UNSET: &str = "must be either unset or set to true";
    let mut said: Vec<&str> = Vec::new();
    if let Some(name) = &spec.node_name {
        let field = path.child("nodeName");
        if name.is_empty() {
            errors.invalid(
                &field,
                name,
                "must be either unset or set to a non-empty string",
            );
        } else {
            said.push("`nodeName`");
            rules::subdomain(errors, &field, name);
        }
    }
    if let Some(selector) = &spec.node_selector {
        said.push("`nodeSelector`");
        let field = path.child("nodeSelector");
        check_node_selector(errors, &field, selector);
        if selector.node_selector_terms.len() != 1 {
            let shown = crate::core::pod::validate::internal_form(&**selector);
            let shown = shown
                .trim_start_matches("{\"NodeSelectorTerms\":")
                .trim_end_matches('}');
            let words = "must have exactly one node selector term";
            errors.invalid(
                &field.child("nodeSelectorTerms"),
                meta::Verbatim(shown),
                words,
            );
        }
    }
    for (name, shown, given) in [
        ("allNodes", "`allNodes`", spec.all_nodes),
        (
            "perDeviceNodeSelection",
            "`perDeviceNodeSelection`",
            spec.per_device_node_selection,
        ),
    ] {
        match given {
            Some(true) => said.push(shown),
            Some(false) => errors.invalid(&path.child(name), false, TRUE_OR_UNSET),
            None => {}
        }
    }
    match said.len() {
        0 => errors.required(path, ONE_OF),
        1 => {}
        _ => {
            let shown = format!("{{{}}}", said.join(", "));
            errors.invalid(
                path,
                shown,
                format!("{ONE_OF}, but multiple fields are set"),
            );
        }
    }
}

fn check_devices(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &ResourceSliceSpec,
    old: Option<&ResourceSliceSpec>,
) {
    let advanced = |device: &Device| {
        !device.taints.is_empty()
            || !device.consumes_counters.is_empty()
            || device::has_lists(device)
    };
    let count_max = if spec.devices.iter().any(advanced) {
        ADVANCED_DEVICES_MAX
    } else {
        DEVICES_MAX
    };
    if !fits(errors, path, spec.devices.len(), count_max) {
        return;
    }
    let each_on_its_own = spec.per_device_node_selection == Some(true);
    for (index, device) in spec.devices.iter().enumerate() {
        let before =
            old.and_then(|old| old.devices.iter().find(|before| before.name == device.name));
        device::check(errors, &path.index(index), device, before, each_on_its_own);
    }
    claim::check_unique(errors, path, spec.devices.iter().map(|device| &device.name));
}

#[cfg(test)]
mod tests;
