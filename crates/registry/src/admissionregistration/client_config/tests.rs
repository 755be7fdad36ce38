use super::check;
use meta::{FieldErrors, FieldPath, codec};
use serde_json::{Value, json};

/// A webhook's place -> the errors.
#[track_caller]
fn refuses(config: Value, expect: &str) {
    let mut config = codec::from_value(&config).unwrap().object;
    super::set_defaults(&mut config);
    let mut errors = FieldErrors::new();
    check(&mut errors, &FieldPath::new("c"), &config);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn urls() {
    refuses(json!({"url": "https://example.com:8443/hook"}), "[]");
    refuses(
        json!({"url": "http://example.com"}),
        "c.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]",
    );
    refuses(
        json!({"url": "https://ann:x@h/?a=b"}),
        "[c.url: Invalid value: \"ann:x\": user information is not permitted in the URL, c.url: Invalid value: \"a=b\": query parameters are not permitted in the URL]",
    );
    refuses(
        json!({"url": "https:///a#b"}),
        "[c.url: Invalid value: \"\": host must be specified; desired format: https://host[/path], c.url: Invalid value: \"b\": fragments are not permitted in the URL]",
    );
    refuses(
        json!({"url": ":443"}),
        "c.url: Required value: url must be a valid URL: parse \":443\": missing protocol scheme; desired format: https://host[/path]",
    );
    refuses(
        json!({"url": "https://a b/"}),
        "c.url: Required value: url must be a valid URL: parse \"https://a b/\": invalid character \" \" in host name; desired format: https://host[/path]",
    );
    refuses(
        json!({"url": "https://[::1]x/"}),
        "c.url: Required value: url must be a valid URL: parse \"https://[::1]x/\": invalid port \"x\" after host; desired format: https://host[/path]",
    );
    refuses(
        json!({"url": "https://h/%zz"}),
        "c.url: Required value: url must be a valid URL: parse \"https://h/%zz\": invalid URL escape \"%zz\"; desired format: https://host[/path]",
    );
    refuses(
        json!({}),
        "c: Required value: exactly one of url or service is required",
    );
}

#[test]
fn services() {
    let service = |path: &str| json!({"service": {"name": "s", "namespace": "n", "path": path}});
    refuses(service("/a/b/"), "[]");
    refuses(
        service("a"),
        "[c.service.path: Invalid value: \"a\": must start with a '/', c.service.path: Invalid value: \"a\": segment[0] may not be empty]",
    );
    refuses(
        service("é"),
        "[c.service.path: Invalid value: \"é\": must start with a '/', c.service.path: Invalid value: \"é\": segment[0]: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]",
    );
    refuses(
        service("/a//b"),
        "c.service.path: Invalid value: \"/a//b\": segment[1] may not be empty",
    );
    refuses(
        json!({"service": {"namespace": "n", "port": 0}}),
        "[c.service.namespace: Required value, c.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive]",
    );
}
