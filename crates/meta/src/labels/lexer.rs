//! Words of a label selector.

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Error,
    End,
    ClosedPar,
    Comma,
    DoesNotExist,
    DoubleEquals,
    Equals,
    GreaterThan,
    Identifier,
    In,
    LessThan,
    NotEquals,
    NotIn,
    OpenPar,
}

const SYMBOLS: &[(&str, Token)] = &[
    (")", Token::ClosedPar),
    (",", Token::Comma),
    ("!", Token::DoesNotExist),
    ("==", Token::DoubleEquals),
    ("=", Token::Equals),
    (">", Token::GreaterThan),
    ("<", Token::LessThan),
    ("!=", Token::NotEquals),
    ("(", Token::OpenPar),
];

fn symbol(text: &str) -> Option<Token> {
    SYMBOLS
        .iter()
        .find(|(known, _)| *known == text)
        .map(|(_, token)| *token)
}

fn is_special(byte: u8) -> bool {
    b"=!(),><".contains(&byte)
}

fn is_space(byte: u8) -> bool {
    b" \t\r\n".contains(&byte)
}

/// All words of `text`, the end last. As upstream's reader, which takes NUL for the end of the text: it ends a name and is passed over
/// there, and elsewhere nothing is read behind it.
pub(super) fn scan(text: &str) -> Vec<(Token, &str)> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\t', '\r', '\n']);
    while let Some(first) = rest.bytes().next().filter(|byte| *byte != 0) {
        let len = if is_special(first) {
            symbol_len(rest)
        } else {
            name_len(rest)
        };
        let (word, after) = rest.split_at(len);
        let token = if is_special(first) {
            symbol(word).unwrap_or(Token::Error)
        } else {
            name(word)
        };
        words.push((token, word));
        let after = after.strip_prefix('\0').unwrap_or(after);
        rest = after.trim_start_matches([' ', '\t', '\r', '\n']);
    }
    words.push((Token::End, ""));
    words
}

fn name(word: &str) -> Token {
    match word {
        "in" => Token::In,
        "notin" => Token::NotIn,
        _ => Token::Identifier,
    }
}

fn name_len(text: &str) -> usize {
    text.bytes()
        .take_while(|byte| *byte != 0 && !is_special(*byte) && !is_space(*byte))
        .count()
}

/// The longest symbol that begins here.
fn symbol_len(text: &str) -> usize {
    let run = text.bytes().take_while(|byte| is_special(*byte)).count();
    (1..=run)
        .take_while(|len| symbol(&text[..*len]).is_some())
        .last()
        .unwrap_or(1)
}
