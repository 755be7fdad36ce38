//! Addresses of mail as Go's `net/mail.ParseAddress` takes them: `a@b`, `Name <a@b>`, `"Quoted name" <a@b>`, with comments.

pub(super) fn is_address(text: &str) -> bool {
    let mut parser = Parser { rest: text };
    parser.skip_space().is_some() && parser.address().is_some() && parser.rest.is_empty()
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    /// One mailbox, and the space behind it.
    fn address(&mut self) -> Option<()> {
        let whole = self.rest;
        if self.specification().is_none() {
            self.rest = whole;
            self.phrase()?;
            self.take('<')?;
            self.specification()?;
            self.take('>')?;
        }
        self.skip_space()
    }

    /// `local@domain`.
    fn specification(&mut self) -> Option<()> {
        self.skip_space()?;
        if self.rest.starts_with('"') {
            let quoted = self.quoted()?;
            if quoted == 0 {
                return None;
            }
        } else {
            self.dotted()?;
        }
        self.skip_space()?;
        self.take('@')?;
        self.skip_space()?;
        if self.rest.starts_with('[') {
            let (inner, after) = self.rest[1..].split_once(']')?;
            inner.parse::<std::net::IpAddr>().ok()?;
            self.rest = after;
        } else {
            self.dotted()?;
        }
        self.skip_space()
    }

    /// The name in front of an address in angle brackets; it may be missing.
    fn phrase(&mut self) -> Option<()> {
        self.skip_space()?;
        while !self.rest.starts_with('<') {
            if self.rest.starts_with('"') {
                self.quoted()?;
            } else {
                let len = self.rest.find(|char| !is_atom(char) && char != '.');
                let len = len.unwrap_or(self.rest.len());
                if len == 0 {
                    return None;
                }
                self.rest = &self.rest[len..];
            }
            self.skip_space()?;
        }
        Some(())
    }

    /// Atoms with single dots between them.
    fn dotted(&mut self) -> Option<()> {
        let len = self.rest.find(|char| !is_atom(char) && char != '.');
        let (atoms, after) = self.rest.split_at(len.unwrap_or(self.rest.len()));
        if atoms.split('.').any(str::is_empty) {
            return None;
        }
        self.rest = after;
        Some(())
    }

    /// A string in quotes; how many characters it has.
    fn quoted(&mut self) -> Option<usize> {
        let mut count = 0;
        let mut chars = self.rest[1..].chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => {
                    let escaped = chars.next()?;
                    if !is_quotable(escaped) {
                        return None;
                    }
                }
                char if is_quotable(char) => {}
                _ => return None,
            }
            count += 1;
        }
        self.rest = chars.as_str();
        Some(count)
    }

    fn take(&mut self, char: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(char)?;
        Some(())
    }

    /// White space and comments, which nest.
    fn skip_space(&mut self) -> Option<()> {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t']);
            if !self.rest.starts_with('(') {
                return Some(());
            }
            let mut depth = 0_u32;
            let mut chars = self.rest.chars();
            loop {
                match chars.next()? {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    '\\' => {
                        chars.next()?;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            self.rest = chars.as_str();
        }
    }
}

fn is_atom(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(char) || !char.is_ascii()
}

fn is_quotable(char: char) -> bool {
    matches!(char, ' ' | '\t' | '!'..='~') || !char.is_ascii()
}
