//! MutatingWebhookConfiguration: servers that may change what is about to be stored.

use super::webhook::{self, Webhook};
use api::admissionregistration::v1::{
    MutatingWebhook, MutatingWebhookConfiguration, ReinvocationPolicyType,
};
use meta::FieldErrors;
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy};

pub(crate) struct MutatingWebhookConfigurations;

impl Strategy for MutatingWebhookConfigurations {
    type Object = MutatingWebhookConfiguration;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::AsGiven;
    const COLUMNS: &'static [Column<MutatingWebhookConfiguration>] = &[
        Column::NAME,
        Column::integer(
            "Webhooks",
            "How many webhooks the configuration has.",
            |configuration: &MutatingWebhookConfiguration, _| configuration.webhooks.len().into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, configuration: &mut MutatingWebhookConfiguration) {
        for hook in &mut configuration.webhooks {
            webhook::set_defaults!(hook);
            let policy = &mut hook.reinvocation_policy;
            policy.get_or_insert_with(|| ReinvocationPolicyType::NEVER.into());
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &MutatingWebhookConfiguration,
    ) {
        webhook::check(errors, &views(&new.webhooks), None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &MutatingWebhookConfiguration,
        old: &MutatingWebhookConfiguration,
    ) {
        webhook::check(errors, &views(&new.webhooks), Some(&views(&old.webhooks)));
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &MutatingWebhookConfiguration,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}

fn views(hooks: &[MutatingWebhook]) -> Vec<Webhook<'_>> {
    hooks
        .iter()
        .map(|hook| webhook::view!(hook, hook.reinvocation_policy.as_ref()))
        .collect()
}
