use crate::{Environment, ListMerge, ObjectType, Type, Value, compile};
use expect_test::{Expect, expect};
use serde_json::json;

/// The type of `self` in these tests.
fn declared() -> Type {
    let key = ObjectType::new("selfType.ports.@idx")
        .field("port", Type::Int)
        .field("protocol", Type::String)
        .field("name", Type::String);
    let keys = vec!["port".to_owned(), "protocol".to_owned()];
    Type::object(
        ObjectType::new("selfType")
            .field("name", Type::String)
            .field("replicas", Type::Int)
            .field("ratio", Type::Double)
            .field("tags", Type::merged_list(Type::String, ListMerge::Set))
            .field("list", Type::list(Type::Int))
            .field(
                "ports",
                Type::merged_list(Type::object(key), ListMerge::Map(keys)),
            )
            .field("labels", Type::map(Type::String, Type::String))
            .field("intOrString", Type::Dyn)
            .field("when", Type::Timestamp)
            .field("day", Type::Timestamp)
            .field("period", Type::Duration)
            .field("data", Type::Bytes)
            .field("namespace", Type::String)
            .field("a-b.c/d__e", Type::String)
            .field("absent", Type::String),
    )
}

fn data() -> serde_json::Value {
    json!({
        "name": "web",
        "replicas": 3,
        "ratio": 1,
        "tags": ["a", "b"],
        "list": [1, 2, 3],
        "ports": [{"port": 80, "protocol": "TCP", "name": "x"}, {"port": 53, "protocol": "UDP"}],
        "labels": {"app": "web", "tier": "front"},
        "intOrString": "50%",
        "when": "2024-02-29T12:30:45.5Z",
        "day": "2024-02-29",
        "period": "1h30m",
        "data": "aGk=",
        "namespace": "ns",
        "a-b.c/d__e": "escaped",
        "hidden": true,
        "absent": null,
    })
}

/// What the expression gives: its value and its cost, or the error.
fn outcome(text: &str) -> String {
    let (type_, data) = (declared(), data());
    let environment = Environment::new()
        .variable("self", type_.clone())
        .variable("oldSelf", type_.clone())
        .variable("any", Type::Dyn);
    let program = match compile(text, &environment) {
        Ok(program) => program,
        Err(error) => return error.to_string(),
    };
    let own = Value::json(&data, &type_).unwrap();
    let any = Value::json(&data, &Type::Dyn).unwrap();
    let mut budget = 1_000_000;
    let value = program.evaluate(
        &[("self", own.clone()), ("oldSelf", own), ("any", any)],
        &mut budget,
    );
    match value {
        Ok(value) => format!("{} ({})", value.shown(), 1_000_000 - budget),
        Err(error) => format!("error: {error}"),
    }
}

/// Each line an expression -> what it gives.
#[track_caller]
fn check(texts: &[&str], expect: &Expect) {
    let lines: Vec<String> = texts
        .iter()
        .map(|text| format!("{text} -> {}\n", outcome(text)))
        .collect();
    expect.assert_eq(&lines.concat());
}

#[test]
fn keys_and_texts_that_are_not_looked_at_before() {
    check(
        &[
            "{'a': 1, 'a': 2}",
            "{'a': 1, ?'a': optional.none()}",
            "timestamp(string(any.size()))",
        ],
        &expect![[r#"
            {'a': 1, 'a': 2} -> {a: 2} (0)
            {'a': 1, ?'a': optional.none()} -> {} (31)
            timestamp(string(any.size())) -> error: type conversion error from 'string' to 'google.protobuf.Timestamp'
        "#]],
    );
}

#[test]
fn arithmetic() {
    check(
        &[
            "1 + 2 * 3 - 4",
            "7 / 2",
            "-7 / 2",
            "-7 % 3",
            "7 / 0",
            "7 % 0",
            "9223372036854775807 + 1",
            "-9223372036854775808 - 1",
            "1u - 2u",
            "1.5 + 2.0",
            "1.0 / 0.0",
            "-(-9223372036854775807 - 1)",
            "'a' + 'b'",
            "b'a' + b'b'",
            "[1] + [2, 3]",
            "duration('1h') + duration('30m')",
            "timestamp('2024-01-01T00:00:00Z') + duration('24h')",
            "timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z')",
            "timestamp('9999-12-31T23:59:59Z') + duration('1s')",
            "timestamp('9999-12-31T23:59:59.5Z') > timestamp('9999-12-31T23:59:59Z')",
            "timestamp('9999-12-31T23:30:00+01:00').getFullYear('America/New_York')",
            "int(timestamp('1969-12-31T23:59:59.5Z'))",
            "dyn(null) + 1",
            "1 + dyn(null)",
            "dyn([1]) - 1",
            "-dyn(1u)",
            "dyn('a') * 2",
            "dyn({}) < 1",
        ],
        &expect![[r#"
            1 + 2 * 3 - 4 -> 3 (3)
            7 / 2 -> 3 (1)
            -7 / 2 -> -3 (1)
            -7 % 3 -> -1 (1)
            7 / 0 -> error: division by zero
            7 % 0 -> error: modulus by zero
            9223372036854775807 + 1 -> error: integer overflow
            -9223372036854775808 - 1 -> error: integer overflow
            1u - 2u -> error: unsigned integer overflow
            1.5 + 2.0 -> 3.5 (1)
            1.0 / 0.0 -> +Inf (1)
            -(-9223372036854775807 - 1) -> error: integer overflow
            'a' + 'b' -> ab (1)
            b'a' + b'b' -> [97, 98] (1)
            [1] + [2, 3] -> [1, 2, 3] (1)
            duration('1h') + duration('30m') -> 1h30m0s (1)
            timestamp('2024-01-01T00:00:00Z') + duration('24h') -> 2024-01-02T00:00:00Z (1)
            timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') -> 24h0m0s (1)
            timestamp('9999-12-31T23:59:59Z') + duration('1s') -> error: timestamp overflow
            timestamp('9999-12-31T23:59:59.5Z') > timestamp('9999-12-31T23:59:59Z') -> true (1)
            timestamp('9999-12-31T23:30:00+01:00').getFullYear('America/New_York') -> 9999 (1)
            int(timestamp('1969-12-31T23:59:59.5Z')) -> -1 (0)
            dyn(null) + 1 -> error: no such overload: _+_
            1 + dyn(null) -> error: no such overload
            dyn([1]) - 1 -> error: no such overload: _-_
            -dyn(1u) -> error: no such overload: -_
            dyn('a') * 2 -> error: no such overload
            dyn({}) < 1 -> error: no such overload: _<_
        "#]],
    );
}

#[test]
fn comparison() {
    check(
        &[
            "1 == 1.0",
            "dyn(1) == dyn(1.0)",
            "dyn(1) == dyn('1')",
            "1 < 1.5 && 2u > 1",
            "'a' < 'b'",
            "null == null",
            "self.replicas == 3",
            "[1, 2] == [1, 2]",
            "{'a': 1} == {'a': 1}",
            "self.tags == ['b', 'a']",
            "self.tags + ['c'] == ['c', 'b', 'a']",
            "['c'] + self.tags == ['a', 'b', 'c']",
            "['b', 'a'] == self.tags",
            "self.tags + ['b', 'c']",
            "self.ports == self.ports",
            "self == oldSelf",
            "2 in [1, 2]",
            "'app' in self.labels",
            "self.replicas in self.list",
            "type(1) == int",
            "type(self.intOrString) == string",
            "type(timestamp('2024-01-01T00:00:00Z')) == google.protobuf.Timestamp",
        ],
        &expect![[r#"
            1 == 1.0 -> ERROR: <input>:1:3: found no matching overload for '_==_' applied to '(int, double)'
             | 1 == 1.0
             | ..^
            dyn(1) == dyn(1.0) -> true (1)
            dyn(1) == dyn('1') -> false (1)
            1 < 1.5 && 2u > 1 -> true (2)
            'a' < 'b' -> true (1)
            null == null -> true (1)
            self.replicas == 3 -> true (3)
            [1, 2] == [1, 2] -> true (1)
            {'a': 1} == {'a': 1} -> true (1)
            self.tags == ['b', 'a'] -> true (3)
            self.tags + ['c'] == ['c', 'b', 'a'] -> true (4)
            ['c'] + self.tags == ['a', 'b', 'c'] -> false (4)
            ['b', 'a'] == self.tags -> false (3)
            self.tags + ['b', 'c'] -> [a, b, c] (3)
            self.ports == self.ports -> true (5)
            self == oldSelf -> true (4)
            2 in [1, 2] -> true (0)
            'app' in self.labels -> true (3)
            self.replicas in self.list -> true (7)
            type(1) == int -> true (1)
            type(self.intOrString) == string -> true (4)
            type(timestamp('2024-01-01T00:00:00Z')) == google.protobuf.Timestamp -> true (1)
        "#]],
    );
}

#[test]
fn data_of_a_schema() {
    check(
        &[
            "self.name",
            "self.ratio",
            "self.when",
            "self.day",
            "self.period",
            "self.data",
            "self.__namespace__",
            "self.namespace",
            "has(self.namespace)",
            "self.a__dash__b__dot__c__slash__d__underscores__e",
            "has(self.absent)",
            "has(self.name)",
            "self.absent",
            "self.hidden",
            "self.labels.app",
            "self.labels['tier']",
            "self.labels.nope",
            "self.list[1]",
            "self.list[7]",
            "self.list[dyn(1.0)]",
            "dyn(1).exists(x, x == 2)",
            "duration(dyn(1))",
            "duration('2562047h47m16.854775807s') + duration('1s')",
            "self.ports[0].port",
            "self.ports.map(p, p.port)",
            "self.ports.exists(p, p.protocol == 'UDP')",
            "self.intOrString == '50%'",
            "any.replicas + 1",
            "any.nope",
            "has(any.nope)",
            "any.list[0]",
        ],
        &expect![[r#"
            self.name -> web (2)
            self.ratio -> 1 (2)
            self.when -> 2024-02-29T12:30:45.5Z (2)
            self.day -> 2024-02-29T00:00:00Z (2)
            self.period -> 1h30m0s (2)
            self.data -> [104, 105] (2)
            self.__namespace__ -> ns (2)
            self.namespace -> ns (2)
            has(self.namespace) -> true (1)
            self.a__dash__b__dot__c__slash__d__underscores__e -> escaped (2)
            has(self.absent) -> false (1)
            has(self.name) -> true (1)
            self.absent -> error: no such key: absent
            self.hidden -> ERROR: <input>:1:5: undefined field 'hidden'
             | self.hidden
             | ....^
            self.labels.app -> web (3)
            self.labels['tier'] -> front (3)
            self.labels.nope -> error: no such key: nope
            self.list[1] -> 2 (3)
            self.list[7] -> error: index out of bounds: 7
            self.list[dyn(1.0)] -> error: unsupported index: 1
            dyn(1).exists(x, x == 2) -> error: got 'types.Int', expected iterable type
            duration(dyn(1)) -> error: type conversion error from 'int' to 'google.protobuf.Duration'
            duration('2562047h47m16.854775807s') + duration('1s') -> error: integer overflow
            self.ports[0].port -> 80 (4)
            self.ports.map(p, p.port) -> [80, 53] (31)
            self.ports.exists(p, p.protocol == 'UDP') -> true (17)
            self.intOrString == '50%' -> true (3)
            any.replicas + 1 -> 4 (3)
            any.nope -> error: no such key: nope
            has(any.nope) -> false (1)
            any.list[0] -> 1 (3)
        "#]],
    );
}

#[test]
fn macros() {
    check(
        &[
            "[1, 2, 3].all(x, x > 0)",
            "[1, 2, 3].exists(x, x > 2)",
            "[1, 2, 3].exists_one(x, x > 2)",
            "[1, 2, 3].map(x, x * 2)",
            "[1, 2, 3].map(x, x > 1, x * 2)",
            "[1, 2, 3].filter(x, x > 1)",
            "{'a': 1, 'b': 2}.all(k, k != 'c')",
            "{'a': 1, 'b': 2}.all(k, v, v > 0)",
            "[5, 6].exists(i, v, i == 1 && v == 6)",
            "[5, 6].existsOne(i, v, v == 6)",
            "[5, 6].transformList(i, v, i + v)",
            "[5, 6].transformList(i, v, i > 0, v)",
            "{'a': 1, 'b': 2}.transformMap(k, v, v * 10)",
            "{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10)",
            "{'a': 'x'}.transformMapEntry(k, v, {v: k})",
            "{'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k})",
            "[1, 0].all(x, 1 / x > 0)",
            "[0, 1].exists(x, 1 / x > 0)",
            "[3, 1, 2].sortBy(x, -x)",
            "[1, 2].map(x, [3, 4].map(y, x * y))",
            "[1].all(i, i, true)",
            "[1].map(1, 2)",
            "self.list.map(x, x + 1)",
        ],
        &expect![[r#"
            [1, 2, 3].all(x, x > 0) -> true (16)
            [1, 2, 3].exists(x, x > 2) -> true (19)
            [1, 2, 3].exists_one(x, x > 2) -> true (12)
            [1, 2, 3].map(x, x * 2) -> [2, 4, 6] (43)
            [1, 2, 3].map(x, x > 1, x * 2) -> [4, 6] (36)
            [1, 2, 3].filter(x, x > 1) -> [2, 3] (34)
            {'a': 1, 'b': 2}.all(k, k != 'c') -> true (11)
            {'a': 1, 'b': 2}.all(k, v, v > 0) -> true (11)
            [5, 6].exists(i, v, i == 1 && v == 6) -> true (15)
            [5, 6].existsOne(i, v, v == 6) -> true (9)
            [5, 6].transformList(i, v, i + v) -> [5, 7] (31)
            [5, 6].transformList(i, v, i > 0, v) -> [6] (19)
            {'a': 1, 'b': 2}.transformMap(k, v, v * 10) -> {a: 10, b: 20} (11)
            {'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10) -> {b: 20} (11)
            {'a': 'x'}.transformMapEntry(k, v, {v: k}) -> {x: a} (35)
            {'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k}) -> error: insert failed: key x already exists
            [1, 0].all(x, 1 / x > 0) -> error: division by zero
            [0, 1].exists(x, 1 / x > 0) -> true (13)
            [3, 1, 2].sortBy(x, -x) -> [3, 2, 1] (74)
            [1, 2].map(x, [3, 4].map(y, x * y)) -> [[3, 4], [6, 8]] (87)
            [1].all(i, i, true) -> ERROR: <input>:1:12: duplicate variable name: i
             | [1].all(i, i, true)
             | ...........^
            [1].map(1, 2) -> ERROR: <input>:1:9: argument is not an identifier
             | [1].map(1, 2)
             | ........^
            self.list.map(x, x + 1) -> [2, 3, 4] (45)
        "#]],
    );
}

#[test]
fn logic_hides_errors() {
    check(
        &[
            "true || 1 / 0 > 0",
            "1 / 0 > 0 || true",
            "1 / 0 > 0 || false",
            "false && 1 / 0 > 0",
            "1 / 0 > 0 && false",
            "true ? 1 : 1 / 0",
            "!true",
            "any.name || true",
            "any.name && true",
        ],
        &expect![[r#"
            true || 1 / 0 > 0 -> true (0)
            1 / 0 > 0 || true -> true (1)
            1 / 0 > 0 || false -> error: division by zero
            false && 1 / 0 > 0 -> false (0)
            1 / 0 > 0 && false -> false (1)
            true ? 1 : 1 / 0 -> 1 (0)
            !true -> false (1)
            any.name || true -> true (2)
            any.name && true -> error: no such overload
        "#]],
    );
}

#[test]
fn optionals() {
    check(
        &[
            "optional.of(1).value()",
            "optional.none().value()",
            "optional.none().orValue(5)",
            "optional.ofNonZeroValue(0).hasValue()",
            "optional.ofNonZeroValue(timestamp('0001-01-01T00:00:00Z')).hasValue()",
            "optional.ofNonZeroValue(timestamp('1970-01-01T00:00:00Z')).hasValue()",
            "self.?absent.orValue('none')",
            "self.?name.hasValue()",
            "self.labels[?'app']",
            "self.labels[?'nope'].or(optional.of('x')).value()",
            "any.?a.?b.?c",
            "any.?labels.app",
            "[1, 2][?5]",
            "optional.of(2).optMap(x, x + 1)",
            "optional.none().optMap(x, x + 1)",
            "optional.of(2).optFlatMap(x, optional.of(x + 1))",
            "[optional.of(1), optional.none()].unwrapOpt()",
            "[?optional.of(1), ?optional.none(), 3]",
            "{?'a': optional.of(1), ?'b': optional.none()}",
            "[1, 2].first().value() + [1, 2].last().value()",
        ],
        &expect![[r#"
            optional.of(1).value() -> 1 (2)
            optional.none().value() -> error: optional.none() dereference
            optional.none().orValue(5) -> 5 (1)
            optional.ofNonZeroValue(0).hasValue() -> false (2)
            optional.ofNonZeroValue(timestamp('0001-01-01T00:00:00Z')).hasValue() -> false (2)
            optional.ofNonZeroValue(timestamp('1970-01-01T00:00:00Z')).hasValue() -> true (2)
            self.?absent.orValue('none') -> none (1)
            self.?name.hasValue() -> true (3)
            self.labels[?'app'] -> optional(web) (3)
            self.labels[?'nope'].or(optional.of('x')).value() -> x (4)
            any.?a.?b.?c -> optional.none() (1)
            any.?labels.app -> optional(web) (3)
            [1, 2][?5] -> optional.none() (1)
            optional.of(2).optMap(x, x + 1) -> optional(3) (7)
            optional.none().optMap(x, x + 1) -> optional.none() (3)
            optional.of(2).optFlatMap(x, optional.of(x + 1)) -> optional(3) (7)
            [optional.of(1), optional.none()].unwrapOpt() -> [1] (13)
            [?optional.of(1), ?optional.none(), 3] -> [1, 3] (12)
            {?'a': optional.of(1), ?'b': optional.none()} -> {a: 1} (32)
            [1, 2].first().value() + [1, 2].last().value() -> 3 (5)
        "#]],
    );
}

#[test]
fn values_of_other_types_than_macros_and_fields_take() {
    check(
        &[
            "dyn(1).exists(k, v, true)",
            "dyn(quantity('1')).map(x, x)",
            "dyn([1]).nope",
            "dyn(1).orValue(2)",
        ],
        &expect![[r#"
            dyn(1).exists(k, v, true) -> error: unsupported comprehension range type: types.Int
            dyn(quantity('1')).map(x, x) -> error: got 'cel.Quantity', expected iterable type
            dyn([1]).nope -> error: unsupported index type 'string' in list
            dyn(1).orValue(2) -> 1 (0)
        "#]],
    );
}
