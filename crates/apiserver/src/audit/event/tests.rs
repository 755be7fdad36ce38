use super::*;

#[test]
fn addresses_come_from_the_headers_and_then_from_the_connection() {
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-forwarded-for",
        "10.0.0.1, nonsense, fd00::1".parse().unwrap(),
    );
    headers.insert("x-real-ip", "10.0.0.9".parse().unwrap());
    let remote: IpAddr = "127.0.0.1".parse().unwrap();
    let told = |headers: &HeaderMap| json!(source_ips(headers, Some(remote))).to_string();
    assert_eq!(
        told(&headers),
        r#"["10.0.0.1","fd00::1","10.0.0.9","127.0.0.1"]"#
    );
    headers.insert("x-real-ip", "127.0.0.1".parse().unwrap());
    assert_eq!(told(&headers), r#"["10.0.0.1","fd00::1","127.0.0.1"]"#);
    assert_eq!(told(&HeaderMap::new()), r#"["127.0.0.1"]"#);
}

#[test]
fn a_long_user_agent_is_cut_between_characters() {
    let agent = shortened(format!("x{}", "é".repeat(USER_AGENT_BYTES_MAX)));
    assert_eq!(
        agent.len(),
        USER_AGENT_BYTES_MAX - 1 + 2 - 2 + "...TRUNCATED".len()
    );
    assert_eq!(shortened("kubectl/v1.36".to_owned()), "kubectl/v1.36");
}

#[test]
fn times_have_six_digits() {
    let time = Timestamp::from_microsecond(1_700_000_000_000_500).unwrap();
    assert_eq!(micro_time(time), "2023-11-14T22:13:20.000500Z");
}

#[test]
fn members_stand_in_upstreams_order() {
    let user = json!({"username": "u", "groups": ["g"], "uid": "1", "extra": {"k": ["v"]}});
    let object =
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {}});
    let members = [
        ("level", json!("Metadata")),
        ("user", user),
        ("requestObject", object),
        ("annotations", json!({"b": "c", "a": "\"b"})),
    ];
    assert_eq!(
        written(&members),
        r#"{"level":"Metadata","user":{"username":"u","uid":"1","groups":["g"],"extra":{"k":["v"]}},"requestObject":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c"},"data":{}},"annotations":{"a":"\"b","b":"c"}}"#
    );
}

#[test]
fn the_old_form_is_a_line_of_words() {
    let told = |event: Value| String::from_utf8(text(event.to_string().as_bytes())).unwrap();
    let event = json!({
        "auditID": "1",
        "stage": "ResponseComplete",
        "requestURI": "/api/v1/namespaces/n/pods?a=\"b\"",
        "verb": "list",
        "user": {"username": "u", "groups": ["g", "h"]},
        "impersonatedUser": {"username": "v", "groups": []},
        "sourceIPs": ["10.0.0.1", "10.0.0.2"],
        "userAgent": "test/1",
        "objectRef": {"resource": "pods", "namespace": "n"},
        "responseStatus": {"code": 200},
        "requestReceivedTimestamp": "2026-01-31T10:00:00.120000Z",
    });
    assert_eq!(
        told(event),
        concat!(
            r#"2026-01-31T10:00:00.12Z AUDIT: id="1" stage="ResponseComplete" ip="10.0.0.1" method="list" user="u" "#,
            r#"groups="\"g\",\"h\"" as="v" asgroups="" user-agent="test/1" namespace="n" "#,
            r#"uri="/api/v1/namespaces/n/pods?a=\"b\"" response="200""#,
            "\n"
        )
    );
    let event = json!({
        "auditID": "2",
        "stage": "RequestReceived",
        "requestURI": "/version",
        "verb": "get",
        "user": {},
        "requestReceivedTimestamp": "2026-01-31T10:00:00.000000Z",
    });
    assert_eq!(
        told(event),
        concat!(
            r#"2026-01-31T10:00:00Z AUDIT: id="2" stage="RequestReceived" ip="<unknown>" method="get" user="<none>" "#,
            r#"groups="<none>" as="<self>" asgroups="<lookup>" user-agent="" namespace="<none>" uri="/version" response="<deferred>""#,
            "\n"
        )
    );
}
