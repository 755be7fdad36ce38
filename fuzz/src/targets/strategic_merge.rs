//! Strategic merge patches of a pod from anywhere: a line of pod, the rest is the patch.

use patch::{Node, strategic};

pub(super) fn run(input: &[u8]) {
    let Some((pod, patch)) = super::document_and_patch(input) else {
        return;
    };
    let info = schema::lookup("", "v1", "Pod").expect("pods are built in");
    if let Ok((patch, _)) = strategic::decode(patch)
        && let Err(error) = strategic::apply(Node::builtin(info), pod, patch)
    {
        let (code, _, message) = error.status();
        assert!(code >= 400 && !message.is_empty());
    }
}
