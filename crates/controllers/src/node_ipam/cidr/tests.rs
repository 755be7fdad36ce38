//! Parsing and the pool of parts.

use super::{Cidr, Pool};

#[test]
fn parses() {
    let check = |text: &str, expect: Option<&str>| {
        let parsed: Option<Cidr> = text.parse().ok();
        assert_eq!(
            parsed.map(|cidr| cidr.to_string()).as_deref(),
            expect,
            "{text}"
        );
    };
    check("10.244.0.0/16", Some("10.244.0.0/16"));
    check("10.244.3.4/16", Some("10.244.0.0/16"));
    check("0.0.0.0/0", Some("0.0.0.0/0"));
    check("fd00::1/56", Some("fd00::/56"));
    check("::/0", Some("::/0"));
    check("10.244.0.0", None);
    check("10.244.0.0/33", None);
    check("x/8", None);
}

#[test]
fn gives_out_parts_in_turn() {
    let mut pool = Pool::new(&"10.244.0.0/22".parse().unwrap());
    pool.occupy(&"10.244.1.0/24".parse().unwrap());
    pool.occupy(&"192.168.0.0/24".parse().unwrap());
    let mut take = || pool.allocate().map(|cidr| cidr.to_string());
    assert_eq!(take().as_deref(), Some("10.244.0.0/24"));
    assert_eq!(take().as_deref(), Some("10.244.2.0/24"));
    assert_eq!(take().as_deref(), Some("10.244.3.0/24"));
    assert_eq!(take(), None);
    pool.release(&"10.244.2.0/24".parse().unwrap());
    assert_eq!(pool.allocate().unwrap().to_string(), "10.244.2.0/24");
}

#[test]
fn a_small_range_is_one_part() {
    let mut pool = Pool::new(&"10.0.0.0/26".parse().unwrap());
    assert_eq!(pool.allocate().unwrap().to_string(), "10.0.0.0/26");
    assert_eq!(pool.allocate(), None);
}
