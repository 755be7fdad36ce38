//! Options of list, watch and deletecollection: read, checked against each other, and refused in the order in which upstream does.
use super::{filter_of, number, truth};
use crate::{cache::Filter, query};
use meta::{ApiError, FieldErrors, FieldPath, Reason, fields, labels};
use resource::ResourceInfo;
use std::borrow::Cow;

/// How a resource version in a list is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum VersionMatch {
    #[default]
    Unset,
    Exact,
    NotOlderThan,
}

/// Options of list and watch.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListOptions {
    pub(crate) filter: Filter,
    pub(crate) limit: Option<usize>,
    pub(crate) continue_: String,
    /// As it came: see [`ListOptions::revision`].
    pub(crate) resource_version: String,
    pub(crate) version_match: VersionMatch,
    pub(crate) allow_watch_bookmarks: bool,
    pub(crate) send_initial_events: Option<bool>,
    /// Not given and 0 are the same; what is negative has passed.
    pub(crate) timeout_seconds: i64,
}

impl ListOptions {
    /// `None` when not given; `Some(0)` is "any".
    ///
    /// # Errors
    /// In the words of upstream's storage.
    pub(crate) fn revision(&self) -> Result<Option<u64>, String> {
        revision(&self.resource_version)
    }
}

/// A resource version of a query. `None` when it is empty.
///
/// # Errors
/// In the words of upstream's storage.
pub(crate) fn revision(text: &str) -> Result<Option<u64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = number::parse_u64(text);
    parsed.map(Some).map_err(|why| {
        let mut errors = FieldErrors::new();
        errors.invalid(&FieldPath::new("resourceVersion"), text, why);
        errors.aggregate()
    })
}

/// The error of a get or watch at what is no resource version: upstream's storage refuses it behind all that knows of reasons.
pub(crate) fn unreadable_version(why: String) -> ApiError {
    ApiError::new(Reason::Unknown, why)
}

/// The parameters as they came; of a repeated one the first counts.
#[derive(Default)]
struct Given<'a> {
    label_selector: Option<Cow<'a, str>>,
    field_selector: Option<Cow<'a, str>>,
    watch: Option<Cow<'a, str>>,
    allow_watch_bookmarks: Option<Cow<'a, str>>,
    resource_version: Option<Cow<'a, str>>,
    resource_version_match: Option<Cow<'a, str>>,
    timeout_seconds: Option<Cow<'a, str>>,
    limit: Option<Cow<'a, str>>,
    continue_: Option<Cow<'a, str>>,
    send_initial_events: Option<Cow<'a, str>>,
}

impl<'a> Given<'a> {
    fn of(query: &'a str) -> Self {
        let mut given = Self::default();
        for (key, value) in query::pairs(query) {
            let place = match &*key {
                "labelSelector" => &mut given.label_selector,
                "fieldSelector" => &mut given.field_selector,
                "watch" => &mut given.watch,
                "allowWatchBookmarks" => &mut given.allow_watch_bookmarks,
                "resourceVersion" => &mut given.resource_version,
                "resourceVersionMatch" => &mut given.resource_version_match,
                "timeoutSeconds" => &mut given.timeout_seconds,
                "limit" => &mut given.limit,
                "continue" => &mut given.continue_,
                "sendInitialEvents" => &mut given.send_initial_events,
                _ => continue,
            };
            place.get_or_insert(value);
        }
        given
    }
}

/// Reads the options of a query. `namespace` comes from the path.
///
/// # Errors
/// 400 for what cannot be read and for unknown fields; 422 for what does not fit together.
pub(crate) fn list_options(
    query: &str,
    info: &ResourceInfo,
    namespace: &str,
) -> Result<ListOptions, ApiError> {
    let given = Given::of(query);
    let number = |text: &Option<Cow<'_, str>>| match text {
        Some(text) => number::parse_i64(text).map_err(ApiError::bad_request),
        None => Ok(0),
    };
    let is_true = |text: &Option<Cow<'_, str>>| text.as_deref().is_some_and(truth);
    let text = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned).unwrap_or_default();
    let timeout_seconds = number(&given.timeout_seconds)?;
    let limit = number(&given.limit)?;
    let (labels, fields) = selectors(&given)?;
    let mut options = ListOptions {
        limit: usize::try_from(limit).ok().filter(|limit| *limit > 0),
        continue_: text(given.continue_),
        resource_version: text(given.resource_version),
        allow_watch_bookmarks: is_true(&given.allow_watch_bookmarks),
        send_initial_events: given.send_initial_events.as_deref().map(truth),
        timeout_seconds,
        ..ListOptions::default()
    };
    let watch = is_true(&given.watch);
    let wanted = given.resource_version_match.as_deref().unwrap_or("");
    let wanted = set_defaults(&mut options, watch, wanted);
    let mut errors = FieldErrors::new();
    if watch {
        validate_watch(&options, wanted, &mut errors);
    } else {
        validate_list(&options, wanted, &mut errors);
    }
    super::checked("ListOptions", &errors)?;
    options.version_match = match wanted {
        "Exact" => VersionMatch::Exact,
        "NotOlderThan" => VersionMatch::NotOlderThan,
        _ => VersionMatch::Unset,
    };
    options.filter = filter_of(info, namespace, labels, fields.as_ref())?;
    Ok(options)
}

fn selectors(
    given: &Given<'_>,
) -> Result<(Option<labels::Selector>, Option<fields::Selector>), ApiError> {
    let present = |text: &Option<Cow<'_, str>>| {
        let text = text.as_deref().filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    let labels = present(&given.label_selector).map(|text| labels::Selector::parse(&text));
    let fields = present(&given.field_selector).map(|text| fields::Selector::parse(&text));
    let bad = |error: &dyn std::fmt::Display| ApiError::bad_request(error.to_string());
    Ok((
        labels.transpose().map_err(|error| bad(&error))?,
        fields.transpose().map_err(|error| bad(&error))?,
    ))
}

/// A watch that says nothing else begins with what there is, and is told where that ends.
fn set_defaults<'a>(options: &mut ListOptions, watch: bool, wanted: &'a str) -> &'a str {
    let silent = options.send_initial_events.is_none() && wanted.is_empty();
    if watch && silent && matches!(&*options.resource_version, "" | "0") {
        options.send_initial_events = Some(true);
        return "NotOlderThan";
    }
    wanted
}

/// As upstream's `ValidateListOptions`.
fn validate_list(options: &ListOptions, wanted: &str, errors: &mut FieldErrors) {
    let path = FieldPath::new("resourceVersionMatch");
    if !wanted.is_empty() {
        if options.resource_version.is_empty() {
            let words = "resourceVersionMatch is forbidden unless resourceVersion is provided";
            errors.forbidden(&path, words);
        }
        if !options.continue_.is_empty() {
            let words = "resourceVersionMatch is forbidden when continue is provided";
            errors.forbidden(&path, words);
        }
        if !matches!(wanted, "Exact" | "NotOlderThan") {
            errors.not_supported(&path, wanted, &["Exact", "NotOlderThan", ""]);
        }
        if wanted == "Exact" && options.resource_version == "0" {
            let words = "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
            errors.forbidden(&path, words);
        }
    }
    if options.send_initial_events.is_some() {
        let initial = FieldPath::new("sendInitialEvents");
        errors.forbidden(&initial, "sendInitialEvents is forbidden for list");
    }
}

/// As upstream's `validateWatchOptions`.
fn validate_watch(options: &ListOptions, wanted: &str, errors: &mut FieldErrors) {
    let path = FieldPath::new("resourceVersionMatch");
    let sends = options.send_initial_events.is_some();
    if sends && wanted != "NotOlderThan" {
        let words = "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
        errors.forbidden(&path, words);
    }
    if wanted.is_empty() {
        return;
    }
    if !sends {
        let words =
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided";
        errors.forbidden(&path, words);
    }
    if wanted != "NotOlderThan" {
        errors.not_supported(&path, wanted, &["NotOlderThan"]);
    }
    if !options.continue_.is_empty() {
        let words = "resourceVersionMatch is forbidden when continue is provided";
        errors.forbidden(&path, words);
    }
}

#[cfg(test)]
mod tests;
