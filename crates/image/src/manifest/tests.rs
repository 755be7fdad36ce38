//! Documents as builders write them.

use super::*;

const DIGEST: &str = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[test]
fn nulls_are_empty() {
    let text = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{{"Env":null,"Cmd":["sh"],"Volumes":null}},
            "rootfs":{{"type":"layers","diff_ids":["{DIGEST}"]}},"history":[]}}"#
    );
    let parsed = parse_config(text.as_bytes()).unwrap();
    assert_eq!(
        parsed.config,
        ImageConfig {
            cmd: vec!["sh".to_owned()],
            ..ImageConfig::default()
        }
    );
    assert_eq!(
        (parsed.platform.architecture.as_str(), parsed.diff_ids.len()),
        ("amd64", 1)
    );
    assert!(parse_config(br#"{"rootfs":{"diff_ids":["md5:1"]}}"#).is_err());
}

#[test]
fn the_platform_decides() {
    let text = format!(
        r#"{{"manifests":[
            {{"digest":"{DIGEST}","size":1,"platform":{{"os":"linux","architecture":"arm64","variant":"v8"}}}},
            {{"digest":"{}","size":2,"platform":{{"os":"linux","architecture":"amd64"}}}}]}}"#,
        DIGEST.replace("aa", "bb")
    );
    let Manifest::Index { manifests } = parse_manifest(text.as_bytes()).unwrap() else {
        panic!("an index")
    };
    let check = |architecture: &str, expect: Option<u64>| {
        let platform = Platform {
            os: "linux".to_owned(),
            architecture: architecture.to_owned(),
            variant: String::new(),
        };
        assert_eq!(select(&manifests, &platform).map(|m| m.size), expect);
    };
    check("amd64", Some(2));
    check("arm64", Some(1));
    check("riscv64", None);
}

#[test]
fn neither_image_nor_index_is_an_error() {
    for text in ["{}", "[]", r#"{"manifests":[],"config":{}}"#, "null", "1"] {
        assert!(parse_manifest(text.as_bytes()).is_err(), "{text}");
    }
}
