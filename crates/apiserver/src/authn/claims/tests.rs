use super::{ClaimMapping, Expression, Rule, claims_environment, user_environment};
use crate::authn::configuration::{JwtAuthenticator, PrefixedClaimOrExpression};
use serde_json::{Value, json};

fn by_claims() -> JwtAuthenticator {
    let claim = |claim: &str, prefix: &str| PrefixedClaimOrExpression {
        claim: claim.to_owned(),
        prefix: Some(prefix.to_owned()),
        expression: String::new(),
    };
    JwtAuthenticator {
        username: claim("sub", "oidc:"),
        groups: claim("groups", "g:"),
        ..JwtAuthenticator::default()
    }
}

#[track_caller]
fn check(config: &JwtAuthenticator, mapping: &ClaimMapping, claims: &Value, expect: &str) {
    let user = mapping.user(config, claims.as_object().unwrap());
    let shown = user.map(|user| {
        let groups: Vec<&str> = user.groups.iter().map(meta::Str::as_str).collect();
        format!("{} {} {:?}", user.name, groups.join("+"), user.extra)
    });
    assert_eq!(shown.unwrap_or_else(|error| error), expect);
}

#[test]
fn claims_name_users() {
    let mapping = ClaimMapping::default();
    let config = by_claims();
    check(
        &config,
        &mapping,
        &json!({"sub": "jane", "groups": ["a", "b"]}),
        "oidc:jane g:a+g:b []",
    );
    check(
        &config,
        &mapping,
        &json!({"sub": "jane", "groups": "a"}),
        "oidc:jane g:a []",
    );
    check(
        &config,
        &mapping,
        &json!({"groups": []}),
        "oidc: parse username claims \"sub\": claim not present",
    );
    check(
        &config,
        &mapping,
        &json!({"sub": 7}),
        "oidc: parse username claims \"sub\": json: cannot unmarshal number into Go value of type string",
    );
}

#[test]
fn expressions_name_users_and_rules_hold() {
    let claims = |text: &str| Expression::compile(text, &claims_environment()).unwrap();
    let rule = |expression| Rule {
        expression,
        message: "no".to_owned(),
    };
    let user = "user.username.startsWith('x:')";
    let mapping = ClaimMapping {
        username: Some(claims("'x:' + claims.sub")),
        groups: Some(claims("claims.roles.split(',')")),
        rules: vec![rule(claims("claims.level > 1"))],
        user_rules: vec![rule(
            Expression::compile(user, &user_environment()).unwrap(),
        )],
        ..ClaimMapping::default()
    };
    let config = JwtAuthenticator::default();
    check(
        &config,
        &mapping,
        &json!({"sub": "jane", "roles": "a,b", "level": 2}),
        "x:jane a+b []",
    );
    check(
        &config,
        &mapping,
        &json!({"sub": "jane", "roles": "a,b", "level": 1}),
        "oidc: error evaluating claim validation expression: validation expression 'claims.level > 1' failed: no",
    );
}

#[test]
fn selections_of_claims_are_seen() {
    let selects = |text: &str| {
        let expression = Expression::compile(text, &claims_environment()).unwrap();
        expression.selects_claim("email")
    };
    assert!(selects("claims.email"));
    assert!(selects("has(claims . email)"));
    assert!(!selects("'claims.email'"));
    assert!(!selects("claims.email_verified"));
}
