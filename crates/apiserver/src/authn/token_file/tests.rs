use super::StaticToken;

/// A file's text -> its tokens, users, uids and groups, or the error.
#[track_caller]
fn check(text: &str, expect: &str) {
    let shown = match StaticToken::parse_file("FILE", text) {
        Ok(tokens) => {
            let shown = |known: &StaticToken| {
                let user = &known.user;
                let groups: Vec<&str> = user.groups.iter().map(meta::Str::as_str).collect();
                format!(
                    "{} {} {} {}",
                    known.token,
                    user.name,
                    user.uid,
                    groups.join("+")
                )
            };
            tokens.iter().map(shown).collect::<Vec<_>>().join("; ")
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expect);
}

#[test]
fn records_are_users() {
    check("t,jane,7\n", "t jane 7 ");
    check(
        "t,jane,7,\"a,b\"\r\nu,bob,8,c\r\n",
        "t jane 7 a+b; u bob 8 c",
    );
    check(
        "\"t\"\"x\",\"ja,ne\",7\n\n\nu,bob,8",
        "t\"x ja,ne 7 ; u bob 8 ",
    );
    check("t,jane,7\nt,bob,8\n,nobody,9\n", "t bob 8 ");
    check("", "");
}

#[test]
fn what_is_no_record_is_named() {
    check(
        "t,jane\n",
        "token file 'FILE' must have at least 3 columns (token, user name, user uid), found 2",
    );
    check(
        "t,jane,7\nt\"x,jane,7\n",
        "record on line 2: bare \" in non-quoted field",
    );
    check(
        "\"t,jane,7\n",
        "record on line 1: extraneous or missing \" in quoted-field",
    );
    check(
        "\"t\"x,jane,7\n",
        "record on line 1: extraneous or missing \" in quoted-field",
    );
}
