//! Whether defaults are values of their schema, and know no more fields than it.

#[cfg(test)]
mod tests;

use crate::{
    Malformed, MetadataCheck, RULES_BUDGET, Root, Rules, Structural, defaulting::Place, print,
    pruning::is_type_or_metadata, structural,
};
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, Verbatim};
use serde_json::Value;
use std::cell::Cell;

/// Whether defaults may have fields that the schema does not know: an update may leave such as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultPruning {
    /// They may not.
    Required,
    /// They may: the server drops them.
    Optional,
}

/// Validates every default of the schema of a whole object.
pub fn defaults(
    schema: &Structural,
    path: &FieldPath,
    pruning: DefaultPruning,
    metadata: MetadataCheck<'_>,
    errors: &mut FieldErrors,
) {
    let walk = Walk {
        pruning,
        metadata,
        root: schema,
        budget: &Cell::new(RULES_BUDGET),
    };
    walk.check(path, schema, &Place::Root, Within::Resource, errors);
}

/// Whether no default has fields that the schema does not know. A schema that is not structural has none to look at.
#[must_use]
pub fn defaults_are_pruned(schema: &JSONSchemaProps) -> bool {
    let Ok(schema) = Structural::new(schema) else {
        return true;
    };
    structural::defaults_are_pruned(&schema)
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// A whole resource.
    Resource,
    /// Its type or metadata, or a part of these.
    Metadata,
    /// Anything else.
    Value,
}

struct Walk<'a> {
    pruning: DefaultPruning,
    metadata: MetadataCheck<'a>,
    /// The resource around.
    root: &'a Structural,
    /// What is left for the rules of all defaults.
    budget: &'a Cell<u64>,
}

impl Walk<'_> {
    fn check(
        &self,
        path: &FieldPath,
        schema: &Structural,
        place: &Place<'_>,
        within: Within,
        errors: &mut FieldErrors,
    ) {
        if schema.0.embedded && within != Within::Resource {
            let inner = Walk {
                root: schema,
                ..*self
            };
            return inner.check(path, schema, &Place::Root, Within::Resource, errors);
        }
        if let Some(default) = &schema.0.default {
            let path = path.child("default");
            match within {
                Within::Metadata => self.check_in_metadata(&path, schema, default, place, errors),
                Within::Resource => {
                    self.check_value(&path, schema, default, Root::Resource, errors);
                }
                Within::Value => self.check_value(&path, schema, default, Root::Value, errors),
            }
        }
        if !schema.0.defaults_below {
            return;
        }
        // Additional properties have no defaults.
        if let Some(items) = &schema.0.items {
            let below = match within {
                Within::Resource => Within::Value,
                within => within,
            };
            let place = Place::Index(place);
            self.check(&path.child("items"), items, &place, below, errors);
        }
        for (name, property) in &schema.0.properties {
            let below = match within {
                Within::Resource if is_type_or_metadata(name) => Within::Metadata,
                Within::Resource => Within::Value,
                within => within,
            };
            let path = path.child("properties").key(name);
            let place = Place::Child(place, name);
            self.check(&path, property, &place, below, errors);
        }
    }

    /// A default of a part of type or metadata must make such together with the rest.
    fn check_in_metadata(
        &self,
        path: &FieldPath,
        schema: &Structural,
        default: &Value,
        place: &Place<'_>,
        errors: &mut FieldErrors,
    ) {
        let mut object = place.surround(default.clone());
        if let Value::Object(members) = &mut object {
            for (name, value) in [("kind", "Validation"), ("apiVersion", "validation/v1")] {
                members.entry(name).or_insert_with(|| value.into());
            }
        }
        let whole = FieldPath::root();
        let shown = print::show(default);
        let coerced =
            self.root
                .coerce_metadata(&whole, &mut object, Root::Resource, Malformed::Refuse);
        if let Err(error) = coerced {
            let words = format!("must result in valid metadata: {error}");
            return errors.invalid(path, Verbatim(&shown), words);
        }
        let mut found = FieldErrors::new();
        let rules = self.metadata;
        self.root
            .validate_embedded(&whole, &object, Root::Resource, rules, &mut found);
        if !found.is_empty() {
            let words = format!("must result in valid metadata: {}", found.aggregate());
            return errors.invalid(path, Verbatim(&shown), words);
        }
        self.check_alone(path, schema, default, Root::Value, errors);
    }

    /// Checks a default by its own schema and rules.
    fn check_alone(
        &self,
        path: &FieldPath,
        schema: &Structural,
        value: &Value,
        root: Root,
        errors: &mut FieldErrors,
    ) {
        let mut found = FieldErrors::new();
        schema.validate(path, value, None, &mut found);
        if found.is_empty()
            && self.budget.get() > 0
            && let Some(rules) = Rules::new(schema, root)
        {
            let mut budget = self.budget.get();
            rules.validate_default(path, value, &mut found, &mut budget);
            self.budget.set(budget);
        }
        errors.extend(found);
    }

    fn check_value(
        &self,
        path: &FieldPath,
        schema: &Structural,
        default: &Value,
        root: Root,
        errors: &mut FieldErrors,
    ) {
        let mut value = default.clone();
        let coerced = schema.coerce_metadata(path, &mut value, root, Malformed::Refuse);
        if self.pruning == DefaultPruning::Required {
            let mut pruned = default.clone();
            schema.prune(&mut pruned, root);
            if pruned != *default {
                // Upstream shows what coercion leaves of it.
                let shown = print::show(&value);
                errors.invalid(path, Verbatim(&shown), "must not have unknown fields");
            }
        }
        if let Err(error) = coerced {
            return errors.push(error);
        }
        let mut found = FieldErrors::new();
        schema.validate_embedded(path, &value, root, self.metadata, &mut found);
        if found.is_empty() {
            self.check_alone(path, schema, &value, root, &mut found);
        }
        errors.extend(found);
    }
}
