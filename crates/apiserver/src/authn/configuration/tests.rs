use super::AuthenticationConfiguration;
use crate::remote::Remotes;
use platform::Clock;

/// What a configuration's `jwt` and what follows says -> how many issuers, or the error.
#[track_caller]
fn check(body: &str, expect: &str) {
    let text = format!(
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n{body}"
    );
    let own = ["https://own".to_owned()];
    let read = AuthenticationConfiguration::parse(
        &text,
        &own,
        &Remotes::new(Clock::real(), &telemetry::metrics::Registry::new()),
    );
    let shown = read.map_or_else(
        |error| error.to_string(),
        |read| format!("{} {:?}", read.issuers.len(), read.anonymous),
    );
    assert_eq!(shown, expect);
}

#[test]
fn issuers_are_read() {
    check("jwt: []", "0 None");
    check(
        "anonymous: {enabled: true, conditions: [{path: /livez}]}",
        "0 Some(Anonymous { enabled: true, paths: [\"/livez\"] })",
    );
    check(
        "jwt: [{issuer: {url: 'https://a', audiences: [k]}, claimMappings: {username: {claim: sub, prefix: ''}}}]",
        "1 None",
    );
}

#[test]
fn what_is_wrong_is_named() {
    check(
        "jwt: [{issuer: {url: 'http://a', audiences: [k]}, claimMappings: {username: {claim: sub}}}]",
        "invalid authentication configuration: [jwt[0].issuer.url: Invalid value: \"http://a\": URL scheme must be https, jwt[0].claimMappings.username.prefix: Required value: prefix is required when claim is set. It can be set to an empty string to disable prefixing]",
    );
    check(
        "jwt: [{issuer: {url: 'https://own', audiences: [k, l]}, claimMappings: {username: {claim: sub, prefix: ''}}}]",
        "invalid authentication configuration: [jwt[0].issuer.url: Invalid value: \"https://own\": URL must not overlap with disallowed issuers: [https://own], jwt[0].issuer.audienceMatchPolicy: Invalid value: \"\": audienceMatchPolicy must be MatchAny for multiple audiences]",
    );
    check(
        "jwt: [{issuer: {url: 'https://a', audiences: [k]}, claimMappings: {username: {expression: claims.email}}}]",
        "invalid authentication configuration: jwt[0].claimMappings.username.expression: Invalid value: \"claims.email\": claims.email_verified must be used in claimMappings.username.expression or claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when claims.email is used in claimMappings.username.expression",
    );
    check(
        "jwt: [{issuer: {url: 'https://a', audiences: [k], egress: x}, claimMappings: {username: {claim: sub, prefix: ''}}}]",
        "strict decoding error: unknown field \"jwt[0].issuer.egress\"",
    );
}
