//! Pages for people that programs can read too: text, or a document whose kind and version the client has to name.
use super::{CLAUSES_MAX, Clause, Media, accept, only, sort};
use http::HeaderMap;
use meta::ApiError;

const GROUP: &str = "config.k8s.io";
const VERSIONS: [&str; 2] = ["v1alpha1", "v1beta1"];
const MEDIA: &str = "application/json, application/yaml, text/plain";

/// How a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Text,
    /// In this version of [`GROUP`].
    Document(Media, &'static str),
}

/// The best clause of `Accept` in which a page can be shown.
///
/// # Errors
/// 406 with the list of what is on offer.
pub(crate) fn page(headers: &HeaderMap, kind: &str) -> Result<Page, ApiError> {
    let accept = accept(headers);
    if accept.trim().is_empty() {
        return Ok(Page::Text);
    }
    let clauses = accept.split(',').filter_map(Clause::parse);
    let mut clauses: Vec<Clause<'_>> = clauses.take(CLAUSES_MAX).collect();
    sort(&mut clauses);
    let found = clauses.iter().find_map(|clause| clause.page(kind));
    found.ok_or_else(|| only(MEDIA))
}

impl Clause<'_> {
    fn page(&self, kind: &str) -> Option<Page> {
        let given = |name: &str| self.parameter(name).is_some_and(|value| !value.is_empty());
        if given("stream") || given("sv") {
            return None;
        }
        let asked = ["as", "g", "v"].map(|name| self.parameter(name));
        match (self.type_, self.subtype) {
            ("text", "plain" | "*") | ("*", "*") if asked == [None; 3] => Some(Page::Text),
            ("application", "json" | "*") | ("*", "*") => {
                let version = Self::version(kind, asked)?;
                Some(Page::Document(Media::Json, version))
            }
            ("application", "yaml") => {
                let version = Self::version(kind, asked)?;
                Some(Page::Document(Media::Yaml, version))
            }
            _ => None,
        }
    }

    fn version(kind: &str, asked: [Option<&str>; 3]) -> Option<&'static str> {
        let [Some(asked_kind), Some(GROUP), Some(version)] = asked else {
            return None;
        };
        let mut versions = VERSIONS.into_iter();
        versions.find(|known| asked_kind == kind && *known == version)
    }
}
