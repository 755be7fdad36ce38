//! Prometheus' text format, version 0.0.4.

use std::fmt::{Display, Write};

/// The two lines before a family's samples.
pub(super) fn header(name: &str, help: &str, kind: &str, out: &mut String) {
    let help = help.replace('\\', "\\\\").replace('\n', "\\n");
    append(
        out,
        format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"),
    );
}

/// One line.
pub(super) fn sample(name: &str, labels: &str, value: impl Display, out: &mut String) {
    if labels.is_empty() {
        append(out, format_args!("{name} {value}\n"));
    } else {
        append(out, format_args!("{name}{{{labels}}} {value}\n"));
    }
}

/// `name="value",…`, escaped.
pub(super) fn labels(names: &[&str], values: &[Box<str>]) -> String {
    let mut out = String::new();
    for (name, value) in names.iter().zip(values) {
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
