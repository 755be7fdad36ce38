use super::NameRule;

fn ok(rule: NameRule, name: &str, prefix: bool) -> bool {
    rule.check(name, prefix).is_empty()
}

#[test]
fn rules() {
    for (rule, name, prefix, expect) in [
        (NameRule::Subdomain, "a.b-c", false, true),
        (NameRule::Subdomain, "a..b", false, false),
        (NameRule::Subdomain, "A", false, false),
        (NameRule::Subdomain, "a-", false, false),
        (NameRule::Subdomain, "a-", true, true),
        (NameRule::Subdomain, "-", true, false),
        (NameRule::LongName, "a.b-c", false, true),
        (NameRule::LongName, "A", false, false),
        (NameRule::LongName, "A", true, true),
        (NameRule::Any, "a/b", false, true),
        (NameRule::Label, "a.b", false, false),
        (NameRule::Label, "1a", false, true),
        (NameRule::Dns1035Label, "1a", false, false),
        (NameRule::PathSegment, "system:node", false, true),
        (NameRule::PathSegment, "a/b", false, false),
        (NameRule::PathSegment, "..", false, false),
        (NameRule::PathSegment, "..", true, true),
    ] {
        assert_eq!(
            ok(rule, name, prefix),
            expect,
            "{rule:?} {name:?} prefix={prefix}"
        );
    }
}

#[test]
fn words_of_labels() {
    assert_eq!(
        NameRule::Label.check("a.b", false),
        ["must not contain dots"]
    );
    let long = "a".repeat(64);
    assert_eq!(
        NameRule::Label.check(&long, false),
        ["must be no more than 63 characters"]
    );
}

#[test]
fn long_names_are_counted_in_bytes() {
    assert_eq!(
        NameRule::LongName.check(&"a".repeat(254), false),
        ["must be no more than 253 bytes"]
    );
}

/// A quirk of upstream's: the character before the dash is not looked at.
#[test]
fn prefixes_lose_two_characters() {
    assert!(ok(NameRule::Subdomain, "web.-", true));
    assert!(ok(NameRule::Subdomain, "A-", true));
    assert!(!ok(NameRule::Subdomain, "A--", true));
}
