use crate::{Environment, ObjectType, Type, compile};
use expect_test::{Expect, expect};

#[track_caller]
fn check(texts: &[&str], expect: &Expect) {
    let spec = ObjectType::new("selfType.spec")
        .field("replicas", Type::Int)
        .field("name", Type::String);
    let root = ObjectType::new("selfType")
        .field("spec", Type::object(spec))
        .field("list", Type::list(Type::String))
        .field("when", Type::Timestamp);
    let environment = Environment::new()
        .variable("self", Type::object(root))
        .variable("any", Type::Dyn)
        .variable(
            "authorizer",
            Type::Named("kubernetes.authorization.Authorizer"),
        )
        .message("JSONPatch")
        .message("Object");
    let mut lines = String::new();
    for text in texts {
        let said = match compile(text, &environment) {
            Ok(program) => program.result().to_string(),
            Err(error) => error.to_string(),
        };
        lines += &format!("{text} -> {said}\n");
    }
    expect.assert_eq(&lines);
}

#[test]
fn overloads() {
    check(
        &[
            "1 + 'a'",
            "self.spec + 1",
            "self.list.contains('a')",
            "self.when > 5",
            "self.when == null",
            "self.spec.name == null",
            "self.list == [1]",
            "1 in 'abc'",
            "size(1)",
            "'a'.size(1)",
            "self.spec.name.matches(1)",
        ],
        &expect![[r#"
            1 + 'a' -> ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'
             | 1 + 'a'
             | ..^
            self.spec + 1 -> ERROR: <input>:1:11: found no matching overload for '_+_' applied to '(selfType.spec, int)'
             | self.spec + 1
             | ..........^
            self.list.contains('a') -> ERROR: <input>:1:19: found no matching overload for 'contains' applied to 'list(string).(string)'
             | self.list.contains('a')
             | ..................^
            self.when > 5 -> ERROR: <input>:1:11: found no matching overload for '_>_' applied to '(timestamp, int)'
             | self.when > 5
             | ..........^
            self.when == null -> bool
            self.spec.name == null -> ERROR: <input>:1:16: found no matching overload for '_==_' applied to '(string, null)'
             | self.spec.name == null
             | ...............^
            self.list == [1] -> ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(list(string), list(int))'
             | self.list == [1]
             | ..........^
            1 in 'abc' -> ERROR: <input>:1:3: found no matching overload for '@in' applied to '(int, string)'
             | 1 in 'abc'
             | ..^
            size(1) -> ERROR: <input>:1:5: found no matching overload for 'size' applied to '(int)'
             | size(1)
             | ....^
            'a'.size(1) -> ERROR: <input>:1:9: found no matching overload for 'size' applied to 'string.(int)'
             | 'a'.size(1)
             | ........^
            self.spec.name.matches(1) -> ERROR: <input>:1:23: found no matching overload for 'matches' applied to 'string.(int)'
             | self.spec.name.matches(1)
             | ......................^
        "#]],
    );
}

#[test]
fn joined_types() {
    check(
        &[
            "[1, 'a']",
            "{'a': 1, 'b': 'c'}",
            "{1: 'a', 'b': 'c'}",
            "[dyn(1), 'a']",
            "true ? 1 : 'a'",
            "1 && true",
            "any + 1",
            "any.a.b + 'x'",
            "quantity('1') + quantity('2')",
            "authorizer.group('').resource('pods').check('get').allowed()",
            "authorizer.allowed()",
            "ip('::1').x",
        ],
        &expect![[r#"
            [1, 'a'] -> ERROR: <input>:1:5: expected type 'int' but found 'string'
             | [1, 'a']
             | ....^
            {'a': 1, 'b': 'c'} -> ERROR: <input>:1:15: expected type 'int' but found 'string'
             | {'a': 1, 'b': 'c'}
             | ..............^
            {1: 'a', 'b': 'c'} -> ERROR: <input>:1:10: expected type 'int' but found 'string'
             | {1: 'a', 'b': 'c'}
             | .........^
            [dyn(1), 'a'] -> ERROR: <input>:1:10: expected type 'dyn' but found 'string'
             | [dyn(1), 'a']
             | .........^
            true ? 1 : 'a' -> ERROR: <input>:1:6: found no matching overload for '_?_:_' applied to '(bool, int, string)'
             | true ? 1 : 'a'
             | .....^
            1 && true -> ERROR: <input>:1:1: expected type 'bool' but found 'int'
             | 1 && true
             | ^
            any + 1 -> int
            any.a.b + 'x' -> string
            quantity('1') + quantity('2') -> ERROR: <input>:1:15: found no matching overload for '_+_' applied to '(kubernetes.Quantity, kubernetes.Quantity)'
             | quantity('1') + quantity('2')
             | ..............^
            authorizer.group('').resource('pods').check('get').allowed() -> bool
            authorizer.allowed() -> ERROR: <input>:1:19: found no matching overload for 'allowed' applied to 'kubernetes.authorization.Authorizer.()'
             | authorizer.allowed()
             | ..................^
            ip('::1').x -> ERROR: <input>:1:10: type 'net.IP' does not support field selection
             | ip('::1').x
             | .........^
        "#]],
    );
}

#[test]
fn fields_and_names() {
    check(
        &[
            "self.nope",
            "self.spec.replicas.x",
            "has(self.spec.nope)",
            "self.list.all(x, x.y == 1)",
            "self.spec.all(x, true)",
            "1.all(x, true)",
        ],
        &expect![[r#"
            self.nope -> ERROR: <input>:1:5: undefined field 'nope'
             | self.nope
             | ....^
            self.spec.replicas.x -> ERROR: <input>:1:19: type 'int' does not support field selection
             | self.spec.replicas.x
             | ..................^
            has(self.spec.nope) -> ERROR: <input>:1:4: undefined field 'nope'
             | has(self.spec.nope)
             | ...^
            self.list.all(x, x.y == 1) -> ERROR: <input>:1:19: type 'string' does not support field selection
             | self.list.all(x, x.y == 1)
             | ..................^
            self.spec.all(x, true) -> ERROR: <input>:1:5: expression of type 'selfType.spec' cannot be range of a comprehension (must be list, map, or dynamic)
             | self.spec.all(x, true)
             | ....^
            1.all(x, true) -> ERROR: <input>:1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)
             | 1.all(x, true)
             | ^
        "#]],
    );
}

#[test]
fn names() {
    check(
        &[
            "nope(1)",
            "self.nope()",
            "self.spec.name.nope()",
            "Other{}",
            "self{}",
            "int{}",
            "has(self)",
            "self.?nope",
            "self.list[0].size() + self.list['a']",
            "äöü",
            "'ä' + x",
        ],
        &expect![[r#"
            nope(1) -> ERROR: <input>:1:5: undeclared reference to 'nope' (in container '')
             | nope(1)
             | ....^
            self.nope() -> ERROR: <input>:1:10: undeclared reference to 'nope' (in container '')
             | self.nope()
             | .........^
            self.spec.name.nope() -> ERROR: <input>:1:20: undeclared reference to 'nope' (in container '')
             | self.spec.name.nope()
             | ...................^
            Other{} -> ERROR: <input>:1:6: undeclared reference to 'Other' (in container '')
             | Other{}
             | .....^
            self{} -> ERROR: <input>:1:5: 'self' is not a type
             | self{}
             | ....^
            int{} -> ERROR: <input>:1:4: 'int' is not a message type
             | int{}
             | ...^
            has(self) -> ERROR: <input>:1:5: invalid argument to has() macro
             | has(self)
             | ....^
            self.?nope -> ERROR: <input>:1:5: undefined field 'nope'
             | self.?nope
             | ....^
            self.list[0].size() + self.list['a'] -> ERROR: <input>:1:32: found no matching overload for '_[_]' applied to '(list(string), string)'
             | self.list[0].size() + self.list['a']
             | ...............................^
            äöü -> ERROR: <input>:1:1: Syntax error: token recognition error at: 'ä'
             | äöü
             | ＾
            ERROR: <input>:1:2: Syntax error: token recognition error at: 'ö'
             | äöü
             | ．＾
            ERROR: <input>:1:3: Syntax error: token recognition error at: 'ü'
             | äöü
             | ．．＾
            ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
             | äöü
             | ．．．^
            'ä' + x -> ERROR: <input>:1:7: undeclared reference to 'x' (in container '')
             | 'ä' + x
             | .．....^
        "#]],
    );
}

#[test]
fn types_of_results() {
    check(
        &[
            "[]",
            "{}",
            "[1].map(x, string(x))",
            "self.list.filter(x, x != '')",
            "self.?spec.?name",
            "self.?spec.name.orValue('x')",
            "optional.of([1])",
            "{'a': [1.5]}",
            "type(1)",
            "int",
            "self.spec",
            "timestamp('2024-01-01T00:00:00Z') - self.when",
            "[JSONPatch{op: 'add', path: '/a', value: 1}]",
            "JSONPatch{op: 1}",
            "JSONPatch{nope: 1}",
            "Object{spec: Object.spec{replicas: 1}}",
            "self.list.transformMap(i, v, v.size())",
            "cidr('::/0').ip()",
            "duration('abc')",
            "duration(5)",
            "'%'.format([])",
            "timestamp('abc')",
            "'a'.matches('(')",
        ],
        &expect![[r#"
            [] -> list(dyn)
            {} -> map(dyn, dyn)
            [1].map(x, string(x)) -> list(string)
            self.list.filter(x, x != '') -> list(string)
            self.?spec.?name -> optional_type(string)
            self.?spec.name.orValue('x') -> string
            optional.of([1]) -> optional_type(list(int))
            {'a': [1.5]} -> map(string, list(double))
            type(1) -> type(int)
            int -> type(int)
            self.spec -> selfType.spec
            timestamp('2024-01-01T00:00:00Z') - self.when -> google.protobuf.Duration
            [JSONPatch{op: 'add', path: '/a', value: 1}] -> list(JSONPatch)
            JSONPatch{op: 1} -> ERROR: <input>:1:13: expected type of field 'op' is 'string' but provided type is 'int'
             | JSONPatch{op: 1}
             | ............^
            JSONPatch{nope: 1} -> ERROR: <input>:1:15: expected type of field 'nope' is '' but provided type is 'int'
             | JSONPatch{nope: 1}
             | ..............^
            Object{spec: Object.spec{replicas: 1}} -> Object
            self.list.transformMap(i, v, v.size()) -> map(int, int)
            cidr('::/0').ip() -> net.IP
            duration('abc') -> ERROR: <input>:1:10: invalid duration argument
             | duration('abc')
             | .........^
            duration(5) -> ERROR: <input>:1:10: invalid duration argument
             | duration(5)
             | .........^
            '%'.format([]) -> ERROR: <input>:1:11: unexpected end of string
             | '%'.format([])
             | ..........^
            timestamp('abc') -> ERROR: <input>:1:11: invalid timestamp argument
             | timestamp('abc')
             | ..........^
            'a'.matches('(') -> ERROR: <input>:1:13: invalid matches argument
             | 'a'.matches('(')
             | ............^
        "#]],
    );
}

#[test]
fn types_without_fields() {
    check(
        &[
            "type(any) == 1",
            "type == 1",
            "quantity('1').nope",
            "ip('::1').nope",
        ],
        &expect![[r#"
            type(any) == 1 -> ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(type(dyn), int)'
             | type(any) == 1
             | ..........^
            type == 1 -> ERROR: <input>:1:6: found no matching overload for '_==_' applied to '(type(type), int)'
             | type == 1
             | .....^
            quantity('1').nope -> ERROR: <input>:1:14: unexpected failed resolution of 'kubernetes.Quantity'
             | quantity('1').nope
             | .............^
            ip('::1').nope -> ERROR: <input>:1:10: type 'net.IP' does not support field selection
             | ip('::1').nope
             | .........^
        "#]],
    );
}
