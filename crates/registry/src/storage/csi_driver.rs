//! CSIDriver: how Kubernetes is to treat a storage driver.

use crate::rules;
use api::storage::v1::{CSIDriver, CSIDriverSpec, TokenRequest};
use meta::{FieldErrors, FieldPath};
use resource::{Column, RequestContext, Strategy};
use std::collections::HashSet;

pub(crate) struct CSIDrivers;

const POLICIES: &[&str] = &["File", "None", "ReadWriteOnceWithFSType"];
const MODES: &[&str] = &["Persistent", "Ephemeral"];
const TOKEN_SECONDS_MIN: i64 = 600;
const TOKEN_SECONDS_MAX: i64 = 1 << 32;
const UPDATE_SECONDS_MIN: i64 = 10;
const TOKENS_IN_LOGS: &str = "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes";

const fn yes_or_no(
    name: &'static str,
    description: &'static str,
    cell: fn(&CSIDriver, &resource::Now) -> resource::Cell,
) -> Column<CSIDriver> {
    Column {
        type_: "boolean",
        ..Column::text(name, description, cell)
    }
}

impl Strategy for CSIDrivers {
    type Object = CSIDriver;
    const RETURNS_DELETED_OBJECT: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const COLUMNS: &'static [Column<CSIDriver>] = &[
        Column::NAME,
        yes_or_no(
            "AttachRequired",
            "Whether volumes are attached before they are mounted.",
            |driver, _| driver.spec.attach_required.unwrap_or(true).into(),
        ),
        yes_or_no(
            "PodInfoOnMount",
            "Whether the driver is told of the pod.",
            |driver, _| driver.spec.pod_info_on_mount.unwrap_or(false).into(),
        ),
        yes_or_no(
            "StorageCapacity",
            "Whether the driver says how much room is left.",
            |driver, _| driver.spec.storage_capacity.unwrap_or(false).into(),
        ),
        Column::text(
            "TokenRequests",
            "Whom the tokens are for that the driver gets.",
            |driver: &CSIDriver, _| audiences(&driver.spec).into(),
        ),
        yes_or_no(
            "RequiresRepublish",
            "Whether mounts are repeated from time to time.",
            |driver, _| driver.spec.requires_republish.unwrap_or(false).into(),
        ),
        Column::text(
            "Modes",
            "The sorts of volumes that the driver makes.",
            |driver: &CSIDriver, _| {
                let modes = driver.spec.volume_lifecycle_modes.join(",");
                if modes.is_empty() {
                    "<none>".into()
                } else {
                    modes.into()
                }
            },
        ),
        Column::AGE,
    ];

    fn set_defaults(&self, driver: &mut CSIDriver) {
        let spec = &mut driver.spec;
        spec.attach_required.get_or_insert(true);
        spec.pod_info_on_mount.get_or_insert(false);
        spec.storage_capacity.get_or_insert(false);
        let policy = &mut spec.fs_group_policy;
        policy.get_or_insert_with(|| "ReadWriteOnceWithFSType".into());
        if spec.volume_lifecycle_modes.is_empty() {
            spec.volume_lifecycle_modes.push("Persistent".into());
        }
        spec.requires_republish.get_or_insert(false);
        spec.se_linux_mount.get_or_insert(false);
    }

    /// The scheduler does not look at a driver's absence yet (VolumeLimitScaling).
    fn prepare_create(&self, _cx: &RequestContext, new: &mut CSIDriver) {
        new.spec.prevent_pod_scheduling_if_missing = None;
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut CSIDriver, old: &CSIDriver) {
        if old.spec.prevent_pod_scheduling_if_missing.is_none() {
            new.spec.prevent_pod_scheduling_if_missing = None;
        }
        if new.spec != old.spec {
            new.metadata.generation = old.metadata.generation + 1;
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, driver: &CSIDriver) {
        check(errors, &driver.spec);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CSIDriver,
        old: &CSIDriver,
    ) {
        check(errors, &new.spec);
        let (path, new, old) = (FieldPath::new("spec"), &new.spec, &old.spec);
        if new.attach_required != old.attach_required {
            errors.immutable(&path.child("attachedRequired"), new.attach_required);
        }
        if new.volume_lifecycle_modes != old.volume_lifecycle_modes {
            let path = path.child("volumeLifecycleModes");
            errors.immutable(&path, &new.volume_lifecycle_modes);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &CSIDriver) -> Vec<String> {
        let spec = &new.spec;
        let shown =
            !spec.token_requests.is_empty() && spec.service_account_token_in_secrets.is_none();
        shown
            .then(|| TOKENS_IN_LOGS.to_owned())
            .into_iter()
            .collect()
    }

    fn warnings_on_update(
        &self,
        cx: &RequestContext,
        new: &CSIDriver,
        old: &CSIDriver,
    ) -> Vec<String> {
        if new.spec.token_requests == old.spec.token_requests {
            return Vec::new();
        }
        self.warnings_on_create(cx, new)
    }
}

fn audiences(spec: &CSIDriverSpec) -> String {
    if spec.token_requests.is_empty() {
        return "<unset>".to_owned();
    }
    let all = spec.token_requests.iter();
    let all: Vec<&str> = all.map(|request| request.audience.as_str()).collect();
    all.join(",")
}

fn check(errors: &mut FieldErrors, spec: &CSIDriverSpec) {
    let path = FieldPath::new("spec");
    let policy = spec.fs_group_policy.as_ref();
    rules::optional_one_of(errors, &path.child("fsGroupPolicy"), policy, POLICIES);
    check_tokens(errors, &path.child("tokenRequests"), &spec.token_requests);
    let at = path.child("volumeLifecycleModes");
    for mode in &spec.volume_lifecycle_modes {
        rules::optional_one_of(errors, &at, Some(mode), MODES);
    }
    let seconds = spec.node_allocatable_update_period_seconds;
    if let Some(seconds) = seconds.filter(|seconds| *seconds < UPDATE_SECONDS_MIN) {
        let path = path.child("nodeAllocatableUpdatePeriodSeconds");
        errors.invalid(
            &path,
            seconds,
            "must be greater than or equal to 10 seconds",
        );
    }
    if let Some(in_secrets) = spec.service_account_token_in_secrets
        && spec.token_requests.is_empty()
    {
        let words = "serviceAccountTokenInSecrets is set but no tokenRequests are specified";
        errors.invalid(
            &path.child("serviceAccountTokenInSecrets"),
            in_secrets,
            words,
        );
    }
}

/// One token an audience.
fn check_tokens(errors: &mut FieldErrors, path: &FieldPath, requests: &[TokenRequest]) {
    let mut seen = HashSet::new();
    for (index, request) in requests.iter().enumerate() {
        let path = path.index(index);
        if !seen.insert(&request.audience) {
            errors.duplicate(&path.child("audience"), &request.audience);
            continue;
        }
        let path = path.child("expirationSeconds");
        match request.expiration_seconds {
            Some(seconds) if seconds < TOKEN_SECONDS_MIN => {
                let words = "may not specify a duration less than 10 minutes";
                errors.invalid(&path, seconds, words);
            }
            Some(seconds) if seconds > TOKEN_SECONDS_MAX => {
                let words = "may not specify a duration larger than 2^32 seconds";
                errors.invalid(&path, seconds, words);
            }
            _ => {}
        }
    }
}
