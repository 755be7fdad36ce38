//! The grammar of label selectors, with upstream's errors.

use super::{
    Operator, ParseError, Requirement,
    lexer::{Token, scan},
};
use crate::{FieldErrors, FieldPath, Str, validation};

/// In which `in` and `notin` are names.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    KeyAndOperator,
    Values,
}

struct Parser<'a> {
    words: Vec<(Token, &'a str)>,
    at: usize,
}

fn fail<T>(found: &str, expected: &str) -> Result<T, ParseError> {
    Err(ParseError(format!("found '{found}', expected: {expected}")))
}

pub(super) fn parse(text: &str) -> Result<Vec<Requirement>, ParseError> {
    let mut parser = Parser {
        words: scan(text),
        at: 0,
    };
    let mut requirements = Vec::new();
    loop {
        let (token, found) = parser.peek(Context::Values);
        match token {
            Token::Identifier | Token::DoesNotExist => {
                let requirement = parser.requirement();
                requirements.push(requirement.map_err(|error| {
                    ParseError(format!("unable to parse requirement: {error}"))
                })?);
                match parser.next(Context::Values) {
                    (Token::End, _) => return Ok(requirements),
                    (Token::Comma, _) => parser.expect_another()?,
                    (_, found) => return fail(found, "',' or 'end of string'"),
                }
            }
            Token::End => return Ok(requirements),
            _ => return fail(found, "!, identifier, or 'end of string'"),
        }
    }
}

impl<'a> Parser<'a> {
    fn peek(&self, context: Context) -> (Token, &'a str) {
        let (token, word) = self.words[self.at.min(self.words.len() - 1)];
        let is_name = context == Context::Values && matches!(token, Token::In | Token::NotIn);
        (if is_name { Token::Identifier } else { token }, word)
    }

    fn next(&mut self, context: Context) -> (Token, &'a str) {
        let res = self.peek(context);
        self.at += 1;
        res
    }

    fn expect_another(&self) -> Result<(), ParseError> {
        match self.peek(Context::Values) {
            (Token::Identifier | Token::DoesNotExist, _) => Ok(()),
            (_, found) => fail(found, "identifier after ','"),
        }
    }

    fn requirement(&mut self) -> Result<Requirement, ParseError> {
        let (mut token, mut key) = self.next(Context::Values);
        let absent = token == Token::DoesNotExist;
        if absent {
            (token, key) = self.next(Context::Values);
        }
        if token != Token::Identifier {
            return fail(key, "identifier");
        }
        check_key(key)?;
        if absent {
            return Requirement::new(key, Operator::DoesNotExist, Vec::new());
        }
        if matches!(self.peek(Context::Values).0, Token::End | Token::Comma) {
            return Requirement::new(key, Operator::Exists, Vec::new());
        }
        let operator = self.operator()?;
        let values = match operator {
            Operator::In | Operator::NotIn => self.values()?,
            _ => self.exact_value()?,
        };
        Requirement::new(key, operator, values.into_iter().map(Str::from).collect())
    }

    fn operator(&mut self) -> Result<Operator, ParseError> {
        Ok(match self.next(Context::KeyAndOperator) {
            (Token::In, _) => Operator::In,
            (Token::NotIn, _) => Operator::NotIn,
            (Token::Equals, _) => Operator::Equals,
            (Token::DoubleEquals, _) => Operator::DoubleEquals,
            (Token::NotEquals, _) => Operator::NotEquals,
            (Token::GreaterThan, _) => Operator::GreaterThan,
            (Token::LessThan, _) => Operator::LessThan,
            (_, found) => return fail(found, "in, notin, =, ==, !=, gt, lt"),
        })
    }

    fn exact_value(&mut self) -> Result<Vec<&'a str>, ParseError> {
        match self.peek(Context::Values) {
            (Token::End | Token::Comma, _) => Ok(vec![""]),
            (Token::Identifier, value) => {
                self.at += 1;
                Ok(vec![value])
            }
            (_, found) => fail(found, "identifier"),
        }
    }

    fn values(&mut self) -> Result<Vec<&'a str>, ParseError> {
        let (token, found) = self.next(Context::Values);
        if token != Token::OpenPar {
            return Err(ParseError(format!("found '{found}' expected: '('")));
        }
        match self.peek(Context::Values) {
            (Token::Identifier | Token::Comma, _) => {
                let values = self.identifiers()?;
                match self.next(Context::Values) {
                    (Token::ClosedPar, _) => Ok(values),
                    (_, found) => fail(found, "')'"),
                }
            }
            (Token::ClosedPar, _) => {
                self.at += 1;
                Ok(vec![""])
            }
            (_, found) => {
                self.at += 1;
                fail(found, "',', ')' or identifier")
            }
        }
    }

    /// Stops before the closing parenthesis. Nothing between commas is the empty value.
    fn identifiers(&mut self) -> Result<Vec<&'a str>, ParseError> {
        let mut values = Vec::new();
        loop {
            match self.next(Context::Values) {
                (Token::Identifier, value) => {
                    values.push(value);
                    match self.peek(Context::Values) {
                        (Token::Comma, _) => {}
                        (Token::ClosedPar, _) => return Ok(values),
                        (_, found) => return fail(found, "',' or ')'"),
                    }
                }
                (Token::Comma, _) => {
                    if values.is_empty() {
                        values.push("");
                    }
                    match self.peek(Context::Values).0 {
                        Token::ClosedPar => {
                            values.push("");
                            return Ok(values);
                        }
                        Token::Comma => {
                            self.at += 1;
                            values.push("");
                        }
                        _ => {}
                    }
                }
                (_, found) => return fail(found, "',', or identifier"),
            }
        }
    }
}

fn check_key(key: &str) -> Result<(), ParseError> {
    let words = validation::qualified_name(key);
    if words.is_empty() {
        return Ok(());
    }
    let mut errors = FieldErrors::new();
    errors.invalid(&FieldPath::new("<nil>"), key, words.join("; "));
    Err(ParseError(errors.aggregate()))
}
