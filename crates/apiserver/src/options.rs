//! Options of requests, from their query: typed, validated, with upstream's words.
use crate::{cache::Filter, query};
use meta::{ApiError, DeleteOptions, FieldErrors, FieldPath, Preconditions, Str, fields, labels};
use resource::ResourceInfo;

mod filter;
pub(crate) use filter::filter_of;

/// How unknown and duplicate fields are met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldValidation {
    Ignore,
    #[default]
    Warn,
    Strict,
}

/// Options of create, update and patch.
#[derive(Clone, Debug, Default)]
pub(crate) struct WriteOptions {
    pub(crate) dry_run: bool,
    pub(crate) field_manager: Str,
    pub(crate) field_validation: FieldValidation,
    pub(crate) force: bool,
}

/// How a resource version in a list is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum VersionMatch {
    #[default]
    Unset,
    Exact,
    NotOlderThan,
}

/// Options of list and watch.
#[derive(Debug, Default)]
pub(crate) struct ListOptions {
    pub(crate) filter: Filter,
    pub(crate) limit: Option<usize>,
    pub(crate) continue_: String,
    /// `None` when not given; `Some(0)` is "any".
    pub(crate) resource_version: Option<u64>,
    pub(crate) version_match: VersionMatch,
    pub(crate) allow_watch_bookmarks: bool,
    pub(crate) send_initial_events: Option<bool>,
    pub(crate) timeout_seconds: Option<u64>,
    pub(crate) include_object: IncludeObject,
}

/// What a table's rows carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum IncludeObject {
    None,
    #[default]
    Metadata,
    Object,
}

/// Parses `?pretty`, which browsers and people use.
pub(crate) fn pretty(query: &str) -> bool {
    query::pairs(query).any(|(key, value)| key == "pretty" && truth(&value))
}

/// Options of a write. `apply` demands a manager.
pub(crate) fn write_options(
    query: &str,
    kind: &str,
    apply: bool,
) -> Result<WriteOptions, ApiError> {
    let mut options = WriteOptions::default();
    let mut errors = FieldErrors::new();
    for (key, value) in query::pairs(query) {
        match &*key {
            "dryRun" => options.dry_run |= dry_run(&value, &mut errors),
            "fieldManager" => options.field_manager = Str::from(&*value),
            "force" => options.force = truth(&value),
            "fieldValidation" => options.field_validation = field_validation(&value, &mut errors),
            _ => {}
        }
    }
    let manager = FieldPath::new("fieldManager");
    const MANAGER_BYTES_MAX: usize = 128;
    if options.field_manager.len() > MANAGER_BYTES_MAX {
        errors.too_long(&manager, MANAGER_BYTES_MAX);
    }
    if options.field_manager.chars().any(char::is_control) {
        errors.invalid(
            &manager,
            &options.field_manager,
            "should only contain printable characters",
        );
    }
    if apply && options.field_manager.is_empty() {
        errors.required(&manager, "is required for apply patch");
    }
    if !apply && options.force {
        errors.forbidden(
            &FieldPath::new("force"),
            "may not be specified for non-apply patch",
        );
    }
    checked(kind, &errors)?;
    Ok(options)
}

fn checked(kind: &str, errors: &FieldErrors) -> Result<(), ApiError> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid("meta.k8s.io", kind, "", errors))
    }
}

fn dry_run(value: &str, errors: &mut FieldErrors) -> bool {
    if !value.is_empty() && value != "All" {
        errors.not_supported(&FieldPath::new("dryRun"), value, &["All"]);
    }
    !value.is_empty()
}

fn field_validation(value: &str, errors: &mut FieldErrors) -> FieldValidation {
    match value {
        "" | "Warn" => FieldValidation::Warn,
        "Ignore" => FieldValidation::Ignore,
        "Strict" => FieldValidation::Strict,
        _ => {
            errors.not_supported(
                &FieldPath::new("fieldValidation"),
                value,
                &["", "Ignore", "Strict", "Warn"],
            );
            FieldValidation::Warn
        }
    }
}

/// Options of list, watch and deletecollection. `namespace` and `name` come from the path.
pub(crate) fn list_options(
    query: &str,
    info: &ResourceInfo,
    namespace: &str,
    watch: bool,
) -> Result<ListOptions, ApiError> {
    let mut options = ListOptions::default();
    let (mut label_text, mut field_text) = (None, None);
    let mut errors = FieldErrors::new();
    for (key, value) in query::pairs(query) {
        match &*key {
            "labelSelector" => label_text = Some(value.into_owned()),
            "fieldSelector" => field_text = Some(value.into_owned()),
            "limit" => options.limit = limit(&value)?,
            "continue" => options.continue_ = value.into_owned(),
            "resourceVersion" => options.resource_version = resource_version(&value)?,
            "resourceVersionMatch" => options.version_match = version_match(&value, &mut errors),
            "allowWatchBookmarks" => options.allow_watch_bookmarks = truth(&value),
            "sendInitialEvents" => options.send_initial_events = Some(truth(&value)),
            "timeoutSeconds" => {
                options.timeout_seconds = number(&value)?.filter(|seconds| *seconds > 0)
            }
            "includeObject" => options.include_object = include_object(&value)?,
            _ => {}
        }
    }
    validate_list(&options, watch, &mut errors);
    checked("ListOptions", &errors)?;
    let labels = label_text
        .filter(|text| !text.is_empty())
        .map(|text| labels::Selector::parse(&text));
    let labels = labels
        .transpose()
        .map_err(|error| ApiError::bad_request(error.to_string()))?;
    let fields = field_text
        .filter(|text| !text.is_empty())
        .map(|text| fields::Selector::parse(&text));
    let fields = fields
        .transpose()
        .map_err(|error| ApiError::bad_request(error.to_string()))?;
    options.filter = filter_of(info, namespace, labels, fields.as_ref())?;
    Ok(options)
}

fn limit(value: &str) -> Result<Option<usize>, ApiError> {
    Ok(number(value)?
        .filter(|limit| *limit > 0)
        .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)))
}

fn resource_version(value: &str) -> Result<Option<u64>, ApiError> {
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| {
        let mut errors = FieldErrors::new();
        errors.invalid(
            &FieldPath::new("resourceVersion"),
            value,
            format!("strconv.ParseUint: parsing {value:?}: invalid syntax"),
        );
        ApiError::invalid("meta.k8s.io", "ListOptions", "", &errors)
    })
}

fn version_match(value: &str, errors: &mut FieldErrors) -> VersionMatch {
    match value {
        "" => VersionMatch::Unset,
        "Exact" => VersionMatch::Exact,
        "NotOlderThan" => VersionMatch::NotOlderThan,
        _ => {
            errors.not_supported(
                &FieldPath::new("resourceVersionMatch"),
                value,
                &["Exact", "NotOlderThan", ""],
            );
            VersionMatch::Unset
        }
    }
}

fn include_object(value: &str) -> Result<IncludeObject, ApiError> {
    match value {
        "" | "Metadata" => Ok(IncludeObject::Metadata),
        "None" => Ok(IncludeObject::None),
        "Object" => Ok(IncludeObject::Object),
        _ => Err(ApiError::bad_request(format!(
            "unrecognized includeObject value: {value:?}"
        ))),
    }
}

/// Which of the options fit together, as upstream's `ValidateListOptions`.
fn validate_list(options: &ListOptions, watch: bool, errors: &mut FieldErrors) {
    let path = FieldPath::new("resourceVersionMatch");
    let unset = options.version_match == VersionMatch::Unset;
    if let Some(send) = options.send_initial_events {
        let initial = FieldPath::new("sendInitialEvents");
        if !watch {
            return errors.forbidden(&initial, "sendInitialEvents is forbidden for list");
        }
        if options.version_match != VersionMatch::NotOlderThan {
            errors.forbidden(
                &path,
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
            );
        }
        if send && !options.allow_watch_bookmarks {
            // Upstream allows it; the end is then not announced.
        }
        return;
    }
    if unset {
        return;
    }
    if watch {
        return errors.forbidden(
            &path,
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
        );
    }
    if options.resource_version.is_none() {
        errors.forbidden(
            &path,
            "resourceVersionMatch is forbidden unless resourceVersion is provided",
        );
    }
    if !options.continue_.is_empty() {
        errors.forbidden(
            &path,
            "resourceVersionMatch is forbidden when continue is provided",
        );
    }
    if options.version_match == VersionMatch::Exact && options.resource_version == Some(0) {
        errors.forbidden(
            &path,
            "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
        );
    }
}

/// Options of delete: those in the query over those in the body.
pub(crate) fn delete_options(
    query: &str,
    mut options: DeleteOptions,
) -> Result<DeleteOptions, ApiError> {
    let mut errors = FieldErrors::new();
    for (key, value) in query::pairs(query) {
        match &*key {
            "gracePeriodSeconds" => {
                let parsed = value.parse().map_err(|_| bad_number(&value))?;
                options.grace_period_seconds = Some(parsed);
            }
            "propagationPolicy" => options.propagation_policy = Some(Str::from(&*value)),
            "orphanDependents" => options.orphan_dependents = Some(truth(&value)),
            "dryRun" if !value.is_empty() => options.dry_run = vec![Str::from(&*value)],
            _ => {}
        }
    }
    for value in &options.dry_run {
        dry_run(value, &mut errors);
    }
    let path = FieldPath::new("propagationPolicy");
    if let Some(policy) = &options.propagation_policy {
        if options.orphan_dependents.is_some() {
            errors.invalid(
                &path,
                policy,
                "orphanDependents and deletionPropagation cannot be both set",
            );
        }
        if !matches!(policy.as_str(), "Foreground" | "Background" | "Orphan") {
            errors.not_supported(
                &path,
                policy,
                &["Foreground", "Background", "Orphan", "nil"],
            );
        }
    }
    checked("DeleteOptions", &errors)?;
    Ok(options)
}

/// UID and resource version that the client demands.
pub(crate) fn check_preconditions(
    info: &ResourceInfo,
    wanted: Option<&Preconditions>,
    object: &meta::ObjectMeta,
) -> Result<(), ApiError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let conflict = |what: &str, wanted: &str, found: &str| {
        let why = format!(
            "the {what} in the precondition ({wanted}) does not match the {what} in record ({found}). The object might have been {}",
            if what == "UID" {
                "deleted and then recreated"
            } else {
                "modified"
            }
        );
        Err(ApiError::conflict(
            &info.group,
            &info.kind,
            &object.name,
            &why,
        ))
    };
    if let Some(uid) = wanted.uid.as_ref().filter(|uid| **uid != object.uid) {
        return conflict("UID", uid, &object.uid);
    }
    if let Some(version) = wanted
        .resource_version
        .as_ref()
        .filter(|version| **version != object.resource_version)
    {
        return conflict("ResourceVersion", version, &object.resource_version);
    }
    Ok(())
}

fn truth(value: &str) -> bool {
    !matches!(value, "0" | "false" | "False" | "FALSE" | "f" | "F")
}

fn number(value: &str) -> Result<Option<u64>, ApiError> {
    if value.is_empty() {
        return Ok(None);
    }
    value
        .parse::<i64>()
        .map(|n| u64::try_from(n).ok())
        .map_err(|_| bad_number(value))
}

fn bad_number(value: &str) -> ApiError {
    ApiError::bad_request(format!(
        "strconv.ParseInt: parsing {value:?}: invalid syntax"
    ))
}
