//! One line a case: a name and whether it is good.

use super::*;

#[test]
fn names() {
    let label = |text: &str| dns1123_label(text).is_empty();
    let subdomain = |text: &str| dns1123_subdomain(text).is_empty();
    let qualified = |text: &str| qualified_name(text).is_empty();
    let cases: &[(bool, bool)] = &[
        (label("a"), true),
        (label("a-1"), true),
        (label("-a"), false),
        (label("a."), false),
        (label(""), false),
        (label(&"a".repeat(64)), false),
        (subdomain("a.b-c.1"), true),
        (subdomain("a..b"), false),
        (subdomain("A"), false),
        (qualified("example.com/My_Name"), true),
        (qualified("a/b/c"), false),
        (qualified("/b"), false),
        (qualified("a/"), false),
        (dns1035_label("1a").is_empty(), false),
        (dns1035_label("").is_empty(), false),
        (label_value("").is_empty(), true),
        (label_value("-").is_empty(), false),
        (path_segment("a%").is_empty(), false),
        (path_segment("..").is_empty(), false),
        (config_map_key("..data").is_empty(), false),
        (env_var_name("a b").is_empty(), true),
        (port_name("http").is_empty(), true),
        (port_name("80").is_empty(), false),
    ];
    for (index, (is, should)) in cases.iter().enumerate() {
        assert_eq!(is, should, "case {index}");
    }
}

#[test]
fn lengths() {
    let long = "a".repeat(254);
    assert_eq!(
        dns1123_subdomain(&long),
        ["must be no more than 253 characters"]
    );
    assert_eq!(dns1123_label(&long), ["must be no more than 63 characters"]);
    assert_eq!(label_value(&long), ["must be no more than 63 bytes"]);
    assert_eq!(
        qualified_name(&long),
        ["name part must be no more than 63 bytes"]
    );
}
