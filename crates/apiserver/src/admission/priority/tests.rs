use super::{super::Plugin, Priority};
use crate::admission::testing::{context, look};
use api::scheduling::v1::PriorityClass;
use resource::{Operation, Verb};

fn delete(verb: Verb, name: &str) -> Result<(), String> {
    let mut cx = context(Vec::new());
    (cx.verb, cx.name) = (verb, name.into());
    let done = look::<PriorityClass, _>(&cx, Operation::Delete, None, |look| {
        Priority.validate(look, None)
    });
    done.map_err(|error| error.message)
}

#[test]
fn the_systems_classes_stay() {
    let refused = "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted";
    assert_eq!(
        delete(Verb::Delete, "system-node-critical"),
        Err(refused.into())
    );
    assert_eq!(delete(Verb::Delete, "mine"), Ok(()));
    // Of a collection nobody keeps them, as upstream.
    assert_eq!(delete(Verb::DeleteCollection, ""), Ok(()));
}
