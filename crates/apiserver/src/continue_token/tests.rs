use super::{Token, decode, encode};

#[test]
fn is_upstreams_form() {
    let token = Token {
        revision: 21308,
        start: "/p2\0".to_owned(),
    };
    let text = "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MjEzMDgsInN0YXJ0IjoiL3AyXHUwMDAwIn0";
    assert_eq!(encode(&token), text);
    assert_eq!(decode(text).unwrap(), token);
}

#[test]
fn broken_tokens_are_refused() {
    let words = decode("xyz").unwrap_err().message;
    assert_eq!(
        words,
        "invalid continue token: continue key is not valid: invalid character 'Ç' looking for beginning of value"
    );
    for text in ["", "e30", "!!"] {
        assert_eq!(decode(text).unwrap_err().code, 400, "{text:?}");
    }
}
