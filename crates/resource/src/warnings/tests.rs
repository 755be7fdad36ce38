use super::Warnings;

fn check(given: &[String], lengths: &[usize]) {
    let warnings = Warnings::default();
    given.iter().for_each(|text| warnings.add(text));
    let taken = warnings.take();
    let taken: Vec<usize> = taken.iter().map(|text| text.chars().count()).collect();
    assert_eq!(taken, lengths);
    assert!(warnings.take().is_empty());
}

fn of(letter: &str, length: usize) -> String {
    letter.repeat(length)
}

#[test]
fn warnings_are_said_once_and_in_order() {
    let warnings = Warnings::default();
    for text in ["a", "", "b", "a", "two\nlines", "c"] {
        warnings.add(text);
    }
    warnings.add_first("z");
    assert_eq!(warnings.take(), ["z", "a", "b", "c"]);
}

#[test]
fn warnings_are_cut_when_they_are_too_many() {
    check(&[of("ä", 4096)], &[4096]);
    check(&[of("ä", 4097)], &[256]);
    check(&[of("a", 4000), of("b", 96)], &[4000, 96]);
    check(&[of("a", 4000), of("b", 97), of("c", 300)], &[256, 97, 256]);
    let many: Vec<String> = (0..40).map(|index| format!("{index:0300}")).collect();
    check(&many, &[256; 16]);
    let short: Vec<String> = (0..2000).map(|index| format!("{index:04}")).collect();
    check(&short, &[4; 1025]);
}
