//! Services of one family and of two, in clusters of one and of two.

use super::{create, cx, of_ranges, service, services};
use crate::core::service::Services;
use api::core::v1::Service;
use meta::{FieldErrors, Str};
use resource::Strategy;

const V4: &str = "10.96.0.0/28";
const V6: &str = "fd00:10:96::/124";

fn list(text: &str) -> Vec<Str> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words.map(Str::from).collect()
}

/// `policy | families | addresses`; an address of the cluster's ranges that was given is shown by its range alone.
fn show(service: &Service, asked: &[Str]) -> String {
    let spec = &service.spec;
    let policy = spec.ip_family_policy.as_deref().unwrap_or("-");
    let ips = spec.cluster_ips.iter().map(|ip| {
        if asked.contains(ip) || ip == "None" {
            return ip.to_string();
        }
        let end = ip.rfind(['.', ':']).expect("addresses have parts");
        format!("{}*", &ip[..=end])
    });
    let ips: Vec<String> = ips.collect();
    assert_eq!(
        spec.cluster_ip,
        spec.cluster_ips.first().cloned().unwrap_or_default()
    );
    format!(
        "{policy} | {} | {}",
        spec.ip_families.join(" "),
        ips.join(" ")
    )
}

/// `policy | families | addresses` of a Service that is asked for; `-` is no policy.
fn asked(name: &str, wanted: &str) -> Service {
    let parts: Vec<&str> = wanted.split('|').map(str::trim).collect();
    let mut new = service(name, "ClusterIP", &[(80, "TCP", 0)]);
    set(&mut new, &parts);
    new
}

fn set(new: &mut Service, parts: &[&str]) {
    new.spec.ip_family_policy = (parts[0] != "-").then(|| parts[0].into());
    new.spec.ip_families = list(parts[1]).into();
    new.spec.cluster_ips = list(parts[2]).into();
    new.spec.cluster_ip = new.spec.cluster_ips.first().cloned().unwrap_or_default();
}

#[track_caller]
fn check(services: &Services, wanted: &str, expect: &str) {
    let new = asked("a", wanted);
    let ips = new.spec.cluster_ips.clone();
    let given = create(services, new).map(|(made, finish)| {
        finish(false);
        show(&made, &ips)
    });
    let given = given.unwrap_or_else(|words| {
        let words = words.strip_prefix("Service \"a\" is invalid: ");
        words.expect("refused for what it asks").to_owned()
    });
    assert_eq!(given, expect, "{wanted}");
}

#[test]
fn a_cluster_of_two_families_gives_addresses_of_both() {
    let both = of_ranges(&[V4, V6]);
    let dual = "IPv4 IPv6 | 10.96.0.* fd00:10:96::*";
    let turned = "IPv6 IPv4 | fd00:10:96::* 10.96.0.*";
    for (wanted, expect) in [
        ("- | |", "SingleStack | IPv4 | 10.96.0.*".to_owned()),
        (
            "- | IPv6 |",
            "SingleStack | IPv6 | fd00:10:96::*".to_owned(),
        ),
        ("PreferDualStack | |", format!("PreferDualStack | {dual}")),
        ("RequireDualStack | |", format!("RequireDualStack | {dual}")),
        (
            "RequireDualStack | IPv6 |",
            format!("RequireDualStack | {turned}"),
        ),
        (
            "PreferDualStack | IPv6 IPv4 |",
            format!("PreferDualStack | {turned}"),
        ),
        (
            "PreferDualStack | | fd00:10:96::7",
            "PreferDualStack | IPv6 IPv4 | fd00:10:96::7 10.96.0.*".to_owned(),
        ),
        (
            "RequireDualStack | | 10.96.0.7 fd00:10:96::7",
            "RequireDualStack | IPv4 IPv6 | 10.96.0.7 fd00:10:96::7".to_owned(),
        ),
        ("- | | None", "SingleStack | IPv4 | None".to_owned()),
        (
            "PreferDualStack | | None",
            "PreferDualStack | IPv4 IPv6 | None".to_owned(),
        ),
    ] {
        check(&both, wanted, &expect);
    }
    let second = of_ranges(&[V6, V4]);
    check(&second, "- | |", "SingleStack | IPv6 | fd00:10:96::*");
    check(
        &second,
        "PreferDualStack | |",
        &format!("PreferDualStack | {turned}"),
    );
}

#[test]
fn a_cluster_of_two_families_says_what_does_not_fit() {
    let both = of_ranges(&[V4, V6]);
    for (wanted, expect) in [
        (
            "SingleStack | IPv4 IPv6 |",
            "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
        ),
        (
            "- | | 10.96.0.7 fd00:10:96::7",
            "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
        ),
        (
            "PreferDualStack | IPv6 | 10.96.0.7",
            "spec.clusterIPs[0]: Invalid value: \"10.96.0.7\": expected an IPv6 value as indicated by `ipFamilies[0]`",
        ),
        (
            "PreferDualStack | | 10.96.0.7 10.96.0.8",
            "spec.clusterIPs: Invalid value: [\"10.96.0.7\",\"10.96.0.8\"]: may specify no more than one IP for each IP family",
        ),
        (
            "PreferDualStack | | 10.97.0.7",
            "spec.clusterIPs: Invalid value: [\"10.97.0.7\",\"\"]: failed to allocate IP 10.97.0.7: the provided network does not match the current range",
        ),
        (
            "PreferDualStack | | 10.96.0.7 fd00:10:97::1",
            "spec.clusterIPs: Invalid value: [\"10.96.0.7\",\"fd00:10:97::1\"]: failed to allocate IP fd00:10:97::1: the provided network does not match the current range",
        ),
        (
            "PreferDualStack | | fd00:10:96::",
            "spec.clusterIPs: Invalid value: [\"fd00:10:96::\",\"\"]: failed to allocate IP fd00:10:96::: the provided network does not match the current range",
        ),
    ] {
        check(&both, wanted, expect);
    }
    // Nothing of what was refused is held.
    check(
        &both,
        "RequireDualStack | | 10.96.0.7 fd00:10:96::7",
        "RequireDualStack | IPv4 IPv6 | 10.96.0.7 fd00:10:96::7",
    );
}

#[test]
fn a_cluster_of_one_family_prefers_in_vain() {
    let one = services(28);
    for (wanted, expect) in [
        ("PreferDualStack | |", "PreferDualStack | IPv4 | 10.96.0.*"),
        (
            "RequireDualStack | |",
            "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services",
        ),
        (
            "- | IPv6 |",
            "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster",
        ),
        (
            "PreferDualStack | | fd00::1",
            "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster",
        ),
    ] {
        check(&one, wanted, expect);
    }
}

#[test]
fn without_address_and_selector_families_are_free() {
    let one = services(28);
    for (wanted, expect) in [
        ("- | | None", "RequireDualStack | IPv4 IPv6 | None"),
        ("- | IPv6 | None", "RequireDualStack | IPv6 IPv4 | None"),
        ("SingleStack | | None", "SingleStack | IPv4 | None"),
        ("SingleStack | IPv6 | None", "SingleStack | IPv6 | None"),
    ] {
        let mut new = asked("a", wanted);
        new.spec.selector = Default::default();
        let (made, _) = create(&one, new).unwrap();
        assert_eq!(show(&made, &[]), expect, "{wanted}");
    }
}

/// What becomes of a Service of a cluster of two families by an update of these fields, or why it is refused.
#[track_caller]
fn check_update(before: &str, change: &str, expect: &str) {
    let both = of_ranges(&[V4, V6]);
    let (old, finish) = create(&both, asked("a", before)).unwrap();
    finish(true);
    both.observed(None, Some(&old));
    let mut new = old.clone();
    let parts: Vec<&str> = change.split('|').map(str::trim).collect();
    if parts.len() == 1 {
        new.spec.ip_family_policy = (parts[0] != "-").then(|| parts[0].into());
    } else {
        set(&mut new, &parts);
    }
    both.prepare_update(&cx(), &mut new, &old);
    let ips = list(parts.get(2).copied().unwrap_or_default());
    let given = match both.begin_update(&cx(), &mut new, &old) {
        Err(error) => error.to_status().message.to_string(),
        Ok(finish) => {
            finish.expect("a Service takes something")(true);
            let mut errors = FieldErrors::new();
            both.validate_update(&cx(), &mut errors, &new, &old);
            assert_eq!(
                new.spec.cluster_ips.first(),
                old.spec.cluster_ips.first(),
                "the first stays"
            );
            if errors.is_empty() {
                show(&new, &ips)
            } else {
                errors.aggregate()
            }
        }
    };
    let given = given.replace("Service \"a\" is invalid: ", "");
    assert_eq!(given, expect, "{before} to {change}");
}

#[test]
fn the_second_family_comes_and_goes_by_the_policy() {
    let dual = "IPv4 IPv6 | 10.96.0.* fd00:10:96::*";
    check_update(
        "- | |",
        "RequireDualStack",
        &format!("RequireDualStack | {dual}"),
    );
    check_update(
        "- | |",
        "PreferDualStack",
        &format!("PreferDualStack | {dual}"),
    );
    check_update(
        "- | | 10.96.0.7",
        "PreferDualStack | IPv4 | 10.96.0.7 fd00:10:96::9",
        "PreferDualStack | IPv4 IPv6 | 10.96.0.7 fd00:10:96::9",
    );
    check_update(
        "- | |",
        "- | IPv4 IPv6 |",
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    );
    check_update(
        "RequireDualStack | |",
        "SingleStack",
        "SingleStack | IPv4 | 10.96.0.*",
    );
    check_update(
        "RequireDualStack | |",
        "RequireDualStack | IPv4 |",
        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the secondary IP family",
    );
    check_update(
        "PreferDualStack | | 10.96.0.7 fd00:10:96::9",
        "PreferDualStack | IPv4 IPv6 | 10.96.0.7",
        "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be 'SingleStack' to release the secondary cluster IP",
    );
    check_update(
        "PreferDualStack | | 10.96.0.7 fd00:10:96::9",
        "SingleStack | IPv4 | 10.96.0.7",
        "SingleStack | IPv4 | 10.96.0.7",
    );
    // A Service that takes what there is stays as it is.
    check_update(
        "PreferDualStack | |",
        "PreferDualStack",
        &format!("PreferDualStack | {dual}"),
    );
}

#[test]
fn what_goes_can_be_had_again() {
    let both = of_ranges(&[V4, V6]);
    let (old, finish) = create(
        &both,
        asked("a", "RequireDualStack | | 10.96.0.7 fd00:10:96::9"),
    )
    .unwrap();
    finish(true);
    both.observed(None, Some(&old));
    let take = |address: &str| {
        let mut new = asked("b", &format!("- | | {address}"));
        new.metadata.name = "b".into();
        create(&both, new).map(|(_, finish)| finish(false))
    };
    assert!(take("fd00:10:96::9").is_err());
    let mut new = old.clone();
    new.spec.ip_family_policy = Some("SingleStack".into());
    let finish = both.begin_update(&cx(), &mut new, &old).unwrap();
    finish.expect("a Service takes something")(true);
    assert!(take("fd00:10:96::9").is_err(), "it is not stored yet");
    both.observed(Some(&old), Some(&new));
    assert_eq!(take("fd00:10:96::9"), Ok(()));
    assert!(take("10.96.0.7").is_err());
    both.observed(Some(&new), None);
    assert_eq!(take("10.96.0.7"), Ok(()));
}

#[test]
fn names_elsewhere_give_all_back_and_take_all_again() {
    let both = of_ranges(&[V4, V6]);
    let (old, finish) = create(&both, asked("a", "RequireDualStack | |")).unwrap();
    finish(true);
    let mut new = old.clone();
    new.spec.type_ = "ExternalName".into();
    new.spec.external_name = "example.com".into();
    drop(both.begin_update(&cx(), &mut new, &old).unwrap());
    assert_eq!(show(&new, &[]), "- |  | ");
    let mut back = new.clone();
    back.spec.type_ = "ClusterIP".into();
    back.spec.external_name = Default::default();
    back.spec.ip_family_policy = Some("PreferDualStack".into());
    drop(both.begin_update(&cx(), &mut back, &new).unwrap());
    assert_eq!(
        show(&back, &[]),
        "PreferDualStack | IPv4 IPv6 | 10.96.0.* fd00:10:96::*"
    );
}

#[test]
fn a_dry_run_answers_the_networks() {
    let both = of_ranges(&[V4, V6]);
    let mut cx = cx();
    cx.dry_run = true;
    let mut new = asked("a", "RequireDualStack | |");
    both.set_defaults(&mut new);
    drop(both.begin_create(&cx, &mut new).unwrap());
    assert_eq!(new.spec.cluster_ips, ["10.96.0.0", "fd00:10:96::"]);
}
