//! How addresses and families of a Service may change: the first of each stays, the second may come and go.

use super::is_headless;
use api::core::v1::{Service, ServiceType};
use meta::{FieldErrors, FieldPath};

const KEPT: &str = "may not change once set";
const SINGLE: &str = "SingleStack";

pub(super) fn check(errors: &mut FieldErrors, new: &Service, old: &Service) {
    let named = |service: &Service| service.spec.type_ == ServiceType::EXTERNAL_NAME;
    if !named(new) && !named(old) {
        check_addresses(errors, new, old);
        check_families(errors, new, old);
    }
    let balanced = |service: &Service| service.spec.type_ == ServiceType::LOAD_BALANCER;
    let (class, before) = (&new.spec.load_balancer_class, &old.spec.load_balancer_class);
    if balanced(new) && balanced(old) && class != before {
        errors.invalid(&FieldPath::new("spec.loadBalancerClass"), class, KEPT);
    }
}

/// Upstream `validateUpgradeDowngradeClusterIPs`.
fn check_addresses(errors: &mut FieldErrors, new: &Service, old: &Service) {
    if is_headless(new) && is_headless(old) {
        return;
    }
    let path = FieldPath::new("spec.clusterIPs");
    let (now, before) = (&new.spec.cluster_ips, &old.spec.cluster_ips);
    if now.len() == before.len() {
        for (index, _) in now
            .iter()
            .zip(before)
            .enumerate()
            .filter(|(_, (now, before))| now != before)
        {
            errors.invalid(&path.index(index), now, KEPT);
        }
        return;
    }
    match (now.first(), before.first()) {
        (None, _) => errors.invalid(&path.index(0), now, "primary clusterIP can not be unset"),
        (Some(now_first), Some(first)) if now_first != first => {
            errors.invalid(&path.index(0), now, KEPT);
        }
        _ => {}
    }
    if now.len() < before.len() && now.len() == 1 {
        check_release(errors, new, "clusterIP");
    }
}

/// The second one goes only where somebody says so.
fn check_release(errors: &mut FieldErrors, new: &Service, what: &str) {
    let policy = &new.spec.ip_family_policy;
    if policy.as_deref() != Some(SINGLE) {
        let path = FieldPath::new("spec.ipFamilyPolicy");
        let words = format!("must be set to 'SingleStack' when releasing the secondary {what}");
        errors.invalid(&path, policy, words);
    }
}

/// Upstream `validateUpgradeDowngradeIPFamilies`, which shows addresses where it means families.
fn check_families(errors: &mut FieldErrors, new: &Service, old: &Service) {
    if is_headless(new) || is_headless(old) {
        return;
    }
    let path = FieldPath::new("spec.ipFamilies").index(0);
    let (now, before) = (&new.spec.ip_families, &old.spec.ip_families);
    let ips = &new.spec.cluster_ips;
    if now.len() == before.len() {
        for _ in now.iter().zip(before).filter(|(now, before)| now != before) {
            errors.invalid(&path, now, KEPT);
        }
        return;
    }
    let fewer = now.len() < before.len();
    if fewer && ips.is_empty() {
        errors.invalid(&path, now, "primary ipFamily can not be unset");
    }
    if let (Some(now), Some(before)) = (now.first(), before.first())
        && now != before
    {
        errors.invalid(&path, ips, KEPT);
    }
    if fewer && now.len() == 1 {
        check_release(errors, new, "ipFamily");
    }
}
