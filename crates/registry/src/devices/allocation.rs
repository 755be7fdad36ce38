//! The status of a claim: what was allocated, for whom, and what drivers say of it.

use super::{check_node_selector, claim, fits, names, taints};
use crate::{
    core::{csi, pod::validate::internal_form},
    rules,
};
use api::resource::v1::{
    AllocatedDeviceStatus, AllocationConfigSource, AllocationResult, DeviceAllocationConfiguration,
    DeviceClaim, DeviceRequestAllocationResult, NetworkDeviceData, ResourceClaim,
    ResourceClaimStatus,
};
use meta::{FieldErrors, FieldPath, Str};

const RESERVED_MAX: usize = 256;
const RESULTS_MAX: usize = 32;
const CONDITIONS_MAX: usize = 8;
const DATA_BYTES_MAX: usize = 10 * 1024;
const INTERFACE_BYTES_MAX: usize = 256;
const HARDWARE_BYTES_MAX: usize = 128;
const ADDRESSES_MAX: usize = 16;
const SOURCES: &[&str] = &[
    AllocationConfigSource::FROM_CLAIM,
    AllocationConfigSource::FROM_CLASS,
];

/// Where results have admin access.
pub(super) fn admin_results(status: &ResourceClaimStatus) -> impl Iterator<Item = FieldPath> {
    let path = FieldPath::new("status")
        .child("allocation")
        .child("devices")
        .child("results");
    let results = status
        .allocation
        .iter()
        .flat_map(|allocation| &allocation.devices.results);
    results
        .enumerate()
        .filter(|(_, result)| result.admin_access == Some(true))
        .map(move |(index, _)| path.index(index).child("adminAccess"))
}

/// Driver, pool, device and share.
type Place<'a> = (&'a Str, &'a Str, &'a Str, Option<&'a Str>);

fn places(status: &ResourceClaimStatus) -> Vec<Place<'_>> {
    let results = status
        .allocation
        .iter()
        .flat_map(|allocation| &allocation.devices.results);
    results
        .map(|result| {
            let share = result.share_id.as_ref();
            (&result.driver, &result.pool, &result.device, share)
        })
        .collect()
}

/// What was allocated and is not any more has no status either.
pub(super) fn drop_deallocated(new: &mut ResourceClaimStatus, old: &ResourceClaimStatus) {
    let mut devices = std::mem::take(&mut new.devices);
    let (kept, before) = (places(new), places(old));
    devices.retain(|device| {
        let place = place_of(device);
        kept.contains(&place) || !before.contains(&place)
    });
    new.devices = devices;
}

fn place_of(device: &AllocatedDeviceStatus) -> Place<'_> {
    let share = device.share_id.as_ref();
    (&device.driver, &device.pool, &device.device, share)
}

pub(super) fn check_status(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &ResourceClaim,
    old: &ResourceClaim,
) {
    let status = &new.status;
    check_reserved(errors, &path.child("reservedFor"), new);
    check_devices(errors, &path.child("devices"), status);
    let reserved = path.child("reservedFor");
    if !status.reserved_for.is_empty() {
        let added = || {
            status
                .reserved_for
                .iter()
                .any(|one| !old.status.reserved_for.contains(one))
        };
        if status.allocation.is_none() {
            errors.forbidden(
                &reserved,
                "may not be specified when `allocated` is not set",
            );
        } else if new.metadata.deletion_timestamp.is_some() && added() {
            let words = "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set";
            errors.forbidden(&reserved, words);
        }
    }
    let field = path.child("allocation");
    match (&status.allocation, &old.status.allocation) {
        (Some(new), Some(old)) if new != old => {
            errors.immutable(&field, meta::Verbatim(&internal_form(&**new)));
        }
        (Some(allocation), None) => check_allocation(errors, &field, allocation, &new.spec.devices),
        _ => {}
    }
}

fn check_reserved(errors: &mut FieldErrors, path: &FieldPath, claim: &ResourceClaim) {
    let reserved = &claim.status.reserved_for;
    if !fits(errors, path, reserved.len(), RESERVED_MAX) {
        return;
    }
    for (index, consumer) in reserved.iter().enumerate() {
        let path = path.index(index);
        rules::required(errors, &path.child("resource"), &consumer.resource);
        rules::required(errors, &path.child("name"), &consumer.name);
        rules::required(errors, &path.child("uid"), &consumer.uid);
    }
    claim::check_unique(errors, path, reserved.iter().map(|consumer| &consumer.uid));
}

fn check_devices(errors: &mut FieldErrors, path: &FieldPath, status: &ResourceClaimStatus) {
    let allocated = places(status);
    let mut seen: Vec<Place<'_>> = Vec::new();
    let mut repeated = Vec::new();
    for (index, device) in status.devices.iter().enumerate() {
        let path = path.index(index);
        let place = place_of(device);
        check_device(errors, &path, device, allocated.contains(&place));
        if seen.contains(&place) {
            repeated.push((path, identity(device)));
        }
        seen.push(place);
    }
    for (path, place) in repeated {
        errors.duplicate(&path, meta::Verbatim(&place));
    }
}

/// As upstream prints the identity of a device: as a structure, for which no share is an empty one.
fn identity(device: &AllocatedDeviceStatus) -> String {
    let members = [
        ("Driver", &*device.driver),
        ("Pool", &*device.pool),
        ("Device", &*device.device),
        ("ShareID", device.share_id.as_deref().unwrap_or_default()),
    ];
    let member = |(name, value): (&str, &str)| format!("\"{name}\":{}", meta::go_quote(value));
    let members: Vec<String> = members.into_iter().map(member).collect();
    format!("{{{}}}", members.join(","))
}

fn check_device(
    errors: &mut FieldErrors,
    path: &FieldPath,
    device: &AllocatedDeviceStatus,
    allocated: bool,
) {
    csi::check_driver_name(errors, &path.child("driver"), &device.driver);
    names::check_pool(errors, &path.child("pool"), &device.pool);
    rules::label(errors, &path.child("device"), &device.device);
    if let Some(share) = &device.share_id {
        names::check_uid(errors, &path.child("shareID"), share);
    }
    if !allocated {
        let words = "must be an allocated device in the claim";
        errors.invalid(path, meta::Verbatim(&identity(device)), words);
    }
    let field = path.child("conditions");
    fits(errors, &field, device.conditions.len(), CONDITIONS_MAX);
    rules::conditions(errors, &field, &device.conditions);
    if let Some(data) = device.data.as_ref().filter(|data| !data.is_nil()) {
        claim::check_raw(errors, &path.child("data"), data, DATA_BYTES_MAX);
    }
    if let Some(data) = &device.network_data {
        check_network(errors, &path.child("networkData"), data);
    }
}

fn check_network(errors: &mut FieldErrors, path: &FieldPath, data: &NetworkDeviceData) {
    if data.interface_name.len() > INTERFACE_BYTES_MAX {
        errors.too_long(&path.child("interfaceName"), INTERFACE_BYTES_MAX);
    }
    if data.hardware_address.len() > HARDWARE_BYTES_MAX {
        errors.too_long(&path.child("hardwareAddress"), HARDWARE_BYTES_MAX);
    }
    let path = path.child("ips");
    if fits(errors, &path, data.ips.len(), ADDRESSES_MAX) {
        for (index, address) in data.ips.iter().enumerate() {
            if !is_interface_address(address) {
                let words =
                    "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";
                errors.invalid(&path.index(index), address, words);
            }
        }
        claim::check_unique(errors, &path, data.ips.iter());
    }
}

/// An address and the length of its prefix.
fn is_interface_address(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, length)| {
        let bits_max = match address.parse::<std::net::IpAddr>() {
            Ok(address) if address.is_ipv4() => 32,
            Ok(_) => 128,
            Err(_) => return false,
        };
        length
            .parse::<u8>()
            .is_ok_and(|bits| bits <= bits_max && bits.to_string() == length)
    })
}

fn check_allocation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    allocation: &AllocationResult,
    claim: &DeviceClaim,
) {
    let devices = path.child("devices");
    let (results, configs) = (devices.child("results"), devices.child("config"));
    if fits(
        errors,
        &results,
        allocation.devices.results.len(),
        RESULTS_MAX,
    ) {
        for (index, result) in allocation.devices.results.iter().enumerate() {
            check_result(errors, &results.index(index), result, claim);
        }
    }
    // Those of the class and those of the claim.
    if fits(
        errors,
        &configs,
        allocation.devices.config.len(),
        2 * claim::CONFIGS_MAX,
    ) {
        for (index, config) in allocation.devices.config.iter().enumerate() {
            check_config(errors, &configs.index(index), config, claim);
        }
    }
    if let Some(selector) = &allocation.node_selector {
        check_node_selector(errors, &path.child("nodeSelector"), selector);
    }
}

fn check_result(
    errors: &mut FieldErrors,
    path: &FieldPath,
    result: &DeviceRequestAllocationResult,
    claim: &DeviceClaim,
) {
    claim::check_reference(errors, &path.child("request"), &result.request, claim);
    csi::check_driver_name(errors, &path.child("driver"), &result.driver);
    names::check_pool(errors, &path.child("pool"), &result.pool);
    rules::label(errors, &path.child("device"), &result.device);
    taints::check_binding(
        errors,
        path,
        &result.binding_conditions,
        &result.binding_failure_conditions,
    );
    if let Some(share) = &result.share_id {
        names::check_uid(errors, &path.child("shareID"), share);
    }
}

fn check_config(
    errors: &mut FieldErrors,
    path: &FieldPath,
    config: &DeviceAllocationConfiguration,
    claim: &DeviceClaim,
) {
    rules::one_of(errors, &path.child("source"), &config.source, SOURCES);
    claim::check_references(errors, &path.child("requests"), &config.requests, claim);
    claim::check_configuration(errors, path, &config.device_configuration, false);
}
