use super::{AUDIT_ID, too_late};
use crate::audit::whole;
use http::{HeaderValue, header};
use serde_json::{Value, json};

#[test]
fn the_answer_to_what_came_too_late_has_no_kind() {
    let id = HeaderValue::from_static("a1");
    let (parts, body) = whole(too_late(Some(id.clone())));
    assert_eq!(parts.status().as_u16(), 504);
    assert_eq!(parts.headers()[AUDIT_ID], id);
    let media = &parts.headers()[header::CONTENT_TYPE];
    assert_eq!(media, "text/plain; charset=utf-8");
    let status: Value = serde_json::from_slice(&body.unwrap()).unwrap();
    assert_eq!(status["reason"], "Timeout");
    assert_eq!(status["details"], json!({}));
    assert_eq!(status["kind"], Value::Null);
}
