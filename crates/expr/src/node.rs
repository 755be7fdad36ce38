//! Checked expressions: what the checker makes of a syntax tree, for the evaluator and the cost estimate.

use crate::{Type, Value, declarations::Function};
use regex::Regex;

/// An expression with its type.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Counted from zero within a program.
    pub(crate) id: usize,
    /// Its first byte in the text.
    pub(crate) offset: u32,
    pub(crate) type_: Type,
    /// The value, where no variable is needed to tell it: literals, and lists and conversions of nothing else.
    pub(crate) folded: Option<Value<'static>>,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Literal(Value<'static>),
    /// Of the environment.
    Variable(Box<str>),
    /// Of a macro, by its place from the outermost. `last`: nothing looks at it afterwards, so that it may be taken.
    Local {
        slot: usize,
        last: bool,
    },
    Select(Box<Select>),
    /// `left.?field`.
    OptionalSelect(Box<Select>),
    And(Box<[Node; 2]>),
    Or(Box<[Node; 2]>),
    Conditional(Box<[Node; 3]>),
    Index(Box<[Node; 2]>, Overloads),
    OptionalIndex(Box<[Node; 2]>, Overloads),
    /// `a.or(b)`, `a.orValue(b)`: the second is looked at if the first holds nothing.
    OptionalOr(Box<[Node; 2]>, &'static str),
    Call(Box<Call>),
    List(Vec<Element>),
    Map(Vec<Entry>),
    Message(Box<str>, Vec<Field>),
    Loop(Box<Loop>),
}

#[derive(Clone, Debug)]
pub(crate) struct Select {
    pub(crate) operand: Node,
    pub(crate) field: Box<str>,
    /// The name in JSON, where the operand is an object; none if no field can have this name.
    pub(crate) json: Option<Box<str>>,
    /// Whether the field is there, as `has` asks.
    pub(crate) test: bool,
}

/// Identifiers of the overloads that a call can mean.
pub(crate) type Overloads = Vec<&'static str>;

#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) function: &'static Function,
    pub(crate) overloads: Overloads,
    /// Whether the first argument stands before the dot.
    pub(crate) member: bool,
    pub(crate) arguments: Vec<Node>,
    /// Of a pattern that is a literal.
    pub(crate) regex: Option<Regex>,
}

#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) value: Node,
    pub(crate) optional: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Node,
    pub(crate) value: Node,
    pub(crate) optional: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: Box<str>,
    pub(crate) value: Node,
    pub(crate) optional: bool,
}

/// A comprehension, to which macros expand. Its variables have the places `slot` (what is accumulated), `slot + 1`, `slot + 2`.
#[derive(Clone, Debug)]
pub(crate) struct Loop {
    pub(crate) range: Node,
    pub(crate) slot: usize,
    /// Whether there are two variables, of which the first is a key or an index.
    pub(crate) pairs: bool,
    pub(crate) initial: Node,
    pub(crate) condition: Node,
    pub(crate) step: Node,
    pub(crate) result: Node,
}

impl Node {
    /// The value of a literal.
    pub(crate) fn constant(&self) -> Option<&Value<'static>> {
        match &self.kind {
            Kind::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is a path to data, to which `.field` and `[index]` add a step.
    pub(crate) fn is_path(&self) -> bool {
        match &self.kind {
            Kind::Variable(_)
            | Kind::Local { .. }
            | Kind::OptionalSelect(_)
            | Kind::Index(..)
            | Kind::OptionalIndex(..)
            | Kind::Conditional(_) => true,
            Kind::Select(select) => !select.test,
            _ => false,
        }
    }

    /// The parts, each once.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            Kind::Literal(_) | Kind::Variable(_) | Kind::Local { .. } => Vec::new(),
            Kind::Select(select) | Kind::OptionalSelect(select) => vec![&mut select.operand],
            Kind::And(both) | Kind::Or(both) | Kind::OptionalOr(both, _) => {
                both.iter_mut().collect()
            }
            Kind::Index(both, _) | Kind::OptionalIndex(both, _) => both.iter_mut().collect(),
            Kind::Conditional(three) => three.iter_mut().collect(),
            Kind::Call(call) => call.arguments.iter_mut().collect(),
            Kind::List(elements) => elements.iter_mut().map(|one| &mut one.value).collect(),
            Kind::Map(entries) => entries
                .iter_mut()
                .flat_map(|entry| [&mut entry.key, &mut entry.value])
                .collect(),
            Kind::Message(_, fields) => fields.iter_mut().map(|field| &mut field.value).collect(),
            Kind::Loop(of) => vec![
                &mut of.range,
                &mut of.initial,
                &mut of.condition,
                &mut of.step,
                &mut of.result,
            ],
        }
    }
}
