//! The text that grows, and what must be known of its last line.

/// Lines are folded at the first blank behind this column.
const WIDTH: usize = 80;

pub(super) struct Emitter {
    out: String,
    /// Characters of the last line.
    column: usize,
    /// Whether a blank, or nothing, is before what comes.
    after_blank: bool,
    /// Whether there is nothing but indentation and dashes in the last line.
    is_indentation: bool,
}

impl Default for Emitter {
    fn default() -> Self {
        Self {
            out: String::new(),
            column: 0,
            after_blank: true,
            is_indentation: true,
        }
    }
}

impl Emitter {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// The line break behind the document.
    pub(super) fn end(&mut self) {
        self.line(0);
    }

    pub(super) fn at_line_start(&self) -> bool {
        self.is_indentation
    }

    pub(super) fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    /// A line break; those that are not `\n` stay what they are.
    pub(super) fn put_break(&mut self, c: char) {
        self.out.push(c);
        self.column = 0;
    }

    /// Goes to a column: of the next line unless nothing is in this one.
    pub(super) fn line(&mut self, indent: usize) {
        let is_behind = self.column > indent || (self.column == indent && !self.after_blank);
        if !self.is_indentation || is_behind {
            self.put_break('\n');
        }
        while self.column < indent {
            self.put(' ');
        }
        self.after_blank = true;
        self.is_indentation = true;
    }

    /// A mark; `spaced`: with a blank before it. `indents`: more may stand behind it as if it began the line.
    pub(super) fn indicator(&mut self, mark: &str, spaced: bool, indents: bool) {
        self.space(spaced);
        mark.chars().for_each(|c| self.put(c));
        self.after_blank = false;
        self.is_indentation &= indents;
    }

    fn space(&mut self, wanted: bool) {
        if wanted && !self.after_blank {
            self.put(' ');
        }
    }

    /// What never needs quotes nor breaks.
    pub(super) fn word(&mut self, word: &str) {
        self.begin();
        word.chars().for_each(|c| self.put(c));
        self.end_scalar();
    }

    /// A collection without members.
    pub(super) fn flow(&mut self, brackets: &str) {
        self.indicator(brackets, true, false);
    }

    /// Before a scalar without quotes.
    pub(super) fn begin(&mut self) {
        self.space(true);
    }

    pub(super) fn end_scalar(&mut self) {
        self.after_blank = false;
        self.is_indentation = false;
    }

    /// Within a scalar of several lines: whether the next line needs no break, but only its indentation.
    pub(super) fn set_line_start(&mut self, is_start: bool) {
        self.is_indentation = is_start;
    }

    /// Behind the head of a literal.
    pub(super) fn begin_literal(&mut self) {
        self.put_break('\n');
        self.is_indentation = true;
        self.after_blank = true;
    }

    pub(super) fn is_wide(&self) -> bool {
        self.column > WIDTH
    }
}
