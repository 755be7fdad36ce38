//! Strings: in which style they are written, and how they are broken into lines.
use super::{emitter::Emitter, plain::reads_as_string};

/// Indentation that a literal names when its text begins with a blank.
const INDENT: char = '2';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// Writes a string whose further lines are indented so far. `is_key`: on one line, before a colon.
pub(super) fn write(out: &mut Emitter, text: &str, indent: usize, is_key: bool) {
    let characters: Vec<char> = text.chars().collect();
    match style(text, &characters, is_key) {
        Style::Plain => plain(out, &characters, indent, !is_key),
        Style::SingleQuoted => single_quoted(out, &characters, indent, !is_key),
        Style::DoubleQuoted => double_quoted(out, &characters, indent, !is_key),
        Style::Literal => literal(out, &characters, indent),
    }
}

pub(super) fn has_breaks(text: &str) -> bool {
    text.contains(is_break)
}

fn style(text: &str, characters: &[char], is_key: bool) -> Style {
    if text.is_empty() {
        return Style::DoubleQuoted;
    }
    let allowed = Allowed::of(characters);
    let wanted = if text.contains('\n') && !is_key {
        Style::Literal
    } else if text.contains('\n') || !reads_as_string(text) || (is_key && has_breaks(text)) {
        Style::DoubleQuoted
    } else {
        Style::Plain
    };
    match wanted {
        Style::Plain if allowed.plain => Style::Plain,
        Style::Plain if allowed.single_quoted => Style::SingleQuoted,
        Style::Literal if allowed.literal => Style::Literal,
        _ => Style::DoubleQuoted,
    }
}

/// The styles in which a text comes back as it was.
struct Allowed {
    plain: bool,
    single_quoted: bool,
    literal: bool,
}

impl Allowed {
    fn of(text: &[char]) -> Self {
        let mut is_marked = matches!(text, ['-', '-', '-', ..] | ['.', '.', '.', ..]);
        let (mut break_then_space, mut space_then_break) = (false, false);
        for (at, &c) in text.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| text[at]);
            let ends_word = text.get(at + 1).is_none_or(|c| is_blank(*c));
            let begins_word = before.is_none_or(|c| is_blank(c) || is_break(c));
            is_marked |= match (at, c) {
                (0, '?' | ':' | '-') => ends_word,
                (0, _) => "#,[]{}&*!|>'\"%@`".contains(c),
                (_, ':') => ends_word,
                (_, '#') => begins_word,
                _ => false,
            };
            break_then_space |= c == ' ' && before.is_some_and(is_break);
            space_then_break |= is_break(c) && before == Some(' ');
        }
        let has_special = text.iter().any(|c| !is_printable(*c));
        let has_breaks = text.iter().any(|c| is_break(*c));
        let at_edge = |c: Option<&char>| c.is_some_and(|c| *c == ' ' || is_break(*c));
        let hidden = at_edge(text.first()) || at_edge(text.last());
        let unsafe_ = space_then_break || has_special;
        Self {
            plain: !(is_marked || hidden || has_breaks || unsafe_),
            single_quoted: !(break_then_space || unsafe_),
            literal: !(text.last() == Some(&' ') || unsafe_),
        }
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What the library lets stand. Nothing outside the basic plane does.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{fffd}') && c != '\u{feff}'
}

/// Whether a line ends at this blank of a text.
fn folds(out: &Emitter, text: &[char], at: usize, after_space: bool) -> bool {
    !after_space && out.is_wide() && text.get(at + 1).is_none_or(|c| *c != ' ')
}

fn plain(out: &mut Emitter, text: &[char], indent: usize, may_fold: bool) {
    out.begin();
    let mut after_space = false;
    for (at, &c) in text.iter().enumerate() {
        if c == ' ' && may_fold && folds(out, text, at, after_space) {
            out.line(indent);
        } else {
            out.put(c);
        }
        if c != ' ' {
            out.set_line_start(false);
        }
        after_space = c == ' ';
    }
    out.end_scalar();
}

fn single_quoted(out: &mut Emitter, text: &[char], indent: usize, may_fold: bool) {
    out.indicator("'", true, false);
    let (mut after_space, mut after_break) = (false, false);
    for (at, &c) in text.iter().enumerate() {
        if c == ' ' {
            let is_inner = at > 0 && at + 1 < text.len();
            if may_fold && is_inner && folds(out, text, at, after_space) {
                out.line(indent);
            } else {
                out.put(c);
            }
            after_space = true;
            continue;
        }
        if is_break(c) {
            out.put_break(c);
            out.set_line_start(true);
            after_break = true;
            continue;
        }
        if std::mem::take(&mut after_break) {
            out.line(indent);
        }
        if c == '\'' {
            out.put(c);
        }
        out.put(c);
        out.set_line_start(false);
        after_space = false;
    }
    out.indicator("'", false, false);
}

fn double_quoted(out: &mut Emitter, text: &[char], indent: usize, may_fold: bool) {
    out.indicator("\"", true, false);
    let bytes_end = |at: usize| at + 1 < text.len();
    let mut after_space = false;
    for (at, &c) in text.iter().enumerate() {
        if !is_printable(c) || is_break(c) || c == '"' || c == '\\' {
            escape(out, c);
            after_space = false;
        } else if c == ' ' {
            if may_fold && !after_space && out.is_wide() && at > 0 && bytes_end(at) {
                out.line(indent);
                if text.get(at + 1) == Some(&' ') {
                    out.put('\\');
                }
            } else {
                out.put(c);
            }
            after_space = true;
        } else {
            out.put(c);
            after_space = false;
        }
        out.set_line_start(false);
    }
    out.indicator("\"", false, false);
}

fn escape(out: &mut Emitter, c: char) {
    let named = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => c,
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            let code = u32::from(c);
            let text = match code {
                0..=0xFF => format!("\\x{code:02X}"),
                0x100..=0xFFFF => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
            return text.chars().for_each(|c| out.put(c));
        }
    };
    out.put('\\');
    out.put(named);
}

fn literal(out: &mut Emitter, text: &[char], indent: usize) {
    let mut head = String::from("|");
    if text.first().is_some_and(|c| *c == ' ' || is_break(*c)) {
        head.push(INDENT);
    }
    match text {
        [.., a, b] if is_break(*a) && is_break(*b) => head.push('+'),
        [a] if is_break(*a) => head.push('+'),
        [.., a] if is_break(*a) => {}
        _ => head.push('-'),
    }
    out.indicator(&head, true, false);
    out.begin_literal();
    let mut after_break = true;
    for &c in text {
        if is_break(c) {
            out.put_break(c);
        } else {
            if after_break {
                out.line(indent);
            }
            out.put(c);
        }
        after_break = is_break(c);
        out.set_line_start(after_break);
    }
}
