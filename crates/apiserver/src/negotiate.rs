//! Content negotiation: which encoding and which form an answer has, and how a request's body is read.
use http::{HeaderMap, HeaderValue, header};
use meta::{ApiError, Reason};

/// Encodings of single documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    Yaml,
    Protobuf,
}

impl Media {
    pub(crate) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
            Self::Protobuf => "application/vnd.kubernetes.protobuf",
        })
    }
}

/// What stands in place of the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Object,
    Table,
    PartialMetadata,
}

/// What there is to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Whole documents.
    Documents,
    /// Besides whole objects, tables and partial metadata of them.
    Objects,
    /// The same, but the objects themselves have no protobuf form.
    DynamicObjects,
}

/// What an answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) media: Media,
    pub(crate) form: Form,
    /// The group version of tables and partial metadata: `meta.k8s.io/v1`, or `v1beta1` for old clients.
    pub(crate) meta_version: &'static str,
    /// Only where lists can be asked for as a stream of frames (`;stream=watch`).
    pub(crate) stream: bool,
}

const META_V1: &str = "meta.k8s.io/v1";
const META_V1BETA1: &str = "meta.k8s.io/v1beta1";

impl Accepted {
    /// What clients get that do not say.
    pub(crate) const JSON: Self = Self {
        media: Media::Json,
        form: Form::Object,
        meta_version: META_V1,
        stream: false,
    };

    /// The first clause of `Accept` that can be served.
    ///
    /// # Errors
    /// 406 with the list of what is on offer.
    pub(crate) fn of(headers: &HeaderMap, offer: Offer) -> Result<Self, ApiError> {
        let accept = headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        if accept.trim().is_empty() {
            return Ok(Self::JSON);
        }
        let mut clauses: Vec<(f32, Clause<'_>)> =
            accept.split(',').filter_map(Clause::parse).collect();
        clauses.sort_by(|a, b| b.0.total_cmp(&a.0));
        let found = clauses.iter().find_map(|(_, clause)| clause.accept(offer));
        found.ok_or_else(not_acceptable)
    }
}

fn not_acceptable() -> ApiError {
    let words = "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
    crate::status::with_empty_details(ApiError::new(Reason::NotAcceptable, words))
}

struct Clause<'a> {
    media: &'a str,
    form: Option<&'a str>,
    group: &'a str,
    version: &'a str,
    stream: bool,
}

impl<'a> Clause<'a> {
    fn parse(text: &'a str) -> Option<(f32, Self)> {
        let mut parts = text.split(';').map(str::trim);
        let mut clause = Self {
            media: parts.next()?,
            form: None,
            group: "",
            version: "",
            stream: false,
        };
        let mut quality = 1.0;
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            match key.trim() {
                "as" => clause.form = Some(value),
                "g" => clause.group = value,
                "v" => clause.version = value,
                "stream" => clause.stream = value == "watch",
                "q" => quality = value.parse().unwrap_or(1.0),
                _ => {}
            }
        }
        Some((quality, clause))
    }

    fn accept(&self, offer: Offer) -> Option<Accepted> {
        let media = match self.media {
            "application/json" | "application/*" | "*/*" => Media::Json,
            "application/yaml" => Media::Yaml,
            "application/vnd.kubernetes.protobuf" => Media::Protobuf,
            _ => return None,
        };
        let form = match self.form {
            None if offer == Offer::DynamicObjects && media == Media::Protobuf => return None,
            None => Form::Object,
            Some(_)
                if offer == Offer::Documents
                    || self.group != "meta.k8s.io"
                    || !matches!(self.version, "v1" | "v1beta1") =>
            {
                return None;
            }
            Some("Table") if media != Media::Protobuf => Form::Table,
            Some("PartialObjectMetadata" | "PartialObjectMetadataList") => Form::PartialMetadata,
            Some(_) => return None,
        };
        Some(Accepted {
            media,
            form,
            meta_version: if self.version == "v1beta1" {
                META_V1BETA1
            } else {
                META_V1
            },
            stream: self.stream,
        })
    }
}

/// How the body of a write is encoded. No content type is JSON.
///
/// # Errors
/// 415 with the accepted types.
pub(crate) fn request_media(headers: &HeaderMap) -> Result<Media, ApiError> {
    let named = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| !value.is_empty());
    match &*media_type(headers).to_ascii_lowercase() {
        "" if !named => Ok(Media::Json),
        "application/json" => Ok(Media::Json),
        "application/yaml" => Ok(Media::Yaml),
        "application/vnd.kubernetes.protobuf" => Ok(Media::Protobuf),
        _ => Err(unsupported_media(&[
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
        ])),
    }
}

/// The 415 of upstream.
pub(crate) fn unsupported_media(accepted: &[&str]) -> ApiError {
    let accepted = accepted.join(", ");
    let words = format!(
        "the body of the request was in an unknown format - accepted media types include: {accepted}"
    );
    ApiError::new(Reason::UnsupportedMediaType, words)
}

/// The content type without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    value.split(';').next().unwrap_or("").trim()
}

/// Whether the client takes gzip.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    value
        .split(',')
        .any(|coding| coding.split(';').next().unwrap_or("").trim() == "gzip")
}

#[cfg(test)]
mod tests;
