use super::list;

#[test]
fn events_make_a_list() {
    let text = |events: &[&str]| {
        let events: Vec<Vec<u8>> = events
            .iter()
            .map(|event| event.as_bytes().to_vec())
            .collect();
        String::from_utf8(list(&events).to_vec()).unwrap()
    };
    let head = r#"{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":["#;
    assert_eq!(text(&["{}"]), format!("{head}{{}}]}}\n"));
    assert_eq!(text(&["{}", "1"]), format!("{head}{{}},1]}}\n"));
}
