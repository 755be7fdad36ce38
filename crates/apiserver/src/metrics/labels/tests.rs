//! Labels by what was asked.
use super::*;
use crate::request_info;
use expect_test::expect;

fn routed(method: &str, target: &str, dynamic: bool) -> String {
    let (method, uri): (Method, Uri) = (method.parse().unwrap(), target.parse().unwrap());
    let info = request_info::parse(&method, uri.path(), uri.query().unwrap_or(""));
    let mut headers = HeaderMap::new();
    let kind = "application/apply-patch+yaml".parse().unwrap();
    headers.insert(http::header::CONTENT_TYPE, kind);
    let labels = Labels::routed(&info, dynamic, (&method, &uri, &headers));
    let Labels {
        scope,
        verb,
        dry_run,
        sized,
        ..
    } = labels;
    format!("{verb} {scope} {dry_run:?} {sized}\n")
}

#[test]
fn verbs_and_scopes_are_those_of_routes() {
    let pods = "/api/v1/namespaces/n/pods";
    let asked = [
        ("GET", "/api/v1/pods".to_owned()),
        ("GET", pods.to_owned()),
        ("GET", format!("{pods}?fieldSelector=metadata.name%3Dp")),
        ("GET", format!("{pods}?watch=1")),
        ("GET", format!("{pods}?watch=False")),
        ("GET", "/api/v1/watch/namespaces/n/pods/p".to_owned()),
        ("GET", format!("{pods}/p")),
        ("GET", format!("{pods}/p/log")),
        ("GET", format!("{pods}/p/status")),
        ("POST", format!("{pods}?dryRun=All&dryRun=All")),
        ("POST", format!("{pods}?dryRun=Some")),
        ("POST", format!("{pods}/p/exec")),
        ("PUT", "/api/v1/nodes/n".to_owned()),
        ("PATCH", format!("{pods}/p")),
        ("DELETE", pods.to_owned()),
        ("DELETE", "/api/v1/namespaces/n".to_owned()),
        ("OPTIONS", pods.to_owned()),
    ];
    let all = asked.iter();
    let all: String = all.map(|(method, at)| routed(method, at, false)).collect();
    expect![[r#"
        LIST cluster "" true
        LIST namespace "" true
        LIST namespace "" true
        WATCH namespace "" true
        LIST namespace "" true
        WATCH resource "" false
        GET resource "" true
        CONNECT resource "" false
        GET resource "" true
        POST resource "All" false
        POST resource "invalid" false
        CONNECT resource "" false
        PUT resource "" false
        APPLY resource "" false
        DELETE namespace "" false
        DELETE resource "" false
        other namespace "" false
    "#]]
    .assert_eq(&all);
}

#[test]
fn kinds_of_definitions_have_no_routes() {
    let things = "/apis/example.com/v1/namespaces/n/things";
    let asked = [
        ("GET", format!("{things}?fieldSelector=metadata.name%3Dp")),
        ("GET", format!("{things}?watch=1")),
        ("HEAD", format!("{things}/t")),
    ];
    let all = asked.iter();
    let all: String = all.map(|(method, at)| routed(method, at, true)).collect();
    expect![[r#"
        GET resource "" true
        WATCH namespace "" false
        GET resource "" true
    "#]]
    .assert_eq(&all);
}
