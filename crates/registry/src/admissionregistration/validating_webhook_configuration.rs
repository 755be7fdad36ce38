//! ValidatingWebhookConfiguration: servers that may refuse what is about to be stored.

use super::webhook::{self, Webhook};
use api::admissionregistration::v1::{ValidatingWebhook, ValidatingWebhookConfiguration};
use meta::FieldErrors;
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy};

pub(crate) struct ValidatingWebhookConfigurations;

impl Strategy for ValidatingWebhookConfigurations {
    type Object = ValidatingWebhookConfiguration;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::AsGiven;
    const COLUMNS: &'static [Column<ValidatingWebhookConfiguration>] = &[
        Column::NAME,
        Column::integer(
            "Webhooks",
            "How many webhooks the configuration has.",
            |configuration: &ValidatingWebhookConfiguration, _| configuration.webhooks.len().into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, configuration: &mut ValidatingWebhookConfiguration) {
        for hook in &mut configuration.webhooks {
            webhook::set_defaults!(hook);
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ValidatingWebhookConfiguration,
    ) {
        webhook::check(errors, &views(&new.webhooks), None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ValidatingWebhookConfiguration,
        old: &ValidatingWebhookConfiguration,
    ) {
        webhook::check(errors, &views(&new.webhooks), Some(&views(&old.webhooks)));
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &ValidatingWebhookConfiguration,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}

fn views(hooks: &[ValidatingWebhook]) -> Vec<Webhook<'_>> {
    hooks
        .iter()
        .map(|hook| webhook::view!(hook, None))
        .collect()
}
