//! Words of field errors.

use super::*;
use crate::ApiError;

#[test]
fn words() {
    let mut errors = FieldErrors::new();
    let spec = FieldPath::new("spec");
    errors.required(&spec.child("a"), "");
    errors.required(&spec.child("a"), "");
    errors.invalid(&spec.child("b").index(0), "x\"y", "no good");
    errors.not_supported(&spec.child("c").key("k"), "z", &["Always", "Never"]);
    errors.forbidden(&spec, "not now");
    errors.duplicate(&spec.child("d"), 5);
    errors.too_long(&spec.child("e"), 63);
    errors.too_many(&spec.child("f"), 9, 8);
    let error = ApiError::invalid("apps", "Deployment", "web", &errors);
    assert_eq!(
        error.message,
        "Deployment.apps \"web\" is invalid: [spec.a: Required value, spec.b[0]: Invalid value: \"x\\\"y\": no good, \
         spec.c[k]: Unsupported value: \"z\": supported values: \"Always\", \"Never\", spec: Forbidden: not now, \
         spec.d: Duplicate value: 5, spec.e: Too long: may not be more than 63 bytes, \
         spec.f: Too many: 9: must have at most 8 items]"
    );
    let causes = error.details.unwrap().causes;
    assert_eq!(causes[0].reason, "FieldValueRequired");
    assert_eq!(causes[0].message, "Required value");
    assert_eq!(causes.len(), 8);
}

#[test]
fn texts_are_quoted_as_go_quotes_them() {
    for (text, expected) in [
        ("it's \"so\"\\", r#""it's \"so\"\\""#),
        ("\0\u{1}\u{7f}\n\u{b}", r#""\x00\x01\x7f\n\v""#),
        ("é e\u{301} 日本 🦀", "\"é e\u{301} 日本 🦀\""),
        ("\u{301}", "\"\u{301}\""),
        (
            "\u{85}\u{a0}\u{ad}\u{200b}\u{3000}",
            r#""\u0085\u00a0\u00ad\u200b\u3000""#,
        ),
        ("\u{e000}\u{f0000}", r#""\ue000\U000f0000""#),
    ] {
        assert_eq!(go_quote(text), expected, "{text:?}");
    }
}
