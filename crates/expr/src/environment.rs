//! What an expression may refer to.

use crate::Type;
use std::sync::Arc;

/// The variables of an expression, besides which it has the functions of CEL and of Kubernetes' library. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: Arc<Vec<(String, Type)>>,
    messages: Arc<Vec<String>>,
    bindings: bool,
}

impl Environment {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable. The name may have dots, as `authorizer.requestResource`.
    #[must_use]
    pub fn variable(mut self, name: &str, type_: Type) -> Self {
        Arc::make_mut(&mut self.variables).push((name.to_owned(), type_));
        self
    }

    /// Adds a message that may be made, with all below it: `Object` allows `Object.spec{}`. Its fields are of any name and type, but
    /// for `JSONPatch`, whose are known.
    #[must_use]
    pub fn message(mut self, name: &str) -> Self {
        Arc::make_mut(&mut self.messages).push(name.to_owned());
        self
    }

    /// Adds the macro `cel.bind(name, value, expression)`.
    #[must_use]
    pub const fn bindings(mut self) -> Self {
        self.bindings = true;
        self
    }

    pub(crate) const fn has_bindings(&self) -> bool {
        self.bindings
    }

    /// Names and types, in the order of declaration.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &Type)> {
        let variables = self.variables.iter();
        variables.map(|(name, type_)| (name.as_str(), type_))
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Type> {
        let mut variables = self.variables();
        variables.find_map(|(known, type_)| (known == name).then_some(type_))
    }

    pub(crate) fn makes(&self, message: &str) -> bool {
        self.messages.iter().any(|known| {
            let rest = message.strip_prefix(known.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}
