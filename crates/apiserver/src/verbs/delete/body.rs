//! The options of a delete, as its body says them, in whichever media type and of whichever version it says that they are.
//! Upstream: the scheme of `meta/internalversion`, which knows the kinds that have no version in all of them.
use crate::{
    decode::{self, Expected},
    negotiate::{self, Media},
};
use bytes::Bytes;
use http::HeaderMap;
use meta::{
    ApiError, DeleteOptions,
    codec::{self, Strictness, TypeMeta},
    go_quote,
};

const INTERNAL: &str = "__internal";

/// What a body is that does not say it.
const EXPECTED: Expected<'_> = Expected {
    group: "meta.k8s.io",
    version: "v1",
    kind: "DeleteOptions",
    older: &[],
    dynamic: false,
};

/// # Errors
/// 400 and 415.
pub(super) fn options(headers: &HeaderMap, body: &Bytes) -> Result<DeleteOptions, ApiError> {
    let bad = |error: &dyn std::fmt::Display| ApiError::bad_request(error.to_string());
    let from_json = |json: &[u8]| {
        let found = codec::peek_type_meta(json)
            .map_err(|error| bad(&decode::without_type(&error.to_string())))?;
        Named::in_text(&found, body)
            .and_then(|named| named.check(Envelope::Text))
            .map_err(ApiError::bad_request)?;
        let decoded = codec::from_json(json, Strictness::Lenient);
        decoded.map(|d| d.object).map_err(|error| bad(&error))
    };
    match negotiate::request_media(headers)? {
        Media::Protobuf => {
            let found = codec::Unknown::parse(body).map_err(|error| bad(&error))?;
            Named::in_protobuf(&found.api_version, &found.kind)
                .check(Envelope::Protobuf)
                .map_err(ApiError::bad_request)?;
            codec::from_protobuf(body).map_err(|error| bad(&error))
        }
        Media::Json => from_json(body),
        Media::Yaml => {
            let text = std::str::from_utf8(body).map_err(|error| bad(&error))?;
            let (json, _) = codec::yaml::to_json(text)
                .map_err(|error| bad(&decode::of_yaml(&error.to_string())))?;
            from_json(&json)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Envelope {
    Text,
    Protobuf,
}

/// What a body says that it is.
struct Named<'a> {
    group: &'a str,
    version: &'a str,
    kind: &'a str,
}

impl<'a> Named<'a> {
    /// Errors in upstream's words, which show the `body`.
    fn in_text(found: &'a TypeMeta, body: &[u8]) -> Result<Self, String> {
        let named = Self::of(&found.api_version, &found.kind)
            .ok_or_else(|| format!("unexpected GroupVersion string: {}", found.api_version))?;
        if named.version.is_empty() {
            let shown = String::from_utf8_lossy(body);
            return Err(format!("Object 'apiVersion' is missing in '{shown}'"));
        }
        Ok(named)
    }

    /// What is no version is passed over here.
    fn in_protobuf(api_version: &'a str, kind: &'a str) -> Self {
        let said = Self::of(api_version, kind).filter(|named| !named.version.is_empty());
        said.unwrap_or(Self {
            group: EXPECTED.group,
            version: EXPECTED.version,
            kind: or_expected(kind),
        })
    }

    fn of(api_version: &'a str, kind: &'a str) -> Option<Self> {
        let (group, version) = decode::group_and_version(api_version, EXPECTED)?;
        let kind = or_expected(kind);
        Some(Self {
            group,
            version,
            kind,
        })
    }

    /// Whether these are the options, or why not.
    fn check(&self, envelope: Envelope) -> Result<(), String> {
        if self.kind == EXPECTED.kind {
            return Ok(());
        }
        let Some((package, kind)) = self.go_type() else {
            return Err(self.unknown());
        };
        if envelope == Envelope::Protobuf && matches!(kind, "Table" | "InternalEvent") {
            return Err(format!(
                "object *{package}.{kind} does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message"
            ));
        }
        Err(format!(
            "converting ({package}.{kind}) to (v1.{}): unknown conversion",
            EXPECTED.kind
        ))
    }

    /// The type of another kind that upstream's scheme knows, by its package and its name.
    fn go_type(&self) -> Option<(&'static str, &'a str)> {
        let of_group = self.group == EXPECTED.group;
        match (self.kind, self.version) {
            (
                "CreateOptions" | "UpdateOptions" | "Status" | "APIVersions" | "APIGroup"
                | "APIGroupList" | "APIResourceList",
                _,
            ) => Some(("v1", self.kind)),
            ("ListOptions", INTERNAL) if of_group => Some(("internalversion", self.kind)),
            ("WatchEvent", INTERNAL) if of_group => Some(("v1", "InternalEvent")),
            ("PartialObjectMetadataList", "v1beta1" | INTERNAL) if of_group => {
                Some(("v1beta1", self.kind))
            }
            ("ListOptions" | "PatchOptions" | "WatchEvent" | "PartialObjectMetadataList", "v1")
            | ("GetOptions", "v1" | INTERNAL)
            | ("Table" | "TableOptions" | "PartialObjectMetadata", "v1" | "v1beta1" | INTERNAL)
                if of_group =>
            {
                Some(("v1", self.kind))
            }
            _ => None,
        }
    }

    fn unknown(&self) -> String {
        const SCHEME: &str = "pkg/apis/meta/internalversion/scheme/register.go:27";
        let (group, kind) = (self.group, go_quote(self.kind));
        let version = match (group, self.version) {
            (group, INTERNAL) => format!("the internal version of group {}", go_quote(group)),
            ("", version) => format!("version {}", go_quote(version)),
            (group, version) => format!("version {}", go_quote(&format!("{group}/{version}"))),
        };
        format!("no kind {kind} is registered for {version} in scheme \"{SCHEME}\"")
    }
}

fn or_expected(kind: &str) -> &str {
    match kind {
        "" => EXPECTED.kind,
        kind => kind,
    }
}

#[cfg(test)]
mod tests;
