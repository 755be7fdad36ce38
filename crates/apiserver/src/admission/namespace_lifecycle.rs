//! Nothing is created in a namespace that does not exist or is going; the first namespaces are not deleted.
use super::{Look, Plugin, forbidden};
use api::core::v1::Namespace;
use meta::{ApiError, Kind, ObjectKey, StatusCause, go_quote, validation::path_segment};
use resource::{Object, Operation, Reader};

const IMMORTAL: &[&str] = &["default", "kube-system", "kube-public"];

pub(super) struct NamespaceLifecycle;

impl Plugin for NamespaceLifecycle {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        let info = look.request.resource;
        if look.request.operation != Operation::Create || !info.namespaced() {
            return Ok(());
        }
        // Not the object's: policies and webhooks may have changed that.
        let name = &look.cx.namespace;
        let found = look.caches.get(
            Namespace::GROUP,
            Namespace::PLURAL,
            &ObjectKey::cluster(name.clone()),
        );
        let Some(namespace) = found else {
            return Err(missing(name));
        };
        if namespace.metadata().deletion_timestamp.is_some() {
            return Err(terminating(look, object, name));
        }
        Ok(())
    }

    fn validate(&self, look: &Look<'_>, _object: Option<&Object>) -> Result<(), ApiError> {
        let info = look.request.resource;
        let namespaces = info.group.is_empty() && info.plural == Namespace::PLURAL;
        if look.request.operation == Operation::Delete && namespaces {
            let name = look.cx.name.as_str();
            if IMMORTAL.contains(&name) {
                return Err(ApiError::forbidden(
                    "",
                    "namespaces",
                    name,
                    "this namespace may not be deleted",
                ));
            }
        }
        Ok(())
    }
}

/// There is no such namespace; upstream cannot even ask for one whose name is no part of a path.
fn missing(name: &str) -> ApiError {
    let wrong = path_segment(name);
    if wrong.is_empty() {
        return ApiError::not_found("", "namespaces", name);
    }
    let (name, wrong) = (go_quote(name), wrong.join(" "));
    ApiError::internal(format!("invalid resource name {name}: [{wrong}]"))
}

fn terminating(look: &Look<'_>, object: &Object, namespace: &str) -> ApiError {
    let why = format!(
        "unable to create new content in namespace {namespace} because it is being terminated"
    );
    let mut error = forbidden(look, Some(object), &why);
    if let Some(details) = &mut error.details {
        details.causes.push(StatusCause {
            reason: "NamespaceTerminating".into(),
            message: format!("namespace {namespace} is being terminated").into(),
            field: "metadata.namespace".into(),
        });
    }
    error
}
