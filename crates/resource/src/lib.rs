//! What the server must know about a kind: [`Strategy`], its erasure [`ResourceType`], and the stages
//! `Decoded → Admitted → Validated` that an object passes before it may be stored.
//!
//! Knows no kind, no HTTP and no store. Kinds are in `registry`, verbs in `apiserver`.
mod annotations;
mod column;
mod context;
mod deletion;
mod erased;
mod generation;
mod lifecycle;
mod metadata;
mod names;
mod object;
mod stages;
mod strategy;
mod subresource;
mod times;
mod typed;
mod upstream;
mod version;
mod warnings;

pub use self::{
    annotations::Annotations,
    column::{
        Cell, Column, ColumnDefinition, Now, are_generic_columns, descriptions, human_duration,
    },
    context::{GivenOptions, NoReader, Reader, RequestContext, User, Verb, read},
    deletion::{
        Deletion, GarbageCollection, PlannedDelete, plan_delete, should_remove_after_update,
    },
    erased::{
        DecodeFailure, DecodedObject, Encoding, ErasedAction, ErasedOutcome, ErasedPart,
        ErasedView, ResourceInfo, ResourceType, SubresourceInfo, SubresourceSort,
    },
    generation::Generation,
    lifecycle::{forget_system_fields, invalid},
    metadata::{
        MetadataCheck, validate_annotations, validate_embedded_metadata, validate_labels,
        validate_manager, validate_metadata, validate_metadata_changes, validate_metadata_update,
        validate_standard_finalizer, validate_standard_finalizers, validate_view_metadata,
    },
    names::{NameRule, generate_name},
    object::{Object, SharedObject, same_field},
    stages::{
        Admission, AdmissionRequest, Admitted, BoxFuture, Decoded, Operation, Validated,
        set_first_defaults,
    },
    strategy::{Finish, Strategy},
    subresource::{
        Action, Connect, CopyStatus, DefaultStatus, DeleteAfter, Outcome, Part, ServerSide,
        Subresources, View,
    },
    typed::{decode, resource},
    upstream::Upstream,
    version::{ErasedVersion, Served, Shown, StoredForm, Version, Versions},
    warnings::Warnings,
};
