//! CEL, the expression language of admission policies, device selectors, authentication and rules of custom resources.
//!
//! Pure, and knows no kind. An expression is compiled once and evaluated often:
//!
//! 1. [`Environment::new`]`.variable("self", type_)` says what it may refer to. A [`Type`] is also what tells how JSON is read: a
//!    string field of format `date-time` or `date` is [`Type::Timestamp`], of format `duration` [`Type::Duration`], of format `byte`
//!    [`Type::Bytes`]; an int-or-string is [`Type::Dyn`]; a list carries its [`ListMerge`]. [`ObjectType`] escapes field names itself,
//!    and has no field for what expressions shall not see.
//! 2. [`compile`] gives a [`Program`] (`Send`, `Sync`, cheap to clone) or a [`CompileError`], which prints as cel-go prints it.
//! 3. [`Program::cost`] estimates the worst case from the sizes that a schema allows.
//! 4. [`Value::json`] wraps JSON without reading it, [`Program::evaluate`] takes what it spends from a budget.
//!
//! ```text
//! let environment = Environment::new().variable("self", type_.clone());
//! let program = compile("self.replicas <= 5", &environment)?;
//! let mut budget = 1_000_000;
//! let value = program.evaluate(&[("self", Value::json(&tree, &type_)?)], &mut budget)?;
//! assert_eq!(value.as_bool(), Some(true));
//! ```

pub mod admission;
mod bindings;
mod bounds;
mod check;
mod compile;
mod cost;
mod declarations;
mod environment;
mod escape;
mod evaluate;
mod functions;
mod macros;
mod node;
mod opaque;
mod regex;
mod types;
mod units;
mod value;

pub use bindings::{Bindings, EVALUATION_COST_MAX};
pub use compile::{CompileError, Program, Unusable, compile, compile_to};
pub use cost::{CostEstimate, SizeEstimate, Sizes};
pub use environment::Environment;
pub use escape::{escape, unescape};
pub use opaque::{
    Opaque,
    authorization::{Answer, Authorize, Check, ResourceTarget, Target},
};
pub use regex::go_regex;
pub use types::{Field, ListMerge, ListType, MapType, ObjectType, Type};
pub use value::{EvaluationError, List, Map, Text, Time, Value};
