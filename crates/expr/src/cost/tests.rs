use super::{SizeEstimate, Sizes};
use crate::{Environment, ObjectType, Type, compile};
use expect_test::{Expect, expect};

/// Sizes by path, as of a schema.
struct Known(&'static [(&'static str, u64)]);

impl Sizes for Known {
    fn size(&self, path: &[&str]) -> Option<SizeEstimate> {
        let path = path.join(".");
        let mut known = self.0.iter();
        let max = known.find_map(|(of, max)| (*of == path).then_some(*max))?;
        Some(SizeEstimate { min: 0, max })
    }
}

const SIZES: Known = Known(&[
    ("self", 0),
    ("self.name", 10),
    ("self.text", 1_000),
    ("self.count", 0),
    ("self.list", 100),
    ("self.list.@items", 20),
    ("self.map", 50),
    ("self.map.@keys", 63),
    ("self.map.@values", 30),
]);

#[track_caller]
fn check(texts: &[&str], expect: &Expect) {
    let type_ = ObjectType::new("selfType")
        .field("name", Type::String)
        .field("text", Type::String)
        .field("count", Type::Int)
        .field("list", Type::list(Type::String))
        .field("map", Type::map(Type::String, Type::String));
    let environment = Environment::new().variable("self", Type::object(type_));
    let mut lines = String::new();
    for text in texts {
        let program = compile(text, &environment).unwrap();
        let cost = program.cost(&SIZES);
        lines += &format!("{text} -> {}..{}\n", cost.min, cost.max);
    }
    expect.assert_eq(&lines);
}

#[test]
fn estimates() {
    check(
        &[
            "true",
            "self.count > 5",
            "self.count == 5",
            "self.name == 'abc'",
            "has(self.name)",
            "self.name.startsWith('abcdefghijk')",
            "self.text.contains('abc')",
            "self.text.matches('^[a-z]+$')",
            "self.list.all(x, x.startsWith('a'))",
            "self.list.all(x, self.list.all(y, x != y))",
            "self.list.exists(x, x == self.name)",
            "self.map.all(k, k.size() < 10)",
            "self.map.all(k, v, v.size() < 10)",
            "self.list.map(x, x + 'a').exists(x, x == 'b')",
            "self.name in self.list",
            "self.name in ['a', 'b']",
            "self.list.join(',').size() < 5",
            "self.text.split(',').all(x, x != '')",
            "self.text.replace('a', 'bb').size() > 1",
            "self.count > 1 ? self.name == 'x' : self.text == 'y'",
            "self.list.isSorted()",
            "self.list[0] == self.map['a']",
            "[1, 2, 3].all(x, x > 0)",
            "self.list == self.list",
            "dyn(self.name) == 'a'",
            "self.?name.orValue('a') == 'b'",
            "quantity(self.name).isGreaterThan(quantity('1'))",
            "self.text.findAll('a+').size() > 1",
            "self.list.sort() == self.list",
        ],
        &expect![[r#"
            true -> 0..0
            self.count > 5 -> 3..3
            self.count == 5 -> 2..2
            self.name == 'abc' -> 3..3
            has(self.name) -> 1..1
            self.name.startsWith('abcdefghijk') -> 4..4
            self.text.contains('abc') -> 2..102
            self.text.matches('^[a-z]+$') -> 4..204
            self.list.all(x, x.startsWith('a')) -> 3..503
            self.list.all(x, self.list.all(y, x != y)) -> 3..70603
            self.list.exists(x, x == self.name) -> 3..803
            self.map.all(k, k.size() < 10) -> 3..303
            self.map.all(k, v, v.size() < 10) -> 3..303
            self.list.map(x, x + 'a').exists(x, x == 'b') -> 14..2214
            self.name in self.list -> 4..104
            self.name in ['a', 'b'] -> 14..14
            self.list.join(',').size() < 5 -> 4..214
            self.text.split(',').all(x, x != '') -> 3..4203
            self.text.replace('a', 'bb').size() > 1 -> 4..204
            self.count > 1 ? self.name == 'x' : self.text == 'y' -> 6..6
            self.list.isSorted() -> 2..302
            self.list[0] == self.map['a'] -> 7..8
            [1, 2, 3].all(x, x > 0) -> 20..26
            self.list == self.list -> 5..14
            dyn(self.name) == 'a' -> 4..4
            self.?name.orValue('a') == 'b' -> 4..4
            quantity(self.name).isGreaterThan(quantity('1')) -> 4..5
            self.text.findAll('a+').size() > 1 -> 5..105
            self.list.sort() == self.list -> 16..21025
        "#]],
    );
}
