//! Lease: who holds a task, and who is alive. Renewals are written relaxed, so that an idle machine's disk is still.

use api::coordination::v1::Lease;
use meta::{FieldErrors, FieldPath};
use resource::{Column, RequestContext, Strategy};

pub(crate) struct Leases;

impl Strategy for Leases {
    type Object = Lease;
    const STANDARD_FINALIZERS: bool = false;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const RELAXED_UPDATES: bool = true;
    const COLUMNS: &'static [Column<Lease>] = &[
        Column::NAME,
        Column::text(
            "Holder",
            "holderIdentity contains the identity of the holder of a current lease.",
            |lease, _| {
                lease
                    .spec
                    .holder_identity
                    .as_deref()
                    .unwrap_or_default()
                    .into()
            },
        ),
        Column::AGE,
    ];

    /// Coordinated leader election is not on, so its fields say nothing.
    fn prepare_create(&self, _cx: &RequestContext, new: &mut Lease) {
        new.spec.strategy = None;
        new.spec.preferred_holder = None;
    }

    fn prepare_update(&self, cx: &RequestContext, new: &mut Lease, _old: &Lease) {
        self.prepare_create(cx, new);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, lease: &Lease) {
        let spec = FieldPath::new("spec");
        if let Some(seconds) = lease.spec.lease_duration_seconds
            && seconds <= 0
        {
            errors.invalid(
                &spec.child("leaseDurationSeconds"),
                seconds,
                "must be greater than 0",
            );
        }
        if let Some(transitions) = lease.spec.lease_transitions
            && transitions < 0
        {
            errors.invalid(
                &spec.child("leaseTransitions"),
                transitions,
                "must be greater than or equal to 0",
            );
        }
    }
}
