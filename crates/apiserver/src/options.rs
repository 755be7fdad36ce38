//! Options of requests, from their query: typed, validated, with upstream's words.
use crate::query;
use meta::{ApiError, DeleteOptions, FieldErrors, FieldPath, Json, Preconditions, Str};
use resource::{GivenOptions, ResourceInfo};

mod filter;
mod list;
mod number;
pub(crate) use self::{
    filter::filter_of,
    list::{ListOptions, VersionMatch, list_options, revision, unreadable_version},
};

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
    /// As it was given.
    pub(crate) field_validation_given: Str,
    pub(crate) force: bool,
}

impl WriteOptions {
    /// Those that admission is told.
    pub(crate) fn given(&self) -> GivenOptions {
        GivenOptions {
            field_manager: self.field_manager.clone(),
            field_validation: self.field_validation_given.clone(),
            deletion: None,
        }
    }
}

/// What a table's rows carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum IncludeObject {
    None,
    #[default]
    Metadata,
    Object,
}

/// What `?pretty` says, where it says something.
pub(crate) fn pretty(query: &str) -> Option<bool> {
    if !query.contains("pretty") {
        return None;
    }
    let given = query::first(query, "pretty")?;
    (!given.is_empty()).then(|| parse_bool(&given).unwrap_or(false))
}

/// Options of a write. `kind` is `CreateOptions`, `UpdateOptions` or `PatchOptions`; `apply` demands a manager.
pub(crate) fn write_options(
    query: &str,
    kind: &str,
    apply: bool,
) -> Result<WriteOptions, ApiError> {
    let (mut dry_run, mut force) = (Vec::new(), None);
    let (mut field_manager, mut validation) = (None, None);
    for (key, value) in query::pairs(query) {
        match &*key {
            "dryRun" => dry_run.push(Str::from(&*value)),
            "fieldManager" => drop(field_manager.get_or_insert(Str::from(&*value))),
            "force" => drop(force.get_or_insert(truth(&value))),
            "fieldValidation" => drop(validation.get_or_insert(value)),
            _ => {}
        }
    }
    let mut errors = FieldErrors::new();
    let field_manager = field_manager.unwrap_or_default();
    let manager = FieldPath::new("fieldManager");
    if apply && field_manager.is_empty() {
        errors.required(&manager, "is required for apply patch");
    }
    if kind == "PatchOptions" && !apply && force.is_some() {
        let words = "may not be specified for non-apply patch";
        errors.forbidden(&FieldPath::new("force"), words);
    }
    resource::validate_manager(&mut errors, &field_manager, &manager);
    check_dry_run(&dry_run, &mut errors);
    let given = validation.as_deref().unwrap_or("");
    let field_validation = field_validation(given, &mut errors);
    checked(kind, &errors)?;
    Ok(WriteOptions {
        dry_run: !dry_run.is_empty(),
        field_manager,
        field_validation,
        field_validation_given: given.into(),
        force: force.unwrap_or(false),
    })
}

fn checked(kind: &str, errors: &FieldErrors) -> Result<(), ApiError> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid("meta.k8s.io", kind, "", errors))
    }
}

fn check_dry_run(values: &[Str], errors: &mut FieldErrors) {
    if values.iter().any(|value| value != "All") {
        errors.not_supported(&FieldPath::new("dryRun"), values.to_vec(), &["All"]);
    }
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

/// What the rows of a table are to carry.
///
/// # Errors
/// 400, where there is to be a table.
pub(crate) fn include_object(query: &str) -> Result<IncludeObject, ApiError> {
    match query::first(query, "includeObject")
        .as_deref()
        .unwrap_or("")
    {
        "" | "Metadata" => Ok(IncludeObject::Metadata),
        "None" => Ok(IncludeObject::None),
        "Object" => Ok(IncludeObject::Object),
        other => {
            let mut errors = FieldErrors::new();
            let words = "must be 'Metadata', 'Object', 'None', or empty";
            errors.invalid(&FieldPath::new("includeObject"), other, words);
            Err(ApiError::bad_request(format!(
                "Unable to convert to Table as requested: {}",
                errors.aggregate()
            )))
        }
    }
}

/// Options of a delete without a body: those of the query.
///
/// # Errors
/// 400 for what is no number.
pub(crate) fn delete_options(query: &str) -> Result<DeleteOptions, ApiError> {
    let mut options = DeleteOptions::default();
    let first = |name| query::first(query, name);
    if let Some(seconds) = first("gracePeriodSeconds") {
        let seconds = number::parse_i64(&seconds).map_err(ApiError::bad_request)?;
        options.grace_period_seconds = Some(seconds);
    }
    options.orphan_dependents = first("orphanDependents").map(|value| truth(&value));
    options.propagation_policy = first("propagationPolicy").map(|value| Str::from(&*value));
    let dry_run = query::pairs(query).filter(|(key, _)| key == "dryRun");
    options.dry_run = dry_run.map(|(_, value)| Str::from(&*value)).collect();
    let given = |name| first(name).filter(|value| !value.is_empty());
    let (uid, version) = (given("uid"), given("resourceVersion"));
    if uid.is_some() || version.is_some() {
        options.preconditions = Some(Box::new(Preconditions {
            uid: uid.map(|uid| Str::from(&*uid)),
            resource_version: version.map(|version| Str::from(&*version)),
        }));
    }
    Ok(options)
}

/// As upstream's `ValidateDeleteOptions`.
///
/// # Errors
/// 422.
pub(crate) fn validate_delete_options(options: &DeleteOptions) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("propagationPolicy");
    if let Some(policy) = &options.propagation_policy {
        if options.orphan_dependents.is_some() {
            errors.invalid(
                &path,
                Json(policy),
                "orphanDependents and deletionPropagation cannot be both set",
            );
        }
        if !matches!(policy.as_str(), "Foreground" | "Background" | "Orphan") {
            // Upstream shows texts of a type of their own as JSON.
            errors.not_supported(
                &path,
                Json(policy),
                &["Foreground", "Background", "Orphan", "nil"],
            );
        }
    }
    check_dry_run(&options.dry_run, &mut errors);
    checked("DeleteOptions", &errors)
}

/// UID and resource version that the client demands.
pub(crate) fn check_preconditions(
    info: &ResourceInfo,
    wanted: Option<&Preconditions>,
    object: &meta::ObjectMeta,
) -> Result<(), ApiError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let conflict = |what: &str, wanted: &str, found: &str| {
        if info.upstream.own_delete {
            let why = format!(
                "Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"
            );
            let (group, plural) = (&info.group, &info.plural);
            return Err(ApiError::conflict(group, plural, &object.name, &why));
        }
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

/// As Go's query decoder reads booleans: all is true but these.
pub(crate) fn truth(value: &str) -> bool {
    value != "0" && !value.eq_ignore_ascii_case("false")
}

/// As `strconv.ParseBool`, which the parameter `pretty` goes through, where what it does not know is false.
pub(crate) fn parse_bool(value: &str) -> Option<bool> {
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}
