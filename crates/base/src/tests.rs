//! Go's forms.

use super::go_float;

#[test]
fn floats_are_shown_as_go_shows_them() {
    for (value, expected) in [
        (0.0, "0"),
        (1.5, "1.5"),
        (200_000.0, "200000"),
        (2_000_000.0, "2e+06"),
        (2_147_483_647.0, "2.147483647e+09"),
        (-1_234_567.8, "-1.2345678e+06"),
        (0.0001, "0.0001"),
        (0.000_01, "1e-05"),
        (1e21, "1e+21"),
        (f64::NEG_INFINITY, "-Inf"),
        (f64::NAN, "NaN"),
    ] {
        assert_eq!(go_float(value), expected);
    }
}
