//! From a token's claims to a user: by claims' names or by expressions, and the rules that both must hold.
use super::configuration::{JwtAuthenticator, PrefixedClaimOrExpression};
use expr::{CompileError, Environment, ObjectType, Program, Type};
use meta::{Str, go_quote};
use resource::User;
use serde_json::{Map, Value, json};

/// Work of one expression, in upstream's units: it never needs so much, and never gets more.
const COST_MAX: u64 = 10_000_000;
const CREDENTIAL: &str = "authentication.kubernetes.io/credential-id";

/// The expressions of an issuer's configuration, compiled.
#[derive(Debug, Default)]
pub(super) struct ClaimMapping {
    pub(super) username: Option<Expression>,
    pub(super) groups: Option<Expression>,
    pub(super) uid: Option<Expression>,
    pub(super) extra: Vec<(String, Expression)>,
    pub(super) rules: Vec<Rule>,
    pub(super) user_rules: Vec<Rule>,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) expression: Expression,
    pub(super) message: String,
}

/// An expression over one variable.
#[derive(Debug)]
pub(super) struct Expression {
    text: String,
    program: Program,
}

fn claims_type() -> Type {
    Type::map(Type::String, Type::Dyn)
}

fn user_type() -> Type {
    let strings = || Type::list(Type::String);
    Type::object(
        ObjectType::new("kubernetes.UserInfo")
            .field("username", Type::String)
            .field("uid", Type::String)
            .field("groups", strings())
            .field("extra", Type::map(Type::String, strings())),
    )
}

pub(super) fn claims_environment() -> Environment {
    Environment::new().variable("claims", claims_type())
}

pub(super) fn user_environment() -> Environment {
    Environment::new().variable("user", user_type())
}

impl Expression {
    pub(super) fn compile(text: &str, environment: &Environment) -> Result<Self, CompileError> {
        Ok(Self {
            text: text.to_owned(),
            program: expr::compile(text, environment)?,
        })
    }

    pub(super) fn is_bool(&self) -> bool {
        *self.program.result() == Type::Bool
    }

    /// Whether it looks at `claims.NAME`. Words in strings do not count.
    pub(super) fn selects_claim(&self, name: &str) -> bool {
        let words = words(&self.text);
        let selects = |window: &[&str]| {
            window[0] == "claims" && matches!(window[1], "." | ".?") && window[2] == name
        };
        words.windows(3).any(selects)
    }

    fn evaluate(&self, variable: &str, value: &Value, type_: &Type) -> Result<Value, String> {
        let mut budget = COST_MAX;
        let mut evaluate = || {
            let value = expr::Value::json(value, type_)?;
            let result = self.program.evaluate(&[(variable, value)], &mut budget)?;
            result.to_json()
        };
        evaluate().map_err(|error: expr::EvaluationError| {
            format!("expression '{}' resulted in error: {error}", self.text)
        })
    }
}

/// Identifiers and the marks between them.
fn words(text: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' || first == '\'' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == first && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if first.is_ascii_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len())
        } else if rest.starts_with(".?") {
            2
        } else {
            first.len_utf8()
        };
        let (word, next) = rest.split_at(length);
        if !word.trim().is_empty() {
            res.push(word);
        }
        rest = next;
    }
    res
}

type Claims = Map<String, Value>;

impl ClaimMapping {
    /// The user that verified claims name.
    pub(super) fn user(&self, config: &JwtAuthenticator, claims: &Claims) -> Result<User, String> {
        let tree = Value::Object(claims.iter().flat_map(with_alias).collect());
        let context = Context {
            claims,
            tree: &tree,
            type_: &claims_type(),
        };
        let user = User {
            name: self.username(config, &context)?.into(),
            groups: self.groups(config, &context)?,
            uid: self.uid(config, &context)?.into(),
            extra: self.extra(&context)?,
        };
        for rule in config
            .claim_rules
            .iter()
            .filter(|rule| !rule.claim.is_empty())
        {
            required(claims, &rule.claim, &rule.required_value)?;
        }
        for rule in &self.rules {
            let words = "oidc: error evaluating claim validation expression";
            let held = context.evaluate(&rule.expression);
            held.and_then(|value| rule.check(&value))
                .map_err(|error| format!("{words}: {error}"))?;
        }
        self.check_user(&user)?;
        Ok(user)
    }

    fn username(&self, config: &JwtAuthenticator, context: &Context<'_>) -> Result<String, String> {
        if let Some(expression) = &self.username {
            let words = "oidc: error evaluating username claim expression";
            let value = context.evaluate(expression);
            return match value.map_err(|error| format!("{words}: {error}"))? {
                Value::String(name) if name.is_empty() => {
                    Err("oidc: empty username via CEL expression is not allowed".into())
                }
                Value::String(name) => Ok(name),
                _ => Err(format!(
                    "{words}: username claim expression must return a string"
                )),
            };
        }
        let PrefixedClaimOrExpression { claim, prefix, .. } = &config.username;
        let name = string(context.claims, claim)
            .map_err(|error| format!("oidc: parse username claims {}: {error}", go_quote(claim)))?;
        if claim == "email" {
            check_email(context.claims)?;
        }
        Ok(format!("{}{name}", prefix.as_deref().unwrap_or_default()))
    }

    fn groups(&self, config: &JwtAuthenticator, context: &Context<'_>) -> Result<Vec<Str>, String> {
        let PrefixedClaimOrExpression { claim, prefix, .. } = &config.groups;
        if let Some(value) = context.claims.get(claim).filter(|_| !claim.is_empty()) {
            let groups = strings(value).map_err(|error| {
                format!("oidc: parse groups claim {}: {error}", go_quote(claim))
            })?;
            let prefix = prefix.as_deref().unwrap_or_default();
            let prefixed = groups
                .iter()
                .map(|group| Str::from(format!("{prefix}{group}")));
            return Ok(prefixed.collect());
        }
        let Some(expression) = &self.groups else {
            return Ok(Vec::new());
        };
        let value = context.evaluate(expression);
        value
            .and_then(|value| list(&value))
            .map_err(|error| format!("oidc: error evaluating group claim expression: {error}"))
    }

    fn uid(&self, config: &JwtAuthenticator, context: &Context<'_>) -> Result<String, String> {
        let claim = &config.uid.claim;
        if !claim.is_empty() {
            return string(context.claims, claim)
                .map_err(|error| format!("oidc: parse uid claim {}: {error}", go_quote(claim)));
        }
        let Some(expression) = &self.uid else {
            return Ok(String::new());
        };
        let words = "oidc: error evaluating uid claim expression";
        match context
            .evaluate(expression)
            .map_err(|error| format!("{words}: {error}"))?
        {
            Value::String(uid) => Ok(uid),
            _ => Err(format!(
                "{words}: uid claim expression must return a string"
            )),
        }
    }

    fn extra(&self, context: &Context<'_>) -> Result<Vec<(Str, Vec<Str>)>, String> {
        let mut res = Vec::new();
        if let Some(Value::String(id)) = context.claims.get("jti").filter(|id| **id != "") {
            res.push((CREDENTIAL.into(), vec![format!("JTI={id}").into()]));
        }
        for (key, expression) in &self.extra {
            let values = list(&context.evaluate(expression)?).map_err(|error| {
                let text = &expression.text;
                format!("oidc: error evaluating extra claim expression: {text}: {error}")
            })?;
            if !values.is_empty() {
                res.push((Str::from(key.as_str()), values));
            }
        }
        Ok(res)
    }

    fn check_user(&self, user: &User) -> Result<(), String> {
        if self.user_rules.is_empty() {
            return Ok(());
        }
        let texts =
            |values: &[Str]| -> Vec<String> { values.iter().map(ToString::to_string).collect() };
        let extra = user.extra.iter();
        let extra: Claims = extra
            .map(|(key, values)| (key.to_string(), json!(texts(values))))
            .collect();
        let tree = json!({
            "username": user.name.as_str(),
            "uid": user.uid.as_str(),
            "groups": texts(&user.groups),
            "extra": extra.iter().flat_map(with_alias).collect::<Claims>(),
        });
        let type_ = user_type();
        for rule in &self.user_rules {
            let words = "oidc: error evaluating user info validation rule";
            let held = rule.expression.evaluate("user", &tree, &type_);
            held.and_then(|value| rule.check(&value))
                .map_err(|error| format!("{words}: {error}"))?;
        }
        Ok(())
    }
}

/// Claims, and what expressions see of them.
struct Context<'a> {
    claims: &'a Claims,
    tree: &'a Value,
    type_: &'a Type,
}

impl Context<'_> {
    fn evaluate(&self, expression: &Expression) -> Result<Value, String> {
        expression.evaluate("claims", self.tree, self.type_)
    }
}

impl Rule {
    fn check(&self, value: &Value) -> Result<(), String> {
        match value {
            Value::Bool(true) => Ok(()),
            Value::Bool(false) => Err(format!(
                "validation expression '{}' failed: {}",
                self.expression.text, self.message
            )),
            _ => Err("validation expression must return a boolean".into()),
        }
    }
}

/// A key that is no identifier can be selected by its escaped form: `a.b` as `a__dot__b`.
fn with_alias((key, value): (&String, &Value)) -> Vec<(String, Value)> {
    let value = aliased(value);
    let alias = expr::escape(key).filter(|alias| alias != key.as_str());
    let alias = alias.map(|alias| (alias.to_string(), value.clone()));
    alias.into_iter().chain([(key.clone(), value)]).collect()
}

fn aliased(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.iter().flat_map(with_alias).collect()),
        Value::Array(items) => Value::Array(items.iter().map(aliased).collect()),
        plain => plain.clone(),
    }
}

fn required(claims: &Claims, claim: &str, wanted: &str) -> Result<(), String> {
    if !claims.contains_key(claim) {
        return Err(format!(
            "oidc: required claim {claim} not present in ID token"
        ));
    }
    let found =
        string(claims, claim).map_err(|error| format!("oidc: parse claim {claim}: {error}"))?;
    if found == wanted {
        Ok(())
    } else {
        Err(format!(
            "oidc: required claim {claim} value does not match. Got = {found}, want = {wanted}"
        ))
    }
}

/// An address counts when nobody says that it is not verified.
fn check_email(claims: &Claims) -> Result<(), String> {
    match claims.get("email_verified") {
        None | Some(Value::Bool(true)) => Ok(()),
        Some(Value::Bool(false) | Value::Null) => Err("oidc: email not verified".into()),
        Some(other) => {
            let words = mismatch(other, "bool");
            Err(format!("oidc: parse 'email_verified' claim: {words}"))
        }
    }
}

fn string(claims: &Claims, name: &str) -> Result<String, String> {
    match claims.get(name) {
        None => Err("claim not present".into()),
        Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(other) => Err(mismatch(other, "string")),
    }
}

/// A list of strings, or one string.
fn strings(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(items) => {
            let text = |item: &Value| match item {
                Value::String(text) => Ok(text.clone()),
                Value::Null => Ok(String::new()),
                _ => Err(mismatch(value, "string")),
            };
            items.iter().map(text).collect()
        }
        other => Err(mismatch(other, "string")),
    }
}

/// As Go's decoder says it.
fn mismatch(value: &Value, wanted: &str) -> String {
    let found = patch::json_kind(value);
    format!("json: cannot unmarshal {found} into Go value of type {wanted}")
}

/// An expression's strings: one, several or none; empty ones are none.
fn list(value: &Value) -> Result<Vec<Str>, String> {
    let wrong = || "expression must return a string or a list of strings".to_owned();
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::String(_) => std::slice::from_ref(value),
        Value::Array(items) => items.as_slice(),
        _ => return Err(wrong()),
    };
    let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    let texts = texts.ok_or_else(wrong)?.into_iter();
    Ok(texts
        .filter(|text| !text.is_empty())
        .map(Str::from)
        .collect())
}

#[cfg(test)]
mod tests;
