//! What becomes of large events.
use super::*;
use serde_json::json;

fn bounded(event_bytes_max: usize, event: &Value) -> (Option<Value>, u64) {
    let lost = Arc::new(Counter::default());
    let bound = Some(Truncation { event_bytes_max });
    let truncating = Truncating::new(bound, Arc::clone(&lost));
    let event = event.to_string().into_bytes();
    let read = |event: Cow<'_, [u8]>| serde_json::from_slice(&event).unwrap();
    (truncating.bounded(&event).map(read), lost.get())
}

#[test]
fn objects_go_first_and_then_the_event() {
    let large = json!({
        "level": "RequestResponse",
        "auditID": "a",
        "requestObject": {"data": "x".repeat(300)},
        "responseObject": {"data": "y".repeat(300)},
    });
    assert_eq!(bounded(1000, &large), (Some(large.clone()), 0));
    let small = json!({
        "level": "RequestResponse",
        "auditID": "a",
        "annotations": {"audit.k8s.io/truncated": "true"},
    });
    assert_eq!(bounded(300, &large), (Some(small), 0));
    assert_eq!(bounded(20, &large), (None, 1));
}

#[test]
fn there_is_nothing_to_take_from_events_of_metadata() {
    let event = json!({"level": "Metadata", "auditID": "a".repeat(300)});
    assert_eq!(bounded(300, &event), (None, 1));
    assert_eq!(bounded(500, &event).1, 0);
}

#[test]
fn without_a_bound_events_are_as_they_are() {
    let truncating = Truncating::new(None, Arc::default());
    assert_eq!(truncating.bounded(b"{}").unwrap(), Cow::Borrowed(b"{}"));
}
