use super::check_of;

const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const TOO_LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A format, what is of it, and what is not.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const ROWS: &[Row] = &[
    (
        "bsonobjectid",
        &["507f1f77bcf86cd799439011"],
        &["507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901g"],
    ),
    (
        "uri",
        &[
            "http://a.b",
            "/a/b?c#d",
            "https://u:p@a.b:80/x%20y",
            "mailto:a@b",
            "*",
            "http://[::1]:80/",
            "a+b:c",
            "http://a:",
            "//a",
        ],
        &[
            "",
            "a/b",
            ":a",
            "http://a b",
            "/a%2",
            "http://a:8x/",
            "http://[::1",
            "a\u{7f}:b",
            "http://a%20b/",
            "#a",
        ],
    ),
    (
        "email",
        &[
            "a@b",
            "a.b+c@d.e",
            "Name <a@b>",
            "\"Q, n\" <a@b>",
            "\"a b\"@c",
            "a@[127.0.0.1]",
            "a(c)@b",
            "<a@b>",
            "ü@ü",
        ],
        &[
            "", "a", "a@", "@b", "a..b@c", "a@b@c", "a b@c", "<a@b", "\"a@b",
        ],
    ),
    (
        "hostname",
        &["a", "a.bc", "1a.bc", "a-b.cd", "söme.host"],
        &["", "-a.bc", "a..bc", "a_b.c", "a.1"],
    ),
    (
        "ipv4",
        &["1.2.3.4", "01.2.3.004", "::ffff:1.2.3.4"],
        &["1.2.3", "1.2.3.256", "1.2.3.4.5", "::1", "a"],
    ),
    (
        "ipv6",
        &["::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"],
        &["1.2.3.4", ":::", "::1%eth0"],
    ),
    (
        "cidr",
        &["1.2.3.0/24", "::/0", "01.2.3.4/08"],
        &["1.2.3.4", "1.2.3.4/33", "::/129", "1.2.3.4/-1", "1.2.3.4/"],
    ),
    (
        "mac",
        &[
            "01:23:45:67:89:ab",
            "01-23-45-67-89-ab-cd-ef",
            "0123.4567.89ab",
        ],
        &["01:23:45:67:89", "01:23:45:67:89-ab", "0123456789ab"],
    ),
    (
        "uuid",
        &[
            "123e4567-e89b-12d3-a456-426614174000",
            "123E4567E89B12D3A456426614174000",
        ],
        &[
            "123e4567-e89b-12d3-a456-42661417400",
            "g23e4567-e89b-12d3-a456-426614174000",
        ],
    ),
    (
        "uuid3",
        &["123e4567-e89b-32d3-0456-426614174000"],
        &["123e4567-e89b-42d3-a456-426614174000"],
    ),
    (
        "uuid4",
        &["123e4567-e89b-42d3-a456-426614174000"],
        &["123e4567-e89b-42d3-c456-426614174000"],
    ),
    (
        "uuid5",
        &["123e4567-e89b-52d3-B456-426614174000"],
        &["123e4567-e89b-42d3-a456-426614174000"],
    ),
    (
        "isbn",
        &["0321751043", "978-0321751041"],
        &["0321751044", "978-0321751042"],
    ),
    (
        "isbn10",
        &["0321751043", "080442957X", "0-321-75104-3"],
        &["978-0321751041", "X321751043"],
    ),
    ("isbn13", &["978-0321751041"], &["0321751043"]),
    (
        "creditcard",
        &["4111-1111-1111-1111", "5555 5555 5555 4444"],
        &["4111-1111-1111-1112", "1234"],
    ),
    (
        "ssn",
        &["111-11-1111", "111 11 1111"],
        &["111111111", "111-11-111", "11111-11111"],
    ),
    ("hexcolor", &["#FFF", "abcdef"], &["#FFFF", "ggg"]),
    (
        "rgbcolor",
        &["rgb(0,1,255)", "rgb( 1 , 2 , 3 )"],
        &["rgb(1,2)", "rgb(256,1,1)", "rgb(01,1,1)", "rgb(1.5,1,1)"],
    ),
    (
        "byte",
        &["aGVsbG8=", "AAAA"],
        &["", "aGVsbG8", "a=aa", "aa_-", "===="],
    ),
    ("password", &["", "any"], &[]),
    (
        "date",
        &["2020-02-29", "0000-01-01"],
        &["2021-02-29", "2020-1-1", "20200101", "2020-01-01T"],
    ),
    (
        "duration",
        &[
            "1h30m",
            "-1.5s",
            "0",
            "2 weeks",
            "3 DAYS",
            "5µs",
            "about 3 min",
        ],
        &["", "1", "h", "1 lightyear", "99999999999999999999 s", "."],
    ),
    (
        "date-time",
        &[
            "2020-01-01T00:00:00Z",
            "2020-01-01t23:59:59.123+01:00",
            "2020-01-01T00:00:00,5-01:00",
        ],
        &[
            "2020-01-01",
            "2020-01-01 00:00:00Z",
            "2020-01-01T24:00:00Z",
            "2020-01-01T00:00:60Z",
            "2020-01-01T00:00:00",
            "2020-01-01T00:00:00.Z",
        ],
    ),
    (
        "k8s-short-name",
        &["a", "a-1"],
        &[
            "",
            "A",
            "-a",
            "a-",
            "a.b",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ],
    ),
    (
        "k8s-long-name",
        &["a", "a.b-1", LONG],
        &["", "a..b", "a.B", TOO_LONG],
    ),
];

#[test]
fn each_format_takes_what_it_should() {
    for &(format, good, bad) in ROWS {
        let check = check_of(format).unwrap_or_else(|| panic!("{format} is known"));
        for text in good {
            assert!(check(text), "{format} takes {text:?}");
        }
        for text in bad {
            assert!(!check(text), "{format} does not take {text:?}");
        }
    }
    assert!(check_of("no-such-format").is_none());
}
