//! What the framework itself does to every object on create and update: system fields, generation, metadata rules.
use crate::{
    Object, RequestContext, ResourceInfo, ResourceType,
    erased::ErasedPart,
    metadata::{validate_any_name, validate_metadata, validate_metadata_update},
    names::generate_name,
    strategy::Finish,
    times,
};
use meta::{ApiError, FieldErrors, ObjectMeta, Str, Time};

/// Fills system fields, prepares, allocates, validates, warns. The object is ready to be written when it answers `Ok`.
pub(crate) fn create(
    cx: &RequestContext,
    resource: &dyn ResourceType,
    new: &mut Object,
) -> Result<Option<Finish>, ApiError> {
    let info = resource.info();
    fill_system_fields(cx, info, new.metadata_mut());
    resource.prepare_create(cx, new);
    let finish = resource.begin_create(cx, new)?;
    let mut errors = FieldErrors::default();
    validate_metadata(&mut errors, info, new.metadata());
    resource.validate(cx, &mut errors, new);
    if errors.is_empty() {
        validate_any_name(&mut errors, info, new.metadata());
    }
    if let Err(error) = checked(info, &new.metadata().name, errors) {
        give_back(finish);
        return Err(error);
    }
    for warning in resource.warnings_on_create(cx, new) {
        cx.warn(warning);
    }
    resource.canonicalize(new);
    Ok(finish)
}

/// The same for an update of the main resource.
pub(crate) fn update(
    cx: &RequestContext,
    resource: &dyn ResourceType,
    new: &mut Object,
    old: &Object,
) -> Result<Option<Finish>, ApiError> {
    let info = resource.info();
    new.metadata_mut().generation = old.metadata().generation;
    resource.prepare_update(cx, new, old);
    keep_system_fields(cx, new.metadata_mut(), old.metadata());
    info.generation.count(&mut **new, &**old);
    let finish = resource.begin_update(cx, new, old)?;
    let mut errors = FieldErrors::default();
    validate_metadata_update(
        &mut errors,
        info,
        info.metadata_on_update,
        new.metadata(),
        old.metadata(),
    );
    resource.validate_update(cx, &mut errors, new, old);
    if let Err(error) = checked(info, &new.metadata().name, errors) {
        give_back(finish);
        return Err(error);
    }
    for warning in resource.warnings_on_update(cx, new, old) {
        cx.warn(warning);
    }
    resource.canonicalize(new);
    times::keep_if_unchanged(new, old);
    Ok(finish)
}

/// The same for an update through a part of the resource.
pub(crate) fn update_part(
    cx: &RequestContext,
    info: &ResourceInfo,
    part: &dyn ErasedPart,
    new: &mut Object,
    old: &Object,
) -> Result<(), ApiError> {
    new.metadata_mut().generation = old.metadata().generation;
    part.prepare_update(cx, new, old);
    keep_system_fields(cx, new.metadata_mut(), old.metadata());
    info.generation.count(&mut **new, &**old);
    let mut errors = FieldErrors::default();
    validate_metadata_update(
        &mut errors,
        info,
        part.metadata_on_update(),
        new.metadata(),
        old.metadata(),
    );
    part.validate_update(cx, &mut errors, new, old);
    checked(info, &new.metadata().name, errors)?;
    for warning in part.warnings_on_update(cx, new, old) {
        cx.warn(warning);
    }
    times::keep_if_unchanged(new, old);
    Ok(())
}

/// The 422 of upstream, with one cause a field.
#[must_use]
pub fn invalid(info: &ResourceInfo, name: &str, errors: &FieldErrors) -> ApiError {
    ApiError::invalid(&info.group, &info.kind, name, errors)
}

fn checked(info: &ResourceInfo, name: &str, errors: FieldErrors) -> Result<(), ApiError> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(invalid(info, name, &errors))
    }
}

fn give_back(finish: Option<Finish>) {
    if let Some(finish) = finish {
        finish(false);
    }
}

fn fill_system_fields(cx: &RequestContext, info: &ResourceInfo, meta: &mut ObjectMeta) {
    if info.namespaced() && meta.namespace.is_empty() {
        meta.namespace = cx.namespace.clone();
    }
    forget_system_fields(meta);
    meta.creation_timestamp = cx.now;
    meta.uid = cx.random_uid();
    meta.resource_version = Str::default();
    if meta.name.is_empty() && !meta.generate_name.is_empty() {
        meta.name = generate_name(cx, &meta.generate_name);
        // Upstream each name is tried with a copy of the object.
        cx.say_labels_are_defaults(false);
    }
}

/// What no client decides on create, gone before its fields are counted as its own: upstream `registry/rest.WipeObjectMetaSystemFields`.
pub fn forget_system_fields(meta: &mut ObjectMeta) {
    meta.creation_timestamp = Time::default();
    meta.uid = Str::default();
    meta.deletion_timestamp = None;
    meta.deletion_grace_period_seconds = None;
    meta.self_link = Str::default();
}

fn keep_system_fields(cx: &RequestContext, new: &mut ObjectMeta, old: &ObjectMeta) {
    // Upstream's store forgets it, which a dry run never reaches.
    if !cx.dry_run {
        new.self_link = Str::default();
    }
    new.creation_timestamp = old.creation_timestamp;
    if new.uid.is_empty() {
        new.uid = old.uid.clone();
    }
    if new.namespace.is_empty() {
        new.namespace = old.namespace.clone();
    }
    if old.deletion_timestamp.is_some() {
        new.deletion_timestamp = old.deletion_timestamp;
    }
    if new.deletion_grace_period_seconds.is_none() {
        new.deletion_grace_period_seconds = old.deletion_grace_period_seconds;
    }
}
