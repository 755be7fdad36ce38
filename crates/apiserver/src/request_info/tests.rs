use super::parse;
use http::Method;

fn line(method: &str, path: &str, query: &str) -> String {
    let info = parse(&Method::from_bytes(method.as_bytes()).unwrap(), path, query);
    format!(
        "{} {}/{} ns={} {}/{}/{} rest={} resource={}",
        info.verb,
        info.group,
        info.version,
        info.namespace,
        info.resource,
        info.name,
        info.subresource,
        info.rest,
        info.is_resource
    )
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn targets() {
    for (method, path, query, expect) in [
        (
            "M-Search",
            "/version",
            "",
            "m-search / ns= // rest= resource=false",
        ),
        (
            "get",
            "/api/v1/pods",
            "",
            " /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/%61pi/v1/namespaces/a%2fp%6fds/b%20c/proxy/d%20e",
            "",
            "get /v1 ns=a pods/b c/proxy rest=d%20e resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "",
            "list /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "watch=1",
            "watch /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "watch=",
            "watch /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "watch=false",
            "list /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "watch=0&watch=1",
            "list /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/watch/pods",
            "fieldSelector=metadata.name%3Dp",
            "watch /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/namespaces",
            "",
            "list /v1 ns= namespaces// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/namespaces/a",
            "",
            "get /v1 ns=a namespaces/a/ rest= resource=true",
        ),
        (
            "PUT",
            "/api/v1/namespaces/a/status",
            "",
            "update /v1 ns=a namespaces/a/status rest= resource=true",
        ),
        (
            "PUT",
            "/api/v1/namespaces/a/finalize",
            "",
            "update /v1 ns=a namespaces/a/finalize rest= resource=true",
        ),
        (
            "POST",
            "/api/v1/namespaces/a/pods",
            "",
            "create /v1 ns=a pods// rest= resource=true",
        ),
        (
            "DELETE",
            "/api/v1/namespaces/a/pods",
            "",
            "deletecollection /v1 ns=a pods// rest= resource=true",
        ),
        (
            "DELETE",
            "/api/v1/namespaces/a/pods/p",
            "",
            "delete /v1 ns=a pods/p/ rest= resource=true",
        ),
        (
            "PATCH",
            "/apis/apps/v1/namespaces/a/deployments/d/scale",
            "",
            "patch apps/v1 ns=a deployments/d/scale rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/nodes/n/proxy/logs/x",
            "",
            "get /v1 ns= nodes/n/proxy rest=logs/x resource=true",
        ),
        ("GET", "/apis/apps", "", "get / ns= // rest= resource=false"),
        (
            "GET",
            "/apis/apps/v1",
            "",
            "get / ns= // rest= resource=false",
        ),
        ("POST", "/healthz", "", "post / ns= // rest= resource=false"),
        (
            "GET",
            "/api/v1/pods",
            "watch=true&fieldSelector=metadata.name%3Dp",
            "watch /v1 ns= pods/p/ rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "fieldSelector=spec.nodeName%3Dn,metadata.name%3Dp",
            "list /v1 ns= pods/p/ rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/pods",
            "fieldSelector=metadata.name!%3Dp",
            "list /v1 ns= pods// rest= resource=true",
        ),
        (
            "DELETE",
            "/api/v1/pods",
            "fieldSelector=metadata.name%3Dp",
            "deletecollection /v1 ns= pods// rest= resource=true",
        ),
        (
            "GET",
            "/api/v1/proxy/nodes/n/logs",
            "",
            "proxy /v1 ns= nodes/n/ rest= resource=true",
        ),
        (
            "TRACE",
            "/healthz",
            "",
            "trace / ns= // rest= resource=false",
        ),
    ] {
        assert_eq!(line(method, path, query), expect, "{method} {path}?{query}");
    }
}
