//! Volumes: each has one source, and each source its own rules.

mod files;
mod remote;
pub(crate) mod shared;

use super::Rules;
use crate::rules;
use api::core::v1::{HostPathVolumeSource, Volume, VolumeSource};
use meta::{FieldErrors, FieldPath, Str};
use std::collections::HashMap;

const HOST_PATH_TYPES: &[&str] = &[
    "",
    "BlockDevice",
    "CharDevice",
    "Directory",
    "DirectoryOrCreate",
    "File",
    "FileOrCreate",
    "Socket",
];

/// The volumes that are as they should be, by name: only these can be mounted.
pub(super) struct Valid<'p>(HashMap<&'p Str, &'p VolumeSource>);

impl<'p> Valid<'p> {
    pub(super) fn get(&self, name: &Str) -> Option<&'p VolumeSource> {
        self.0.get(name).copied()
    }
}

pub(super) fn check<'p>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    volumes: &'p [Volume],
    rules: &Rules<'_>,
) -> Valid<'p> {
    let mut valid = HashMap::new();
    for (index, volume) in volumes.iter().enumerate() {
        let path = path.index(index);
        let mut own = FieldErrors::new();
        check_source(&mut own, &path, volume, rules);
        let name = path.child("name");
        if volume.name.is_empty() {
            own.required(&name, "");
        } else {
            rules::label(&mut own, &name, &volume.name);
        }
        if valid.contains_key(&volume.name) {
            own.duplicate(&name, &volume.name);
        }
        if own.is_empty() {
            valid.insert(&volume.name, &volume.volume_source);
        } else {
            errors.extend(own);
        }
        check_claim(errors, &path, volume, volumes, rules);
    }
    Valid(valid)
}

/// A claim that is made for the pod is no claim to be found.
fn check_claim(
    errors: &mut FieldErrors,
    path: &FieldPath,
    volume: &Volume,
    volumes: &[Volume],
    rules: &Rules<'_>,
) {
    let claim = volume.volume_source.persistent_volume_claim.as_ref();
    let (Some(claim), Some(name)) = (claim, pod_name(rules)) else {
        return;
    };
    let made = |other: &&Volume| other.volume_source.ephemeral.is_some();
    let mut made = volumes.iter().filter(made);
    if made.any(|other| claim.claim_name == format!("{name}-{}", other.name)) {
        let path = path.child("persistentVolumeClaim").child("claimName");
        let words = "must not reference a PVC that gets created for an ephemeral volume";
        errors.invalid(&path, &claim.claim_name, words);
    }
}

fn pod_name<'p>(rules: &Rules<'p>) -> Option<&'p str> {
    let name = rules.pod.map(|metadata| metadata.name.as_str());
    name.filter(|name| !name.is_empty())
}

/// How many sources a volume has had so far.
struct Sources(usize);

impl Sources {
    /// Checks one kind of source, if it is there and the first.
    fn one<T>(
        &mut self,
        errors: &mut FieldErrors,
        path: FieldPath,
        source: Option<&T>,
        check: impl FnOnce(&mut FieldErrors, &FieldPath, &T),
    ) {
        let Some(source) = source else { return };
        self.0 += 1;
        if self.0 > 1 {
            errors.forbidden(&path, "may not specify more than 1 volume type");
        } else {
            check(errors, &path, source);
        }
    }
}

/// `validateVolumeSource`, in its order.
fn check_source(errors: &mut FieldErrors, path: &FieldPath, volume: &Volume, rules: &Rules<'_>) {
    let source = &volume.volume_source;
    let mut sources = Sources(0);
    let at = |name| path.child(name);
    let s = source;
    sources.one(
        errors,
        at("emptyDir"),
        s.empty_dir.as_deref(),
        |errors, path, dir| {
            if dir
                .size_limit
                .as_ref()
                .is_some_and(|limit| limit.sign() < 0)
            {
                let words = "SizeLimit field must be a valid resource quantity";
                errors.forbidden(&path.child("sizeLimit"), words);
            }
        },
    );
    sources.one(errors, at("hostPath"), s.host_path.as_deref(), host_path);
    remote::early(errors, path, volume, &mut sources);
    remote::block(errors, path, source, &mut sources);
    sources.one(
        errors,
        at("downwarAPI"),
        s.downward_api.as_deref(),
        |errors, _, source| files::downward_api(errors, &at("downwardAPI"), source),
    );
    remote::middle(errors, path, source, &mut sources);
    let lenient = rules.lenient;
    sources.one(
        errors,
        at("storageos"),
        s.storageos.as_deref(),
        remote::storage_os,
    );
    let projected = s.projected.as_deref();
    sources.one(
        errors,
        at("projected"),
        projected,
        |errors, path, source| {
            files::projected(errors, path, source, lenient);
        },
    );
    remote::late(errors, path, volume, &mut sources, pod_name(rules));
    let image = s.image.as_deref();
    sources.one(errors, at("image"), image, |errors, path, image| {
        let named = rules.pod.is_some() && !lenient.unnamed_images;
        remote::image(errors, path, image, named);
    });
    if sources.0 == 0 {
        errors.required(path, "must specify a volume type");
    }
}

/// A path of the node, which must be there as `type` says.
pub(crate) fn host_path(errors: &mut FieldErrors, path: &FieldPath, host: &HostPathVolumeSource) {
    if host.path.is_empty() {
        return errors.required(&path.child("path"), "");
    }
    rules::no_backsteps(errors, &path.child("path"), &host.path);
    let kind = host.type_.as_ref();
    rules::optional_one_of(errors, &path.child("type"), kind, HOST_PATH_TYPES);
}
