//! `/statusz` and `/flagz`: what runs here since when, and how it was told to. For people as text, for programs as documents of
//! `config.k8s.io`. Upstream: `pkg/server/statusz` and `pkg/server/flagz`, KEPs 4827 and 4828.
use crate::{
    body::Body,
    negotiate::{Accepted, Media, Offer, Page, page},
    paths,
    shared::Api,
    status, verbs,
};
use http::{HeaderMap, Response, StatusCode};
use meta::{ApiError, Time};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write};

/// As upstream's part of the program calls itself.
const COMPONENT: &str = "apiserver";
const WARNING: &str = "Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.";
/// Upstream varies them on purpose, so that nobody begins to parse the text.
const SEPARATORS: [&str; 4] = [":", ": ", "=", " "];
/// Paths that are no help in finding out what is wrong.
const NOT_FOR_DEBUGGING: [&str; 5] = ["/apis", "/api", "/openid", "/openapi", "/.well-known"];

pub(crate) fn statusz(api: &Api, headers: &HeaderMap) -> Response<Body> {
    answer(api, headers, "Statusz", status_text, status_fields)
}

pub(crate) fn flagz(api: &Api, headers: &HeaderMap) -> Response<Body> {
    let fields = |api: &Api| json!({"flags": api.flags});
    answer(api, headers, "Flagz", flags_text, fields)
}

fn answer(
    api: &Api,
    headers: &HeaderMap,
    kind: &str,
    text: fn(&Api, &str) -> String,
    fields: fn(&Api) -> Value,
) -> Response<Body> {
    let path = kind.to_ascii_lowercase();
    match page(headers, kind) {
        Err(error) => refused(&error, headers),
        Ok(Page::Text) => {
            let index = api.platform.rng.below(SEPARATORS.len() as u64);
            let separator = SEPARATORS[usize::try_from(index).unwrap_or(0)];
            let text = format!("\n{COMPONENT} {path}\n{WARNING}\n{}", text(api, separator));
            status::with_body(StatusCode::OK, status::TEXT, Body::from(text.into_bytes()))
        }
        Ok(Page::Document(media, version)) => {
            let mut document = fields(api);
            document["kind"] = json!(kind);
            document["apiVersion"] = json!(format!("config.k8s.io/{version}"));
            document["metadata"] = json!({"name": COMPONENT});
            let mut response = written(&document, media);
            if version == "v1alpha1" {
                let words = format!(
                    "This version of the {path} endpoint is deprecated. Please use a newer version."
                );
                verbs::add_warning(&mut response, &words);
            }
            response
        }
    }
}

/// In JSON or YAML: these pages know no other encoding.
fn refused(error: &ApiError, headers: &HeaderMap) -> Response<Body> {
    match Accepted::of(headers, Offer::Documents) {
        Ok(accepted) if accepted.media != Media::Protobuf => status::error_for(error, headers),
        _ => status::error_at(error, &HeaderMap::new(), "pretty=true"),
    }
}

fn written(document: &Value, media: Media) -> Response<Body> {
    let json = format!("{document}\n").into_bytes();
    let body = match media {
        Media::Yaml => crate::render::yaml(&json),
        Media::Json | Media::Protobuf => json,
    };
    status::with_body(StatusCode::OK, media.content_type(), Body::from(body))
}

fn started(api: &Api) -> Time {
    Time::from_unix_seconds(api.started.as_second())
}

fn uptime_seconds(api: &Api) -> i64 {
    let seconds = api.platform.clock.now().as_second() - api.started.as_second();
    seconds.max(0)
}

fn emulation_version(api: &Api) -> &str {
    let version = api.version.binary();
    version.rsplit_once('.').map_or(version, |(minor, _)| minor)
}

fn debugging_paths(api: &Api) -> BTreeSet<String> {
    let paths = paths::listed(api).into_iter();
    let first = paths.filter_map(|path| Some(format!("/{}", path.split('/').nth(1)?)));
    let is_of_use = |path: &String| {
        let path = path.as_str();
        path != "/" && !NOT_FOR_DEBUGGING.contains(&path)
    };
    first.filter(is_of_use).collect()
}

fn status_fields(api: &Api) -> Value {
    json!({
        "startTime": started(api).to_string(),
        "uptimeSeconds": uptime_seconds(api),
        "goVersion": "none",
        "binaryVersion": api.version.binary(),
        "emulationVersion": emulation_version(api),
        "paths": debugging_paths(api),
    })
}

fn status_text(api: &Api, separator: &str) -> String {
    let up = uptime_seconds(api);
    let up = format!(
        "{} hr {:02} min {:02} sec",
        up / 3600,
        up / 60 % 60,
        up % 60
    );
    let paths: Vec<String> = debugging_paths(api).into_iter().collect();
    let rows = [
        (
            "Started",
            api.started.strftime("%a %b %e %H:%M:%S UTC %Y").to_string(),
        ),
        ("Up", up),
        ("Go version", "none".to_owned()),
        ("Binary version", api.version.binary().to_owned()),
        ("Emulation version", emulation_version(api).to_owned()),
        ("Paths", paths.join(" ")),
    ];
    let mut out = "\n".to_owned();
    for (name, value) in rows {
        let _ = writeln!(out, "{name}{separator} {value}");
    }
    out
}

fn flags_text(api: &Api, separator: &str) -> String {
    let mut out = String::new();
    for (name, value) in &api.flags {
        let _ = writeln!(out, "{name}{separator}{value}");
    }
    out
}
