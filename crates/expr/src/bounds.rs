//! How deep an expression is, told from its text before it is parsed: parser, checker and evaluator go down it by recursion, and a
//! deep one must not end the process. Upstream bounds its parser's recursion to 250.

/// Brackets and conditionals within each other.
const NESTING_MAX: usize = 90;
/// Steps and operators one after the other, each of which holds those before it.
const CHAIN_MAX: usize = 250;
/// Of all levels together.
const CHAINS_MAX: usize = 500;

/// How an expression is too deep, in upstream's words.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum TooDeep {
    /// Within brackets and conditionals: its grammar goes down.
    #[error("expression recursion limit exceeded: 250")]
    Nested,
    /// By one step or operator after the other: its walk over the tree goes down.
    #[error("max recursion depth exceeded")]
    Chained,
}

/// Why text may not be parsed, if so.
pub(crate) fn too_deep(text: &str) -> Option<TooDeep> {
    let mut depth = Depth::default();
    // What the lexer does with a string that it does not understand is its own affair: then everything counts.
    let whole = scan(text.as_bytes(), &mut depth, Strings::Skipped);
    if whole.is_none() {
        depth = Depth::default();
        scan(text.as_bytes(), &mut depth, Strings::Counted);
    }
    depth.exceeded
}

#[derive(Clone, Copy, PartialEq)]
enum Strings {
    Skipped,
    Counted,
}

/// What stands open.
#[derive(Debug, Default)]
struct Depth {
    levels: Vec<Level>,
    current: Level,
    exceeded: Option<TooDeep>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Level {
    chain: usize,
    longest: usize,
    conditionals: usize,
}

impl Depth {
    fn open(&mut self) {
        self.levels.push(self.current);
        self.current = Level::default();
        self.check();
    }

    fn close(&mut self) {
        let inner = self.current;
        self.current = self.levels.pop().unwrap_or_default();
        // What follows the bracket goes on from what stood before it; what is in it was as deep as it was.
        self.current.longest = self.current.longest.max(inner.longest);
        self.link();
    }

    fn link(&mut self) {
        self.current.chain += 1;
        self.current.longest = self.current.longest.max(self.current.chain);
        self.check();
    }

    /// The next operand of what does not nest.
    fn restart(&mut self) {
        self.current.chain = 0;
    }

    fn conditional(&mut self) {
        self.current.conditionals += 1;
        self.restart();
        self.check();
    }

    fn next_element(&mut self) {
        self.current.conditionals = 0;
        self.restart();
    }

    fn check(&mut self) {
        if self.exceeded.is_some() {
            return;
        }
        let open = self.levels.iter().chain([&self.current]);
        let (mut chains, mut nesting) = (0, self.levels.len());
        for level in open {
            chains += level.chain;
            nesting += level.conditionals;
        }
        if self.current.chain > CHAIN_MAX || chains > CHAINS_MAX {
            self.exceeded = Some(TooDeep::Chained);
        } else if nesting > NESTING_MAX {
            self.exceeded = Some(TooDeep::Nested);
        }
    }
}

/// Reads all of the text, or nothing if a string in it is broken.
fn scan(text: &[u8], depth: &mut Depth, strings: Strings) -> Option<()> {
    let mut at = 0;
    while at < text.len() && depth.exceeded.is_none() {
        let rest = &text[at..];
        at += 1;
        match rest[0] {
            b'\'' | b'"' | b'`' if strings == Strings::Skipped => {
                let raw = at >= 2 && matches!(text[at - 2], b'r' | b'R');
                at += string_length(rest, raw)? - 1;
            }
            b'/' if rest.starts_with(b"//") && strings == Strings::Skipped => {
                at += rest.iter().take_while(|byte| **byte != b'\n').count() - 1;
            }
            b'(' | b'[' | b'{' => depth.open(),
            b')' | b']' | b'}' => depth.close(),
            b',' => depth.next_element(),
            b'&' | b'|' | b':' => depth.restart(),
            b'?' if !at
                .checked_sub(2)
                .is_some_and(|before| matches!(text[before], b'.' | b'[' | b'{' | b',')) =>
            {
                depth.conditional();
            }
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' => depth.link(),
            // `in`.
            b'i' if rest.starts_with(b"in") => depth.link(),
            _ => {}
        }
    }
    Some(())
}

/// The length of the string at the beginning, quotes included; none if it does not end or has an escape that there is not.
fn string_length(text: &[u8], raw: bool) -> Option<usize> {
    let quote = text[0];
    let triple = quote != b'`' && text.starts_with(&[quote; 3]);
    let end: &[u8] = if triple { &text[..3] } else { &text[..1] };
    let mut at = end.len();
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(end) {
            return Some(at + end.len());
        }
        match rest.first()? {
            b'\n' | b'\r' if !triple => return None,
            b'\\' if !raw => {
                let known = b"abfnrtv\\?\"'`xXuU01234567";
                if !known.contains(rest.get(1)?) {
                    return None;
                }
                at += 2;
            }
            _ => at += 1,
        }
    }
}
