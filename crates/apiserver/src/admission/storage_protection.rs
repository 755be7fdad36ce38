//! StorageObjectInUseProtection: volumes, claims and attribute classes are kept by a finalizer while somebody uses them.
use super::{Look, Plugin};
use api::{
    core::v1::{PersistentVolume, PersistentVolumeClaim},
    storage::v1::VolumeAttributesClass,
};
use meta::ApiError;
use resource::{Object, Operation};

pub(super) struct StorageObjectInUseProtection;

impl Plugin for StorageObjectInUseProtection {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation == Operation::Create && look.cx.subresource.is_empty() {
            protect(object);
        }
        Ok(())
    }
}

fn protect(object: &mut Object) {
    let any = object.as_any();
    let finalizer = if any.is::<PersistentVolumeClaim>() {
        "kubernetes.io/pvc-protection"
    } else if any.is::<PersistentVolume>() {
        "kubernetes.io/pv-protection"
    } else if any.is::<VolumeAttributesClass>() {
        "kubernetes.io/vac-protection"
    } else {
        return;
    };
    let finalizers = &mut object.metadata_mut().finalizers;
    if !finalizers.iter().any(|one| one == finalizer) {
        finalizers.push(finalizer.into());
    }
}

#[cfg(test)]
mod tests {
    use super::protect;
    use api::core::v1::{PersistentVolume, PersistentVolumeClaim, Pod};
    use resource::Object;

    #[test]
    fn each_has_its_finalizer_once() {
        let objects: [(Object, &[&str]); 3] = [
            (
                Box::new(PersistentVolume::default()),
                &["kubernetes.io/pv-protection"],
            ),
            (
                Box::new(PersistentVolumeClaim::default()),
                &["kubernetes.io/pvc-protection"],
            ),
            (Box::new(Pod::default()), &[]),
        ];
        for (mut object, expect) in objects {
            protect(&mut object);
            protect(&mut object);
            assert_eq!(object.metadata().finalizers, expect);
        }
    }
}
