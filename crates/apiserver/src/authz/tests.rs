use super::aggregate;

#[test]
fn errors_are_told_once() {
    let all = |errors: &[&str]| {
        let errors: Vec<String> = errors.iter().map(|error| (*error).to_owned()).collect();
        aggregate(&errors)
    };
    assert_eq!(all(&["a"]), "a");
    assert_eq!(all(&["a", "b", "a"]), "[a, b]");
}
