//! [`ApiError`]: the one error that crosses the HTTP boundary, in upstream's words (`apimachinery/pkg/api/errors`).

use crate::{
    FieldErrors, Str, go_quote,
    v1::{Status, StatusCause, StatusDetails},
};
use std::fmt;

/// `reason` of a Status. Closed: each has one HTTP code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// 400.
    BadRequest,
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 406.
    NotAcceptable,
    /// 409: a name is taken.
    AlreadyExists,
    /// 409: changed in between.
    Conflict,
    /// 410: the resource has gone.
    Gone,
    /// 410: the revision is compacted.
    Expired,
    /// 413.
    RequestEntityTooLarge,
    /// 415.
    UnsupportedMediaType,
    /// 422: validation.
    Invalid,
    /// 429.
    TooManyRequests,
    /// 500.
    InternalError,
    /// 500: the caller is to try again.
    ServerTimeout,
    /// 503.
    ServiceUnavailable,
    /// 504.
    Timeout,
    /// Whatever the code says.
    Unknown,
}

/// Name and HTTP code of each reason.
const REASONS: &[(Reason, &str, u16)] = &[
    (Reason::BadRequest, "BadRequest", 400),
    (Reason::Unauthorized, "Unauthorized", 401),
    (Reason::Forbidden, "Forbidden", 403),
    (Reason::NotFound, "NotFound", 404),
    (Reason::MethodNotAllowed, "MethodNotAllowed", 405),
    (Reason::NotAcceptable, "NotAcceptable", 406),
    (Reason::AlreadyExists, "AlreadyExists", 409),
    (Reason::Conflict, "Conflict", 409),
    (Reason::Gone, "Gone", 410),
    (Reason::Expired, "Expired", 410),
    (Reason::RequestEntityTooLarge, "RequestEntityTooLarge", 413),
    (Reason::UnsupportedMediaType, "UnsupportedMediaType", 415),
    (Reason::Invalid, "Invalid", 422),
    (Reason::TooManyRequests, "TooManyRequests", 429),
    (Reason::InternalError, "InternalError", 500),
    (Reason::ServerTimeout, "ServerTimeout", 500),
    (Reason::ServiceUnavailable, "ServiceUnavailable", 503),
    (Reason::Timeout, "Timeout", 504),
    (Reason::Unknown, "", 500),
];

impl Reason {
    /// As it stands in a Status.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        REASONS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }
    /// Its HTTP code.
    #[must_use]
    pub fn code(self) -> u16 {
        REASONS
            .iter()
            .find(|row| row.0 == self)
            .map_or(500, |row| row.2)
    }
    /// The reason of that name.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        REASONS
            .iter()
            .find(|row| row.1 == name)
            .map_or(Self::Unknown, |row| row.0)
    }
}

/// A failed request, as the client sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// Why.
    pub reason: Reason,
    /// HTTP code; mostly that of the reason.
    pub code: u16,
    /// For people.
    pub message: String,
    /// For programs.
    pub details: Option<Box<StatusDetails>>,
}

impl ApiError {
    /// Without details.
    #[must_use]
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            code: reason.code(),
            message: message.into(),
            details: None,
        }
    }
    fn about(reason: Reason, group: &str, resource: &str, name: &str, message: String) -> Self {
        let details = StatusDetails {
            name: name.into(),
            group: group.into(),
            kind: resource.into(),
            ..StatusDetails::default()
        };
        Self {
            details: Some(Box::new(details)),
            ..Self::new(reason, message)
        }
    }
    /// 404: `pods "x" not found`, with `pods.group` outside core.
    #[must_use]
    pub fn not_found(group: &str, resource: &str, name: &str) -> Self {
        let message = format!(
            "{} {} not found",
            qualified(group, resource),
            go_quote(name)
        );
        Self::about(Reason::NotFound, group, resource, name, message)
    }
    /// 409: `pods "x" already exists`.
    #[must_use]
    pub fn already_exists(group: &str, resource: &str, name: &str) -> Self {
        let message = format!(
            "{} {} already exists",
            qualified(group, resource),
            go_quote(name)
        );
        Self::about(Reason::AlreadyExists, group, resource, name, message)
    }
    /// 409: `Operation cannot be fulfilled on pods "x": why`.
    #[must_use]
    pub fn conflict(group: &str, resource: &str, name: &str, why: &str) -> Self {
        let message = format!(
            "Operation cannot be fulfilled on {} {}: {why}",
            qualified(group, resource),
            go_quote(name)
        );
        Self::about(Reason::Conflict, group, resource, name, message)
    }
    /// 403: `pods "x" is forbidden: why`; without name and resource `forbidden: why`.
    #[must_use]
    pub fn forbidden(group: &str, resource: &str, name: &str, why: &str) -> Self {
        let message = match (resource, name) {
            ("", _) => format!("forbidden: {why}"),
            (_, "") => format!("{} is forbidden: {why}", qualified(group, resource)),
            _ => format!(
                "{} {} is forbidden: {why}",
                qualified(group, resource),
                go_quote(name)
            ),
        };
        Self::about(Reason::Forbidden, group, resource, name, message)
    }
    /// 422: `Pod "x" is invalid: …` with a cause for each error. `kind` is the kind, not the resource.
    #[must_use]
    pub fn invalid(group: &str, kind: &str, name: &str, errors: &FieldErrors) -> Self {
        let message = if errors.is_empty() {
            format!("{} {} is invalid", qualified(group, kind), go_quote(name))
        } else {
            format!(
                "{} {} is invalid: {}",
                qualified(group, kind),
                go_quote(name),
                errors.aggregate()
            )
        };
        let mut res = Self::about(Reason::Invalid, group, kind, name, message);
        if let Some(details) = &mut res.details {
            details.causes = errors.iter().map(cause).collect();
        }
        res
    }
    /// 400.
    #[must_use]
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(Reason::BadRequest, message)
    }
    /// 401.
    #[must_use]
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(Reason::Unauthorized, message)
    }
    /// 405: `verb is not supported on resources of kind "pods"`.
    #[must_use]
    pub fn method_not_supported(group: &str, resource: &str, verb: &str) -> Self {
        let message = format!(
            "{verb} is not supported on resources of kind \"{}\"",
            qualified(group, resource)
        );
        Self::about(Reason::MethodNotAllowed, group, resource, "", message)
    }
    /// 410: the revision is compacted.
    #[must_use]
    pub fn expired(message: impl Into<String>) -> Self {
        Self::new(Reason::Expired, message)
    }
    /// 429, to be repeated after `retry_after_seconds`.
    #[must_use]
    pub fn too_many_requests(message: impl Into<String>, retry_after_seconds: i32) -> Self {
        let details = StatusDetails {
            retry_after_seconds,
            ..StatusDetails::default()
        };
        Self {
            details: Some(Box::new(details)),
            ..Self::new(Reason::TooManyRequests, message)
        }
    }
    /// 500: `Internal error occurred: why`.
    #[must_use]
    pub fn internal(why: impl fmt::Display) -> Self {
        let cause = StatusCause {
            message: Str::from(why.to_string()),
            ..StatusCause::default()
        };
        let details = StatusDetails {
            causes: vec![cause],
            ..StatusDetails::default()
        };
        let message = format!("Internal error occurred: {why}");
        Self {
            details: Some(Box::new(details)),
            ..Self::new(Reason::InternalError, message)
        }
    }
    /// 504: `Timeout: why`.
    #[must_use]
    pub fn timeout(why: &str) -> Self {
        Self::new(Reason::Timeout, format!("Timeout: {why}"))
    }
    /// Seconds after which the client is to try again, if it is to.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<i32> {
        self.details
            .as_ref()
            .map(|details| details.retry_after_seconds)
            .filter(|seconds| *seconds > 0)
    }
    /// The Status that is sent.
    #[must_use]
    pub fn to_status(&self) -> Status {
        Status {
            status: "Failure".into(),
            message: self.message.as_str().into(),
            reason: self.reason.as_str().into(),
            details: self.details.clone(),
            code: self.code.into(),
            ..Status::default()
        }
    }
    /// From a Status that was received.
    #[must_use]
    pub fn from_status(status: Status) -> Self {
        let reason = Reason::parse(&status.reason);
        let code = u16::try_from(status.code).unwrap_or_else(|_| reason.code());
        Self {
            reason,
            code,
            message: status.message.into(),
            details: status.details,
        }
    }
}

/// `resource.group`, or the resource alone for the core group.
fn qualified(group: &str, resource: &str) -> String {
    if group.is_empty() {
        resource.to_owned()
    } else {
        format!("{resource}.{group}")
    }
}

fn cause(error: &crate::FieldError) -> StatusCause {
    StatusCause {
        reason: error.error_type.cause().into(),
        message: error.body().into(),
        field: error.field.as_str().into(),
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for ApiError {}
impl From<Status> for ApiError {
    fn from(status: Status) -> Self {
        Self::from_status(status)
    }
}
impl From<&ApiError> for Status {
    fn from(error: &ApiError) -> Self {
        error.to_status()
    }
}

#[cfg(test)]
mod tests;
