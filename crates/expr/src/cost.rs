//! What an evaluation costs at most, in upstream's units of some 50 ns each: cel-go's estimate with Kubernetes' own counts. Rules of
//! custom resources are taken or refused by it, so that it must agree to the unit.

mod calls;
mod sizes;

use crate::{
    Type, Value,
    node::{Call, Kind, Loop, Node},
    units::{LIST, MAP, MESSAGE},
    value::characters,
};

pub use sizes::{CostEstimate, SizeEstimate};

/// What schemas say of the sizes of values.
pub trait Sizes {
    /// The size of the value at a path as `["self", "spec", "list", "@items"]`; `@keys` and `@values` lead into maps, `@indices` to nothing.
    /// None if there is nothing. Scalars and objects have a size too: upstream says that it is 0. What a macro runs over may be no
    /// variable: then the path begins with `@items`, and upstream takes its first step for the root all the same.
    fn size(&self, path: &[&str]) -> Option<SizeEstimate>;
}

pub(crate) fn estimate(root: &Node, sizes: &dyn Sizes) -> CostEstimate {
    let mut estimator = Estimator {
        sizes,
        known: Vec::new(),
        locals: Vec::new(),
    };
    estimator.cost(root)
}

const NONE: CostEstimate = CostEstimate::fixed(0);
const ONE: CostEstimate = CostEstimate::fixed(1);

/// What was found out about a node.
#[derive(Clone, Debug, Default)]
struct Known<'a> {
    path: Vec<&'a str>,
    size: Option<SizeEstimate>,
    entries: Option<Entries>,
}

/// Sizes of what a list or a map holds.
#[derive(Clone, Copy, Debug)]
struct Entries {
    is_list: bool,
    key: SizeEstimate,
    value: SizeEstimate,
}

impl Entries {
    fn union(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (one, other) = (one?, other?);
        Some(Self {
            is_list: one.is_list,
            key: one.key.union(other.key),
            value: one.value.union(other.value),
        })
    }
}

struct Estimator<'a, 's> {
    sizes: &'s dyn Sizes,
    /// By the nodes' numbers.
    known: Vec<Known<'a>>,
    /// By the places of the variables.
    locals: Vec<Known<'a>>,
}

impl<'a> Estimator<'a, '_> {
    fn cost(&mut self, node: &'a Node) -> CostEstimate {
        match &node.kind {
            Kind::Literal(Value::Type(name)) => {
                self.known(node).path = vec![name];
                ONE
            }
            Kind::Literal(_) => NONE,
            Kind::Variable(name) => {
                self.known(node).path = vec![name];
                ONE
            }
            Kind::Local { slot, .. } => {
                let path = self.local(*slot).path.clone();
                self.known(node).path = path;
                ONE
            }
            Kind::Select(select) => {
                let cost = self.cost(&select.operand);
                // What `has` asks for costs nothing.
                if select.test {
                    return cost;
                }
                let mut path = self.path(&select.operand);
                path.push(&select.field);
                self.known(node).path = path;
                match select.operand.type_ {
                    Type::Map(_) | Type::Object(_) | Type::Named(_) => cost + ONE,
                    _ => cost,
                }
            }
            Kind::List(_) | Kind::Map(_) | Kind::Message(..) => self.literal(node),
            Kind::Loop(of) => self.run(node, of),
            _ => self.any_call(node),
        }
    }

    fn known(&mut self, node: &Node) -> &mut Known<'a> {
        if self.known.len() <= node.id {
            self.known.resize_with(node.id + 1, Known::default);
        }
        &mut self.known[node.id]
    }

    fn local(&mut self, slot: usize) -> &mut Known<'a> {
        if self.locals.len() <= slot {
            self.locals.resize_with(slot + 1, Known::default);
        }
        &mut self.locals[slot]
    }

    fn path(&mut self, node: &Node) -> Vec<&'a str> {
        match &node.kind {
            Kind::Local { slot, .. } => self.local(*slot).path.clone(),
            _ => self.known(node).path.clone(),
        }
    }

    fn entries(&mut self, node: &Node) -> Option<Entries> {
        let known = self.known(node).entries;
        known.or_else(|| match &node.kind {
            Kind::Local { slot, .. } => self.local(*slot).entries,
            _ => None,
        })
    }

    fn literal(&mut self, node: &'a Node) -> CostEstimate {
        let mut cost = NONE;
        match &node.kind {
            Kind::List(elements) => {
                let mut size = SizeEstimate::union_start(elements.is_empty());
                for element in elements {
                    cost = cost + self.cost(&element.value);
                    size = size.union(self.size_or_unknown(&element.value));
                }
                self.known(node).entries = Some(Entries {
                    is_list: true,
                    key: SizeEstimate::fixed(1),
                    value: size,
                });
                cost + CostEstimate::fixed(LIST)
            }
            Kind::Map(entries) => {
                let mut key = SizeEstimate::union_start(entries.is_empty());
                let mut value = key;
                for entry in entries {
                    cost = cost + self.cost(&entry.key);
                    cost = cost + self.cost(&entry.value);
                    key = key.union(self.size_or_unknown(&entry.key));
                    value = value.union(self.size_or_unknown(&entry.value));
                }
                self.known(node).entries = Some(Entries {
                    is_list: false,
                    key,
                    value,
                });
                cost + CostEstimate::fixed(MAP)
            }
            Kind::Message(_, fields) => {
                for field in fields {
                    cost = cost + self.cost(&field.value);
                }
                cost + CostEstimate::fixed(MESSAGE)
            }
            _ => cost,
        }
    }

    fn run(&mut self, node: &'a Node, of: &'a Loop) -> CostEstimate {
        let mut cost = self.cost(&of.range) + self.cost(&of.initial);
        let accumulated = Known {
            path: self.path(&of.initial),
            size: self.size(&of.initial),
            entries: self.entries(&of.initial),
        };
        *self.local(of.slot) = accumulated;
        // A loop of no rounds only names a value.
        let named = matches!(&of.condition.kind, Kind::Literal(Value::Bool(false)));
        if named {
            cost = cost + self.cost(&of.result);
            let (size, entries) = (self.size(&of.result), self.entries(&of.result));
            let known = self.known(node);
            known.size = size.or(known.size);
            known.entries = entries.or(known.entries);
            return cost;
        }
        self.push_variables(of);
        let condition = self.cost(&of.condition);
        let step = self.cost(&of.step);
        cost = cost + self.cost(&of.result);
        let count = self.size_or_unknown(&of.range);
        cost = cost + count.times_cost(step + condition);
        match &of.initial.kind {
            Kind::Literal(_) => {
                let size = self.size(&of.initial);
                let known = self.known(node);
                known.size = size.or(known.size);
            }
            Kind::List(_) | Kind::Map(_) => {
                let entries = self.entries(&of.step);
                let known = self.known(node);
                known.size = Some(count);
                known.entries = entries.or(known.entries);
            }
            _ => {}
        }
        cost
    }

    fn push_variables(&mut self, of: &'a Loop) {
        let entries = self.entries(&of.range);
        let is_list = match entries {
            Some(entries) => entries.is_list,
            None => matches!(of.range.type_, Type::List(_)),
        };
        let path = self.path(&of.range);
        let variable = |step: &'static str, size: Option<SizeEstimate>| {
            let mut path = path.clone();
            path.push(step);
            Known {
                path,
                size,
                entries: None,
            }
        };
        let key = entries.map(|entries| entries.key);
        let value = entries.map(|entries| entries.value);
        let element = if is_list { "@items" } else { "@values" };
        let (first, second) = match (of.pairs, is_list) {
            (true, true) => (variable("@indices", key), variable(element, value)),
            (true, false) => (variable("@keys", key), variable(element, value)),
            (false, true) => (variable("@items", value), Known::default()),
            (false, false) => (variable("@keys", key), Known::default()),
        };
        *self.local(of.slot + 1) = first;
        *self.local(of.slot + 2) = second;
    }

    fn size_or_unknown(&mut self, node: &Node) -> SizeEstimate {
        self.size(node).unwrap_or(SizeEstimate::UNKNOWN)
    }

    fn size(&mut self, node: &Node) -> Option<SizeEstimate> {
        if let Some(size) = self.known(node).size {
            return Some(size);
        }
        let written = match &node.kind {
            Kind::Literal(Value::String(text)) => Some(characters(text.as_str())),
            Kind::Literal(Value::Bytes(bytes)) => Some(bytes.len()),
            Kind::Literal(Value::Type(_)) => None,
            Kind::Literal(_) => Some(1),
            Kind::List(elements) => Some(elements.len()),
            Kind::Map(entries) => Some(entries.len()),
            _ => None,
        };
        if let Some(size) = written {
            return Some(SizeEstimate::fixed(size as u64));
        }
        let path = self.path(node);
        if !path.is_empty()
            && let Some(size) = self.sizes.size(&path)
        {
            self.known(node).size = Some(size);
            return Some(size);
        }
        if is_scalar(&node.type_) {
            return Some(SizeEstimate::fixed(1));
        }
        match &node.kind {
            Kind::Local { slot, .. } => self.local(*slot).size,
            _ => None,
        }
    }

    /// All that upstream has as a call.
    fn any_call(&mut self, node: &'a Node) -> CostEstimate {
        match &node.kind {
            Kind::And(both) => self.call(node, "_&&_", &["logical_and"], None, &**both),
            Kind::Or(both) => self.call(node, "_||_", &["logical_or"], None, &**both),
            Kind::Conditional(three) => self.call(node, "_?_:_", &["conditional"], None, &**three),
            Kind::Index(both, overloads) => self.call(node, "_[_]", overloads, None, &**both),
            Kind::OptionalIndex(both, overloads) => {
                self.call(node, "_[?_]", overloads, None, &**both)
            }
            Kind::OptionalSelect(select) => {
                let operand = std::slice::from_ref(&select.operand);
                self.call(node, "_?._", &["select_optional_field"], None, operand)
            }
            Kind::OptionalOr(both, function) => {
                let (first, second) = both.split_at(1);
                self.call(
                    node,
                    function,
                    &["optional_or_optional"],
                    first.first(),
                    second,
                )
            }
            Kind::Call(call) if call.function.name == "dyn" => {
                let argument = &call.arguments[0];
                let cost = self.cost(argument);
                let (size, entries) = (self.size(argument), self.entries(argument));
                let known = self.known(node);
                known.size = size.or(known.size);
                known.entries = entries.or(known.entries);
                cost + ONE
            }
            Kind::Call(call) => {
                let Call {
                    function,
                    overloads,
                    member,
                    arguments,
                    ..
                } = &**call;
                let (target, rest) = arguments.split_at(usize::from(*member));
                self.call(node, function.name, overloads, target.first(), rest)
            }
            _ => NONE,
        }
    }

    /// A range that covers all overloads that may be meant.
    fn call(
        &mut self,
        node: &'a Node,
        function: &str,
        overloads: &[&str],
        target: Option<&'a Node>,
        arguments: &'a [Node],
    ) -> CostEstimate {
        let costs: Vec<CostEstimate> = arguments.iter().map(|node| self.cost(node)).collect();
        let of_target = target.map_or(NONE, |target| self.cost(target));
        let mut cost = CostEstimate {
            min: u64::MAX,
            max: 0,
        };
        let mut result: Option<SizeEstimate> = None;
        for overload in overloads {
            let of = calls::CallOf {
                node,
                function,
                overload,
                target,
                arguments,
                costs: &costs,
            };
            let (one, size) = self.function(&of);
            cost = cost.union(one);
            if let Some(size) = size {
                result = Some(result.map_or(size, |known| known.union(size)));
            }
            let step = match *overload {
                "index_list" => Some("@items"),
                "index_map" => Some("@values"),
                _ => None,
            };
            if let (Some(step), Some(operand)) = (step, arguments.first()) {
                result = self.entries(operand).map(|entries| entries.value);
                let mut path = self.path(operand);
                path.push(step);
                self.known(node).path = path;
            }
            if result.is_none() {
                result = self.size(node);
            }
        }
        if result.is_some() {
            self.known(node).size = result;
        }
        of_target + cost
    }
}

/// Of a size that is known whatever the value.
fn is_scalar(type_: &Type) -> bool {
    match type_ {
        Type::Bool | Type::Double | Type::Duration | Type::Int | Type::Timestamp | Type::Uint => {
            true
        }
        Type::Optional(of) => is_scalar(of),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
