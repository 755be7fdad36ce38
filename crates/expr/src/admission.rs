//! What expressions of admission may refer to: those of policies, and the match conditions of policies and webhooks.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/cel` (`compile.go`, `composition.go`).

use crate::{Environment, ObjectType, Type};

pub const OBJECT: &str = "object";
pub const OLD_OBJECT: &str = "oldObject";
pub const REQUEST: &str = "request";
pub const NAMESPACE_OBJECT: &str = "namespaceObject";
pub const PARAMS: &str = "params";
pub const AUTHORIZER: &str = "authorizer";
pub const REQUEST_RESOURCE: &str = "authorizer.requestResource";
pub const VARIABLES: &str = "variables";

/// Which of the variables that are not always there, are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub params: bool,
    pub authorizer: bool,
}

impl Scope {
    /// Objects and parameters are whatever their data is.
    #[must_use]
    pub fn environment(self) -> Environment {
        let mut environment = with_request(&Type::Dyn);
        if self.params {
            environment = environment.variable(PARAMS, Type::Dyn);
        }
        if self.authorizer {
            let check = Type::Named("kubernetes.authorization.ResourceCheck");
            environment = environment
                .variable(AUTHORIZER, AUTHORIZER_TYPE)
                .variable(REQUEST_RESOURCE, check);
        }
        environment
    }
}

const AUTHORIZER_TYPE: Type = Type::Named("kubernetes.authorization.Authorizer");

fn with_request(object: &Type) -> Environment {
    Environment::new()
        .variable(OBJECT, object.clone())
        .variable(OLD_OBJECT, object.clone())
        .variable(NAMESPACE_OBJECT, namespace())
        .variable(REQUEST, request())
}

/// What the types of a policy's expressions are checked with, where those of objects are known, and of parameters if it takes any. As
/// upstream's, it knows no `authorizer.requestResource`.
///
/// Source: `buildEnvSet` in `pkg/admission/plugin/policy/validating/typechecking.go`.
#[must_use]
pub fn typed(object: &Type, params: Option<&Type>) -> Environment {
    let environment = with_request(object).variable(AUTHORIZER, AUTHORIZER_TYPE);
    match params {
        Some(params) => environment.variable(PARAMS, params.clone()),
        None => environment,
    }
}

/// The type of an expression whose value are fields to apply.
#[must_use]
pub fn applied() -> Type {
    Type::object(ObjectType::new("Object"))
}

/// The type of an expression whose value are operations of a JSON patch.
#[must_use]
pub fn json_patch() -> Type {
    Type::list(Type::object(ObjectType::new("JSONPatch")))
}

/// Allows what mutations make: `Object{}`, what is below it, and `JSONPatch{}`.
#[must_use]
pub fn with_patches(environment: Environment) -> Environment {
    environment.message("Object").message("JSONPatch")
}

/// The types of a policy's variables, of which each is known to those behind it.
#[derive(Clone, Debug)]
pub struct VariableTypes(ObjectType);

impl Default for VariableTypes {
    fn default() -> Self {
        Self(ObjectType::new("kubernetes.variables"))
    }
}

impl VariableTypes {
    /// `None` for one whose expression does not compile.
    pub fn add(&mut self, name: &str, result: Option<&Type>) {
        self.0.insert(name, result.map_or(Type::Dyn, field));
    }

    /// With `variables` as they are known so far.
    #[must_use]
    pub fn within(&self, environment: &Environment) -> Environment {
        let type_ = Type::object(self.0.clone());
        environment.clone().variable(VARIABLES, type_)
    }
}

/// What a value is once it is a variable: scalars, lists and maps keep their types, all else is dynamic.
fn field(type_: &Type) -> Type {
    match type_ {
        Type::List(list) => Type::list(field(&list.element)),
        Type::Map(map) => Type::map(field(&map.key), field(&map.value)),
        Type::Object(_)
        | Type::Optional(_)
        | Type::Type(_)
        | Type::Named(_)
        | Type::Param(_)
        | Type::Error => Type::Dyn,
        scalar => scalar.clone(),
    }
}

fn object<const N: usize>(name: &str, fields: [(&str, Type); N]) -> Type {
    let mut type_ = ObjectType::new(name);
    for (field, of) in fields {
        type_.insert(field, of);
    }
    Type::object(type_)
}

fn strings() -> Type {
    Type::list(Type::String)
}

fn request() -> Type {
    let kind = object(
        "kubernetes.GroupVersionKind",
        ["group", "version", "kind"].map(|field| (field, Type::String)),
    );
    let resource = object(
        "kubernetes.GroupVersionResource",
        ["group", "version", "resource"].map(|field| (field, Type::String)),
    );
    let user = object(
        "kubernetes.UserInfo",
        [
            ("username", Type::String),
            ("uid", Type::String),
            ("groups", strings()),
            ("extra", Type::map(Type::String, strings())),
        ],
    );
    object(
        "kubernetes.AdmissionRequest",
        [
            ("kind", kind.clone()),
            ("resource", resource.clone()),
            ("subResource", Type::String),
            ("requestKind", kind),
            ("requestResource", resource),
            ("requestSubResource", Type::String),
            ("name", Type::String),
            ("namespace", Type::String),
            ("operation", Type::String),
            ("userInfo", user),
            ("dryRun", Type::Bool),
            ("options", Type::Dyn),
        ],
    )
}

fn namespace() -> Type {
    let words = || Type::map(Type::String, Type::String);
    let metadata = object(
        "kubernetes.NamespaceMetadata",
        [
            ("name", Type::String),
            ("generateName", Type::String),
            ("namespace", Type::String),
            ("labels", words()),
            ("annotations", words()),
            ("UID", Type::String),
            ("creationTimestamp", Type::Timestamp),
            ("deletionGracePeriodSeconds", Type::Int),
            ("deletionTimestamp", Type::Timestamp),
            ("generation", Type::Int),
            ("resourceVersion", Type::String),
            ("finalizers", strings()),
        ],
    );
    let spec = object("kubernetes.NamespaceSpec", [("finalizers", strings())]);
    let condition = object(
        "kubernetes.NamespaceCondition",
        [
            ("status", Type::String),
            ("type", Type::String),
            ("lastTransitionTime", Type::Timestamp),
            ("message", Type::String),
            ("reason", Type::String),
        ],
    );
    let status = object(
        "kubernetes.NamespaceStatus",
        [
            ("conditions", Type::list(condition)),
            ("phase", Type::String),
        ],
    );
    object(
        "kubernetes.Namespace",
        [("metadata", metadata), ("spec", spec), ("status", status)],
    )
}
