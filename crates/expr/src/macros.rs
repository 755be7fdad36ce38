//! The macros that the parser expands: CEL's own, those of optional types, of two-variable comprehensions and of lists.

use cel::{
    Env, IdedExpr, ParseError,
    common::ast::{
        CallExpr, ComprehensionExpr, EntryExpr, Expr, ListExpr, LiteralValue, MapExpr, operators,
    },
    parser::{Macro, MacroExprHelper},
};
use std::sync::LazyLock;

/// What is accumulated; no text can name it.
const RESULT: &str = "@result";
const UNUSED: &str = "#unused";
const SORTED: &str = "@__sortBy_input__";

/// The macros that all expressions have.
pub(crate) static MACROS: LazyLock<Env> = LazyLock::new(common);

/// These, and `cel.bind`.
pub(crate) static WITH_BINDINGS: LazyLock<Env> = LazyLock::new(|| {
    let mut env = common();
    let added = env.add_macro(Macro::receiver("bind", 3, bind));
    added.expect("each macro is added once");
    env
});

fn common() -> Env {
    const SIMPLE: &str = "argument must be a simple name";
    const IDENTIFIER: &str = "argument is not an identifier";
    let quantifiers: [(&str, Parts); 4] = [
        ("all", all),
        ("exists", exists),
        ("existsOne", exists_one),
        ("exists_one", exists_one),
    ];
    let transformations: [(&str, Parts); 3] = [
        ("transformList", transform_list),
        ("transformMap", transform_map),
        ("transformMapEntry", transform_map_entry),
    ];
    let mut env = Env::default();
    let mut add = |made: Macro| env.add_macro(made).expect("each macro is added once");
    add(Macro::global("has", 1, has));
    for (name, make) in quantifiers {
        // Its other spelling is known with two variables only.
        if name != "existsOne" {
            add(single(name, 2, make, SIMPLE));
        }
        add(pairs(name, 3, make, SIMPLE));
    }
    add(single("map", 2, transform_list, IDENTIFIER));
    add(single("map", 3, transform_list, IDENTIFIER));
    add(single("filter", 2, filter, IDENTIFIER));
    for (name, make) in transformations {
        add(pairs(name, 3, make, SIMPLE));
        add(pairs(name, 4, make, SIMPLE));
    }
    add(Macro::receiver("optMap", 2, |helper, target, args| {
        optional(helper, target, args, "optMap", true)
    }));
    add(Macro::receiver("optFlatMap", 2, |helper, target, args| {
        optional(helper, target, args, "optFlatMap", false)
    }));
    add(Macro::receiver("sortBy", 2, sort_by));
    env
}

type Made = Result<Option<IdedExpr>, ParseError>;
/// Start, condition, step and result of a loop, from what follows the variables and the name of the first.
type Parts = fn(&mut MacroExprHelper<'_>, Vec<IdedExpr>, &str) -> [IdedExpr; 4];

fn call(
    helper: &mut MacroExprHelper<'_>,
    name: &str,
    target: Option<IdedExpr>,
    args: Vec<IdedExpr>,
) -> IdedExpr {
    helper.next_expr(Expr::Call(CallExpr {
        func_name: name.to_owned(),
        target: target.map(Box::new),
        args,
    }))
}

fn ident(helper: &mut MacroExprHelper<'_>, name: &str) -> IdedExpr {
    helper.next_expr(Expr::Ident(name.to_owned()))
}

fn truth(helper: &mut MacroExprHelper<'_>, value: bool) -> IdedExpr {
    helper.next_expr(Expr::Literal(LiteralValue::Boolean(value.into())))
}

fn number(helper: &mut MacroExprHelper<'_>, value: i64) -> IdedExpr {
    helper.next_expr(Expr::Literal(LiteralValue::Int(value.into())))
}

fn list(helper: &mut MacroExprHelper<'_>, elements: Vec<IdedExpr>) -> IdedExpr {
    helper.next_expr(Expr::List(ListExpr::new(elements)))
}

/// The variable of a macro.
fn name_of(
    helper: &MacroExprHelper<'_>,
    argument: &IdedExpr,
    words: &str,
) -> Result<String, ParseError> {
    match &argument.expr {
        Expr::Ident(name) => Ok(name.clone()),
        _ => Err(helper.new_error(argument.id, words)),
    }
}

/// What is accumulated had this name once, and upstream still keeps it.
fn not_result(
    helper: &MacroExprHelper<'_>,
    argument: &IdedExpr,
    name: &str,
) -> Result<(), ParseError> {
    if name != "__result__" {
        return Ok(());
    }
    let words = "iteration variable overwrites accumulator variable";
    Err(helper.new_error(argument.id, words))
}

fn has(
    helper: &mut MacroExprHelper<'_>,
    _: &mut Option<IdedExpr>,
    args: &mut Vec<IdedExpr>,
) -> Made {
    match args.pop() {
        Some(IdedExpr {
            expr: Expr::Select(mut select),
            ..
        }) => {
            select.test = true;
            Ok(Some(helper.next_expr(Expr::Select(select))))
        }
        other => {
            let id = other.map_or(0, |argument| argument.id);
            Err(helper.new_error(id, "invalid argument to has() macro"))
        }
    }
}

/// A loop over elements or keys.
fn single(name: &str, count: usize, make: Parts, words: &'static str) -> Macro {
    Macro::receiver(name, count, move |helper, target, args| {
        let variable = name_of(helper, &args[0], words)?;
        not_result(helper, &args[0], &variable)?;
        let rest = args.split_off(1);
        let parts = make(helper, rest, &variable);
        Ok(made(helper, target, (variable, None), parts))
    })
}

/// A loop over pairs.
fn pairs(name: &str, count: usize, make: Parts, words: &'static str) -> Macro {
    Macro::receiver(name, count, move |helper, target, args| {
        let first = name_of(helper, &args[0], words)?;
        let second = name_of(helper, &args[1], words)?;
        if first == second {
            let words = format!("duplicate variable name: {first}");
            return Err(helper.new_error(args[1].id, words));
        }
        not_result(helper, &args[0], &first)?;
        not_result(helper, &args[1], &second)?;
        let rest = args.split_off(2);
        let parts = make(helper, rest, &first);
        Ok(made(helper, target, (first, Some(second)), parts))
    })
}

fn made(
    helper: &mut MacroExprHelper<'_>,
    target: &mut Option<IdedExpr>,
    (iter_var, iter_var2): (String, Option<String>),
    [accu_init, loop_cond, loop_step, result]: [IdedExpr; 4],
) -> Option<IdedExpr> {
    let comprehension = ComprehensionExpr {
        iter_range: target.take()?,
        iter_var,
        iter_var2,
        accu_var: RESULT.to_owned(),
        accu_init,
        loop_cond,
        loop_step,
        result,
    };
    Some(helper.next_expr(Expr::Comprehension(Box::new(comprehension))))
}

fn all(helper: &mut MacroExprHelper<'_>, mut rest: Vec<IdedExpr>, _: &str) -> [IdedExpr; 4] {
    let initial = truth(helper, true);
    let result = ident(helper, RESULT);
    let condition = call(helper, operators::NOT_STRICTLY_FALSE, None, vec![result]);
    rest.insert(0, ident(helper, RESULT));
    let step = call(helper, operators::LOGICAL_AND, None, rest);
    [initial, condition, step, ident(helper, RESULT)]
}

fn exists(helper: &mut MacroExprHelper<'_>, mut rest: Vec<IdedExpr>, _: &str) -> [IdedExpr; 4] {
    let initial = truth(helper, false);
    let result = ident(helper, RESULT);
    let not = call(helper, operators::LOGICAL_NOT, None, vec![result]);
    let condition = call(helper, operators::NOT_STRICTLY_FALSE, None, vec![not]);
    rest.insert(0, ident(helper, RESULT));
    let step = call(helper, operators::LOGICAL_OR, None, rest);
    [initial, condition, step, ident(helper, RESULT)]
}

fn exists_one(helper: &mut MacroExprHelper<'_>, mut rest: Vec<IdedExpr>, _: &str) -> [IdedExpr; 4] {
    let initial = number(helper, 0);
    let condition = truth(helper, true);
    let more = vec![ident(helper, RESULT), number(helper, 1)];
    rest.push(call(helper, operators::ADD, None, more));
    rest.push(ident(helper, RESULT));
    let step = call(helper, operators::CONDITIONAL, None, rest);
    let both = vec![ident(helper, RESULT), number(helper, 1)];
    let result = call(helper, operators::EQUALS, None, both);
    [initial, condition, step, result]
}

/// A step that a filter may skip.
fn filtered(
    helper: &mut MacroExprHelper<'_>,
    rest: Vec<IdedExpr>,
    step: impl FnOnce(&mut MacroExprHelper<'_>, IdedExpr) -> IdedExpr,
) -> IdedExpr {
    let mut rest = rest.into_iter().rev();
    let transformed = rest.next().unwrap_or_default();
    let step = step(helper, transformed);
    match rest.next() {
        None => step,
        Some(filter) => {
            let unchanged = ident(helper, RESULT);
            call(
                helper,
                operators::CONDITIONAL,
                None,
                vec![filter, step, unchanged],
            )
        }
    }
}

fn transform_list(helper: &mut MacroExprHelper<'_>, rest: Vec<IdedExpr>, _: &str) -> [IdedExpr; 4] {
    let initial = list(helper, Vec::new());
    let condition = truth(helper, true);
    let step = filtered(helper, rest, |helper, element| {
        let sides = vec![ident(helper, RESULT), list(helper, vec![element])];
        call(helper, operators::ADD, None, sides)
    });
    [initial, condition, step, ident(helper, RESULT)]
}

fn filter(helper: &mut MacroExprHelper<'_>, mut rest: Vec<IdedExpr>, name: &str) -> [IdedExpr; 4] {
    rest.push(ident(helper, name));
    transform_list(helper, rest, name)
}

const INSERT: &str = "cel.@mapInsert";

fn transform_map(
    helper: &mut MacroExprHelper<'_>,
    rest: Vec<IdedExpr>,
    key: &str,
) -> [IdedExpr; 4] {
    let initial = helper.next_expr(Expr::Map(MapExpr::default()));
    let condition = truth(helper, true);
    let step = filtered(helper, rest, |helper, value| {
        let entry = vec![ident(helper, RESULT), ident(helper, key), value];
        call(helper, INSERT, None, entry)
    });
    [initial, condition, step, ident(helper, RESULT)]
}

fn transform_map_entry(
    helper: &mut MacroExprHelper<'_>,
    rest: Vec<IdedExpr>,
    _: &str,
) -> [IdedExpr; 4] {
    let initial = helper.next_expr(Expr::Map(MapExpr::default()));
    let condition = truth(helper, true);
    let step = filtered(helper, rest, |helper, entries| {
        let sides = vec![ident(helper, RESULT), entries];
        call(helper, INSERT, None, sides)
    });
    [initial, condition, step, ident(helper, RESULT)]
}

/// A loop of no rounds, which gives its start a name.
fn bound(
    helper: &mut MacroExprHelper<'_>,
    name: &str,
    initial: IdedExpr,
    result: IdedExpr,
) -> IdedExpr {
    let comprehension = ComprehensionExpr {
        iter_range: list(helper, Vec::new()),
        iter_var: UNUSED.to_owned(),
        iter_var2: None,
        accu_var: name.to_owned(),
        accu_init: initial,
        loop_cond: truth(helper, false),
        loop_step: ident(helper, name),
        result,
    };
    helper.next_expr(Expr::Comprehension(Box::new(comprehension)))
}

fn optional(
    helper: &mut MacroExprHelper<'_>,
    target: &mut Option<IdedExpr>,
    args: &mut Vec<IdedExpr>,
    macro_name: &str,
    wrap: bool,
) -> Made {
    let words = format!("{macro_name}() variable name must be a simple identifier");
    let name = name_of(helper, &args[0], &words)?;
    let (Some(mapped), Some(target)) = (args.pop(), target.take()) else {
        return Ok(None);
    };
    if !is_small(&target) {
        // Upstream writes the target twice, which doubles it with each step of a chain.
        let words = format!("{macro_name}() target is too large");
        return Err(helper.new_error(target.id, words));
    }
    let has_value = call(helper, "hasValue", Some(target.clone()), Vec::new());
    let value = call(helper, "value", Some(target), Vec::new());
    let bound = bound(helper, &name, value, mapped);
    let namespaced = |helper: &mut MacroExprHelper<'_>, function: &str, args| {
        let namespace = ident(helper, "optional");
        call(helper, function, Some(namespace), args)
    };
    let some = if wrap {
        namespaced(helper, "of", vec![bound])
    } else {
        bound
    };
    let none = namespaced(helper, "none", Vec::new());
    let sides = vec![has_value, some, none];
    Ok(Some(call(helper, operators::CONDITIONAL, None, sides)))
}

/// What a target of `optMap` may consist of at most.
const TARGET_PARTS_MAX: usize = 1_000;

fn is_small(target: &IdedExpr) -> bool {
    let mut left = vec![target];
    let mut count = 0;
    while let Some(next) = left.pop() {
        count += 1;
        if count > TARGET_PARTS_MAX {
            return false;
        }
        match &next.expr {
            Expr::Call(call) => {
                left.extend(call.target.as_deref());
                left.extend(&call.args);
            }
            Expr::Select(select) => left.push(&select.operand),
            Expr::List(list) => left.extend(&list.elements),
            Expr::Comprehension(of) => left.extend([
                &of.iter_range,
                &of.accu_init,
                &of.loop_cond,
                &of.loop_step,
                &of.result,
            ]),
            Expr::Map(map) => left.extend(map.entries.iter().flat_map(|entry| parts(&entry.expr))),
            Expr::Struct(message) => {
                left.extend(message.entries.iter().flat_map(|entry| parts(&entry.expr)));
            }
            Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
        }
    }
    true
}

fn parts(entry: &EntryExpr) -> Vec<&IdedExpr> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(entry) => vec![&entry.key, &entry.value],
    }
}

/// `cel.bind(name, value, expression)`.
fn bind(
    helper: &mut MacroExprHelper<'_>,
    target: &mut Option<IdedExpr>,
    args: &mut Vec<IdedExpr>,
) -> Made {
    let namespace = target.as_ref().map(|target| &target.expr);
    if !matches!(namespace, Some(Expr::Ident(name)) if name == "cel") {
        return Ok(None);
    }
    let words = "cel.bind() variable names must be simple identifiers";
    let name = name_of(helper, &args[0], words)?;
    let result = args.pop().unwrap_or_default();
    let value = args.pop().unwrap_or_default();
    Ok(Some(bound(helper, &name, value, result)))
}

fn sort_by(
    helper: &mut MacroExprHelper<'_>,
    target: &mut Option<IdedExpr>,
    args: &mut Vec<IdedExpr>,
) -> Made {
    let name = name_of(helper, &args[0], "argument is not an identifier")?;
    let Some(list_expr) = target.take() else {
        return Ok(None);
    };
    let sortable = matches!(
        list_expr.expr,
        Expr::List(_) | Expr::Select(_) | Expr::Ident(_) | Expr::Comprehension(_) | Expr::Call(_)
    );
    if !sortable {
        let words = "sortBy can only be applied to a list, identifier, comprehension, call or select expression";
        return Err(helper.new_error(list_expr.id, words));
    }
    let key = args.pop().unwrap_or_default();
    let mut input = Some(ident(helper, SORTED));
    let parts = transform_list(helper, vec![key], &name);
    let Some(keys) = made(helper, &mut input, (name, None), parts) else {
        return Ok(None);
    };
    let input = ident(helper, SORTED);
    let sorted = call(helper, "@sortByAssociatedKeys", Some(input), vec![keys]);
    Ok(Some(bound(helper, SORTED, list_expr, sorted)))
}
