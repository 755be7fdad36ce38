use super::{revision, validate_list, validate_watch};
use crate::options::{ListOptions, number};
use meta::FieldErrors;

#[test]
fn numbers_are_refused_as_go_refuses_them() {
    let syntax = "invalid syntax";
    let range = "value out of range";
    for (text, why) in [
        ("", syntax),
        ("a", syntax),
        ("1_0", syntax),
        ("0x1", syntax),
        ("-", syntax),
        ("99999999999999999999", range),
        ("-99999999999999999999", range),
    ] {
        let expected = format!("strconv.ParseInt: parsing {text:?}: {why}");
        assert_eq!(number::parse_i64(text), Err(expected));
    }
    assert_eq!(number::parse_i64("-7"), Ok(-7));
    for (text, why) in [
        ("-1", syntax),
        ("+1", syntax),
        (" 1", syntax),
        ("18446744073709551616", range),
    ] {
        let expected = format!(
            "resourceVersion: Invalid value: {text:?}: strconv.ParseUint: parsing {text:?}: {why}"
        );
        assert_eq!(revision(text), Err(expected));
    }
    assert_eq!(revision(""), Ok(None));
    assert_eq!(revision("0"), Ok(Some(0)));
}

/// Every combination of the options that are checked against each other.
#[test]
fn combinations_are_refused_as_upstream_refuses_them() {
    let mut shown = String::new();
    for watch in [false, true] {
        for wanted in ["", "Exact", "NotOlderThan", "x"] {
            for version in ["", "0", "5"] {
                for sends in [None, Some(true)] {
                    for continue_ in ["", "t"] {
                        let options = ListOptions {
                            resource_version: version.to_owned(),
                            continue_: continue_.to_owned(),
                            send_initial_events: sends,
                            ..ListOptions::default()
                        };
                        let mut errors = FieldErrors::new();
                        if watch {
                            validate_watch(&options, wanted, &mut errors);
                        } else {
                            validate_list(&options, wanted, &mut errors);
                        }
                        check(watch, wanted, &options, &errors.aggregate());
                        shown.push_str(&errors.aggregate());
                    }
                }
            }
        }
    }
    assert!(shown.contains("supported values: \"Exact\", \"NotOlderThan\", \"\""));
    assert!(shown.contains("Unsupported value: \"x\": supported values: \"NotOlderThan\""));
}

/// Each rule by itself.
fn check(watch: bool, wanted: &str, options: &ListOptions, words: &str) {
    let (given, sends) = (!wanted.is_empty(), options.send_initial_events.is_some());
    let rules = [
        (
            "forbidden unless resourceVersion is provided",
            !watch && given && options.resource_version.is_empty(),
        ),
        (
            "is forbidden when continue is provided",
            given && !options.continue_.is_empty(),
        ),
        (
            "\"exact\" is forbidden for resourceVersion \"0\"",
            !watch && wanted == "Exact" && options.resource_version == "0",
        ),
        ("sendInitialEvents is forbidden for list", !watch && sends),
        (
            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
            watch && sends && wanted != "NotOlderThan",
        ),
        (
            "is forbidden for watch unless sendInitialEvents is provided",
            watch && given && !sends,
        ),
        (
            "Unsupported value",
            wanted == "x" || (watch && wanted == "Exact"),
        ),
    ];
    for (rule, applies) in rules {
        let context = format!("{watch} {wanted:?} {options:?}");
        assert_eq!(words.contains(rule), applies, "{rule}: {context}");
    }
}
