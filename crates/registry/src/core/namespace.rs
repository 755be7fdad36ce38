//! Namespace: it goes only after everything in it has gone.

use crate::rules;
use api::core::v1::{Namespace, NamespacePhase};
use meta::{FieldErrors, FieldPath, Str};
use resource::{
    Column, Deletion, MetadataCheck, NameRule, Part, RequestContext, Strategy, Subresources,
    Upstream, Verb,
};

pub(crate) struct Namespaces;

/// The finalizer that the namespace controller removes.
const FINALIZER: &str = "kubernetes";
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

impl Strategy for Namespaces {
    type Object = Namespace;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const SHORT_NAMES: &'static [&'static str] = &["ns"];
    const VERBS: &'static [Verb] = &[
        Verb::Create,
        Verb::Delete,
        Verb::Get,
        Verb::List,
        Verb::Patch,
        Verb::Update,
        Verb::Watch,
    ];
    const NAME_RULE: NameRule = NameRule::Label;
    const FIELD_LABELS: &'static [&'static str] = &["status.phase"];
    const RETURNS_DELETED_OBJECT: bool = true;
    const COLUMNS: &'static [Column<Namespace>] = &[
        Column::NAME,
        Column::text("Status", "The status of the namespace", |namespace, _| {
            namespace.status.phase.as_str().into()
        }),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;
    const UPSTREAM: Upstream = Upstream {
        own_delete: true,
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<Namespace> {
        Subresources::none()
            .status_with(|to, from| to.status = from.status.clone(), StatusPart)
            .part("finalize", Finalize)
    }

    fn set_defaults(&self, namespace: &mut Namespace) {
        let metadata = &mut namespace.metadata;
        if !metadata.name.is_empty() && metadata.labels.get(NAME_LABEL) != Some(&metadata.name) {
            metadata.labels.insert(NAME_LABEL, metadata.name.clone());
        }
        if namespace.status.phase.is_empty() {
            namespace.status.phase = NamespacePhase::ACTIVE.into();
        }
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut Namespace) {
        new.status = Default::default();
        new.status.phase = NamespacePhase::ACTIVE.into();
        if !new
            .spec
            .finalizers
            .iter()
            .any(|finalizer| finalizer == FINALIZER)
        {
            new.spec.finalizers.push(FINALIZER.into());
        }
        // generateName had no name to show when defaults were set.
        self.set_defaults(new);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &Namespace) {
        check_finalizers(errors, new);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Namespace, old: &Namespace) {
        new.spec.finalizers = old.spec.finalizers.clone();
        new.status = old.status.clone();
    }

    fn on_delete(&self, _cx: &RequestContext, namespace: &mut Namespace) -> Deletion {
        let is_first = namespace.metadata.deletion_timestamp.is_none();
        namespace.status.phase = NamespacePhase::TERMINATING.into();
        if is_first || !namespace.spec.finalizers.is_empty() {
            Deletion::Mark
        } else {
            Deletion::Default
        }
    }

    fn may_be_removed(&self, namespace: &Namespace) -> bool {
        namespace.spec.finalizers.is_empty()
    }

    fn selectable_field(&self, namespace: &Namespace, _label: &str) -> Str {
        namespace.status.phase.clone()
    }
}

fn check_finalizers(errors: &mut FieldErrors, namespace: &Namespace) {
    let path = FieldPath::new("spec").child("finalizers");
    for finalizer in &namespace.spec.finalizers {
        check_finalizer(errors, &path, finalizer);
    }
}

fn check_finalizer(errors: &mut FieldErrors, path: &FieldPath, finalizer: &str) {
    rules::qualified_name(errors, path, finalizer);
    resource::validate_standard_finalizer(errors, path, finalizer);
}

struct StatusPart;

impl Part<Namespace> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Namespace,
        _old: &Namespace,
    ) {
        // Go's name of the field.
        let path = FieldPath::new("status").child("Phase");
        let terminating = new.status.phase == NamespacePhase::TERMINATING;
        if new.metadata.deletion_timestamp.is_none() && new.status.phase != NamespacePhase::ACTIVE {
            errors.invalid(
                &path,
                &new.status.phase,
                "may only be 'Active' if `deletionTimestamp` is empty",
            );
        }
        if new.metadata.deletion_timestamp.is_some() && !terminating {
            errors.invalid(
                &path,
                &new.status.phase,
                "may only be 'Terminating' if `deletionTimestamp` is not empty",
            );
        }
    }
}

struct Finalize;

impl Part<Namespace> for Finalize {
    fn verbs(&self) -> &'static [Verb] {
        &[Verb::Update]
    }
    fn reset_fields(&self) -> &'static [&'static str] {
        &["status"]
    }
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Namespace, old: &Namespace) {
        new.status = old.status.clone();
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Namespace,
        _old: &Namespace,
    ) {
        let path = FieldPath::new("spec").child("finalizers");
        for (index, finalizer) in new.spec.finalizers.iter().enumerate() {
            check_finalizer(errors, &path.index(index), finalizer);
        }
    }
}

#[cfg(test)]
mod tests;
