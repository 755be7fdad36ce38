use super::{Size, told};
use api::core::v1::Node;

/// Grows to each number of nodes, or shrinks: the seconds that are told then.
#[track_caller]
fn check(steps: &[(usize, u32)]) {
    let mut size = Size::default();
    for (nodes, seconds) in steps {
        while size.nodes < *nodes {
            size.grow();
        }
        while size.nodes > *nodes {
            size.shrink();
        }
        assert_eq!(size.seconds(), *seconds, "{nodes} of {steps:?}");
    }
}

#[test]
fn larger_clusters_read_again_later() {
    check(&[(1, 0), (100, 0), (101, 15), (500, 15), (501, 30)]);
    check(&[(1000, 30), (1001, 60), (2000, 60), (2001, 300), (9000, 300)]);
}

#[test]
fn a_node_more_and_a_node_less_change_nothing() {
    check(&[(101, 15), (100, 15), (90, 15), (89, 0), (100, 0)]);
    check(&[
        (2001, 300),
        (1800, 300),
        (1799, 60),
        (899, 30),
        (449, 15),
        (0, 0),
    ]);
}

#[test]
fn what_is_no_number_was_not_told() {
    let mut node = Node::default();
    assert_eq!(told(&node), None);
    for (text, seconds) in [("15", Some(15)), ("x", None), ("", None), ("0", Some(0))] {
        node.metadata
            .annotations
            .insert(super::ANNOTATION, text.into());
        assert_eq!(told(&node), seconds, "{text}");
    }
}
