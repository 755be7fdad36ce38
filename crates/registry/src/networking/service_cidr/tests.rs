use super::ServiceCIDRs;
use api::networking::v1::ServiceCIDR;
use meta::FieldErrors;
use resource::{NoReader, Part, RequestContext, Strategy, User, Verb};
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

fn ranges(ranges: &[&str]) -> ServiceCIDR {
    let mut new = ServiceCIDR::default();
    new.spec.cidrs = ranges.iter().map(|range| (*range).into()).collect();
    new
}

#[test]
fn one_range_a_family() {
    for (given, expect) in [
        (&["10.0.0.0/16"][..], "[]"),
        (&["10.0.0.0/16", "2001:db8::/112"], "[]"),
        (
            &[],
            "spec.cidrs: Required value: at least one CIDR required",
        ),
        (
            &["10.0.0.0/16", "x"],
            "spec.cidrs[1]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
        ),
        (
            &["10.0.0.1/16"],
            "spec.cidrs[0]: Invalid value: \"10.0.0.1/16\": must not have bits set beyond the prefix length",
        ),
        (
            &["10.0.0.0/16", "10.1.0.0/16"],
            "spec.cidrs: Invalid value: [\"10.0.0.0/16\",\"10.1.0.0/16\"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64",
        ),
    ] {
        let mut errors = FieldErrors::new();
        ServiceCIDRs.validate(&cx(), &mut errors, &ranges(given));
        assert_eq!(errors.aggregate(), expect);
    }
}

#[test]
fn only_a_second_family_may_come() {
    for (old, new, expect) in [
        (&["10.0.0.0/16"][..], &["10.0.0.0/16"][..], "[]"),
        (&["10.0.0.0/16"], &["10.0.0.0/16", "2001:db8::/112"], "[]"),
        (
            &["10.0.0.0/16"],
            &["10.1.0.0/16"],
            "spec.cidrs[0]: Invalid value: \"10.1.0.0/16\": field is immutable",
        ),
        (
            &["10.0.0.0/16", "2001:db8::/112"],
            &["10.0.0.0/16"],
            "spec.cidrs: Invalid value: [\"10.0.0.0/16\"]: field is immutable",
        ),
        (
            &["10.0.0.0/16"],
            &[],
            "spec.cidrs: Invalid value: []: field is immutable",
        ),
    ] {
        let mut errors = FieldErrors::new();
        ServiceCIDRs.validate_update(&cx(), &mut errors, &ranges(new), &ranges(old));
        assert_eq!(errors.aggregate(), expect);
    }
}

#[test]
fn status_leaves_metadata() {
    let old = ranges(&["10.0.0.0/16"]);
    let mut new = old.clone();
    new.metadata.labels.insert("bad key!", "x".into());
    new.metadata.finalizers = ["a/b".into()].into_iter().collect();
    super::Status.prepare_update(&cx(), &mut new, &old);
    assert_eq!(new, old);
}
