//! `audit.k8s.io/v1` Policy: which requests are recorded, and how much of them. Rules and words are upstream's.
use crate::request_info::RequestInfo;
use meta::{FieldErrors, FieldPath, Str, codec::yaml, validation};
use resource::User;
use serde_json::{Map, Value};

/// Larger files are refused: a policy is written by hand.
const POLICY_BYTES_MAX: usize = 1 << 20;

/// How much of a request an event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    Metadata,
    Request,
    RequestResponse,
}

impl Level {
    const ALL: [Self; 4] = [
        Self::None,
        Self::Metadata,
        Self::Request,
        Self::RequestResponse,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Metadata => "Metadata",
            Self::Request => "Request",
            Self::RequestResponse => "RequestResponse",
        }
    }
}

/// Where in its life a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    RequestReceived,
    ResponseStarted,
    ResponseComplete,
    Panic,
}

impl Stage {
    const ALL: [Self; 4] = [
        Self::RequestReceived,
        Self::ResponseStarted,
        Self::ResponseComplete,
        Self::Panic,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::RequestReceived => "RequestReceived",
            Self::ResponseStarted => "ResponseStarted",
            Self::ResponseComplete => "ResponseComplete",
            Self::Panic => "Panic",
        }
    }
}

/// What is to be done with one request.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) level: Level,
    omitted: Vec<Stage>,
    pub(crate) omit_managed_fields: bool,
}

impl Decision {
    pub(crate) fn wants(&self, stage: Stage) -> bool {
        !self.omitted.contains(&stage)
    }
}

/// A checked policy.
#[derive(Clone, Debug)]
pub struct Policy {
    rules: Vec<Rule>,
    omit_managed_fields: bool,
}

#[derive(Clone, Debug)]
struct Rule {
    level: Level,
    users: Vec<String>,
    groups: Vec<String>,
    verbs: Vec<String>,
    resources: Vec<GroupResources>,
    namespaces: Vec<String>,
    paths: Vec<String>,
    /// With those of the whole policy.
    omitted: Vec<Stage>,
    omit_managed_fields: Option<bool>,
}

#[derive(Clone, Debug)]
struct GroupResources {
    group: String,
    resources: Vec<String>,
    names: Vec<String>,
}

/// Why a file is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("an audit policy has at most {POLICY_BYTES_MAX} bytes")]
    TooLarge,
    #[error("failed decoding: {0}")]
    Decode(String),
    #[error("unknown group version field {api_version}, Kind={kind} in policy")]
    Kind { api_version: String, kind: String },
    #[error("{0}")]
    Invalid(String),
    #[error("loaded illegal policy with 0 rules")]
    Empty,
}

impl Policy {
    /// Reads a policy from JSON or YAML. Unknown fields are left out, as upstream leaves them out.
    ///
    /// # Errors
    /// With upstream's words where the text is no policy, or a rule is wrong.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(PolicyError::TooLarge);
        }
        let decode = |error: &dyn std::fmt::Display| PolicyError::Decode(error.to_string());
        let (json, strict) = yaml::to_json(text).map_err(|error| decode(&error))?;
        if let Some(error) = strict.first() {
            return Err(decode(error));
        }
        let value: Value = serde_json::from_slice(&json).map_err(|error| decode(&error))?;
        let mut reader = Reader { error: None };
        let (document, none) = (value.as_object(), Map::new());
        let document = document.unwrap_or(&none);
        let (api_version, kind) = (
            reader.text(document, "apiVersion"),
            reader.text(document, "kind"),
        );
        if (api_version.as_str(), kind.as_str()) != ("audit.k8s.io/v1", "Policy") {
            return Err(PolicyError::Kind { api_version, kind });
        }
        let mut errors = FieldErrors::default();
        let everywhere = stages(
            &mut reader,
            document,
            &FieldPath::new("omitStages"),
            &mut errors,
        );
        let rules = FieldPath::new("rules");
        let listed = reader.objects(document, "rules");
        let parsed = listed.iter().enumerate();
        let parsed = parsed
            .map(|(index, rule)| {
                Rule::read(
                    &mut reader,
                    rule,
                    &rules.index(index),
                    &everywhere,
                    &mut errors,
                )
            })
            .collect::<Vec<_>>();
        let omit_managed_fields = reader.flag(document, "omitManagedFields").unwrap_or(false);
        if let Some(error) = reader.error {
            return Err(PolicyError::Decode(error));
        }
        if !errors.is_empty() {
            return Err(PolicyError::Invalid(errors.aggregate()));
        }
        if parsed.is_empty() {
            return Err(PolicyError::Empty);
        }
        Ok(Self {
            rules: parsed,
            omit_managed_fields,
        })
    }

    /// What the first rule that matches says; nothing is recorded where none does.
    pub(crate) fn decide(&self, user: &User, info: &RequestInfo) -> Option<Decision> {
        let rule = self.rules.iter().find(|rule| rule.matches(user, info))?;
        (rule.level != Level::None).then(|| Decision {
            level: rule.level,
            omitted: rule.omitted.clone(),
            omit_managed_fields: rule.omit_managed_fields.unwrap_or(self.omit_managed_fields),
        })
    }
}

impl Rule {
    fn read(
        reader: &mut Reader,
        rule: &Map<String, Value>,
        path: &FieldPath,
        everywhere: &[Stage],
        errors: &mut FieldErrors,
    ) -> Self {
        let mut omitted = stages(reader, rule, &path.child("omitStages"), errors);
        omitted.extend_from_slice(everywhere);
        let read = Self {
            level: level(&reader.text(rule, "level"), &path.child("level"), errors),
            users: reader.texts(rule, "users"),
            groups: reader.texts(rule, "userGroups"),
            verbs: reader.texts(rule, "verbs"),
            resources: reader
                .objects(rule, "resources")
                .iter()
                .map(|resources| GroupResources {
                    group: reader.text(resources, "group"),
                    resources: reader.texts(resources, "resources"),
                    names: reader.texts(resources, "resourceNames"),
                })
                .collect(),
            namespaces: reader.texts(rule, "namespaces"),
            paths: reader.texts(rule, "nonResourceURLs"),
            omitted,
            omit_managed_fields: reader.flag(rule, "omitManagedFields"),
        };
        read.check(path, errors);
        read
    }

    fn check(&self, path: &FieldPath, errors: &mut FieldErrors) {
        let urls = path.child("nonResourceURLs");
        for (index, url) in self.paths.iter().enumerate().filter(|(_, url)| *url != "*") {
            let place = urls.index(index);
            if !url.starts_with('/') {
                errors.invalid(
                    &place,
                    url.as_str(),
                    "non-resource URL rules must begin with a '/' character",
                );
            }
            if url.strip_suffix('*').unwrap_or(url).contains('*') {
                let words =
                    "non-resource URL wildcards '*' must be the final character of the rule";
                errors.invalid(&place, url.as_str(), words);
            }
        }
        for resources in &self.resources {
            let place = path.child("resources");
            let group = resources.group.as_str();
            if !matches!(group, "" | "*") {
                let wrong = validation::dns1123_subdomain(group);
                if !wrong.is_empty() {
                    errors.invalid(&place.child("group"), group, wrong.join(","));
                }
            }
            if !resources.names.is_empty() && resources.resources.is_empty() {
                let words = "using resourceNames requires at least one resource";
                errors.invalid(&place.child("resourceNames"), strs(&resources.names), words);
            }
        }
        let regular = !self.resources.is_empty() || !self.namespaces.is_empty();
        if regular && !self.paths.is_empty() {
            let words = "rules cannot apply to both regular resources and non-resource URLs";
            errors.invalid(&urls, strs(&self.paths), words);
        }
    }

    fn matches(&self, user: &User, info: &RequestInfo) -> bool {
        let named =
            |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
        let in_group =
            self.groups.is_empty() || self.groups.iter().any(|group| user.in_group(group));
        if !named(&self.users, &user.name) || !in_group || !named(&self.verbs, &info.verb) {
            return false;
        }
        if !self.namespaces.is_empty() || !self.resources.is_empty() {
            return info.is_resource
                && named(&self.namespaces, &info.namespace)
                && (self.resources.is_empty()
                    || self.resources.iter().any(|one| one.matches(info)));
        }
        self.paths.is_empty()
            || (!info.is_resource && self.paths.iter().any(|path| path_matches(&info.path, path)))
    }
}

impl GroupResources {
    fn matches(&self, info: &RequestInfo) -> bool {
        if self.group != "*" && self.group != *info.group {
            return false;
        }
        if self.resources.is_empty() {
            return true;
        }
        if !self.names.is_empty() && !self.names.iter().any(|name| *name == *info.name) {
            return false;
        }
        let (resource, subresource) = (&*info.resource, &*info.subresource);
        self.resources
            .iter()
            .any(|wanted| match wanted.split_once('/') {
                None => wanted == "*" || (wanted == resource && subresource.is_empty()),
                // Upstream's `pods/*` has the resource itself too.
                Some((of, "*")) if of != "*" => of == resource,
                Some(("*", sub)) => !subresource.is_empty() && sub == subresource,
                Some((of, sub)) => of == resource && sub == subresource,
            })
    }
}

fn strs(texts: &[String]) -> Vec<Str> {
    texts.iter().map(|text| Str::from(text.as_str())).collect()
}

fn path_matches(path: &str, wanted: &str) -> bool {
    let prefix = wanted.strip_suffix('*');
    wanted == path || prefix.is_some_and(|prefix| path.starts_with(prefix))
}

fn level(text: &str, path: &FieldPath, errors: &mut FieldErrors) -> Level {
    if let Some(level) = Level::ALL.into_iter().find(|level| level.as_str() == text) {
        return level;
    }
    if text.is_empty() {
        errors.required(path, "");
    } else {
        errors.not_supported(path, text, &Level::ALL.map(Level::as_str));
    }
    Level::None
}

fn stages(
    reader: &mut Reader,
    of: &Map<String, Value>,
    path: &FieldPath,
    errors: &mut FieldErrors,
) -> Vec<Stage> {
    let mut found = Vec::new();
    for (index, text) in reader.texts(of, "omitStages").iter().enumerate() {
        match Stage::ALL.into_iter().find(|stage| stage.as_str() == text) {
            Some(stage) => found.push(stage),
            None => {
                let words = format!(
                    "allowed stages are {}",
                    Stage::ALL.map(Stage::as_str).join(",")
                );
                errors.invalid(&path.index(index), text.as_str(), words);
            }
        }
    }
    found
}

/// Takes members of a document out, and keeps the first error of type.
struct Reader {
    error: Option<String>,
}

impl Reader {
    fn wrong(&mut self, key: &str, wanted: &str) {
        self.error
            .get_or_insert_with(|| format!("{key} is not {wanted}"));
    }

    fn text(&mut self, of: &Map<String, Value>, key: &str) -> String {
        match of.get(key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(_) => {
                self.wrong(key, "a string");
                String::new()
            }
        }
    }

    fn flag(&mut self, of: &Map<String, Value>, key: &str) -> Option<bool> {
        match of.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => {
                self.wrong(key, "a boolean");
                None
            }
        }
    }

    fn items<'a>(&mut self, of: &'a Map<String, Value>, key: &str) -> &'a [Value] {
        match of.get(key) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong(key, "a list");
                &[]
            }
        }
    }

    fn texts(&mut self, of: &Map<String, Value>, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.items(of, key) {
            match item.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.wrong(key, "a list of strings"),
            }
        }
        texts
    }

    fn objects<'a>(
        &mut self,
        of: &'a Map<String, Value>,
        key: &str,
    ) -> Vec<&'a Map<String, Value>> {
        let mut objects = Vec::new();
        for item in self.items(of, key) {
            match item.as_object() {
                Some(object) => objects.push(object),
                None => self.wrong(key, "a list of objects"),
            }
        }
        objects
    }
}

#[cfg(test)]
mod tests;
