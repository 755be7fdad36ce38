use super::{REVIEW_BYTES_MAX, review_len};
use meta::Dynamic;
use serde_json::{Map, Value};

#[test]
fn reviews_are_bounded_in_bytes() {
    let sized = |size_bytes: usize| Dynamic {
        content: Map::from_iter([("data".to_owned(), Value::from("x".repeat(size_bytes)))]),
        ..Dynamic::default()
    };
    let check = |objects: Vec<Dynamic>, wanted: usize| {
        let places: Vec<usize> = (0..objects.len()).collect();
        assert_eq!(review_len(&objects, &places), wanted);
    };
    check(vec![sized(10)], 1);
    check(vec![sized(10); 1000], 1000);
    check(vec![sized(REVIEW_BYTES_MAX / 2 - 1000); 3], 2);
    check(vec![sized(REVIEW_BYTES_MAX); 2], 1);
}
