//! ServiceCIDR: a range from which Services get their addresses.

#[cfg(test)]
mod tests;

use super::addresses::{self, Range};
use crate::{core::pod::validate::internal_form, rules};
use api::networking::v1::ServiceCIDR;
use meta::{FieldErrors, FieldPath, Str, Verbatim};
use resource::{Column, Part, RequestContext, Strategy, Subresources};

pub(crate) struct ServiceCIDRs;

/// One a family.
const RANGES_MAX: usize = 2;
const ONE_A_FAMILY: &str =
    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";

impl Strategy for ServiceCIDRs {
    type Object = ServiceCIDR;
    const COLUMNS: &'static [Column<ServiceCIDR>] = &[
        Column::NAME,
        Column::text(
            "CIDRs",
            "The ranges, one a family.",
            |range: &ServiceCIDR, _| range.spec.cidrs.join(",").into(),
        ),
        Column::AGE,
    ];

    fn subresources(&self) -> Subresources<ServiceCIDR> {
        let copy = |to: &mut ServiceCIDR, from: &ServiceCIDR| to.status = from.status.clone();
        Subresources::none().status_with(copy, Status)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &ServiceCIDR) {
        check(errors, new);
    }

    /// A second family may be added, and nothing else changed.
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ServiceCIDR,
        old: &ServiceCIDR,
    ) {
        let path = FieldPath::new("spec.cidrs");
        let (now, before) = (&new.spec.cidrs, &old.spec.cidrs);
        match (before.len(), now.len()) {
            (old, new) if old == new => {
                for (index, (now, before)) in now.iter().zip(before).enumerate() {
                    if now != before {
                        errors.immutable(&path.index(index), now);
                    }
                }
            }
            (1, RANGES_MAX) => {
                if now[0] != before[0] {
                    errors.immutable(&path.index(0), &now[0]);
                }
                check(errors, new);
            }
            _ => errors.immutable(&path, now),
        }
    }
}

struct Status;

impl Part<ServiceCIDR> for Status {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut ServiceCIDR, old: &ServiceCIDR) {
        rules::keep_metadata(&mut new.metadata, &old.metadata);
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}

fn check(errors: &mut FieldErrors, new: &ServiceCIDR) {
    let (path, ranges) = (FieldPath::new("spec.cidrs"), &new.spec.cidrs);
    if ranges.is_empty() {
        return errors.required(&path, "at least one CIDR required");
    }
    if ranges.len() > RANGES_MAX {
        let shown = internal_form(&new.spec);
        return errors.invalid(&path, Verbatim(&shown), "may only hold up to 2 values");
    }
    for (index, range) in ranges.iter().enumerate() {
        addresses::strict_range(errors, &path.index(index), range);
    }
    let is_v4 = |range: &Str| Range::parse_sloppy(range).map(|range| range.first.is_ipv4());
    if let [one, other] = &ranges[..]
        && is_v4(one).is_some()
        && is_v4(one) == is_v4(other)
    {
        errors.invalid(&path, ranges, ONE_A_FAMILY);
    }
}
