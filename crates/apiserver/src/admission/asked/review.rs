//! The `AdmissionRequest` of `admission.k8s.io`, as webhooks are sent it and expressions see it.
use super::{Asked, Place};
use meta::{GroupVersionKind, codec};
use resource::Operation;
use serde_json::{Map, Value, json};

/// The operation as rules and reviews name it.
pub(crate) fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "CREATE",
        Operation::Update => "UPDATE",
        Operation::Delete => "DELETE",
        Operation::Connect => "CONNECT",
    }
}

fn kind(kind: &GroupVersionKind) -> Value {
    json!({"group": *kind.group, "version": *kind.version, "kind": *kind.kind})
}

fn resource(place: &Place) -> Value {
    json!({"group": *place.group, "version": *place.version, "resource": *place.resource})
}

impl Asked<'_> {
    /// All but `object` and `oldObject`, which are those of `place`: where the request matched. What is empty is left out, as Go leaves
    /// it out; `uid` is the caller's.
    pub(crate) fn request(&self, uid: &str, place: &Place) -> Map<String, Value> {
        let cx = self.cx;
        let mut request = Map::new();
        let mut put = |key: &str, value: Value| drop(request.insert(key.to_owned(), value));
        put("uid", uid.into());
        put("kind", kind(&place.kind));
        put("resource", resource(place));
        put("requestKind", kind(&self.place.kind));
        put("requestResource", resource(&self.place));
        if !cx.subresource.is_empty() {
            put("subResource", cx.subresource.as_str().into());
            put("requestSubResource", cx.subresource.as_str().into());
        }
        if !self.name.is_empty() {
            put("name", self.name.as_str().into());
        }
        if !self.namespace().is_empty() {
            put("namespace", self.namespace().into());
        }
        put("operation", operation_name(self.operation).into());
        put("userInfo", self.user());
        put("dryRun", cx.dry_run.into());
        put("options", self.options());
        request
    }

    fn user(&self) -> Value {
        let info = crate::reviews::user_info(&self.cx.user);
        codec::to_value(&info)
    }

    /// With its group, version and kind; null for a connection.
    fn options(&self) -> Value {
        let given = &self.cx.options;
        let kind = match self.operation {
            Operation::Create => "CreateOptions",
            Operation::Update => "UpdateOptions",
            Operation::Delete => "DeleteOptions",
            Operation::Connect => return Value::Null,
        };
        let mut options = match &given.deletion {
            Some(deletion) if self.operation == Operation::Delete => codec::to_value(&**deletion),
            _ => json!({}),
        };
        options["kind"] = kind.into();
        options["apiVersion"] = "meta.k8s.io/v1".into();
        if self.cx.dry_run {
            options["dryRun"] = json!(["All"]);
        }
        let texts = [
            ("fieldManager", &given.field_manager),
            ("fieldValidation", &given.field_validation),
        ];
        for (key, text) in texts {
            if !text.is_empty() {
                options[key] = text.as_str().into();
            }
        }
        options
    }
}
