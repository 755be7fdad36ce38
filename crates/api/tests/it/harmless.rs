//! Foreign bytes: never a panic, never an overflow of the stack.

use api::{apiextensions::v1::CustomResourceDefinition, core::v1::Pod};
use meta::codec::{self, Strictness};
use proptest::prelude::*;

const POD: &[u8] = include_bytes!("../../benches/pod.json");

fn crd(open: &str, close: &str, levels: usize) -> String {
    let (open, close) = (open.repeat(levels), close.repeat(levels));
    format!(r#"{{"spec":{{"versions":[{{"schema":{{"openAPIV3Schema":{open}{{}}{close}}}}}]}}}}"#)
}

#[test]
fn deep_schemas() {
    let shapes = [
        (r#"{"properties":{"a":"#, "}}"),
        (r#"{"items":"#, "}"),
        (r#"{"allOf":["#, "]}"),
        (r#"{"not":"#, "}"),
    ];
    for (open, close) in shapes {
        let decoded = codec::from_json::<CustomResourceDefinition>(
            crd(open, close, 70).as_bytes(),
            Strictness::Strict,
        );
        let object = decoded.unwrap().object;
        assert!(!format!("{:?}", object.clone()).is_empty());
        let document = codec::to_protobuf(&object);
        assert_eq!(
            codec::from_protobuf::<CustomResourceDefinition>(&document).unwrap(),
            object
        );
        let text = crd(open, close, 50_000);
        let error =
            codec::from_json::<CustomResourceDefinition>(text.as_bytes(), Strictness::Lenient)
                .unwrap_err();
        assert!(error.to_string().ends_with("exceeded max depth"), "{error}");
    }
}

#[test]
fn deep_protobuf() {
    // JSONSchemaProps.not, 27, in itself.
    let mut body = Vec::new();
    for _ in 0..5_000 {
        let mut outer = Vec::new();
        codec::wire::put_bytes_field(&mut outer, 27, &body);
        body = outer;
    }
    let mut schema = api::apiextensions::v1::JSONSchemaProps::default();
    assert!(codec::from_protobuf_into(&mut schema, &body).is_err());
}

proptest! {
    #[test]
    fn changed_json(at in 0..POD.len(), byte in any::<u8>(), cut in 0..POD.len()) {
        let mut text = POD.to_vec();
        text[at] = byte;
        let _ = codec::from_json::<Pod>(&text, Strictness::Strict);
        let _ = codec::from_json::<Pod>(&text[..cut], Strictness::Lenient);
        let _ = codec::peek_type_meta(&text[cut..]);
    }

    #[test]
    fn changed_protobuf(at in 0..1000usize, byte in any::<u8>(), cut in 0..1000usize) {
        let pod = codec::from_json::<Pod>(POD, Strictness::Strict).unwrap().object;
        let mut document = codec::to_protobuf(&pod);
        document[at] = byte;
        if let Ok(pod) = codec::from_protobuf::<Pod>(&document) {
            let _ = codec::to_json(&pod);
        }
        let _ = codec::from_protobuf::<Pod>(&document[..cut]);
    }
}
