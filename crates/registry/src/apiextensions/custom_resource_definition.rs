//! CustomResourceDefinition: a kind that a user defines. It goes only after all objects of that kind have gone.

use super::{hub::Hub, names, parts, spec};
use api::apiextensions::v1::{
    ConditionStatus, ConversionStrategyType, CustomResourceConversion, CustomResourceDefinition,
    CustomResourceDefinitionConditionType, CustomResourceDefinitionSpec,
};
use meta::{FieldErrors, FieldPath, go_quote};
use resource::{
    Column, Deletion, Generation, Part, RequestContext, Strategy, Subresources, Upstream,
};
use structural::definition::{self, CLEANUP_FINALIZER, Condition};

pub(crate) struct CustomResourceDefinitions;

const HTTPS: i32 = 443;
const NAME: &str = "must be spec.names.plural+\".\"+spec.group";

impl Strategy for CustomResourceDefinitions {
    type Object = CustomResourceDefinition;
    const STANDARD_FINALIZERS: bool = false;
    const SHORT_NAMES: &'static [&'static str] = &["crd", "crds"];
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<CustomResourceDefinition>] =
        &[Column::NAME, Column::CREATED_AT];
    const UPSTREAM: Upstream = Upstream {
        own_delete: true,
        stored_as: Some(("apiextensions.k8s.io", "v1beta1")),
        status_in_tables: false,
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<CustomResourceDefinition> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn set_defaults(&self, definition: &mut CustomResourceDefinition) {
        let spec = &mut definition.spec;
        if spec.names.singular.is_empty() {
            spec.names.singular = spec.names.kind.to_lowercase();
        }
        if spec.names.list_kind.is_empty() && !spec.names.kind.is_empty() {
            spec.names.list_kind = format!("{}List", spec.names.kind).into();
        }
        let conversion = spec.conversion.get_or_insert_with(|| {
            Box::new(CustomResourceConversion {
                strategy: ConversionStrategyType::NONE.into(),
                webhook: None,
            })
        });
        // Upstream keeps what the webhook says, and not that there is one.
        conversion.webhook.take_if(|webhook| {
            webhook.client_config.is_none() && webhook.conversion_review_versions.is_empty()
        });
        let webhook = conversion.webhook.as_deref_mut();
        let config = webhook.and_then(|webhook| webhook.client_config.as_deref_mut());
        if let Some(service) = config.and_then(|config| config.service.as_deref_mut()) {
            service.port.get_or_insert(HTTPS);
        }
        if definition.status.stored_versions.is_empty() {
            store_storage_version(definition);
        }
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut CustomResourceDefinition) {
        new.status = Default::default();
        store_storage_version(new);
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CustomResourceDefinition,
    ) {
        check_name(errors, new);
        spec::check_all(errors, new, None);
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &CustomResourceDefinition,
    ) -> Vec<String> {
        warnings(&unrecognized_formats(&new.spec))
    }

    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut CustomResourceDefinition,
        _old: &CustomResourceDefinition,
    ) {
        store_storage_version(new);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CustomResourceDefinition,
        old: &CustomResourceDefinition,
    ) {
        spec::check_all(errors, new, Some(old));
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &CustomResourceDefinition,
        old: &CustomResourceDefinition,
    ) -> Vec<String> {
        let before = unrecognized_formats(&old.spec);
        let mut formats = unrecognized_formats(&new.spec);
        formats.retain(|format| !before.contains(format));
        warnings(&formats)
    }

    /// The first request marks the definition for the controller that deletes the objects; generation and grace period stay.
    fn on_delete(
        &self,
        cx: &RequestContext,
        definition: &mut CustomResourceDefinition,
    ) -> Deletion {
        let metadata = &mut definition.metadata;
        if metadata.deletion_timestamp.is_some() {
            return Deletion::Default;
        }
        metadata.deletion_timestamp = Some(cx.now);
        if !metadata
            .finalizers
            .iter()
            .any(|name| name == CLEANUP_FINALIZER)
        {
            metadata.finalizers.push(CLEANUP_FINALIZER.into());
        }
        let pending = Condition {
            type_: CustomResourceDefinitionConditionType::TERMINATING,
            status: ConditionStatus::TRUE,
            reason: "InstanceDeletionPending",
            message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon".to_owned(),
        };
        definition::set_condition(&mut definition.status, &pending, cx.now);
        Deletion::Marked
    }
}

/// Objects are stored in that version from now on, and may be in those from before.
fn store_storage_version(definition: &mut CustomResourceDefinition) {
    let mut versions = definition.spec.versions.iter();
    let Some(version) = versions.find(|version| version.storage) else {
        return;
    };
    let stored = &mut definition.status.stored_versions;
    if !stored.contains(&version.name) {
        stored.push(version.name.clone());
    }
}

fn check_name(errors: &mut FieldErrors, new: &CustomResourceDefinition) {
    let wanted = format!("{}.{}", new.spec.names.plural, new.spec.group);
    let path = FieldPath::new("metadata");
    let metadata = &new.metadata;
    for (field, name) in [
        ("generateName", &metadata.generate_name),
        ("name", &metadata.name),
    ] {
        if !name.is_empty() && *name != wanted.as_str() {
            errors.invalid(&path.child(field), name, NAME);
        }
    }
}

fn unrecognized_formats(spec: &CustomResourceDefinitionSpec) -> Vec<String> {
    let hub = Hub::new(spec);
    let own = hub.versions.iter().map(|(_, own)| own.schema);
    std::iter::once(hub.shared.schema)
        .chain(own)
        .filter_map(|schema| schema?.open_apiv3_schema.as_deref())
        .flat_map(parts::unrecognized_formats)
        .collect()
}

fn warnings(formats: &[String]) -> Vec<String> {
    let words = |format: &String| format!("unrecognized format {}", go_quote(format));
    formats.iter().map(words).collect()
}

/// Labels, annotations, finalizers and owners may be written along, as upstream lets them.
struct StatusPart;

impl Part<CustomResourceDefinition> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CustomResourceDefinition,
        _old: &CustomResourceDefinition,
    ) {
        let path = FieldPath::new("status").child("acceptedNames");
        names::check(errors, &path, &new.status.accepted_names);
    }
}

#[cfg(test)]
mod tests;
