use super::PriorityClasses;
use api::scheduling::v1::PriorityClass;
use meta::FieldErrors;
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

fn class(name: &str, value: i32, global_default: bool) -> PriorityClass {
    let mut class = PriorityClass {
        value,
        global_default,
        ..PriorityClass::default()
    };
    class.metadata.name = name.into();
    PriorityClasses.set_defaults(&mut class);
    class
}

const RESERVED: &str =
    "priority class names with 'system-' prefix are reserved for system use only. error: ";

#[test]
fn names_and_values() {
    for (name, value, global, field, expect) in [
        ("high", 1_000_000_000, false, "", ""),
        (
            "high",
            1_000_000_001,
            false,
            "value",
            "maximum allowed value of a user defined priority is 1000000000",
        ),
        ("system-node-critical", 2_000_001_000, false, "", ""),
        (
            "system-x",
            1,
            false,
            "metadata.name",
            "system-x is not a known system priority class",
        ),
        (
            "system-node-critical",
            1,
            false,
            "metadata.name",
            "value of system-node-critical PriorityClass must be 2000001000",
        ),
        (
            "system-node-critical",
            2_000_001_000,
            true,
            "metadata.name",
            "globalDefault of system-node-critical PriorityClass must be false",
        ),
    ] {
        let mut errors = FieldErrors::new();
        PriorityClasses.validate(&cx(), &mut errors, &class(name, value, global));
        let expect = match field {
            "" => "[]".to_owned(),
            "value" => format!("value: Forbidden: {expect}"),
            _ => format!("{field}: Forbidden: {RESERVED}{expect}"),
        };
        assert_eq!(errors.aggregate(), expect);
    }
}

#[test]
fn what_stays() {
    let mut new = class("a", 2, false);
    new.preemption_policy = Some("Never".into());
    let mut errors = FieldErrors::new();
    PriorityClasses.validate_update(&cx(), &mut errors, &new, &class("a", 1, false));
    assert_eq!(
        errors.aggregate(),
        "[value: Forbidden: may not be changed in an update., preemptionPolicy: Invalid value: \"Never\": field is immutable]"
    );
}
