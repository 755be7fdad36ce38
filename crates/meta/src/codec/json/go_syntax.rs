//! What Go's scanner says about text that is not JSON. Slow, and run only to word an error.

/// The message of Go's first syntax error in `text`.
#[must_use]
pub fn syntax_error(text: &[u8]) -> String {
    match (Scanner { text, at: 0 }).document() {
        Ok(()) => "exceeded max depth".to_owned(),
        Err(message) => message,
    }
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

type Scan = Result<(), String>;

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn fail(&self, context: &str) -> Scan {
        match self.peek() {
            None => Err("unexpected end of JSON input".to_owned()),
            Some(byte) => Err(format!("invalid character {} {context}", quote(byte))),
        }
    }

    fn document(&mut self) -> Scan {
        self.values()?;
        self.space();
        if self.peek().is_some() {
            self.fail("after top-level value")
        } else {
            Ok(())
        }
    }

    /// One value, nested ones on a stack of closers instead of recursion.
    fn values(&mut self) -> Scan {
        let mut closers = Vec::new();
        let mut may_close = false;
        loop {
            self.space();
            let opened = self.value(&mut closers, may_close)?;
            may_close = opened;
            if opened {
                continue;
            }
            loop {
                let Some(close) = closers.last().copied() else {
                    return Ok(());
                };
                self.space();
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if close == b'}' {
                            self.key(false)?;
                        }
                        break;
                    }
                    Some(byte) if byte == close => {
                        self.at += 1;
                        closers.pop();
                    }
                    _ if close == b'}' => return self.fail("after object key:value pair"),
                    _ => return self.fail("after array element"),
                }
            }
        }
    }

    /// Reads a value; true when it opened a container that has a first value to come.
    fn value(&mut self, closers: &mut Vec<u8>, may_close: bool) -> Result<bool, String> {
        if may_close && closers.last() == Some(&b']') && self.peek() == Some(b']') {
            self.at += 1;
            closers.pop();
            return Ok(false);
        }
        match self.peek() {
            Some(b'{' | b'[') if closers.len() == super::DEPTH_MAX => {
                self.fail("exceeded max depth").map(|()| false)
            }
            Some(b'{') => {
                self.at += 1;
                self.space();
                if self.peek() == Some(b'}') {
                    self.at += 1;
                    return Ok(false);
                }
                closers.push(b'}');
                self.key(true)?;
                Ok(true)
            }
            Some(b'[') => {
                self.at += 1;
                closers.push(b']');
                Ok(true)
            }
            Some(b'"') => self.string().map(|()| false),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| false),
            Some(b't') => self.word("true").map(|()| false),
            Some(b'f') => self.word("false").map(|()| false),
            Some(b'n') => self.word("null").map(|()| false),
            _ => self.fail("looking for beginning of value").map(|()| false),
        }
    }

    fn key(&mut self, first: bool) -> Scan {
        self.space();
        let _ = first;
        if self.peek() != Some(b'"') {
            return self.fail("looking for beginning of object key string");
        }
        self.string()?;
        self.space();
        if self.peek() != Some(b':') {
            return self.fail("after object key");
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Scan {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0..0x20) | None => return self.fail("in string literal"),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Scan {
        self.at += 1;
        match self.peek() {
            Some(b'u') => self.at += 1,
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                return Ok(());
            }
            _ => return self.fail("in string escape code"),
        }
        for _ in 0..4 {
            if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return self.fail("in \\u hexadecimal character escape");
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self, context: &str) -> Scan {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.fail(context);
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Scan {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits("in exponent of numeric literal")?;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Scan {
        for expected in word.bytes() {
            if self.peek() != Some(expected) {
                return self.fail(&format!(
                    "in literal {word} (expecting {})",
                    quote(expected)
                ));
            }
            self.at += 1;
        }
        Ok(())
    }
}

/// Go's `quoteChar`.
fn quote(byte: u8) -> String {
    match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        b'\\' => r"'\\'".to_owned(),
        b'\n' => r"'\n'".to_owned(),
        b'\r' => r"'\r'".to_owned(),
        b'\t' => r"'\t'".to_owned(),
        b' '..=b'~' => format!("'{}'", char::from(byte)),
        7 => r"'\a'".to_owned(),
        8 => r"'\b'".to_owned(),
        11 => r"'\v'".to_owned(),
        12 => r"'\f'".to_owned(),
        0x80..0xa0 | 0xad => format!("'\\u00{byte:02x}'"),
        0xa0.. => format!("'{}'", char::from(byte)),
        _ => format!("'\\x{byte:02x}'"),
    }
}
