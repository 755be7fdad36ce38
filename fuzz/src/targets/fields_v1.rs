//! `fieldsV1` from anywhere, and the paths in it: read, written and read again, it is the same set.

use patch::FieldSet;

pub(super) fn run(json: &[u8]) {
    let Ok(set) = FieldSet::from_json(json) else {
        return;
    };
    let text = set.to_json();
    let again = FieldSet::from_json(text.as_bytes()).expect("what we write can be read");
    assert_eq!(again, set);
    assert_eq!(again.to_json(), text);
    let value = FieldSet::from_value(&set.to_value()).expect("the same as a value");
    assert_eq!(value, set);
    assert!(set.difference(&set).is_empty());
    assert_eq!(set.intersection(&set), set);
    set.for_each(|path| drop(path.to_string()));
}
