//! Links in HTML, rewritten as the page goes by. Only values of known attributes change; every other byte stays as it is.
use super::links::Links;

/// A tag longer than this is passed on unread (16 KiB).
const TAG_BYTES_MAX: usize = 16 * 1024;

/// Attributes that hold a URL, by element.
const LINKS: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("applet", &["codebase"]),
    ("area", &["href"]),
    ("audio", &["src"]),
    ("base", &["href"]),
    ("blockquote", &["cite"]),
    ("body", &["background"]),
    ("button", &["formaction"]),
    ("command", &["icon"]),
    ("del", &["cite"]),
    ("embed", &["src"]),
    ("form", &["action"]),
    ("frame", &["longdesc", "src"]),
    ("head", &["profile"]),
    ("html", &["manifest"]),
    ("iframe", &["longdesc", "src"]),
    ("img", &["longdesc", "src", "usemap"]),
    ("input", &["src", "usemap", "formaction"]),
    ("ins", &["cite"]),
    ("link", &["href"]),
    ("object", &["classid", "codebase", "data", "usemap"]),
    ("q", &["cite"]),
    ("script", &["src"]),
    ("source", &["src"]),
    ("video", &["poster", "src"]),
];

/// Elements whose content is text, up to their own end.
const TEXTS: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// What the next bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Page,
    Comment,
    Text(&'static str),
}

/// Reads a page in pieces of any size.
#[derive(Debug)]
pub(crate) struct Rewriter {
    /// What cannot be decided before more comes.
    pending: Vec<u8>,
    within: Within,
}

/// What is found at the beginning of what is pending.
enum Step {
    /// So many bytes can go on as they are.
    Pass(usize),
    /// A whole start tag of so many bytes.
    Tag(usize),
    /// More is needed.
    Wait,
}

impl Rewriter {
    pub(crate) fn new() -> Self {
        Self {
            pending: Vec::new(),
            within: Within::Page,
        }
    }

    /// Appends to `out` what can be decided with `bytes`.
    pub(crate) fn feed(&mut self, bytes: &[u8], links: &Links, out: &mut Vec<u8>) {
        self.pending.extend_from_slice(bytes);
        let mut done = 0;
        while done < self.pending.len() {
            let rest = &self.pending[done..];
            match step(&mut self.within, rest) {
                Step::Pass(count) => {
                    out.extend_from_slice(&rest[..count]);
                    done += count;
                }
                Step::Tag(count) => {
                    self.within = tag(&rest[..count], links, out);
                    done += count;
                }
                Step::Wait => break,
            }
        }
        self.pending.drain(..done);
    }

    /// The page has ended: what is pending is passed on.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.pending);
    }
}

fn step(within: &mut Within, rest: &[u8]) -> Step {
    match *within {
        Within::Page => in_page(within, rest),
        Within::Comment => match memchr::memmem::find(rest, b"-->") {
            Some(at) => {
                *within = Within::Page;
                Step::Pass(at + 3)
            }
            None => all_but(rest, 2),
        },
        Within::Text(element) => match end_of(element, rest) {
            Some(at) => {
                *within = Within::Page;
                Step::Pass(at)
            }
            None => all_but(rest, element.len() + 2),
        },
    }
}

/// Everything but what may be the beginning of an end.
fn all_but(rest: &[u8], kept: usize) -> Step {
    match rest.len().saturating_sub(kept) {
        0 => Step::Wait,
        count => Step::Pass(count),
    }
}

fn in_page(within: &mut Within, rest: &[u8]) -> Step {
    match memchr::memchr(b'<', rest) {
        None => return Step::Pass(rest.len()),
        Some(0) => {}
        Some(at) => return Step::Pass(at),
    }
    const COMMENT: &[u8] = b"<!--";
    if rest.len() < COMMENT.len() && COMMENT.starts_with(rest) {
        return Step::Wait;
    }
    if rest.starts_with(COMMENT) {
        *within = Within::Comment;
        // `<!-->` is a whole comment.
        return Step::Pass(2);
    }
    if !rest[1].is_ascii_alphabetic() {
        return Step::Pass(1);
    }
    match end_of_tag(rest) {
        Some(end) => Step::Tag(end),
        None if rest.len() > TAG_BYTES_MAX => Step::Pass(rest.len()),
        None => Step::Wait,
    }
}

/// Where `</element` begins.
fn end_of(element: &str, rest: &[u8]) -> Option<usize> {
    let mut ends = memchr::memmem::find_iter(rest, b"</");
    ends.find(|at| {
        let name = rest.get(at + 2..at + 2 + element.len());
        let after = rest.get(at + 2 + element.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(element.as_bytes()))
            && after.is_some_and(|after| b" \t\r\n\x0c/>".contains(after))
    })
}

/// The length of the tag, with its `>`, which does not end it within quotes.
fn end_of_tag(rest: &[u8]) -> Option<usize> {
    let mut attributes = Attributes::new(rest);
    while attributes.next().is_some() {}
    (attributes.at < rest.len()).then_some(attributes.at + 1)
}

/// Writes a start tag, and says what its content is.
fn tag(tag: &[u8], links: &Links, out: &mut Vec<u8>) -> Within {
    let attributes = Attributes::new(tag);
    let name = attributes.element.to_ascii_lowercase();
    let known = LINKS.iter().find(|known| known.0.as_bytes() == name);
    let mut copied = 0;
    for attribute in attributes {
        let is_link = |known: &&str| attribute.name.eq_ignore_ascii_case(known.as_bytes());
        if !known.is_some_and(|known| known.1.iter().any(is_link)) {
            continue;
        }
        let (from, to) = attribute.value;
        let Ok(value) = std::str::from_utf8(&tag[from..to]) else {
            continue;
        };
        let value = unescaped(value);
        match links.rewritten(&value) {
            Ok(rewritten) if rewritten != value => {
                out.extend_from_slice(&tag[copied..from]);
                out.extend_from_slice(escaped(&rewritten).as_bytes());
                copied = to;
            }
            _ => {}
        }
    }
    out.extend_from_slice(&tag[copied..]);
    let text = TEXTS.iter().find(|text| text.as_bytes() == name);
    text.map_or(Within::Page, |text| Within::Text(text))
}

/// One attribute of a tag.
struct Attribute<'a> {
    name: &'a [u8],
    /// Where its value is, without quotes.
    value: (usize, usize),
}

/// The attributes of a start tag. Stops at its `>`, or at the end of what there is.
struct Attributes<'a> {
    tag: &'a [u8],
    element: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    b" \t\r\n\x0c".contains(&byte)
}

impl<'a> Attributes<'a> {
    /// `tag` begins with `<` and a letter.
    fn new(tag: &'a [u8]) -> Self {
        let mut attributes = Self {
            tag,
            element: &[],
            at: 1,
        };
        let end = attributes.pass(|byte| !is_space(byte) && byte != b'/' && byte != b'>');
        attributes.element = &tag[1..end];
        attributes
    }

    /// Goes on while `wanted`; where that ends.
    fn pass(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = self.tag.get(self.at..).unwrap_or_default();
        let count = rest.iter().position(|byte| !wanted(*byte));
        self.at += count.unwrap_or(rest.len());
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.tag.get(self.at).copied()
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        self.pass(|byte| is_space(byte) || byte == b'/');
        if self.peek()? == b'>' {
            return None;
        }
        let start = self.at;
        // A name may begin with an equals sign, and with nothing else that ends names.
        self.at += 1;
        let end = self.pass(|byte| !is_space(byte) && !b"/>=".contains(&byte));
        let name = &self.tag[start..end];
        self.pass(is_space);
        let mut value = (end, end);
        if self.peek() == Some(b'=') {
            self.at += 1;
            self.pass(is_space);
            match self.peek()? {
                quote @ (b'"' | b'\'') => {
                    self.at += 1;
                    let from = self.at;
                    value = (from, self.pass(|byte| byte != quote));
                    // An open quote swallows the rest: the tag has not ended yet.
                    self.peek()?;
                    self.at += 1;
                }
                _ => {
                    let from = self.at;
                    value = (from, self.pass(|byte| !is_space(byte) && byte != b'>'));
                }
            }
        }
        Some(Attribute { name, value })
    }
}

/// The characters that URLs in HTML are escaped for.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&#38;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#47;", "/"),
    ("&#x2F;", "/"),
    ("&#x2f;", "/"),
];

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|known| rest.starts_with(known.0));
        let (from, to) = known.copied().unwrap_or(("&", "&"));
        out.push_str(to);
        rest = &rest[from.len()..];
    }
    out.push_str(rest);
    out
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
