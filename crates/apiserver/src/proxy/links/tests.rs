use super::*;

fn links() -> Links {
    Links {
        prepend: "/api/v1/namespaces/n/services/web/proxy".to_owned(),
        origin: None,
        source: "10.0.0.7:80".to_owned(),
        asked: "localhost:8001".to_owned(),
    }
}

#[test]
fn links_of_the_same_host_lead_through_the_proxy() {
    let to = |path: &str| format!("/api/v1/namespaces/n/services/web/proxy{path}");
    let cases = [
        ("/kubelet", to("/kubelet")),
        ("/a/b/?x=1#y", to("/a/b/?x=1#y")),
        ("http://10.0.0.7:80/google", to("/google")),
        (
            "http://localhost:8001/x",
            format!("http://localhost:8001{}", to("/x")),
        ),
        ("//10.0.0.7:80/x", to("/x")),
        ("/a%20b", to("/a%20b")),
        ("/", to("/")),
    ];
    for (link, wanted) in cases {
        assert_eq!(links().rewritten(link), Ok(wanted), "{link}");
    }
}

#[test]
fn other_links_stay() {
    let kept = [
        "relative/x",
        "?q",
        "#here",
        "",
        "mailto:a@b",
        "https://example.com/x",
        "//example.com/x",
        "javascript:void(0)",
        "/api/v1/namespaces/n/services/web/proxy/x",
    ];
    for link in kept {
        assert_eq!(links().rewritten(link).as_deref(), Ok(link), "{link}");
    }
}

#[test]
fn what_is_no_url_is_told() {
    let told = |link| links().rewritten(link).unwrap_err();
    assert_eq!(told(":x"), "parse \":x\": missing protocol scheme");
    assert_eq!(told("/%zz"), "parse \"/%zz\": invalid URL escape \"%zz\"");
    assert_eq!(
        told("1a:b"),
        "parse \"1a:b\": first path segment in URL cannot contain colon"
    );
}

#[test]
fn an_aggregated_server_is_its_own_origin() {
    let links = Links {
        prepend: String::new(),
        origin: Some(("https", "10.0.0.7:443".to_owned())),
        source: "10.0.0.7:443".to_owned(),
        asked: "10.0.0.7:443".to_owned(),
    };
    assert_eq!(
        links.rewritten("/x?y").as_deref(),
        Ok("https://10.0.0.7:443/x?y")
    );
}
