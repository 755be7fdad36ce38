use super::Hosts;
use crate::networking::addresses::Range;
use std::net::IpAddr;

fn hosts(range: &str) -> Option<Hosts> {
    Hosts::of(Range::parse_sloppy(range).unwrap())
}

/// How many addresses a range has for Services, the first and the last.
#[track_caller]
fn check(range: &str, expect: Option<(usize, &str, &str)>) {
    let given = hosts(range).map(|hosts| {
        let mut all: Vec<IpAddr> = hosts.candidates([u64::MAX, 3]).collect();
        assert!(all.iter().all(|address| hosts.contains(*address)));
        all.sort();
        all.dedup();
        let (first, last) = (all[0].to_string(), all[all.len() - 1].to_string());
        (all.len(), first, last)
    });
    let expect = expect.map(|(count, first, last)| (count, first.to_owned(), last.to_owned()));
    assert_eq!(given, expect, "{range}");
}

#[test]
fn every_host_is_given_once() {
    check("10.0.0.0/24", Some((254, "10.0.0.1", "10.0.0.254")));
    check("10.0.0.0/28", Some((14, "10.0.0.1", "10.0.0.14")));
    check("10.0.0.0/30", Some((2, "10.0.0.1", "10.0.0.2")));
    check("10.0.0.0/31", None);
    check("0.0.0.0/32", None);
    check(
        "255.255.255.0/24",
        Some((254, "255.255.255.1", "255.255.255.254")),
    );
    check("fd00::/120", Some((255, "fd00::1", "fd00::ff")));
    check("fd00::/127", Some((1, "fd00::1", "fd00::1")));
    check("fd00::/128", None);
    check("fd00::/63", None);
}

#[test]
fn the_lower_band_comes_last() {
    let wide = hosts("10.0.0.0/16").unwrap();
    for random in [0, 1, 77, u64::MAX] {
        let first = wide.candidates([random, random]).next().unwrap();
        assert!(first > IpAddr::from([10, 0, 1, 0]), "{first}");
    }
    let large = hosts("fd00::/64").unwrap();
    let first = large.candidates([u64::MAX, 0]).next().unwrap();
    assert!(large.contains(first));
    assert!(!large.contains([10, 0, 0, 1].into()));
}
