use super::go_regex;

#[test]
fn expressions_mean_what_they_mean_in_go() {
    for (pattern, text, matches) in [
        (r"^\d+$", "12", true),
        (r"^\d+$", "١٢", false),
        (r"^\w+$", "a_1", true),
        (r"^\w+$", "é", false),
        (r"^\S+$", "é", true),
        (r"^[\w-]+$", "a-b", true),
        (r"^[^\d]+$", "ab", true),
        (r"^[\D]+$", "a1", false),
        (r"\bfoo\b", "a foo b", true),
        (r"a\Bb", "ab", true),
        (r"^{{.*}}$", "{{x}}", true),
        (r"^x{,5}$", "x{,5}", true),
        (r"^a{2}$", "aa", true),
        (r"^a{2,}$", "aaaa", true),
        (r"^\Qa.b\E$", "a.b", true),
        (r"^\Qa.b\E$", "axb", false),
        (r"^[[]$", "[", true),
        (r"^[]a]+$", "]a", true),
        (r"^[[:alpha:]]+$", "abc", true),
        (r"^[a&&b]+$", "a&b", true),
        (r"^\<a\>$", "<a>", true),
        (r"^a\/b\-c\_d$", "a/b-c_d", true),
        (r"^(?i)AB$", "ab", true),
        (r"^(?P<n>a)(?:b)$", "ab", true),
        (r"^\p{Lu}\pL$", "Éa", true),
        (r"^\x{41}\x42$", "AB", true),
        (r"^[\x{41}-\x43]+$", "ABC", true),
        (r"^[+--]+$", "+,-", true),
        (r"^[+--]+$", ".", false),
        (r"^[--/]+$", "-./", true),
        (r"^[a\-z]+$", "b", false),
        (r"^[\d-z]+$", "1-z", true),
        (r"^[\pL-]+$", "é-", true),
        (r"^[a~~b-]+$", "~", true),
        (r"^a{1,3}}$", "aa}", true),
        (r"^a{,}$", "a{,}", true),
        (r"^a+?b??c{2}?$", "aacc", true),
        (r"^(a+)*$", "aa", true),
    ] {
        let regex = go_regex(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        assert_eq!(regex.is_match(text), matches, "{pattern} on {text}");
    }
}

#[test]
fn what_go_refuses_is_refused_in_its_words() {
    for (pattern, words) in [
        ("a[b", "error parsing regexp: missing closing ]: `[b`"),
        ("a(b", "error parsing regexp: missing closing ): `a(b`"),
        ("a)b", "error parsing regexp: unexpected ): `a)b`"),
        (
            "x++",
            "error parsing regexp: invalid nested repetition operator: `++`",
        ),
        (
            "a{2}*?",
            "error parsing regexp: invalid nested repetition operator: `{2}*?`",
        ),
        (
            "*a",
            "error parsing regexp: missing argument to repetition operator: `*`",
        ),
        (
            "a\\",
            "error parsing regexp: trailing backslash at end of expression: ``",
        ),
        (
            "(?=a)",
            "error parsing regexp: invalid or unsupported Perl syntax: `(?=`",
        ),
        (
            "a{1001}",
            "error parsing regexp: invalid repeat count: `{1001}`",
        ),
        (
            "a{3,2}",
            "error parsing regexp: invalid repeat count: `{3,2}`",
        ),
    ] {
        assert_eq!(go_regex(pattern).unwrap_err(), words, "{pattern}");
    }
    assert_eq!(
        go_regex("((a{100}){100}){100}").unwrap_err(),
        "expression too large"
    );
}
