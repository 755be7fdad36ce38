//! Prometheus' text format, version 0.0.4.

use std::fmt::Write;

/// The two lines before a family's samples.
pub(super) fn header(name: &str, help: &str, kind: &str, out: &mut String) {
    let help = help.replace('\\', "\\\\").replace('\n', "\\n");
    append(
        out,
        format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"),
    );
}

/// One line. Numbers are written as Go's clients write them: `1e+06`.
pub(super) fn sample(name: &str, labels: &str, value: f64, out: &mut String) {
    let value = base::go_float(value);
    if labels.is_empty() {
        append(out, format_args!("{name} {value}\n"));
    } else {
        append(out, format_args!("{name}{{{labels}}} {value}\n"));
    }
}

/// A count as the float that the format has for every number.
#[expect(
    clippy::cast_precision_loss,
    reason = "the format knows only floats, and so do those who read it"
)]
pub(super) fn count(count: u64) -> f64 {
    count as f64
}

/// `name="value",…`, escaped.
pub(super) fn labels<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        let comma = if out.is_empty() { "" } else { "," };
        append(&mut out, format_args!("{comma}{name}=\""));
        for letter in value.chars() {
            match letter {
                '\\' => out.push_str("\\\\"),
                '"' => out.push_str("\\\""),
                '\n' => out.push_str("\\n"),
                letter => out.push(letter),
            }
        }
        out.push('"');
    }
    out
}

fn append(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("writing to a string cannot fail");
}
