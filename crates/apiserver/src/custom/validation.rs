//! Validation of custom objects by the rules of one version.
use super::definition::Rules;
use meta::{Dynamic, FieldErrors, FieldPath, Str, codec, go_quote};
use resource::RequestContext;
use serde_json::Value;

/// Finalizers of upstream's own that need no domain.
const STANDARD_FINALIZERS: &[&str] = &["orphan", "foregroundDeletion", "kubernetes"];

impl Rules {
    /// Validates an object, of an update with what was there before.
    pub(super) fn validate(
        &self,
        cx: &RequestContext,
        new: &Dynamic,
        old: Option<&Dynamic>,
        errors: &mut FieldErrors,
    ) {
        if self.is_other_kind(new, errors) {
            return;
        }
        let document = codec::to_value(new);
        let before = old.map(|old| codec::to_value(old));
        let root = FieldPath::root();
        let mut found = FieldErrors::new();
        self.schema
            .validate(&root, &document, before.as_ref(), &mut found);
        if let Some(scale) = &self.scale {
            scale.validate_spec(new, &mut found);
            scale.validate_status(new, &mut found);
        }
        self.validate_embedded(&document, &mut found);
        self.validate_whole(cx, &document, before.as_ref(), &mut found);
        errors.extend(found);
    }

    /// The same of a change to the status alone.
    pub(super) fn validate_status(
        &self,
        cx: &RequestContext,
        new: &Dynamic,
        old: &Dynamic,
        errors: &mut FieldErrors,
    ) {
        if self.is_other_kind(new, errors) {
            return;
        }
        let (document, before) = (codec::to_value(new), codec::to_value(old));
        let mut found = FieldErrors::new();
        let schema = self.schema.property("status");
        if let (Some(status), Some(schema)) = (document.get("status"), schema) {
            let path = FieldPath::new("status");
            schema.validate(&path, status, before.get("status"), &mut found);
        }
        if let Some(scale) = &self.scale {
            scale.validate_status(new, &mut found);
        }
        self.validate_whole(cx, &document, Some(&before), &mut found);
        errors.extend(found);
    }

    fn is_other_kind(&self, object: &Dynamic, errors: &mut FieldErrors) -> bool {
        let Some(kind) = object.content.get("kind") else {
            return false;
        };
        let words = format!("must be {}", self.type_.kind);
        let path = FieldPath::new("kind");
        errors.invalid(&path, kind.as_str().unwrap_or_default(), words);
        true
    }

    fn validate_embedded(&self, document: &Value, errors: &mut FieldErrors) {
        let metadata = |errors: &mut FieldErrors, meta: &meta::ObjectMeta, path: &FieldPath| {
            resource::validate_embedded_metadata(errors, meta, path);
        };
        let root = structural::Root::Value;
        self.schema
            .validate_embedded(&FieldPath::root(), document, root, &metadata, errors);
    }

    /// What looks at more than one value: lists, and rules unless the object is too wrong for them.
    fn validate_whole(
        &self,
        cx: &RequestContext,
        document: &Value,
        before: Option<&Value>,
        errors: &mut FieldErrors,
    ) {
        let root = FieldPath::root();
        let mut in_old = FieldErrors::new();
        if let Some(before) = before {
            self.schema.validate_lists(&root, before, &mut in_old);
        }
        if in_old.is_empty() {
            self.schema.validate_lists(&root, document, errors);
        }
        let Some(rules) = &self.rules else { return };
        if let Some(blocked) = structural::rules_blocked(errors) {
            return errors.push(blocked);
        }
        let mut budget = structural::RULES_BUDGET;
        let mut warnings = Vec::new();
        self.expressions.evaluating(|| {
            rules.validate(&root, document, before, errors, &mut warnings, &mut budget);
        });
        warnings.into_iter().for_each(|words| cx.warn(words));
    }
}

/// What is wrong with the names of new finalizers, and no reason to refuse them.
pub(super) fn finalizer_warnings(new: &[Str], old: &[Str]) -> Vec<String> {
    let mut added: Vec<&Str> = new.iter().filter(|name| !old.contains(name)).collect();
    added.sort();
    added.dedup();
    added
        .into_iter()
        .flat_map(|name| warnings_of(name))
        .collect()
}

fn warnings_of(name: &str) -> Vec<String> {
    let shown = format!("metadata.finalizers: {}", go_quote(name));
    let problems = meta::validation::qualified_name(name).into_iter();
    let mut warnings: Vec<String> = problems
        .map(|problem| format!("{shown}: {problem}"))
        .collect();
    if !name.contains('/') && !STANDARD_FINALIZERS.contains(&name) {
        let advice = if name.contains('.') {
            "prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers"
        } else {
            "prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"
        };
        warnings.push(format!("{shown}: {advice}"));
    }
    warnings
}
