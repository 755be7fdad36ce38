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
    for (text, why) in [
        (
            "xyz",
            "invalid character 'Ç' looking for beginning of value",
        ),
        (
            "AAAA",
            "invalid character '\\x00' looking for beginning of value",
        ),
        ("e30i", "invalid character '\"' after top-level value"),
        ("", "unexpected end of JSON input"),
    ] {
        assert_eq!(
            decode(text).unwrap_err().message,
            format!("invalid continue token: continue key is not valid: {why}")
        );
    }
    let alone = decode("e30ix").unwrap_err().message;
    assert!(alone.ends_with("illegal base64 data at input byte 4"));
    for text in ["", "e30", "!!"] {
        assert_eq!(decode(text).unwrap_err().code, 400, "{text:?}");
    }
}
