//! Static tokens from a file: `token,user,uid[,"group1,group2"]` a line, as Go's `encoding/csv` reads it.
use super::StaticToken;
use meta::Str;
use resource::User;

/// Why a token file cannot be used. `line` counts from 1.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TokenFileError {
    #[error("record on line {line}: bare \" in non-quoted field")]
    BareQuote { line: usize },
    #[error("record on line {line}: extraneous or missing \" in quoted-field")]
    Quote { line: usize },
    #[error(
        "token file '{path}' must have at least 3 columns (token, user name, user uid), found {found}"
    )]
    Columns { path: String, found: usize },
}

impl StaticToken {
    /// The tokens of a file's text; of two that are equal the last counts. Records without a token are passed over with a warning.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn parse_file(path: &str, text: &str) -> Result<Vec<Self>, TokenFileError> {
        let mut res: Vec<Self> = Vec::new();
        for (number, record) in records(text)?.into_iter().enumerate() {
            let mut columns = record.into_iter();
            let found = columns.len();
            let three = (columns.next(), columns.next(), columns.next());
            let (Some(token), Some(name), Some(uid)) = three else {
                let path = path.to_owned();
                return Err(TokenFileError::Columns { path, found });
            };
            let record = number + 1;
            if token.is_empty() {
                tracing::warn!(path, record, "empty token has been found in token file");
                continue;
            }
            if res.iter().any(|known| known.token == token) {
                tracing::warn!(path, record, "duplicate token has been found in token file");
                res.retain(|known| known.token != token);
            }
            let groups = columns.next();
            let groups = groups.iter().flat_map(|groups| groups.split(','));
            let user = User {
                name: name.into(),
                uid: uid.into(),
                groups: groups.map(Str::from).collect(),
                extra: Vec::new(),
            };
            res.push(Self { token, user });
        }
        Ok(res)
    }
}

/// Fields of each record. Lines without anything are none.
fn records(text: &str) -> Result<Vec<Vec<String>>, TokenFileError> {
    let mut res = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while !rest.is_empty() {
        let first = line;
        let mut record = Vec::new();
        loop {
            let (field, end, lines) = field(rest, first)?;
            record.push(field);
            line += lines;
            rest = &rest[end..];
            match rest.as_bytes().first() {
                Some(b',') => rest = &rest[1..],
                _ => break,
            }
        }
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        if let Some(next) = rest.strip_prefix('\n') {
            rest = next;
            line += 1;
        }
        if record.len() > 1 || !record[0].is_empty() {
            res.push(record);
        }
    }
    Ok(res)
}

/// A field, where it ends, and how many lines it spans. It ends before a comma, the line's end or the text's.
fn field(text: &str, line: usize) -> Result<(String, usize, usize), TokenFileError> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        let field = &text[..end];
        if field.contains('"') {
            return Err(TokenFileError::BareQuote { line });
        }
        let whole = text[end..].starts_with(',');
        let field = if whole {
            field
        } else {
            field.strip_suffix('\r').unwrap_or(field)
        };
        return Ok((field.to_owned(), end, 0));
    };
    let mut field = String::new();
    let mut at = 0;
    loop {
        let end = quoted[at..]
            .find('"')
            .ok_or(TokenFileError::Quote { line })?;
        field.push_str(&quoted[at..at + end]);
        at += end + 1;
        match &quoted.as_bytes()[at..] {
            [b'"', ..] => {
                field.push('"');
                at += 1;
            }
            [] | [b',' | b'\n', ..] | [b'\r', b'\n', ..] => break,
            _ => return Err(TokenFileError::Quote { line }),
        }
    }
    let field = field.replace("\r\n", "\n");
    let lines = quoted[..at].matches('\n').count();
    Ok((field, at + 1, lines))
}

#[cfg(test)]
mod tests;
