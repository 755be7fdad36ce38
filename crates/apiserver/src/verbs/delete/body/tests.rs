use super::{Envelope, Named};
use meta::codec::TypeMeta;

fn check(api_version: &str, kind: &str, envelope: Envelope) -> Result<(), String> {
    match envelope {
        Envelope::Protobuf => Named::in_protobuf(api_version, kind).check(envelope),
        Envelope::Text => {
            let found = TypeMeta {
                api_version: api_version.into(),
                kind: kind.into(),
            };
            Named::in_text(&found, b"{}").and_then(|named| named.check(envelope))
        }
    }
}

fn converting(kind: &str) -> String {
    format!("converting ({kind}) to (v1.DeleteOptions): unknown conversion")
}

fn unknown(kind: &str, version: &str) -> String {
    format!(
        "no kind \"{kind}\" is registered for {version} in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\""
    )
}

#[test]
fn options_are_of_any_version_and_other_kinds_are_refused() {
    let missing = || "Object 'apiVersion' is missing in '{}'".to_owned();
    for (api_version, kind, refused) in [
        ("", "", None),
        ("nosuch.io/v7", "DeleteOptions", None),
        ("v1/", "DeleteOptions", Some(missing())),
        (
            "a/b/c",
            "",
            Some("unexpected GroupVersion string: a/b/c".to_owned()),
        ),
        (
            "apps/v1",
            "CreateOptions",
            Some(converting("v1.CreateOptions")),
        ),
        ("__internal", "APIGroup", Some(converting("v1.APIGroup"))),
        ("", "ListOptions", Some(converting("v1.ListOptions"))),
        (
            "v1",
            "ListOptions",
            Some(unknown("ListOptions", "version \"v1\"")),
        ),
        ("/v1", "Pod", Some(unknown("Pod", "version \"v1\""))),
        (
            "/",
            "Pod",
            Some(unknown("Pod", "version \"meta.k8s.io/v1\"")),
        ),
        (
            "apps/__internal",
            "Pod",
            Some(unknown("Pod", "the internal version of group \"apps\"")),
        ),
        (
            "meta.k8s.io/__internal",
            "ListOptions",
            Some(converting("internalversion.ListOptions")),
        ),
        (
            "meta.k8s.io/__internal",
            "PatchOptions",
            Some(unknown(
                "PatchOptions",
                "the internal version of group \"meta.k8s.io\"",
            )),
        ),
        (
            "meta.k8s.io/v1beta1",
            "PartialObjectMetadataList",
            Some(converting("v1beta1.PartialObjectMetadataList")),
        ),
    ] {
        let found = check(api_version, kind, Envelope::Text).err();
        assert_eq!(found, refused, "{api_version:?} {kind:?}");
    }
}

#[test]
fn protobuf_passes_over_what_is_no_version_and_knows_no_tables() {
    for (api_version, kind, refused) in [
        ("a/b/c", "DeleteOptions", None),
        ("v1/", "", None),
        ("v1/", "Pod", Some(unknown("Pod", "version \"meta.k8s.io/v1\""))),
        (
            "meta.k8s.io/v1",
            "Table",
            Some("object *v1.Table does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message".to_owned()),
        ),
        ("meta.k8s.io/v1", "WatchEvent", Some(converting("v1.WatchEvent"))),
    ] {
        let found = check(api_version, kind, Envelope::Protobuf).err();
        assert_eq!(found, refused, "{api_version:?} {kind:?}");
    }
}
