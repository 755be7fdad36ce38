//! The versions of a custom resource besides the stored one.
use super::{
    definition::{Definition, Rules},
    kind::{cast, cast_mut, decode, info_of},
    scale::ScaleView,
};
use meta::{Dynamic, Str, codec::Strictness};
use resource::{
    Cell, DecodeFailure, DecodedObject, Encoding, ErasedVersion, ErasedView, Now, Object,
    ResourceInfo,
};
use std::sync::Arc;

/// One of them. Requests work on its own objects, see [`super::conversion`].
pub(super) struct OtherVersion {
    definition: Arc<Definition>,
    version: Str,
    info: ResourceInfo,
    scale: Option<ScaleView>,
}

impl OtherVersion {
    /// Every served version but the stored one.
    pub(super) fn all(definition: &Arc<Definition>) -> Vec<Arc<dyn ErasedVersion>> {
        let stored = &definition.storage().type_;
        let others = definition
            .versions
            .iter()
            .filter(|rules| rules.served && rules.type_ != *stored);
        others
            .map(|rules| {
                let other: Arc<dyn ErasedVersion> = Arc::new(Self {
                    definition: Arc::clone(definition),
                    version: rules.type_.version.clone(),
                    info: info_of(definition, rules),
                    scale: rules.scale.is_some().then(|| ScaleView {
                        definition: Arc::clone(definition),
                        version: rules.type_.version.clone(),
                    }),
                });
                other
            })
            .collect()
    }

    fn rules(&self) -> &Rules {
        let rules = self.definition.named(&self.version);
        rules.expect("a version is one of its definition's")
    }
}

impl ErasedVersion for OtherVersion {
    fn info(&self) -> &ResourceInfo {
        &self.info
    }
    fn new_object(&self) -> Object {
        Box::new(Dynamic {
            type_: Arc::clone(&self.rules().type_),
            ..Dynamic::default()
        })
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode(self.rules(), bytes, encoding, strictness)
    }
    fn set_defaults(&self, object: &mut Object) {
        self.rules().set_defaults(cast_mut(object));
    }
    fn cells(&self, object: &Object, now: &Now) -> Option<Vec<Cell>> {
        let columns = &self.rules().columns;
        Some(super::columns::cells(columns, cast(object), now))
    }
    fn view(&self, name: &str) -> Option<&dyn ErasedView> {
        let scale = self.scale.as_ref().filter(|_| name == "scale")?;
        Some(scale)
    }
}
