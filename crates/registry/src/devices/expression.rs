//! Selectors: expressions over one device, of bounded cost.
//!
//! Source: `k8s.io/dynamic-resource-allocation/cel/compile.go`, with the features that are on in v1.36.

use expr::{Environment, ObjectType, SizeEstimate, Sizes, Type};
use meta::{FieldErrors, FieldPath};

const BYTES_MAX: usize = 10 * 1024;
const COST_MAX: u64 = 1_000_000;
const DOMAIN_BYTES_MAX: u64 = 63;
const DRIVER_BYTES_MAX: u64 = 63;
const ID_BYTES_MAX: u64 = 32;
const VALUE_BYTES_MAX: u64 = 64;
const ENTRIES_MAX: u64 = 32;

fn environment() -> Environment {
    let by_name = |of: Type| Type::map(Type::String, Type::map(Type::String, of));
    let device = ObjectType::new("kubernetes.DRADevice")
        .field("driver", Type::String)
        .field("allowMultipleAllocations", Type::Bool)
        .field("attributes", by_name(Type::Dyn))
        .field("capacity", by_name(Type::Named("kubernetes.Quantity")));
    let environment = Environment::new().variable("device", Type::object(device));
    environment.bindings()
}

/// How large what is in a device can be.
struct Device;

impl Sizes for Device {
    fn size(&self, path: &[&str]) -> Option<SizeEstimate> {
        let (device, path) = path.split_first()?;
        if *device != "device" {
            return None;
        }
        let max = match path {
            [] => 0,
            ["driver"] => DRIVER_BYTES_MAX,
            ["allowMultipleAllocations"] => 1,
            ["attributes" | "capacity"] => ENTRIES_MAX,
            ["attributes" | "capacity", "@keys"] => DOMAIN_BYTES_MAX,
            ["attributes" | "capacity", "@items" | "@values"] => ENTRIES_MAX,
            ["attributes" | "capacity", "@items" | "@values", "@keys"] => ID_BYTES_MAX,
            // All attributes are of one size, whatever their names.
            ["attributes", "@items" | "@values", _] => VALUE_BYTES_MAX,
            ["capacity", "@items" | "@values", "@items" | "@values"] => 0,
            _ => return None,
        };
        Some(SizeEstimate { min: 0, max })
    }
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    if text.len() > BYTES_MAX {
        return errors.too_long(path, BYTES_MAX);
    }
    let program = match expr::compile(text, &environment()) {
        Err(error) => return errors.invalid(path, text, format!("compilation failed: {error}")),
        Ok(program) => program,
    };
    let type_ = program.result();
    if !matches!(type_, Type::Bool | Type::Dyn) {
        let words = format!("must evaluate to bool or the unknown type, not {type_}");
        errors.invalid(path, text, words);
    } else if program.cost(&Device).max > COST_MAX {
        errors.forbidden(path, "too complex, exceeds cost limit");
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use meta::{FieldErrors, FieldPath};

    /// An expression -> the errors.
    #[track_caller]
    fn told(text: &str, expect: &str) {
        let mut errors = FieldErrors::new();
        check(&mut errors, &FieldPath::new("e"), text);
        assert_eq!(errors.aggregate(), expect);
    }

    #[test]
    fn what_selectors_see() {
        told(
            "device.driver == 'd' && device.allowMultipleAllocations",
            "[]",
        );
        told("device.attributes['example.com'].flag", "[]");
        told(
            "device.capacity['example.com'].memory.compareTo(quantity('1Gi')) >= 0",
            "[]",
        );
        told(
            "cel.bind(own, device.attributes['example.com'], own.flag && own.other)",
            "[]",
        );
        told(
            "device.name == 'x'",
            "e: Invalid value: \"device.name == 'x'\": compilation failed: ERROR: <input>:1:7: undefined field 'name'\n | device.name == 'x'\n | ......^",
        );
        told(
            "device.driver",
            "e: Invalid value: \"device.driver\": must evaluate to bool or the unknown type, not string",
        );
        told(
            "cel.bind('a', 1, true)",
            "e: Invalid value: \"cel.bind('a', 1, true)\": compilation failed: ERROR: <input>:1:10: cel.bind() variable names must be simple identifiers\n | cel.bind('a', 1, true)\n | .........^",
        );
    }

    #[test]
    fn what_they_may_cost() {
        let loops = |count: usize, inner: &str| {
            let all = "device.attributes.all(x, ";
            format!("{}{inner}{}", all.repeat(count), ")".repeat(count))
        };
        told(&loops(1, "x.contains('a')"), "[]");
        told(
            &loops(4, "x.contains('a')"),
            "e: Forbidden: too complex, exceeds cost limit",
        );
    }
}
