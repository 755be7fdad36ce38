//! Nodes as Go's `%#v` prints what its library makes of them.

use super::Node;
use crate::go_quote;

pub(super) fn of(node: &Node) -> String {
    match node {
        Node::Null => "<nil>".to_owned(),
        other => within(other),
    }
}

fn within(node: &Node) -> String {
    match node {
        Node::Null => "interface {}(nil)".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(text) => text.clone(),
        Node::String(text) => go_quote(text),
        Node::List(items) => {
            let items: Vec<String> = items.iter().map(within).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Node::Map(members) => {
            let members = members.iter();
            let members =
                members.map(|(key, value)| format!("{}:{}", go_quote(key), within(value)));
            let members: Vec<String> = members.collect();
            format!(
                "map[interface {{}}]interface {{}}{{{}}}",
                members.join(", ")
            )
        }
    }
}
