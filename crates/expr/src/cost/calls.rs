//! What a call costs by its function and overload.

use super::{CostEstimate, Entries, Estimator, SizeEstimate};
use crate::{
    Type, Value,
    node::Node,
    units::{AUTHORIZATION, LIST, REGEX, TRAVERSAL, is_comparison},
};

/// The longest name of a format, and how long its pattern counts.
const FORMAT_BYTES_MAX: u64 = 64;
const FORMAT_REGEX_BYTES_MAX: f64 = 128.0;

/// A call by one of the overloads that it can mean.
pub(super) struct CallOf<'a, 'c> {
    pub(super) node: &'a Node,
    pub(super) function: &'c str,
    pub(super) overload: &'c str,
    pub(super) target: Option<&'a Node>,
    pub(super) arguments: &'a [Node],
    /// Of the arguments, without the target.
    pub(super) costs: &'c [CostEstimate],
}

/// The cost, and the size of the result where it tells more than the type.
type Estimate = (CostEstimate, Option<SizeEstimate>);

const fn fixed(cost: u64) -> CostEstimate {
    CostEstimate::fixed(cost)
}

impl<'a> Estimator<'a, '_> {
    pub(super) fn function(&mut self, call: &CallOf<'a, '_>) -> Estimate {
        let arguments = call.costs.iter().fold(fixed(0), |sum, cost| sum + *cost);
        let found = self.extension(call).or_else(|| self.kubernetes(call));
        match found {
            Some((cost, size)) => (cost + arguments, size),
            None => self.standard(call, arguments),
        }
    }

    /// cel-go's extensions for lists and sets.
    fn extension(&mut self, call: &CallOf<'a, '_>) -> Option<Estimate> {
        let allocated = |factor: f64, size: SizeEstimate| {
            let cost = size.cost(factor) + fixed(1) + fixed(LIST);
            Some((cost, Some(size)))
        };
        let argument = |index: usize| call.arguments.get(index);
        match call.overload {
            "list_slice" => {
                let size = self.size_or_unknown(call.target?);
                let start = number(argument(0)?, 0);
                let end = number(argument(1)?, size.max);
                allocated(1.0, SizeEstimate::fixed(end.wrapping_sub(start)))
            }
            "lists_range" => {
                let count = number(argument(0)?, u64::MAX);
                allocated(1.0, SizeEstimate::fixed(count))
            }
            "list_reverse" => {
                let size = self.size_or_unknown(call.target?);
                allocated(1.0, size)
            }
            "list_flatten" | "list_flatten_int" => {
                let depth = argument(0).map_or(1, |depth| number(depth, u64::MAX));
                let size = self.size_or_unknown(call.target?);
                #[expect(clippy::cast_precision_loss, reason = "as upstream counts")]
                let factor = depth as f64;
                allocated(factor, size)
            }
            "list_distinct" => {
                let size = self.size_or_unknown(call.target?);
                allocated(2.0, size.times(size))
            }
            "list_sets_contains_list" | "list_sets_intersects_list" => self.sets(call, 1.0),
            "list_sets_equivalent_list" => self.sets(call, 2.0),
            overload => {
                let (kind, sorted) = overload.strip_prefix("list_")?.split_once('_')?;
                let of = match sorted {
                    "sort" => call.target?,
                    "sortByAssociatedKeys" => argument(0)?,
                    _ => return None,
                };
                let text = matches!(kind, "string" | "bytes");
                let factor = if text { 2.0 + TRAVERSAL } else { 2.0 };
                let size = self.size_or_unknown(of);
                allocated(factor, size.times(size))
            }
        }
    }

    fn sets(&mut self, call: &CallOf<'a, '_>, factor: f64) -> Option<Estimate> {
        let [one, other] = call.arguments else {
            return None;
        };
        let size = self.size_or_unknown(one).times(self.size_or_unknown(other));
        Some((size.cost(factor) + fixed(1), None))
    }

    /// Kubernetes' own counts.
    fn kubernetes(&mut self, call: &CallOf<'a, '_>) -> Option<Estimate> {
        let first = call.arguments.first();
        match call.function {
            "check" => Some((fixed(AUTHORIZATION), None)),
            "serviceAccount"
            | "path"
            | "group"
            | "resource"
            | "subresource"
            | "namespace"
            | "name"
            | "allowed"
            | "reason"
            | "error"
            | "errored"
            | "format.named"
            | "sign"
            | "asInteger"
            | "isInteger"
            | "asApproximateFloat"
            | "isGreaterThan"
            | "isLessThan"
            | "compareTo"
            | "add"
            | "sub"
            | "major"
            | "minor"
            | "patch"
            | "getScheme"
            | "getHostname"
            | "getHost"
            | "getPort"
            | "getEscapedPath"
            | "getQuery"
            | "masked"
            | "prefixLength"
            | "family"
            | "isUnspecified"
            | "isLoopback"
            | "isLinkLocalMulticast"
            | "isLinkLocalUnicast"
            | "isGlobalUnicast" => Some((fixed(1), None)),
            "fieldSelector" | "labelSelector" => {
                let size = self.size_or_unknown(first?);
                let requirements = size.cost(0.5).scaled(50.0);
                Some((fixed(LIST) + size.cost(TRAVERSAL) + requirements, None))
            }
            "isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf" => {
                self.over_elements(call.target?)
            }
            "cidr" | "isIP" | "isCIDR" | "quantity" | "isQuantity" | "semver" | "isSemver" => {
                Some((self.size_or_unknown(first?).cost(TRAVERSAL), None))
            }
            "ip" if call.overload == "cidr_ip" => Some((fixed(1), None)),
            "ip" => Some((self.size_or_unknown(first?).cost(TRAVERSAL), None)),
            "ip.isCanonical" => Some((self.size_or_unknown(first?).cost(2.0 * TRAVERSAL), None)),
            "containsIP" | "containsCIDR" => self.contained(call),
            "validate" => {
                let size = self.size_or_unknown(first?);
                let cost = size.cost(TRAVERSAL);
                Some((cost.scaled(FORMAT_REGEX_BYTES_MAX * REGEX), None))
            }
            "_==_" => self.equality(call),
            _ => self.text(call),
        }
    }

    /// Once over a list, or over a string.
    fn over_elements(&mut self, target: &'a Node) -> Option<Estimate> {
        let count = self.size_or_unknown(target);
        let element = match &target.type_ {
            Type::List(list) => &list.element,
            Type::Map(map) => &map.key,
            Type::Optional(of) => of,
            _ => return Some((count.cost(TRAVERSAL), None)),
        };
        let mut each = fixed(1);
        if matches!(element, Type::String | Type::Bytes) {
            each = each + self.element_size(target).cost(TRAVERSAL);
        }
        Some((count.times_cost(each), None))
    }

    fn element_size(&mut self, list: &Node) -> SizeEstimate {
        let mut path = self.path(list);
        if path.is_empty() {
            return SizeEstimate::UNKNOWN;
        }
        path.push("@items");
        self.sizes.size(&path).unwrap_or(SizeEstimate::UNKNOWN)
    }

    fn contained(&mut self, call: &CallOf<'a, '_>) -> Option<Estimate> {
        let bytes = SizeEstimate { min: 4, max: 16 };
        let mut cost = (bytes + bytes).cost(TRAVERSAL);
        if call.function == "containsCIDR" {
            cost = cost + bytes.cost(TRAVERSAL) + fixed(1);
        }
        if matches!(
            call.overload,
            "cidr_contains_ip_string" | "cidr_contains_cidr_string"
        ) {
            let text = self.size_or_unknown(call.arguments.first()?);
            cost = cost + text.cost(TRAVERSAL);
        }
        Some((cost, None))
    }

    /// Of two of one of the library's types.
    fn equality(&mut self, call: &CallOf<'a, '_>) -> Option<Estimate> {
        let [one, other] = call.arguments else {
            return None;
        };
        let Type::Named(name) = &one.type_ else {
            return None;
        };
        if one.type_ != other.type_ {
            return None;
        }
        match *name {
            "net.IP" | "net.CIDR" | "kubernetes.Quantity" | "kubernetes.Semver" => {}
            "kubernetes.NamedFormat" => {
                let size = SizeEstimate {
                    min: 1,
                    max: FORMAT_BYTES_MAX,
                };
                return Some((size.cost(TRAVERSAL), None));
            }
            "kubernetes.URL" => {
                let max = self.size(other).map_or(1, |size| size.max);
                return Some((SizeEstimate { min: 1, max }.cost(TRAVERSAL), None));
            }
            name if name.starts_with("kubernetes.authorization.") => {}
            _ => return None,
        }
        Some((fixed(1), None))
    }

    /// Functions of strings.
    fn text(&mut self, call: &CallOf<'a, '_>) -> Option<Estimate> {
        let first = call.arguments.first();
        match call.function {
            "url" | "jsonpatch.escapeKey" => {
                let size = self.size_or_unknown(first?);
                Some((size.cost(TRAVERSAL), Some(size)))
            }
            "lowerAscii" | "upperAscii" | "substring" | "trim" => {
                let size = self.size_or_unknown(call.target?);
                Some((size.cost(TRAVERSAL), Some(size)))
            }
            "replace" => {
                let size = self.size_or_unknown(call.target?);
                let old = self.size_or_unknown(first?);
                let new = self.size_or_unknown(call.arguments.get(1)?);
                Some((size.cost(2.0 * TRAVERSAL), Some(replaced(size, old, new))))
            }
            "split" => {
                let size = self.size_or_unknown(call.target?);
                let limit = call.arguments.get(1).and_then(Node::constant);
                let max = match limit {
                    Some(Value::Int(limit)) => limit.cast_unsigned(),
                    _ => size.max,
                };
                let parts = SizeEstimate { min: 0, max };
                Some((size.cost(2.0 * TRAVERSAL), Some(parts)))
            }
            "join" => {
                let target = call.target?;
                let count = self.size_or_unknown(target);
                let mut size = SizeEstimate::fixed(0);
                if matches!(target.type_, Type::List(_)) {
                    size = count.times(self.element_size(target));
                }
                if let Some(separator) = first {
                    let separators = SizeEstimate {
                        min: count.min.saturating_sub(1),
                        max: count.max.saturating_sub(1),
                    };
                    size = size + self.size_or_unknown(separator).times(separators);
                }
                Some((size.cost(TRAVERSAL), Some(size)))
            }
            "find" | "findAll" => {
                let size = self.size_or_unknown(call.target?);
                let text = (size + SizeEstimate::fixed(1)).cost(TRAVERSAL);
                let regex = self.size_or_unknown(first?).cost(REGEX);
                let found = SizeEstimate {
                    min: 0,
                    max: size.max,
                };
                Some((text.times(regex), Some(found)))
            }
            _ => None,
        }
    }

    /// cel-go's own functions.
    fn standard(&mut self, call: &CallOf<'a, '_>, arguments: CostEstimate) -> Estimate {
        match (call.overload, call.target, call.arguments) {
            ("starts_with_string" | "ends_with_string", _, [part]) => {
                let size = self.size_or_unknown(part);
                (size.cost(TRAVERSAL) + arguments, None)
            }
            ("in_list" | "in_set", _, [_, list]) => {
                let size = self.size_or_unknown(list);
                (size.cost(1.0) + arguments, None)
            }
            ("matches_string", Some(target), [pattern]) => {
                let text = self.size_or_unknown(target) + SizeEstimate::fixed(1);
                let regex = self.size_or_unknown(pattern).cost(REGEX);
                (text.cost(TRAVERSAL).times(regex) + arguments, None)
            }
            ("contains_string", Some(target), [part]) => {
                let text = self.size_or_unknown(target).cost(TRAVERSAL);
                let part = self.size_or_unknown(part).cost(TRAVERSAL);
                (text.times(part) + arguments, None)
            }
            ("logical_and" | "logical_or", ..) => {
                let min = call.costs.first().map_or(0, |cost| cost.min);
                let max = arguments.max;
                (CostEstimate { min, max }, None)
            }
            ("conditional", _, [_, yes, no]) => {
                let size = self.size_or_unknown(yes).union(self.size_or_unknown(no));
                let entries = Entries::union(self.entries(yes), self.entries(no));
                let known = self.known(call.node);
                known.entries = entries.or(known.entries);
                let cost = call.costs[0] + call.costs[1].union(call.costs[2]);
                (cost, Some(size))
            }
            ("add_string" | "add_bytes" | "add_list", _, [one, other]) => {
                let size = self.size_or_unknown(one) + self.size_or_unknown(other);
                let entries = Entries::union(self.entries(one), self.entries(other));
                let known = self.known(call.node);
                known.entries = entries.or(known.entries);
                let cost = if call.overload == "add_list" {
                    fixed(1)
                } else {
                    size.cost(TRAVERSAL)
                };
                (cost + arguments, Some(size))
            }
            (overload, _, [one, other]) if is_comparison(overload) => {
                let (one, other) = (self.size_or_unknown(one), self.size_or_unknown(other));
                let max = one.max.min(other.max);
                let min = u64::from(max > 0);
                (SizeEstimate { min, max }.cost(TRAVERSAL) + arguments, None)
            }
            _ => self.converted(call, arguments),
        }
    }

    /// Strings from bytes and the like; any other call costs one.
    fn converted(&mut self, call: &CallOf<'a, '_>, arguments: CostEstimate) -> Estimate {
        match (call.overload, call.target, call.arguments) {
            ("string_format", Some(target), _) => {
                let size = self.size_or_unknown(target);
                (size.cost(TRAVERSAL) + arguments, None)
            }
            ("string_to_bytes", _, [text]) => {
                let size = self.size_or_unknown(text);
                let max = size.max.wrapping_mul(4);
                let bytes = SizeEstimate { min: size.min, max };
                (size.cost(TRAVERSAL) + arguments, Some(bytes))
            }
            ("bytes_to_string", _, [bytes]) => {
                let size = self.size_or_unknown(bytes);
                let min = size.min / 4;
                let text = SizeEstimate { min, max: size.max };
                (size.cost(TRAVERSAL) + arguments, Some(text))
            }
            ("strings_quote", _, [text]) => {
                let size = self.size_or_unknown(text);
                let quoted = SizeEstimate {
                    min: size.min.wrapping_add(2),
                    max: size.max.wrapping_mul(2).wrapping_add(2),
                };
                (size.cost(TRAVERSAL) + arguments, Some(quoted))
            }
            _ => (fixed(1) + arguments, None),
        }
    }
}

/// A literal number, or what stands for any other.
fn number(node: &Node, otherwise: u64) -> u64 {
    match node.constant() {
        Some(Value::Int(value)) => u64::try_from(*value).unwrap_or(0),
        _ => otherwise,
    }
}

/// Of what `replace` gives: the most and the least that replacing can make of a text.
fn replaced(size: SizeEstimate, old: SizeEstimate, new: SizeEstimate) -> SizeEstimate {
    let (mut count, mut kept) = (SizeEstimate::fixed(0), SizeEstimate::fixed(0));
    if old.min == 0 {
        count.max = size.max.saturating_add(1);
        kept.max = size.max;
    } else if new.max <= old.min {
        kept.max = size.max;
    } else {
        count.max = size.max.div_ceil(old.min);
    }
    if old.max == 0 {
        count.min = size.min.saturating_add(1);
        kept.min = size.min;
    } else if old.max <= new.min {
        kept.min = size.min;
    } else {
        count.min = size.min.div_ceil(old.max);
    }
    count.times(new) + kept
}
