use super::{Resolver, Trust};
use crate::remote::Remotes;
use platform::Platform;
use serde_json::{Value, json};

fn check(claims: &Value, place: Result<Option<(&str, Option<&str>)>, &str>) {
    platform::simulated::run(7, |platform: Platform| async move {
        let trust = Trust {
            issuer: "https://issuer".to_owned(),
            discovery_url: String::new(),
            certificate_authority: String::new(),
            audiences: Vec::new(),
            algorithms: Vec::new(),
            remotes: Remotes::new(platform.clock.clone(), &telemetry::metrics::Registry::new()),
        };
        let resolver = Resolver::new("groups".to_owned(), trust);
        let found = resolver.place(claims.as_object().unwrap());
        let text = str::to_owned;
        let wanted = place
            .map(|place| place.map(|(url, token)| (text(url), token.map(text))))
            .map_err(text);
        assert_eq!(found, wanted, "{claims}");
    });
}

#[test]
fn a_token_may_say_where_a_claim_is() {
    let sources = json!({
        "there": {"endpoint": "https://there/groups", "access_token": "secret"},
        "open": {"endpoint": "https://open"},
        "within": {"JWT": "a.b.c"},
    });
    let named =
        |source: &str| json!({"_claim_names": {"groups": source}, "_claim_sources": sources});
    check(
        &named("there"),
        Ok(Some(("https://there/groups", Some("secret")))),
    );
    check(&named("open"), Ok(Some(("https://open", None))));
    check(&named("within"), Ok(None));
    check(
        &named("nowhere"),
        Err("id token _claim_names contained a source nowhere missing in _claims_sources"),
    );
    check(&json!({}), Ok(None));
    check(&json!({"groups": ["a"], "_claim_names": 3}), Ok(None));
    check(
        &json!({"_claim_names": {"other": "there"}, "_claim_sources": sources}),
        Ok(None),
    );
    check(
        &json!({"_claim_names": {"groups": "there"}}),
        Err("oidc: no claim sources"),
    );
}
