//! What a request says before its body is read: path, query and options, `Accept`.

use apiserver::fuzzing;

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    fuzzing::target(text);
    fuzzing::accept(text);
}
