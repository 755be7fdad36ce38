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
            Some((Media::Json, Form::PartialMetadata)),
        ),
        (
            "application/json;q=0.1, application/yaml;q=0.9",
            Some((Media::Yaml, Form::Object)),
        ),
    ] {
        assert_eq!(of(accept), expect, "{accept}");
    }
}
