//! What is wrong with an authentication configuration, in upstream's words. Expressions are compiled on the way.
use super::{
    Anonymous, ClaimRule, ExtraMapping, Issuer, JwtAuthenticator, PrefixedClaimOrExpression,
    UserRule,
};
use crate::authn::{
    claims::{ClaimMapping, Expression, Rule, claims_environment, user_environment},
    domain_prefixed_path,
};
use expr::Environment;
use http::Uri;
use meta::{FieldErrors, FieldPath, Verbatim};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use std::collections::HashSet;

const AUTHENTICATORS_MAX: usize = 64;
const BOTH: &str = "claim and expression can't both be set";

/// The compiled mapping of each authenticator; of use when there are no errors.
pub(super) fn all(
    errors: &mut FieldErrors,
    authenticators: &[JwtAuthenticator],
    own_issuers: &[String],
) -> Vec<ClaimMapping> {
    let root = FieldPath::new("jwt");
    if authenticators.len() > AUTHENTICATORS_MAX {
        errors.too_many(&root, authenticators.len(), AUTHENTICATORS_MAX);
        return Vec::new();
    }
    let (mut issuers, mut discoveries) = (HashSet::new(), HashSet::new());
    let mut res = Vec::new();
    for (index, authenticator) in authenticators.iter().enumerate() {
        let path = root.index(index);
        res.push(one(errors, &path, authenticator, own_issuers));
        let issuer = &authenticator.issuer;
        let path = path.child("issuer");
        if !issuers.insert(&issuer.url) {
            errors.duplicate(&path.child("url"), &issuer.url);
        }
        if !issuer.discovery_url.is_empty() && !discoveries.insert(&issuer.discovery_url) {
            errors.duplicate(&path.child("discoveryURL"), &issuer.discovery_url);
        }
    }
    res
}

pub(super) fn anonymous(errors: &mut FieldErrors, anonymous: Option<&Anonymous>) {
    let Some(anonymous) = anonymous else { return };
    if !anonymous.enabled && !anonymous.paths.is_empty() {
        let paths = anonymous.paths.iter();
        let shown: Vec<_> = paths
            .map(|path| serde_json::json!({"Path": path}))
            .collect();
        errors.invalid(
            &FieldPath::new("anonymous").child("conditions"),
            Verbatim(&serde_json::Value::from(shown).to_string()),
            "enabled should be set to true when conditions are defined",
        );
    }
}

fn one(
    errors: &mut FieldErrors,
    path: &FieldPath,
    authenticator: &JwtAuthenticator,
    own_issuers: &[String],
) -> ClaimMapping {
    issuer(
        errors,
        &path.child("issuer"),
        &authenticator.issuer,
        own_issuers,
    );
    let mut mapping = ClaimMapping::default();
    let rules = &authenticator.claim_rules;
    mapping.rules = claim_rules(errors, &path.child("claimValidationRules"), rules);
    mappings(
        errors,
        &path.child("claimMappings"),
        authenticator,
        &mut mapping,
    );
    let rules = &authenticator.user_rules;
    mapping.user_rules = user_rules(errors, &path.child("userValidationRules"), rules);
    mapping
}

fn issuer(errors: &mut FieldErrors, path: &FieldPath, issuer: &Issuer, own_issuers: &[String]) {
    if issuer.url.is_empty() {
        errors.required(&path.child("url"), "");
    } else {
        url(errors, &path.child("url"), &issuer.url, own_issuers);
    }
    if !issuer.discovery_url.is_empty() {
        let path = path.child("discoveryURL");
        let same = issuer.url.trim_end_matches('/') == issuer.discovery_url.trim_end_matches('/');
        if !issuer.url.is_empty() && same {
            let words = "discoveryURL must be different from URL";
            errors.invalid(&path, &issuer.discovery_url, words);
        }
        url(errors, &path, &issuer.discovery_url, &[]);
    }
    audiences(errors, path, issuer);
    let authority = &issuer.certificate_authority;
    if !authority.is_empty() {
        let certificates: Result<Vec<_>, _> =
            CertificateDer::pem_slice_iter(authority.as_bytes()).collect();
        if certificates.map_or(true, |certificates| certificates.is_empty()) {
            errors.invalid(
                &path.child("certificateAuthority"),
                "<omitted>",
                "data does not contain any valid RSA or ECDSA certificates",
            );
        }
    }
    if !issuer.egress_selector.is_empty() {
        errors.invalid(
            &path.child("egressSelectorType"),
            &issuer.egress_selector,
            "egress selector is not supported when StructuredAuthenticationConfigurationEgressSelector feature gate is disabled",
        );
    }
}

fn url(errors: &mut FieldErrors, path: &FieldPath, text: &str, own_issuers: &[String]) {
    if own_issuers.iter().any(|own| own == text) {
        let own = own_issuers.join(" ");
        let words = format!("URL must not overlap with disallowed issuers: [{own}]");
        errors.invalid(path, text, words);
    }
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let scheme = rest.split_once("://").map_or("", |(scheme, _)| scheme);
    if !scheme.eq_ignore_ascii_case("https") {
        errors.invalid(path, text, "URL scheme must be https");
    } else if rest.parse::<Uri>().is_err() {
        let words = format!("parse {}: invalid URL", meta::go_quote(text));
        errors.invalid(path, text, words);
    }
    let authority = rest.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') {
        let words = "URL must not contain a username or password";
        errors.invalid(path, text, words);
    }
    if rest
        .split_once('?')
        .is_some_and(|(_, query)| !query.is_empty())
    {
        errors.invalid(path, text, "URL must not contain a query");
    }
    if !fragment.is_empty() {
        errors.invalid(path, text, "URL must not contain a fragment");
    }
}

fn audiences(errors: &mut FieldErrors, path: &FieldPath, issuer: &Issuer) {
    let (audiences, policy) = (path.child("audiences"), path.child("audienceMatchPolicy"));
    if issuer.audiences.is_empty() {
        return errors.required(&audiences, format!("at least one {audiences} is required"));
    }
    let mut seen = HashSet::new();
    for (index, audience) in issuer.audiences.iter().enumerate() {
        let path = audiences.index(index);
        if audience.is_empty() {
            errors.required(&path, "");
        }
        if !seen.insert(audience) {
            errors.duplicate(&path, audience);
        }
    }
    let found = &issuer.audience_match_policy;
    match (issuer.audiences.len(), found.as_str()) {
        (_, "MatchAny") | (1, "") => {}
        (1, _) => errors.invalid(
            &policy,
            found,
            "audienceMatchPolicy must be empty or MatchAny for single audience",
        ),
        _ => errors.invalid(
            &policy,
            found,
            "audienceMatchPolicy must be MatchAny for multiple audiences",
        ),
    }
}

fn claim_rules(errors: &mut FieldErrors, path: &FieldPath, rules: &[ClaimRule]) -> Vec<Rule> {
    let (mut claims, mut expressions) = (HashSet::new(), HashSet::new());
    let environment = claims_environment();
    let mut res = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let path = path.index(index);
        match (rule.claim.is_empty(), rule.expression.is_empty()) {
            (false, false) => errors.invalid(&path, &rule.claim, BOTH),
            (true, true) => errors.required(&path, "claim or expression is required"),
            (false, true) => {
                if !rule.message.is_empty() {
                    let words = "may not be specified when claim is set";
                    errors.invalid(&path.child("message"), &rule.message, words);
                }
                if !claims.insert(&rule.claim) {
                    errors.duplicate(&path.child("claim"), &rule.claim);
                }
            }
            (true, false) => {
                if !rule.required_value.is_empty() {
                    let words = "may not be specified when expression is set";
                    errors.invalid(&path.child("requiredValue"), &rule.required_value, words);
                }
                let path = path.child("expression");
                if !expressions.insert(&rule.expression) {
                    errors.duplicate(&path, &rule.expression);
                    continue;
                }
                let text = &rule.expression;
                let compiled = compile(errors, &path, text, &environment, Must::BeBool);
                res.extend(compiled.map(|expression| Rule {
                    expression,
                    message: rule.message.clone(),
                }));
            }
        }
    }
    res
}

fn user_rules(errors: &mut FieldErrors, path: &FieldPath, rules: &[UserRule]) -> Vec<Rule> {
    let mut expressions = HashSet::new();
    let environment = user_environment();
    let mut res = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let path = path.index(index).child("expression");
        if rule.expression.is_empty() {
            errors.required(&path, "");
        } else if !expressions.insert(&rule.expression) {
            errors.duplicate(&path, &rule.expression);
        } else {
            let text = &rule.expression;
            let compiled = compile(errors, &path, text, &environment, Must::BeBool);
            res.extend(compiled.map(|expression| Rule {
                expression,
                message: rule.message.clone(),
            }));
        }
    }
    res
}

fn mappings(
    errors: &mut FieldErrors,
    path: &FieldPath,
    authenticator: &JwtAuthenticator,
    mapping: &mut ClaimMapping,
) {
    let (username, groups) = (&authenticator.username, &authenticator.groups);
    mapping.username = prefixed(errors, &path.child("username"), username, Must::BeThere);
    mapping.groups = prefixed(errors, &path.child("groups"), groups, Must::Nothing);
    let (uid, at) = (&authenticator.uid, path.child("uid"));
    match (uid.claim.is_empty(), uid.expression.is_empty()) {
        (false, false) => errors.invalid(&at, "", BOTH),
        (_, true) => {}
        (true, false) => {
            let at = at.child("expression");
            let environment = claims_environment();
            mapping.uid = compile(errors, &at, &uid.expression, &environment, Must::Nothing);
        }
    }
    mapping.extra = extra(errors, &path.child("extra"), &authenticator.extra);
    let uses = |expression: &Expression, claim| expression.selects_claim(claim);
    let of_user = mapping.username.as_ref();
    let verified = of_user
        .into_iter()
        .chain(mapping.rules.iter().map(|rule| &rule.expression))
        .chain(mapping.extra.iter().map(|(_, expression)| expression))
        .any(|expression| uses(expression, "email_verified"));
    if of_user.is_some_and(|expression| uses(expression, "email")) && !verified {
        errors.invalid(
            &path.child("username").child("expression"),
            &username.expression,
            "claims.email_verified must be used in claimMappings.username.expression or claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when claims.email is used in claimMappings.username.expression",
        );
    }
}

fn prefixed(
    errors: &mut FieldErrors,
    path: &FieldPath,
    mapping: &PrefixedClaimOrExpression,
    must: Must,
) -> Option<Expression> {
    match (mapping.claim.is_empty(), mapping.expression.is_empty()) {
        (false, false) => errors.invalid(path, "", BOTH),
        (true, true) if must == Must::BeThere => {
            errors.required(path, "claim or expression is required");
        }
        (true, true) => {}
        (true, false) => {
            if let Some(prefix) = &mapping.prefix {
                let words = "may not be specified when expression is set";
                errors.invalid(&path.child("prefix"), prefix, words);
            }
            let path = path.child("expression");
            let environment = claims_environment();
            return compile(
                errors,
                &path,
                &mapping.expression,
                &environment,
                Must::Nothing,
            );
        }
        (false, true) => {
            if mapping.prefix.is_none() {
                errors.required(
                    &path.child("prefix"),
                    "prefix is required when claim is set. It can be set to an empty string to disable prefixing",
                );
            }
        }
    }
    None
}

fn extra(
    errors: &mut FieldErrors,
    path: &FieldPath,
    mappings: &[ExtraMapping],
) -> Vec<(String, Expression)> {
    let environment = claims_environment();
    let mut seen = HashSet::new();
    let mut res = Vec::new();
    for (index, mapping) in mappings.iter().enumerate() {
        let path = path.index(index);
        let (key, at) = (&mapping.key, path.child("key"));
        domain_prefixed_path(errors, &at, key);
        if *key != key.to_lowercase() {
            errors.invalid(&at, key, "must be lowercase");
        }
        let domain = key.split_once('/').map_or("", |(domain, _)| domain);
        let reserved = |own: &str| domain == own || domain.ends_with(&format!(".{own}"));
        if reserved("kubernetes.io") || reserved("k8s.io") {
            let words =
                "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use";
            errors.invalid(&at, key, words);
        }
        let path = path.child("valueExpression");
        if !seen.insert(key) {
            errors.duplicate(&at, key);
        } else if mapping.value_expression.is_empty() {
            errors.required(&path, "");
        } else {
            let text = &mapping.value_expression;
            let compiled = compile(errors, &path, text, &environment, Must::Nothing);
            res.extend(compiled.map(|expression| (key.clone(), expression)));
        }
    }
    res
}

/// What is demanded of an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    Nothing,
    BeThere,
    BeBool,
}

fn compile(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    environment: &Environment,
    must: Must,
) -> Option<Expression> {
    match Expression::compile(text, environment) {
        Err(error) => {
            errors.invalid(path, text, format!("compilation failed: {error}"));
            None
        }
        Ok(expression) if must == Must::BeBool && !expression.is_bool() => {
            errors.invalid(path, text, "must evaluate to bool");
            None
        }
        Ok(expression) => Some(expression),
    }
}
