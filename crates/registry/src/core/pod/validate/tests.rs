use super::difference;
use meta::{
    FieldErrors, FieldPath,
    codec::{self, Strictness},
};
use serde_json::Value;

/// Every field of a template filled with nonsense, against everything that upstream said of it.
#[test]
fn everything_wrong_at_once() {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream/golden/every-kind"
    );
    let path = format!("{root}/core.v1.PodTemplate.yaml.0.json");
    let Ok(record) = std::fs::read(&path) else {
        let words = format!("skipped: no records at {path}\n");
        let _ = std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes());
        return;
    };
    let record: Value = serde_json::from_slice(&record).unwrap();
    let input = record["input"].to_string();
    let template =
        codec::from_json::<api::core::v1::PodTemplate>(input.as_bytes(), Strictness::Strict);
    let mut template = template.unwrap().object.template;
    crate::core::pod::defaults::spec(&mut template.spec);
    let mut errors = FieldErrors::new();
    crate::apps::template::check_pods(&mut errors, &FieldPath::new("template"), &template);
    let got: Vec<String> = errors
        .iter()
        .map(|error| format!("{} | {}", error.field, error.body()))
        .collect();
    let causes = record["create"]["body"]["details"]["causes"]
        .as_array()
        .unwrap();
    let want = causes
        .iter()
        .filter(|cause| cause["field"].as_str().unwrap().starts_with("template"))
        .map(|cause| {
            format!(
                "{} | {}",
                cause["field"].as_str().unwrap(),
                cause["message"].as_str().unwrap()
            )
        });
    for (index, want) in want.clone().enumerate() {
        assert_eq!(got.get(index), Some(&want), "error {index}");
    }
    assert_eq!(got.len(), want.count(), "{:?}", got.last());
}

#[track_caller]
fn check_difference(old: &str, new: &str, expect: &str) {
    assert_eq!(
        difference::unified(&old.replace(' ', "\n"), &new.replace(' ', "\n")),
        expect
    );
}

#[test]
fn differences_show_three_lines_around() {
    check_difference("a b c", "a b c", "");
    check_difference(
        "a b c d e",
        "a b c d x",
        "@@ -2,4 +2,4 @@\n b\n c\n d\n-e\n+x\n",
    );
    check_difference("a", "b", "@@ -1 +1 @@\n-a\n+b\n");
    check_difference(
        "a 1 2 3 4 5 6 7 8 b",
        "x 1 2 3 4 5 6 7 8 y",
        "@@ -1,4 +1,4 @@\n-a\n+x\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-b\n+y\n",
    );
    check_difference("a b", "a a b", "@@ -1,2 +1,3 @@\n+a\n a\n b\n");
}
