//! Ingress: which Service answers for a host and a path.

mod columns;
#[cfg(test)]
mod tests;
mod validate;

use api::networking::v1::Ingress;
use meta::{FieldErrors, FieldPath};
use resource::{
    Column, Generation, MetadataCheck, Part, RequestContext, Strategy, Subresources, Upstream,
};

pub(crate) struct Ingresses;

/// Says what `spec.ingressClassName` says, from before that field.
pub(super) const CLASS: &str = "kubernetes.io/ingress.class";

impl Strategy for Ingresses {
    type Object = Ingress;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["ing"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<Ingress>] = columns::COLUMNS;
    const UPSTREAM: Upstream = Upstream {
        place: "ingress",
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<Ingress> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &Ingress) {
        validate::ingress(errors, new, None);
        let class = new.spec.ingress_class_name.as_ref();
        if let (Some(old), Some(class)) = (new.metadata.annotations.get(CLASS), class)
            && old != class
        {
            let path = FieldPath::new("annotations").child(CLASS);
            let words = "must match `ingressClassName` when both are specified";
            errors.invalid(&path, old, words);
        }
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Ingress,
        old: &Ingress,
    ) {
        validate::ingress(errors, new, Some(old));
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &Ingress) -> Vec<String> {
        let old = new.metadata.annotations.contains_key(CLASS);
        let words = format!(
            "annotation {CLASS:?} is deprecated, please use 'spec.ingressClassName' instead"
        );
        (old && new.spec.ingress_class_name.is_none())
            .then_some(words)
            .into_iter()
            .collect()
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        _new: &Ingress,
        _old: &Ingress,
    ) -> Vec<String> {
        Vec::new()
    }
}

struct StatusPart;

impl Part<Ingress> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Ingress,
        old: &Ingress,
    ) {
        validate::status(errors, new, old);
    }
}
