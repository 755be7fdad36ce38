//! The type of an expression's value, from its outermost form inward as far as needed.

use crate::{Environment, Type};
use cel::{
    IdedExpr,
    common::ast::{CallExpr, Expr, LiteralValue, operators},
};

pub(crate) fn type_of(expression: &IdedExpr, environment: &Environment) -> Type {
    match &expression.expr {
        Expr::Literal(literal) => literal_type(literal),
        Expr::Ident(name) => environment.find(name).cloned().unwrap_or(Type::Dyn),
        Expr::Select(select) if select.test => Type::Bool,
        Expr::List(_) => Type::list(Type::Dyn),
        Expr::Map(_) => Type::map(Type::Dyn, Type::Dyn),
        Expr::Struct(message) if message.type_name == "JSONPatch" => Type::Named("JSONPatch"),
        Expr::Struct(message) if message.type_name == "Object" => Type::Named("Object"),
        Expr::Call(call) => call_type(call, environment),
        // The macros over lists: what is gathered has the type of what is given back.
        Expr::Comprehension(loop_) => match &loop_.result.expr {
            Expr::Ident(_) => type_of(&loop_.accu_init, environment),
            _ => type_of(&loop_.result, environment),
        },
        Expr::Select(_) | Expr::Struct(_) | Expr::Unspecified => Type::Dyn,
    }
}

fn literal_type(literal: &LiteralValue) -> Type {
    match literal {
        LiteralValue::Boolean(_) => Type::Bool,
        LiteralValue::Bytes(_) => Type::Bytes,
        LiteralValue::Double(_) => Type::Double,
        LiteralValue::Int(_) => Type::Int,
        LiteralValue::Null => Type::Null,
        LiteralValue::String(_) => Type::String,
        LiteralValue::UInt(_) => Type::Uint,
    }
}

fn call_type(call: &CallExpr, environment: &Environment) -> Type {
    let argument = |index: usize| {
        let argument = call.args.get(index);
        argument.map_or(Type::Dyn, |argument| type_of(argument, environment))
    };
    match call.func_name.as_str() {
        operators::EQUALS
        | operators::NOT_EQUALS
        | operators::GREATER
        | operators::GREATER_EQUALS
        | operators::LESS
        | operators::LESS_EQUALS
        | operators::LOGICAL_AND
        | operators::LOGICAL_OR
        | operators::LOGICAL_NOT
        | operators::IN
        | operators::NOT_STRICTLY_FALSE => Type::Bool,
        "contains" | "startsWith" | "endsWith" | "matches" | "bool" | "isURL" | "isQuantity"
        | "isIP" | "isCIDR" | "isSemver" | "hasValue" | "isSorted" | "allowed" => Type::Bool,
        operators::CONDITIONAL => {
            let (yes, no) = (argument(1), argument(2));
            if yes == no { yes } else { Type::Dyn }
        }
        operators::ADD
        | operators::SUBSTRACT
        | operators::MULTIPLY
        | operators::DIVIDE
        | operators::MODULO => match (argument(0), argument(1)) {
            (left, right) if left == right => left,
            (Type::Dyn, known) | (known, Type::Dyn) if scalar(&known) => known,
            _ => Type::Dyn,
        },
        operators::NEGATE => argument(0),
        "size" | "int" | "indexOf" | "lastIndexOf" | "getFullYear" | "getMonth" | "getDate"
        | "getHours" | "getMinutes" | "getSeconds" => Type::Int,
        "uint" => Type::Uint,
        "double" => Type::Double,
        "bytes" => Type::Bytes,
        "string" | "lowerAscii" | "upperAscii" | "trim" | "replace" | "substring" | "join"
        | "format" | "charAt" | "quote" => Type::String,
        "split" => Type::list(Type::Dyn),
        "duration" => Type::Duration,
        "timestamp" => Type::Timestamp,
        _ => Type::Dyn,
    }
}

/// Of these, an operator gives what it takes.
fn scalar(type_: &Type) -> bool {
    matches!(
        type_,
        Type::Int | Type::Uint | Type::Double | Type::String | Type::Bytes
    )
}
