use super::super::testing::{boats, boats_with, check, check_update, established};
use expect_test::expect;
use serde_json::{Value, json};

fn converted(conversion: Value) -> Value {
    boats_with(&[("/conversion", conversion)])
}

fn webhook(config: Value) -> Value {
    converted(
        json!({"strategy": "Webhook", "webhook": {"clientConfig": config, "conversionReviewVersions": ["v1", "v2"]}}),
    )
}

#[test]
fn strategies() {
    check(&converted(json!({"strategy": "None"})), expect!["[]"]);
    check(
        &converted(json!({})),
        expect![[r#"spec.conversion.strategy: Required value"#]],
    );
    check(
        &converted(json!({"strategy": "Magic"})),
        expect![[
            r#"spec.conversion.strategy: Unsupported value: "Magic": supported values: "None", "Webhook""#
        ]],
    );
    check(
        &converted(json!({"strategy": "Webhook"})),
        expect![[
            r#"[spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook, spec.conversion.conversionReviewVersions: Required value]"#
        ]],
    );
    check(
        &converted(
            json!({"strategy": "None", "webhook": {"clientConfig": {"url": "https://a"}, "conversionReviewVersions": ["v1"]}}),
        ),
        expect![[
            r#"[spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook, spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook]"#
        ]],
    );
}

#[test]
fn webhooks() {
    check(&webhook(json!({"url": "https://a"})), expect!["[]"]);
    check(
        &webhook(json!({"service": {"namespace": "a", "name": "b"}})),
        expect!["[]"],
    );
    check(
        &webhook(json!({})),
        expect![[
            r#"spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required"#
        ]],
    );
    check(
        &webhook(json!({"url": "https://a", "service": {"namespace": "a", "name": "b"}})),
        expect![[
            r#"spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required"#
        ]],
    );
    check(
        &webhook(json!({"url": "http://a"})),
        expect![[
            r#"spec.conversion.webhookClientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]"#
        ]],
    );
    check(
        &webhook(json!({"service": {"name": "b", "port": 0, "path": "c"}})),
        expect![[
            r#"[spec.conversion.webhookClientConfig.service.name: Required value, spec.conversion.webhookClientConfig.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive, spec.conversion.webhookClientConfig.service.path: Invalid value: "c": must start with a '/', spec.conversion.webhookClientConfig.service.path: Invalid value: "c": segment[0] may not be empty]"#
        ]],
    );
}

#[test]
fn review_versions() {
    let versions = |versions: Value| {
        converted(
            json!({"strategy": "Webhook", "webhook": {"clientConfig": {"url": "https://a"}, "conversionReviewVersions": versions}}),
        )
    };
    check(
        &versions(json!([])),
        expect![[r#"spec.conversion.conversionReviewVersions: Required value"#]],
    );
    check(
        &versions(json!(["v1", "v1", "1"])),
        expect![[
            r#"[spec.conversion.conversionReviewVersions[1]: Invalid value: "v1": duplicate version, spec.conversion.conversionReviewVersions[2]: Invalid value: "1": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')]"#
        ]],
    );
    check(
        &versions(json!(["v3"])),
        expect![[
            r#"spec.conversion.conversionReviewVersions: Invalid value: ["v3"]: must include at least one of v1, v1beta1"#
        ]],
    );
    check_update(
        &versions(json!(["v3"])),
        &versions(json!(["v4"])),
        expect!["[]"],
    );
    check_update(
        &versions(json!(["v1"])),
        &versions(json!(["v4"])),
        expect![[
            r#"spec.conversion.conversionReviewVersions: Invalid value: ["v4"]: must include at least one of v1, v1beta1"#
        ]],
    );
}

#[test]
fn bundles() {
    let bundle = |bundle: &str| webhook(json!({"url": "https://a", "caBundle": bundle}));
    let broken = bundle("Z2FyYmFnZQ==");
    check(&broken, expect!["[]"]);
    check_update(&boats(), &broken, expect!["[]"]);
    check_update(
        &established(boats()),
        &broken,
        expect![[
            r#"spec.conversion.webhookClientConfig.caBundle: Invalid value: "Z2FyYmFnZQ==": unable to load root certificates: unable to parse bytes as PEM block"#
        ]],
    );
    check_update(&established(broken.clone()), &broken, expect!["[]"]);
}
