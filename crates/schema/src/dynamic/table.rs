//! The table of Go's structs, read when the first document asks for it and kept.

use meta::{
    ByteString, Duration, IntOrString, MicroTime, Quantity, RawJson, Str, StringList, Time,
    codec::{FieldInfo, MessageInfo, Shape, Value, field, key},
};
use std::{collections::BTreeMap, str::Lines, sync::OnceLock};

/// Its first lines say what a line is.
const TEXT: &str = include_str!("../generated/structs.txt");
const WELL_FORMED: &str = "the generator writes every line whole";

/// A struct.
pub(super) struct Struct {
    pub(super) info: MessageInfo,
    /// Of each field.
    pub(super) types: Vec<Type>,
}

/// What a field holds.
pub(super) enum Type {
    /// How to make one.
    Plain(fn() -> Box<dyn Value>),
    /// `apps/v1beta1.DeploymentSpec`.
    Struct(&'static str),
    Pointer(Box<Type>),
    List(Box<Type>),
    Map(Box<Type>),
}

/// The struct of that name in that version.
pub(super) fn find(api_version: &str, name: &str) -> Option<&'static Struct> {
    table().get(format!("{api_version}.{name}").as_str())
}

/// The struct that a field names.
pub(super) fn at(place: &str) -> &'static Struct {
    table()
        .get(place)
        .expect("the table holds every struct that it names")
}

fn table() -> &'static BTreeMap<String, Struct> {
    static TABLE: OnceLock<BTreeMap<String, Struct>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = BTreeMap::new();
        for text in TEXT.split('=').skip(1) {
            let mut lines = text.lines();
            let [version, name, kind] = words(lines.next().unwrap_or_default());
            let mut put = |version: &'static str, lines: Lines<'static>| {
                let place = format!("{version}.{name}");
                table.insert(place, read_struct([version, name, kind], lines));
            };
            // Options and the like are registered in every version; `v1` stands for all of them.
            if version == "meta.k8s.io/v1" && kind != "-" {
                put("v1", lines.clone());
            }
            put(version, lines);
        }
        table
    })
}

fn words<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut words = line.split(' ');
    std::array::from_fn(|_| words.next().expect(WELL_FORMED))
}

fn read_struct([version, name, kind]: [&'static str; 3], lines: Lines<'static>) -> Struct {
    let (fields, types): (Vec<FieldInfo>, Vec<Type>) = lines.map(read_field).unzip();
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|index| fields[*index].number);
    let order = order
        .into_iter()
        .map(|index| u8::try_from(index).expect("no struct has 256 fields"));
    let keys = fields.iter().map(|field| key(field.json_name.as_bytes()));
    // The codecs want what lives for ever, and the table does: it is made once.
    let info = MessageInfo {
        go_name: name,
        api_version: match kind {
            "-" => "",
            "+" => version,
            other => other,
        },
        kind: if kind == "-" { "" } else { name },
        shape: match name {
            "JSONSchemaPropsOrArray" => Shape::SchemaOrArray,
            "JSONSchemaPropsOrBool" => Shape::SchemaOrBool,
            "JSONSchemaPropsOrStringArray" => Shape::SchemaOrStringArray,
            _ => Shape::Struct,
        },
        keys: keys.collect::<Vec<u16>>().leak(),
        protobuf_order: order.collect::<Vec<u8>>().leak(),
        fields: fields.leak(),
    };
    Struct { info, types }
}

fn read_field(line: &'static str) -> (FieldInfo, Type) {
    let [json, go, go_type, number, flags, ty] = words(line);
    let json = if json == "-" { "" } else { json };
    let number = number.parse().expect(WELL_FORMED);
    let flags = flags.parse().expect(WELL_FORMED);
    (field(go, json, go_type, number, flags), read_type(ty))
}

fn read_type(text: &'static str) -> Type {
    let (letter, rest) = text.split_at(1);
    match letter {
        "*" => Type::Pointer(Box::new(read_type(rest))),
        "[" => Type::List(Box::new(read_type(rest))),
        "{" => Type::Map(Box::new(read_type(rest))),
        "@" => Type::Struct(rest),
        _ => Type::Plain(plain(letter)),
    }
}

fn plain(letter: &str) -> fn() -> Box<dyn Value> {
    fn made<T: Value + Default>() -> Box<dyn Value> {
        Box::new(T::default())
    }
    match letter {
        "s" => made::<Str>,
        "b" => made::<bool>,
        "i" => made::<i32>,
        "l" => made::<i64>,
        "d" => made::<f64>,
        "y" => made::<ByteString>,
        "r" => made::<RawJson>,
        "w" => made::<StringList>,
        "t" => made::<Time>,
        "m" => made::<MicroTime>,
        "n" => made::<Duration>,
        "q" => made::<Quantity>,
        "o" => made::<IntOrString>,
        other => unreachable!("no type has the letter {other}"),
    }
}
