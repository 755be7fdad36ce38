//! Content negotiation: which encoding and which form an answer has, and how a request's body is read.
mod pages;
mod parameters;

pub(crate) use self::pages::{Page, page};

use http::{HeaderMap, HeaderValue, header};
use meta::{ApiError, Reason};
use std::borrow::Cow;

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
    /// Of one object, or of each in a watch.
    PartialMetadata,
    /// Of a list.
    PartialMetadataList,
}

/// What there is to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Whole documents.
    Documents,
    /// Whole objects, or their metadata: nothing makes tables of them.
    Unlisted,
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
    /// JSON with line breaks: for people.
    pub(crate) pretty: bool,
}

const META_V1: &str = "meta.k8s.io/v1";
const META_V1BETA1: &str = "meta.k8s.io/v1beta1";
const MEDIA: &str = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
/// Kind, group and version of the aggregated form of discovery.
pub(crate) const DISCOVERY: [&str; 3] = ["APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2"];
/// Of one `Accept`: what follows is not read.
const CLAUSES_MAX: usize = 256;
/// What a watch can be written in.
const STREAMS: &str =
    "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

impl Accepted {
    /// What clients get that do not say.
    pub(crate) const JSON: Self = Self {
        media: Media::Json,
        form: Form::Object,
        meta_version: META_V1,
        pretty: false,
    };

    /// The best clause of `Accept` that can be served.
    ///
    /// # Errors
    /// 406 with the list of what is on offer.
    pub(crate) fn of(headers: &HeaderMap, offer: Offer) -> Result<Self, ApiError> {
        let pretty = is_for_people(headers);
        let accept = accept(headers);
        if accept.is_empty() {
            return Ok(Self {
                pretty,
                ..Self::JSON
            });
        }
        let found = clauses(&accept).find_map(|clause| clause.accept(offer));
        let found = found.ok_or_else(|| only(MEDIA))?;
        Ok(Self {
            pretty: pretty || found.pretty,
            ..found
        })
    }
}

/// In what the client wants all of discovery at once, when it wants that before the plain documents.
pub(crate) fn aggregated_discovery(headers: &HeaderMap) -> Option<Media> {
    let accept = accept(headers);
    let asked = |clause: &Clause<'_>| match clause.asked() {
        [None, None, None] => Some(false),
        asked => (asked == DISCOVERY.map(Some)).then_some(true),
    };
    clauses(&accept).find_map(|clause| {
        let media = clause.media(Offer::Documents)?;
        asked(&clause).map(|is_aggregated| is_aggregated.then_some(media))
    })?
}

/// The media types of a header, as types and subtypes: the best first.
pub(crate) fn media_types(accept: &str) -> impl Iterator<Item = (&str, &str)> {
    clauses(accept).map(|clause| (clause.type_, clause.subtype))
}

/// The best clause first.
fn clauses(accept: &str) -> impl Iterator<Item = Clause<'_>> {
    let clauses = accept.split(',').filter_map(Clause::parse);
    let mut clauses: Vec<Clause<'_>> = clauses.take(CLAUSES_MAX).collect();
    sort(&mut clauses);
    clauses.into_iter()
}

/// The first `Accept`: upstream looks at no other.
pub(crate) fn accept(headers: &HeaderMap) -> Cow<'_, str> {
    let value = headers.get(header::ACCEPT);
    value.map_or(Cow::Borrowed(""), |value| {
        String::from_utf8_lossy(value.as_bytes())
    })
}

/// Browsers and the tools by which people look at an API.
fn is_for_people(headers: &HeaderMap) -> bool {
    let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes);
    agent.is_some_and(|agent| {
        let known: [&[u8]; 3] = [b"curl", b"Wget", b"Mozilla/5.0"];
        known.iter().any(|known| agent.starts_with(known))
    })
}

fn only(accepted: &str) -> ApiError {
    let words = format!("only the following media types are accepted: {accepted}");
    ApiError::new(Reason::NotAcceptable, words)
}

/// The 406 of a watch in an encoding that has no frames.
pub(crate) fn no_frames() -> ApiError {
    only(STREAMS)
}

/// Whether the route of a request makes any of what the client accepts: looked at before the clauses are read, and by their types alone.
/// `streams` for routes that also make frames.
///
/// # Errors
/// 406 with the list of what the route makes.
pub(crate) fn check_route(headers: &HeaderMap, streams: bool) -> Result<(), ApiError> {
    let separator = if streams { ", " } else { "" };
    let streams = if streams { STREAMS } else { "" };
    check_made(headers, MEDIA, || format!("{MEDIA}{separator}{streams}"))
}

/// The same for routes that make one media type alone.
///
/// # Errors
/// As [`check_route`].
pub(crate) fn check_only(headers: &HeaderMap, media: &str) -> Result<(), ApiError> {
    check_made(headers, media, || media.to_owned())
}

/// The same for the route of a pod's log, which has text besides.
///
/// # Errors
/// As [`check_route`].
pub(crate) fn check_log(headers: &HeaderMap) -> Result<(), ApiError> {
    let made = format!("text/plain, {MEDIA}");
    check_made(headers, &made, || made.clone())
}

/// How the refusals of routes begin.
pub(crate) const UNACCEPTABLE: &str = "406: Not Acceptable\n\nAvailable representations: ";

fn check_made(
    headers: &HeaderMap,
    made: &str,
    listed: impl FnOnce() -> String,
) -> Result<(), ApiError> {
    let accept = accept(headers);
    let made = |clause: &str| {
        let media = clause.split(';').next().unwrap_or("").trim();
        media == "*/*" || made.split(", ").any(|known| known == media)
    };
    if accept.is_empty() || accept.split(',').any(made) {
        return Ok(());
    }
    let words = format!("{UNACCEPTABLE}{}", listed());
    let error = ApiError::new(Reason::NotAcceptable, words);
    Err(crate::status::with_empty_details(error))
}

/// The one of greater quality before the other, what is named before `*`: in the order of upstream's library, which swaps neighbours.
fn sort(clauses: &mut [Clause<'_>]) {
    for end in 1..clauses.len() {
        let mut at = end;
        while at > 0 && clauses[at].precedes(&clauses[at - 1]) {
            clauses.swap(at, at - 1);
            at -= 1;
        }
    }
}

struct Clause<'a> {
    type_: &'a str,
    subtype: &'a str,
    quality: f32,
    parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> Clause<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.trim().split(';');
        let (type_, subtype) = match parts.next()?.split_once('/') {
            Some((type_, subtype)) => (type_.trim(), subtype.trim()),
            None => ("*", "*"),
        };
        let is_named = text.contains('/') || text.trim().starts_with('*');
        if !is_named || subtype.contains('/') {
            return None;
        }
        let mut clause = Self {
            type_,
            subtype,
            quality: 1.0,
            parameters: Vec::new(),
        };
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            match key.trim() {
                _ if value.is_empty() || value.contains('=') => {}
                "q" => clause.quality = value.parse().unwrap_or(0.0),
                key => clause.parameters.push((key, value.trim())),
            }
        }
        Some(clause)
    }

    fn precedes(&self, other: &Self) -> bool {
        self.quality > other.quality
            || (self.type_ != "*" && other.type_ == "*")
            || (self.subtype != "*" && other.subtype == "*")
    }

    /// The last value of a parameter.
    fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut found = self.parameters.iter().rev();
        found.find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// The encoding, where what is offered can be sent as this clause says.
    fn media(&self, offer: Offer) -> Option<Media> {
        let media = match (self.type_, self.subtype) {
            ("application", "json" | "*") | ("*", "*") => Media::Json,
            ("application", "yaml") => Media::Yaml,
            ("application", "vnd.kubernetes.protobuf") => Media::Protobuf,
            _ => return None,
        };
        let has_frames = media != Media::Yaml;
        let stream = self.parameter("stream").unwrap_or("");
        let version = self.parameter("sv").unwrap_or("");
        if !(stream.is_empty() || (stream == "watch" && has_frames))
            || !(version.is_empty() || (version == "v1" && offer != Offer::Documents))
        {
            return None;
        }
        Some(media)
    }

    /// Kind, group and version of what is to stand in place of the objects.
    fn asked(&self) -> [Option<&'a str>; 3] {
        ["as", "g", "v"].map(|name| self.parameter(name))
    }

    fn accept(&self, offer: Offer) -> Option<Accepted> {
        let media = self.media(offer)?;
        let form = self.form(offer, media)?;
        Some(Accepted {
            media,
            form,
            meta_version: if self.parameter("v") == Some("v1beta1") {
                META_V1BETA1
            } else {
                META_V1
            },
            pretty: self.parameter("pretty") == Some("1"),
        })
    }

    fn form(&self, offer: Offer, media: Media) -> Option<Form> {
        match self.asked() {
            [None, None, None] => {
                let no_form = offer == Offer::DynamicObjects && media == Media::Protobuf;
                (!no_form).then_some(Form::Object)
            }
            [Some(kind), Some("meta.k8s.io"), Some("v1" | "v1beta1")]
                if offer != Offer::Documents =>
            {
                match kind {
                    "Table" if media != Media::Protobuf && offer != Offer::Unlisted => {
                        Some(Form::Table)
                    }
                    "PartialObjectMetadata" => Some(Form::PartialMetadata),
                    "PartialObjectMetadataList" => Some(Form::PartialMetadataList),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// How the body of a write is encoded. No content type is JSON.
///
/// # Errors
/// 415 with the accepted types.
pub(crate) fn request_media(headers: &HeaderMap) -> Result<Media, ApiError> {
    let value = headers.get(header::CONTENT_TYPE);
    if value.is_none_or(HeaderValue::is_empty) {
        return Ok(Media::Json);
    }
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let media = parameters::are_readable(value);
    let media = media.then(|| media_type(headers).trim_end().to_ascii_lowercase());
    match media.as_deref().unwrap_or("") {
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

/// The content type without its parameters, whose space before them upstream leaves to a patch.
pub(crate) fn media_type(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    value.split(';').next().unwrap_or("")
}

/// Whether the client takes gzip. Upstream reads no qualities here.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    value.split(',').any(|coding| coding.trim() == "gzip")
}

#[cfg(test)]
mod tests;
