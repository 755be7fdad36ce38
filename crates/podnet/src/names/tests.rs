//! Names fit and differ.

use super::{Names, fnv1a};

#[test]
fn the_hash_is_fnv1a() {
    assert_eq!(fnv1a(b""), 0x811c_9dc5);
    assert_eq!(fnv1a(b"foobar"), 0xbf9c_f968);
}

#[test]
fn interface_names_fit_the_kernel() {
    let names = Names::of("a cluster with a long name");
    assert!(names.bridge().len() <= 15);
    assert_eq!(names.veth(0xf_ffff).len(), 14);
    assert!(names.veth(2).starts_with(&names.veth_prefix()));
    assert_ne!(names.bridge(), Names::of("another").bridge());
    assert!(names.alias(&"ü".repeat(300)).len() <= 255);
}
