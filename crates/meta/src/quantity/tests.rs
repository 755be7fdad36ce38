//! Quantities by table and by property.

use super::*;
use proptest::prelude::*;

#[test]
fn canonical_forms() {
    let cases = [
        ("0", "0"),
        ("0m", "0"),
        ("+5", "+5"),
        ("5.", "5."),
        (".5", "500m"),
        (".", "0"),
        ("100m", "100m"),
        ("1000m", "1"),
        ("0.1", "100m"),
        ("1.5", "1500m"),
        ("-1.5", "-1500m"),
        ("1Ki", "1Ki"),
        ("1024", "1024"),
        ("1024Ki", "1Mi"),
        ("1.5Gi", "1536Mi"),
        ("0.5Ki", "512"),
        ("1000Ki", "1000Ki"),
        ("1.0001Ki", "1024102400u"),
        ("0.0001Ki", "102400u"),
        ("-1Mi", "-1Mi"),
        ("1023Mi", "1023Mi"),
        ("1e3", "1e3"),
        ("12e6", "12e6"),
        ("1e1", "10"),
        ("1.5e3", "1500"),
        ("1E", "1E"),
        ("1E3", "1E3"),
        ("1.1E", "1100P"),
        ("1e-3", "1e-3"),
        ("1e+3", "1e+3"),
        ("100e-1", "10"),
        ("1n", "1n"),
        ("0.1n", "1n"),
        ("-0.1n", "-1n"),
        ("1000k", "1M"),
        ("1234567", "1234567"),
        ("1200000", "1200k"),
        ("0.001k", "1"),
        ("8Ei", "9223372036854775807"),
        ("9223372036854775807", "9223372036854775807"),
        ("1e1000", "10e999"),
    ];
    for (text, expected) in cases {
        assert_eq!(
            Quantity::parse(text).unwrap().to_string(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn refused() {
    for text in ["", "a", "1 Ki", "1Kib", "1.2.3", "0x1", "1,5"] {
        assert_eq!(
            Quantity::parse(text),
            Err(ParseQuantityError::Format),
            "{text}"
        );
    }
    for text in ["1e", "1K", "1ki", "1mm", "--1", "1ee3", "1e99999999999"] {
        assert_eq!(
            Quantity::parse(text),
            Err(ParseQuantityError::Suffix),
            "{text}"
        );
    }
}

#[test]
fn values() {
    let parse = |text: &str| Quantity::parse(text).unwrap();
    assert_eq!(parse("1500m").value(), 2);
    assert_eq!(parse("-1500m").value(), -2);
    assert_eq!(parse("1500m").milli_value(), 1500);
    assert_eq!(parse("1n").milli_value(), 1);
    assert_eq!(parse("100E").value(), i64::MAX);
    assert_eq!(parse("1Gi").value(), 1 << 30);
    assert!(parse("1Ki") > parse("1k"));
    assert!(parse("-1") < parse("1n"));
    assert_eq!(parse("1000m"), parse("1"));
    let mut sum = parse("1Gi");
    sum.add(&parse("512Mi"));
    assert_eq!(sum.to_string(), "1536Mi");
    sum.sub(&parse("2Gi"));
    assert_eq!(sum.to_string(), "-512Mi");
    let mut zero = Quantity::default();
    zero.add(&parse("1Mi"));
    assert_eq!(zero.to_string(), "1Mi");
}

#[test]
fn some_spellings_are_kept() {
    for (text, expect) in [
        ("1.500", "1.500"),
        ("1.250k", "1.250k"),
        ("1.250", "1.250"),
        ("1.500000", "1500m"),
        ("0.250", "250m"),
        ("1.25", "1250m"),
        ("+5", "+5"),
        ("05", "05"),
        ("-05", "-05"),
        ("010m", "010m"),
        ("5E3", "5E3"),
        ("5e+3", "5e+3"),
        ("1000e3", "1e6"),
        ("+1Ki", "+1Ki"),
        ("008Ki", "8Ki"),
        ("+0", "0"),
        ("000000000005", "5"),
    ] {
        let quantity = Quantity::parse(text).unwrap();
        assert_eq!(quantity.to_string(), expect, "{text}");
    }
    let mut sum = Quantity::parse("1.500").unwrap();
    assert_eq!((-sum).to_string(), "-1500m");
    sum.add(&Quantity::default());
    assert_eq!(sum.to_string(), "1500m");
}

#[test]
fn rounded_up_to_thousandths() {
    for (text, expect) in [
        ("100u", "1m"),
        ("1500u", "2m"),
        ("-1500u", "-2m"),
        ("1.0001", "1001m"),
        ("0.9999", "1"),
        ("2", "2"),
        ("1Gi", "1Gi"),
        ("1.0001e3", "1000100e-3"),
    ] {
        let mut quantity = Quantity::parse(text).unwrap();
        quantity.round_up_to_milli();
        assert_eq!(quantity.to_string(), expect, "{text}");
    }
}

#[test]
fn whole_numbers() {
    for (text, expect) in [
        ("0", true),
        ("1500m", false),
        ("0.0001", false),
        ("0.9999", true),
        ("-3", true),
        ("1e30", true),
        ("10E", true),
        ("9223372036854775807", true),
        ("8Ei", true),
        ("1Ei", false),
        ("0.5Ki", true),
    ] {
        assert_eq!(Quantity::parse(text).unwrap().is_whole(), expect, "{text}");
    }
}

proptest! {
    #[test]
    fn canonical_is_a_fixed_point(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,12})?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|e[+-]?[0-9]{1,2})?") {
        if let Ok(quantity) = Quantity::parse(&text) {
            let canonical = quantity.to_string();
            let again = Quantity::parse(&canonical).unwrap();
            prop_assert_eq!(again.to_string(), canonical);
        }
    }

    #[test]
    fn any_text_is_harmless(text in ".{0,40}") {
        let _ = Quantity::parse(&text);
    }
}
