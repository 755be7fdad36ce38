use crate::{Environment, Type, compile};
use expect_test::{Expect, expect};

fn outcome(text: &str) -> String {
    let program = match compile(
        text,
        &Environment::new()
            .variable("x", Type::Dyn)
            .message("JSONPatch"),
    ) {
        Ok(program) => program,
        Err(error) => return error.to_string(),
    };
    let mut budget = 1_000_000;
    match program.evaluate(&[], &mut budget) {
        Ok(value) => format!("{} ({})", value.shown(), 1_000_000 - budget),
        Err(error) => format!("error: {error}"),
    }
}

/// Each an expression -> what it gives, and its cost.
#[track_caller]
fn check(texts: &[&str], expect: &Expect) {
    let lines: Vec<String> = texts
        .iter()
        .map(|text| format!("{text} -> {}\n", outcome(text)))
        .collect();
    expect.assert_eq(&lines.concat());
}

#[test]
fn strings() {
    check(
        &[
            "'äbc'.size()",
            "'abc'.charAt(1)",
            "'abc'.charAt(3)",
            "'abc'.charAt(4)",
            "'äbä'.indexOf('ä', 1)",
            "'abc'.indexOf('')",
            "'abcabc'.lastIndexOf('bc')",
            "'abcabc'.lastIndexOf('bc', 3)",
            "'aBcÄ'.lowerAscii() + 'aBcä'.upperAscii()",
            "'hello hello'.replace('he', 'we')",
            "'hello hello'.replace('he', 'we', 1)",
            "'abc'.replace('', '_')",
            "'a,b,c'.split(',')",
            "'a,b,c'.split(',', 2)",
            "'abc'.split('')",
            "'a,b'.split(',', 0)",
            "'tacocat'.substring(4)",
            "'tacocat'.substring(0, 4)",
            "'tacocat'.substring(5, 4)",
            "'tacocat'.substring(-1)",
            "'  trim\\t'.trim()",
            "['a', 'b'].join('-')",
            "strings.quote('a\"b\\n')",
            "'abc'.matches('^a.c$')",
            "matches('abc', 'b')",
            "'abc'.matches('[')",
            "'a1b22'.find('[0-9]+')",
            "'a1b22'.findAll('[0-9]+')",
            "'a1b22'.findAll('[0-9]+', 1)",
            "'x'.matches(string('(') + 'a')",
            "'٣'.matches('\\\\d')",
        ],
        &expect![[r#"
            'äbc'.size() -> 3 (1)
            'abc'.charAt(1) -> b (1)
            'abc'.charAt(3) ->  (1)
            'abc'.charAt(4) -> error: index out of range: 4
            'äbä'.indexOf('ä', 1) -> 2 (0)
            'abc'.indexOf('') -> 0 (0)
            'abcabc'.lastIndexOf('bc') -> 4 (0)
            'abcabc'.lastIndexOf('bc', 3) -> 1 (0)
            'aBcÄ'.lowerAscii() + 'aBcä'.upperAscii() -> abcÄABCä (3)
            'hello hello'.replace('he', 'we') -> wello wello (3)
            'hello hello'.replace('he', 'we', 1) -> wello hello (3)
            'abc'.replace('', '_') -> _a_b_c_ (1)
            'a,b,c'.split(',') -> [a, b, c] (1)
            'a,b,c'.split(',', 2) -> [a, b,c] (1)
            'abc'.split('') -> [a, b, c] (1)
            'a,b'.split(',', 0) -> [] (1)
            'tacocat'.substring(4) -> cat (1)
            'tacocat'.substring(0, 4) -> taco (1)
            'tacocat'.substring(5, 4) -> error: invalid substring range. start: 5, end: 4
            'tacocat'.substring(-1) -> error: index out of range: -1
            '  trim\t'.trim() -> trim (1)
            ['a', 'b'].join('-') -> a-b (1)
            strings.quote('a"b\n') -> "a\"b\n" (1)
            'abc'.matches('^a.c$') -> true (2)
            matches('abc', 'b') -> true (1)
            'abc'.matches('[') -> ERROR: <input>:1:15: invalid matches argument
             | 'abc'.matches('[')
             | ..............^
            'a1b22'.find('[0-9]+') -> 1 (2)
            'a1b22'.findAll('[0-9]+') -> [1, 22] (2)
            'a1b22'.findAll('[0-9]+', 1) -> [1] (2)
            'x'.matches(string('(') + 'a') -> error: error parsing regexp: missing closing ): `(a`
            '٣'.matches('\\d') -> false (1)
        "#]],
    );
}

#[test]
fn conversions() {
    check(
        &[
            "int('12') + int(3.9) + int(2u)",
            "int('x')",
            "int('99999999999999999999')",
            "int(1e30)",
            "uint(-1)",
            "uint('5')",
            "double('1.5') + double(2)",
            "string(1.0) + ' ' + string(2147483647.0) + ' ' + string(1e-7) + ' ' + string(true)",
            "string(duration('1h30m0.5s'))",
            "string(timestamp('2024-02-29T12:00:00.250+02:00'))",
            "string(b'\\xff')",
            "bytes('ab')",
            "bool('true')",
            "bool('yes')",
            "duration('1x')",
            "int(timestamp('1970-01-01T00:01:00Z'))",
            "timestamp(60)",
            "timestamp('2024-13-01T00:00:00Z')",
            "type('a') == string && type(null) == null_type && type([]) == list",
            "type(type(1)) == type",
        ],
        &expect![[r#"
            int('12') + int(3.9) + int(2u) -> 17 (2)
            int('x') -> error: type conversion error from 'string' to 'int'
            int('99999999999999999999') -> error: type conversion error from 'string' to 'int'
            int(1e30) -> error: integer overflow
            uint(-1) -> error: unsigned integer overflow
            uint('5') -> 5 (0)
            double('1.5') + double(2) -> 3.5 (1)
            string(1.0) + ' ' + string(2147483647.0) + ' ' + string(1e-7) + ' ' + string(true) -> 1 2.147483647e+09 1e-07 true (14)
            string(duration('1h30m0.5s')) -> 5400.5s (0)
            string(timestamp('2024-02-29T12:00:00.250+02:00')) -> 2024-02-29T12:00:00.25+02:00 (0)
            string(b'\xff') -> error: invalid UTF-8 in bytes, cannot convert to string
            bytes('ab') -> [97, 98] (0)
            bool('true') -> true (0)
            bool('yes') -> error: type conversion error from 'string' to 'bool'
            duration('1x') -> ERROR: <input>:1:10: invalid duration argument
             | duration('1x')
             | .........^
            int(timestamp('1970-01-01T00:01:00Z')) -> 60 (0)
            timestamp(60) -> 1970-01-01T00:01:00Z (0)
            timestamp('2024-13-01T00:00:00Z') -> ERROR: <input>:1:11: invalid timestamp argument
             | timestamp('2024-13-01T00:00:00Z')
             | ..........^
            type('a') == string && type(null) == null_type && type([]) == list -> true (3)
            type(type(1)) == type -> true (1)
        "#]],
    );
}

#[test]
fn times() {
    check(
        &[
            "timestamp('2024-02-29T23:30:45.678Z').getFullYear()",
            "timestamp('2024-02-29T23:30:45.678Z').getMonth()",
            "timestamp('2024-02-29T23:30:45.678Z').getDayOfYear()",
            "timestamp('2024-02-29T23:30:45.678Z').getDate()",
            "timestamp('2024-02-29T23:30:45.678Z').getDayOfMonth()",
            "timestamp('2024-02-29T23:30:45.678Z').getDayOfWeek()",
            "timestamp('2024-02-29T23:30:45.678Z').getHours('+01:00')",
            "timestamp('2024-07-01T23:30:45.678Z').getHours('Europe/Paris')",
            "timestamp('2024-02-29T23:30:45.678Z').getMinutes('-00:45')",
            "timestamp('2024-02-29T23:30:45.678Z').getMilliseconds()",
            "timestamp('2024-02-29T23:30:45.678Z').getHours('Nowhere')",
            "duration('3730s').getHours()",
            "duration('3730s').getMinutes()",
            "duration('1.5s').getMilliseconds()",
        ],
        &expect![[r#"
            timestamp('2024-02-29T23:30:45.678Z').getFullYear() -> 2024 (1)
            timestamp('2024-02-29T23:30:45.678Z').getMonth() -> 1 (1)
            timestamp('2024-02-29T23:30:45.678Z').getDayOfYear() -> 59 (1)
            timestamp('2024-02-29T23:30:45.678Z').getDate() -> 29 (1)
            timestamp('2024-02-29T23:30:45.678Z').getDayOfMonth() -> 28 (1)
            timestamp('2024-02-29T23:30:45.678Z').getDayOfWeek() -> 4 (1)
            timestamp('2024-02-29T23:30:45.678Z').getHours('+01:00') -> 0 (1)
            timestamp('2024-07-01T23:30:45.678Z').getHours('Europe/Paris') -> 1 (1)
            timestamp('2024-02-29T23:30:45.678Z').getMinutes('-00:45') -> 45 (1)
            timestamp('2024-02-29T23:30:45.678Z').getMilliseconds() -> 678 (1)
            timestamp('2024-02-29T23:30:45.678Z').getHours('Nowhere') -> error: unknown time zone Nowhere
            duration('3730s').getHours() -> 1 (1)
            duration('3730s').getMinutes() -> 62 (1)
            duration('1.5s').getMilliseconds() -> 1500 (1)
        "#]],
    );
}

#[test]
fn lists() {
    check(
        &[
            "[1, 2, 3].isSorted() && ['b', 'a'].isSorted()",
            "[1, 2, 3].sum()",
            "[].sum()",
            "[duration('1s'), duration('2s')].sum()",
            "['b', 'a'].min()",
            "[1.5, 2.5].max()",
            "[1].filter(x, x > 1).max()",
            "[1, 2, 1].indexOf(1)",
            "[1, 2, 1].lastIndexOf(1)",
            "[1, 2, 3].slice(1, 2)",
            "[1, 2, 3].slice(1, 4)",
            "[[1], [2, 3]].flatten()",
            "[dyn([1, [2]]), dyn(3)].flatten(2)",
            "lists.range(3)",
            "lists.range(1000000000)",
            "[1, 2].reverse()",
            "[1, 2, 1].distinct()",
            "[3, 1, 2].sort()",
            "['b', 'a'].sortBy(s, s)",
            "sets.contains([1, 2], [2])",
            "sets.equivalent([1, 2, 2], [2, 1])",
            "sets.intersects([1], [2])",
        ],
        &expect![[r#"
            [1, 2, 3].isSorted() && ['b', 'a'].isSorted() -> false (3)
            [1, 2, 3].sum() -> 6 (3)
            [].sum() -> 0 (0)
            [duration('1s'), duration('2s')].sum() -> 3s (2)
            ['b', 'a'].min() -> a (0)
            [1.5, 2.5].max() -> 2.5 (2)
            [1].filter(x, x > 1).max() -> error: max called on empty list
            [1, 2, 1].indexOf(1) -> 0 (3)
            [1, 2, 1].lastIndexOf(1) -> 2 (3)
            [1, 2, 3].slice(1, 2) -> [2] (12)
            [1, 2, 3].slice(1, 4) -> error: cannot slice(1, 4), list is length 3
            [[1], [2, 3]].flatten() -> [1, 2, 3] (13)
            [dyn([1, [2]]), dyn(3)].flatten(2) -> ERROR: <input>:1:10: expected type 'int' but found 'list(int)'
             | [dyn([1, [2]]), dyn(3)].flatten(2)
             | .........^
            lists.range(3) -> [0, 1, 2] (14)
            lists.range(1000000000) -> error: operation cancelled: actual cost limit exceeded
            [1, 2].reverse() -> [2, 1] (13)
            [1, 2, 1].distinct() -> [1, 2] (29)
            [3, 1, 2].sort() -> [1, 2, 3] (29)
            ['b', 'a'].sortBy(s, s) -> [a, b] (48)
            sets.contains([1, 2], [2]) -> true (3)
            sets.equivalent([1, 2, 2], [2, 1]) -> true (13)
            sets.intersects([1], [2]) -> false (2)
        "#]],
    );
}

#[test]
fn formats() {
    check(
        &[
            "'%s is %d%%'.format(['a', 5])",
            "'%s is %d%%'.format(['a', dyn(5)])",
            "'%s %s %s'.format([dyn([1, 'a']), dyn({'b': 1.5}), dyn(null)])",
            "'%.2f %.1e'.format([1234.567, 0.00012])",
            "'%x %X %b %o'.format([255, 255, 5, 8])",
            "'%x'.format(['ab'])",
            "'%d'.format(['a'])",
            "'%d'.format([x])",
            "'%s'.format([])",
            "'%z'.format([1])",
            "'%s'.format([1, 2])",
            "'%s'.format([duration('1s')])",
        ],
        &expect![[r#"
            '%s is %d%%'.format(['a', 5]) -> a is 5% (1)
            '%s is %d%%'.format(['a', dyn(5)]) -> a is 5% (1)
            '%s %s %s'.format([dyn([1, 'a']), dyn({'b': 1.5}), dyn(null)]) -> [1, "a"] {"b":1.500000} null (1)
            '%.2f %.1e'.format([1234.567, 0.00012]) -> 1,234.57 1.2×10⁻⁰⁴ (1)
            '%x %X %b %o'.format([255, 255, 5, 8]) -> ff FF 101 10 (2)
            '%x'.format(['ab']) -> 6162 (1)
            '%d'.format(['a']) -> ERROR: <input>:1:14: error during formatting: decimal clause can only be used on integers, was given string
             | '%d'.format(['a'])
             | .............^
            '%d'.format([x]) -> error: no such attribute(s): x
            '%s'.format([]) -> ERROR: <input>:1:12: index 0 out of range
             | '%s'.format([])
             | ...........^
            '%z'.format([1]) -> ERROR: <input>:1:12: could not parse formatting clause: unrecognized formatting clause "z"
             | '%z'.format([1])
             | ...........^
            '%s'.format([1, 2]) -> ERROR: <input>:1:12: too many arguments supplied to string.format (expected 1, got 2)
             | '%s'.format([1, 2])
             | ...........^
            '%s'.format([duration('1s')]) -> 1s (1)
        "#]],
    );
}

#[test]
fn quantities_and_versions() {
    check(
        &[
            "quantity('1.5Gi').asInteger()",
            "quantity('1500m').isInteger()",
            "quantity('1500m').asInteger()",
            "quantity('1.5').asApproximateFloat()",
            "quantity('1Ki').compareTo(quantity('1024'))",
            "quantity('1').add(quantity('500m')).sub(1) == quantity('0.5')",
            "sign(quantity('-3'))",
            "quantity('x')",
            "isQuantity('1Gi') && !isQuantity('1 Gi')",
            "semver('1.2.3').isLessThan(semver('1.10.0'))",
            "semver('1.0.0-rc.1').compareTo(semver('1.0.0'))",
            "semver('v1.2', true).minor()",
            "semver('01.2.3')",
            "semver('1.2')",
            "isSemver('1.2.3+x') && !isSemver('1')",
            "quantity('1') == dyn(1)",
            "quantity('1') != dyn(ip('::1'))",
            "dyn(1) == quantity('1')",
            "quantity('1') == dyn(null)",
            "[quantity('1')] == [dyn(1)]",
            "[quantity('1')] == [quantity('2')]",
            "quantity('1') in [dyn(1)]",
        ],
        &expect![[r#"
            quantity('1.5Gi').asInteger() -> 1610612736 (2)
            quantity('1500m').isInteger() -> false (2)
            quantity('1500m').asInteger() -> error: cannot convert value to integer
            quantity('1.5').asApproximateFloat() -> 1.5 (2)
            quantity('1Ki').compareTo(quantity('1024')) -> 0 (3)
            quantity('1').add(quantity('500m')).sub(1) == quantity('0.5') -> true (6)
            sign(quantity('-3')) -> -1 (2)
            quantity('x') -> error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
            isQuantity('1Gi') && !isQuantity('1 Gi') -> true (3)
            semver('1.2.3').isLessThan(semver('1.10.0')) -> true (3)
            semver('1.0.0-rc.1').compareTo(semver('1.0.0')) -> -1 (3)
            semver('v1.2', true).minor() -> 2 (2)
            semver('01.2.3') -> error: Major number must not contain leading zeroes "01"
            semver('1.2') -> error: No Major.Minor.Patch elements found
            isSemver('1.2.3+x') && !isSemver('1') -> true (3)
            quantity('1') == dyn(1) -> error: no such overload
            quantity('1') != dyn(ip('::1')) -> true (4)
            dyn(1) == quantity('1') -> false (2)
            quantity('1') == dyn(null) -> false (2)
            [quantity('1')] == [dyn(1)] -> true (12)
            [quantity('1')] == [quantity('2')] -> false (23)
            quantity('1') in [dyn(1)] -> false (1)
        "#]],
    );
}

#[test]
fn urls_and_addresses() {
    check(
        &[
            "url('https://user@example.com:8080/a b?q=1&q=2&r=%20#f').getQuery()",
            "url('https://example.com:8080/a%2Fb').getEscapedPath()",
            "url('https://example.com:8080/').getHost()",
            "url('https://[::1]:80/').getHostname()",
            "url('https://[::1]:80/').getPort()",
            "url('/path').getScheme()",
            "url('../relative')",
            "isURL('https://a:b/')",
            "isURL('http://#%zz$#@') || isURL('http://h#f')",
            "url('http://h/p#f').getEscapedPath()",
            "isURL('*') && url('*').getEscapedPath() == '*'",
            "ip('127.0.0.1').isLoopback() && ip('::1').family() == 6",
            "ip('127.0.0.01')",
            "ip('::ffff:1.2.3.4')",
            "ip('fe80::1%eth0')",
            "ip.isCanonical('2001:DB8::1')",
            "string(ip('2001:db8:0:0:0:0:0:1'))",
            "ip('224.0.0.1').isLinkLocalMulticast() && ip('8.8.8.8').isGlobalUnicast()",
            "cidr('10.0.0.0/8').containsIP('10.1.2.3')",
            "cidr('10.0.0.0/8').containsIP('x')",
            "cidr('10.0.0.0/8').containsCIDR('x')",
            "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))",
            "cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
            "cidr('10.0.0.0/8').prefixLength()",
            "string(cidr('10.0.0.1/8').ip())",
            "cidr('10.0.0.0/33')",
            "cidr('10.0.0.0')",
            "format.dns1123Label().validate('Not')",
            "format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000')",
            "format.named('nope').hasValue()",
            "jsonpatch.escapeKey('a/b~c')",
        ],
        &expect![[r#"
            url('https://user@example.com:8080/a b?q=1&q=2&r=%20#f').getQuery() -> {q: [1, 2], r: [ ]} (6)
            url('https://example.com:8080/a%2Fb').getEscapedPath() -> /a%2Fb (4)
            url('https://example.com:8080/').getHost() -> example.com:8080 (4)
            url('https://[::1]:80/').getHostname() -> ::1 (3)
            url('https://[::1]:80/').getPort() -> 80 (3)
            url('/path').getScheme() ->  (2)
            url('../relative') -> error: URL parse error during conversion from string: parse "../relative": invalid URI for request
            isURL('https://a:b/') -> false (1)
            isURL('http://#%zz$#@') || isURL('http://h#f') -> false (2)
            url('http://h/p#f').getEscapedPath() -> /p (3)
            isURL('*') && url('*').getEscapedPath() == '*' -> true (4)
            ip('127.0.0.1').isLoopback() && ip('::1').family() == 6 -> true (5)
            ip('127.0.0.01') -> error: IP Address "127.0.0.01" parse error during conversion from string: ParseAddr("127.0.0.01"): IPv4 field has octet with leading zero
            ip('::ffff:1.2.3.4') -> error: IPv4-mapped IPv6 address "::ffff:1.2.3.4" is not allowed
            ip('fe80::1%eth0') -> error: IP address "fe80::1%eth0" with zone value is not allowed
            ip.isCanonical('2001:DB8::1') -> false (3)
            string(ip('2001:db8:0:0:0:0:0:1')) -> 2001:db8::1 (3)
            ip('224.0.0.1').isLinkLocalMulticast() && ip('8.8.8.8').isGlobalUnicast() -> true (4)
            cidr('10.0.0.0/8').containsIP('10.1.2.3') -> true (3)
            cidr('10.0.0.0/8').containsIP('x') -> error: no such overload
            cidr('10.0.0.0/8').containsCIDR('x') -> error: network address parse error during conversion from string: network address parse error during conversion from string: netip.ParsePrefix("x"): no '/'
            cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16')) -> true (6)
            cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') -> true (4)
            cidr('10.0.0.0/8').prefixLength() -> 8 (2)
            string(cidr('10.0.0.1/8').ip()) -> 10.0.0.1 (3)
            cidr('10.0.0.0/33') -> error: network address parse error during conversion from string: network address parse error during conversion from string: netip.ParsePrefix("10.0.0.0/33"): prefix length out of range
            cidr('10.0.0.0') -> error: network address parse error during conversion from string: network address parse error during conversion from string: netip.ParsePrefix("10.0.0.0"): no '/'
            format.dns1123Label().validate('Not') -> optional([a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]) (9)
            format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000') -> optional.none() (78)
            format.named('nope').hasValue() -> false (2)
            jsonpatch.escapeKey('a/b~c') -> a~1b~0c (1)
        "#]],
    );
}

#[test]
fn zones_that_times_were_written_in() {
    check(
        &[
            "string(timestamp('2024-01-01T00:30:00.50+02:00'))",
            "timestamp('2024-01-01T00:30:00+02:00').getHours()",
            "timestamp('2024-01-01T00:30:00+02:00').getHours('UTC')",
            "timestamp('2024-01-01T00:30:00-08:00').getDayOfMonth()",
            "string(timestamp('2024-01-01T00:30:00+02:00') + duration('1h'))",
            "timestamp('2024-01-01T02:00:00+02:00') == timestamp('2024-01-01T00:00:00Z')",
            "string(timestamp('2024-01-01T00:00:00+00:00'))",
            "'%s'.format([timestamp('2024-01-01T00:30:00+02:00')])",
            "string(timestamp(0))",
        ],
        &expect![[r#"
            string(timestamp('2024-01-01T00:30:00.50+02:00')) -> 2024-01-01T00:30:00.5+02:00 (0)
            timestamp('2024-01-01T00:30:00+02:00').getHours() -> 0 (1)
            timestamp('2024-01-01T00:30:00+02:00').getHours('UTC') -> 22 (1)
            timestamp('2024-01-01T00:30:00-08:00').getDayOfMonth() -> 0 (1)
            string(timestamp('2024-01-01T00:30:00+02:00') + duration('1h')) -> 2024-01-01T01:30:00+02:00 (2)
            timestamp('2024-01-01T02:00:00+02:00') == timestamp('2024-01-01T00:00:00Z') -> true (1)
            string(timestamp('2024-01-01T00:00:00+00:00')) -> 2024-01-01T00:00:00Z (0)
            '%s'.format([timestamp('2024-01-01T00:30:00+02:00')]) -> 2023-12-31T22:30:00Z (1)
            string(timestamp(0)) -> 1970-01-01T00:00:00Z (0)
        "#]],
    );
}

#[test]
fn values_of_other_types() {
    check(
        &[
            "dyn(1).startsWith('a')",
            "dyn(1).matches('a')",
            "dyn(1).size()",
            "dyn(duration('1s')).size()",
        ],
        &expect![[r#"
            dyn(1).startsWith('a') -> error: no such overload
            dyn(1).matches('a') -> error: no such overload
            dyn(1).size() -> error: no such overload: size
            dyn(duration('1s')).size() -> error: no such overload
        "#]],
    );
}
