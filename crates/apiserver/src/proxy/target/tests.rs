use super::*;

#[test]
fn names_are_split_as_upstream() {
    let parts = |secure, name, port| Some(Parts { secure, name, port });
    let cases = [
        ("web", parts(false, "web", "")),
        ("web:80", parts(false, "web", "80")),
        ("web:", parts(false, "web", "")),
        ("https:web:443", parts(true, "web", "443")),
        ("http:web:", parts(false, "web", "")),
        (":web:http", parts(false, "web", "http")),
        ("ftp:web:21", None),
        ("", None),
        (":80", None),
        ("a:b:c:d", None),
    ];
    for (id, wanted) in cases {
        assert_eq!(split(id), wanted, "{id:?}");
    }
}

#[test]
fn addresses_of_the_machine_itself_are_refused() {
    let refused = [
        "",
        "localhost",
        "0.0.0.0",
        "127.0.0.1",
        "127.1.2.3",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
    ];
    for address in refused {
        assert!(!is_proxyable(address), "{address:?}");
    }
    for address in [
        "10.0.0.1",
        "192.168.1.1",
        "8.8.8.8",
        "fd00::1",
        "2001:db8::1",
    ] {
        assert!(is_proxyable(address), "{address:?}");
    }
}
