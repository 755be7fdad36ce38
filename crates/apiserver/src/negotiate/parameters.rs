//! The parameters of a content type, as Go's `mime.ParseMediaType` reads them: one that cannot be read spoils the whole.

/// Whether all that follows the type can be read. The last semicolon may be followed by nothing.
pub(super) fn are_readable(value: &str) -> bool {
    let mut rest = value.find(';').map_or("", |at| &value[at..]).trim_start();
    let mut known: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        if rest.trim_end() == ";" {
            return true;
        }
        let Some((name, value, behind)) = parameter(rest) else {
            return false;
        };
        // A parameter may be said again, but not otherwise.
        if known.iter().any(|(k, v)| *k == name && *v != value) {
            return false;
        }
        known.push((name, value));
        rest = behind.trim_start();
    }
    true
}

/// `; name=value`, and what is behind it.
fn parameter(text: &str) -> Option<(String, String, &str)> {
    let (name, rest) = token(text.strip_prefix(';')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => unquoted(quoted)?,
        None => token(rest).map(|(value, rest)| (value.to_owned(), rest))?,
    };
    Some((name.to_ascii_lowercase(), value, rest))
}

/// Characters that end a token.
const SPECIAL: &str = "()<>@,;:\\\"/[]?=";

fn token(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_graphic() || SPECIAL.contains(c));
    let (token, rest) = text.split_at(end.unwrap_or(text.len()));
    (!token.is_empty()).then_some((token, rest))
}

/// What is before the closing quote, and what is behind it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (c, chars.peek()) {
            ('"', _) => return Some((value, &text[at + 1..])),
            ('\\', Some((_, next))) if SPECIAL.contains(*next) => {
                value.push(*next);
                chars.next();
            }
            _ => value.push(c),
        }
    }
    None
}
