use super::{Accepted, Form, Media};
use http::{HeaderMap, HeaderValue, header};

fn of(accept: &'static str) -> Option<(Media, Form)> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
    Accepted::of(&headers, super::Offer::Objects)
        .ok()
        .map(|accepted| (accepted.media, accepted.form))
}

#[test]
fn accept_clauses() {
    for (accept, expect) in [
        ("", Some((Media::Json, Form::Object))),
        ("*/*", Some((Media::Json, Form::Object))),
        ("application/yaml", Some((Media::Yaml, Form::Object))),
        ("text/css", None),
        (
            "text/css, application/json",
            Some((Media::Json, Form::Object)),
        ),
        (
            "application/vnd.kubernetes.protobuf, application/json",
            Some((Media::Protobuf, Form::Object)),
        ),
        (
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
            Some((Media::Json, Form::Table)),
        ),
        (
            "application/json;as=Table;v=v9;g=meta.k8s.io,application/json",
            Some((Media::Json, Form::Object)),
        ),
        (
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
            Some((Media::Json, Form::PartialMetadataList)),
        ),
        (
            "application/*;g=meta.k8s.io;as=PartialObjectMetadata;v=v1beta1",
            Some((Media::Json, Form::PartialMetadata)),
        ),
        // A part of a form is no form, and Table has no protobuf.
        ("application/json;v=v1;g=meta.k8s.io", None),
        ("application/json;as=Table", None),
        (
            "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
            None,
        ),
        ("*", Some((Media::Json, Form::Object))),
        ("application", None),
        ("application/json/x", None),
        // Frames of YAML there are none.
        ("application/yaml;stream=watch", None),
        ("application/json;stream=other", None),
        ("application/json;sv=v2", None),
        ("application/json;sv=v1", Some((Media::Json, Form::Object))),
        // What is named goes before what is not, and a wrong quality is the least.
        ("*/*, application/yaml", Some((Media::Yaml, Form::Object))),
        (
            "application/json;q=x, application/yaml;q=0.1",
            Some((Media::Yaml, Form::Object)),
        ),
        (
            "application/json;q=0.1, application/yaml;q=0.9",
            Some((Media::Yaml, Form::Object)),
        ),
    ] {
        assert_eq!(of(accept), expect, "{accept}");
    }
}

#[test]
fn routes_look_at_types_alone() {
    let check = |accept: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        super::check_route(&headers, false).map_err(|error| error.message)
    };
    let refused = "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf";
    assert_eq!(check("text/css"), Err(refused.to_owned()));
    assert_eq!(check("application/*"), Err(refused.to_owned()));
    for accept in [
        "",
        "*/*",
        "text/css, application/json;as=None",
        "a/b,*/*;q=0",
    ] {
        assert_eq!(check(accept), Ok(()));
    }
}

#[test]
fn logs_are_text_too() {
    let check = |accept: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        super::check_log(&headers).map_err(|error| error.message)
    };
    for made in ["", "text/plain", "application/yaml", "text/css, */*"] {
        assert_eq!(check(made), Ok(()), "{made}");
    }
    let words = check("text/css").unwrap_err();
    assert_eq!(
        words,
        "406: Not Acceptable\n\nAvailable representations: text/plain, application/json, application/yaml, application/vnd.kubernetes.protobuf"
    );
}

#[test]
fn content_types() {
    let media = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
        super::request_media(&headers).ok()
    };
    for known in [
        "",
        "application/json",
        "Application/JSON ; charset=utf-8",
        "application/json;",
        "application/json; a=\"b;c\\\"d\"",
        "application/json;a=1;a=1",
    ] {
        assert_eq!(media(known), Some(Media::Json), "{known}");
    }
    for unknown in [
        "json",
        "application/json;charset",
        "application/json;a=1;a=2",
        "application/json;;a=1",
        "application/json; a b=c",
        "application/json; a=b c",
        "application/json; a=b@c",
        "application/json; a=\"b",
        "text/json",
    ] {
        assert_eq!(media(unknown), None, "{unknown}");
    }
}

/// Of a patch it is compared as it stands.
#[test]
fn space_before_parameters_is_part_of_the_media_type() {
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_static("application/merge-patch+json ;a=b");
    headers.insert(header::CONTENT_TYPE, value);
    assert_eq!(super::media_type(&headers), "application/merge-patch+json ");
}

#[test]
fn gzip_has_no_quality() {
    let accepts = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        super::accepts_gzip(&headers)
    };
    assert!(accepts("gzip") && accepts("br, gzip"));
    assert!(!accepts("gzip;q=1") && !accepts("*") && !accepts(""));
}
