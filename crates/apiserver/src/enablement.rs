//! Which of the program's own APIs are served: what `--runtime-config` says, by stage, by version or by resource. Knows no kind.
//! Upstream: `pkg/server/resourceconfig` and `pkg/server/options/api_enablement.go`.
use crate::options;
use meta::go_quote;
use schema::discovery::GROUPS;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

const ALL: &str = "api/all";
const STABLE: &str = "api/ga";
/// Names of stages. Whatever this program has is stable: nothing is of the others.
const STAGES: [&str; 4] = [ALL, STABLE, "api/beta", "api/alpha"];

/// What upstream can serve and this program cannot.
const NOT_HERE: &[(&str, &[&str])] = &[
    ("admissionregistration.k8s.io", &["v1alpha1", "v1beta1"]),
    ("certificates.k8s.io", &["v1alpha1", "v1beta1"]),
    ("coordination.k8s.io", &["v1alpha2", "v1beta1"]),
    ("internal.apiserver.k8s.io", &["v1alpha1"]),
    ("networking.k8s.io", &["v1beta1"]),
    ("resource.k8s.io", &["v1alpha3", "v1beta1", "v1beta2"]),
    ("scheduling.k8s.io", &["v1alpha2"]),
    ("storage.k8s.io", &["v1beta1"]),
    ("storagemigration.k8s.io", &["v1beta1"]),
];

/// What upstream knows and never serves: these may be named, and nothing comes of it.
const NEVER_SERVED: &[(&str, &[&str])] = &[
    ("admission.k8s.io", &["v1", "v1beta1"]),
    ("apiextensions.k8s.io", &["v1beta1"]),
    ("apiregistration.k8s.io", &["v1beta1"]),
    ("apps", &["v1beta1", "v1beta2"]),
    ("authentication.k8s.io", &["v1alpha1", "v1beta1"]),
    ("authorization.k8s.io", &["v1beta1"]),
    ("batch", &["v1beta1"]),
    ("discovery.k8s.io", &["v1beta1"]),
    ("events.k8s.io", &["v1beta1"]),
    ("extensions", &["v1beta1"]),
    (
        "flowcontrol.apiserver.k8s.io",
        &["v1beta1", "v1beta2", "v1beta3"],
    ),
    ("imagepolicy.k8s.io", &["v1alpha1"]),
    ("node.k8s.io", &["v1beta1"]),
    ("policy", &["v1beta1"]),
    ("rbac.authorization.k8s.io", &["v1alpha1", "v1beta1"]),
    ("scheduling.k8s.io", &["v1beta1"]),
    ("storage.k8s.io", &["v1alpha1"]),
];

/// What is on and what is off. Everything is on by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enablement {
    /// What nothing narrower is said of.
    others_are_off: bool,
    /// By group and version.
    versions: BTreeMap<(String, String), bool>,
    /// By group, version and plural.
    resources: BTreeMap<(String, String, String), bool>,
}

impl Enablement {
    /// Reads `key=value` pairs: `api/beta=false`, `apps/v1=false`, `apps/v1/daemonsets=false`.
    ///
    /// # Errors
    /// Upstream's words for what cannot be, and our own for what is asked for and not here.
    pub fn parse(pairs: &BTreeMap<String, String>) -> Result<Self, String> {
        let pairs = completed(pairs);
        check(&pairs)?;
        let mut parsed = Self::default();
        for stage in STAGES {
            let off = match pairs.get(stage).map(String::as_str) {
                None => continue,
                Some("true") => false,
                Some("false") => true,
                Some(other) => return Err(format!("invalid value {stage}={other}")),
            };
            if [ALL, STABLE].contains(&stage) {
                parsed.others_are_off = off;
            }
        }
        for (key, value) in &pairs {
            if !STAGES.contains(&key.as_str()) {
                parsed.add(key, value)?;
            }
        }
        Ok(parsed)
    }

    fn add(&mut self, key: &str, value: &str) -> Result<(), String> {
        let (group, version, plural) = parts(key)?;
        let shown = shown(group, version);
        let known = known_elsewhere().any(|row| is_of(row, group, version));
        if !known && !is_served(group, version) {
            return Err(format!(
                "group version {shown} that has not been registered"
            ));
        }
        let on = match value {
            "" => true,
            value => options::parse_bool(value).ok_or_else(|| {
                let word = go_quote(value);
                format!("invalid value of {key}: {value}, err: strconv.ParseBool: parsing {word}: invalid syntax")
            })?,
        };
        if on && NOT_HERE.iter().any(|row| is_of(row, group, version)) {
            return Err(format!(
                "{shown} cannot be served: this program has no {shown}"
            ));
        }
        let version = (group.to_owned(), version.to_owned());
        match plural {
            None => {
                self.versions.insert(version, on);
            }
            Some(plural) if plural.to_lowercase() != plural => {
                let word = go_quote(plural);
                return Err(format!(
                    "invalid key {key}: group/version/resource and resource is always lowercase plural, not {word}"
                ));
            }
            Some(plural) => {
                let (group, version) = version;
                self.resources
                    .insert((group, version, plural.to_owned()), on);
            }
        }
        Ok(())
    }

    /// Whether a resource of this program is served in a version.
    pub(crate) fn serves(&self, group: &str, version: &str, plural: &str) -> bool {
        let version_of = || (group.to_owned(), version.to_owned());
        let resource = (group.to_owned(), version.to_owned(), plural.to_owned());
        let said = self.resources.get(&resource);
        let said = said.or_else(|| self.versions.get(&version_of()));
        said.copied().unwrap_or(!self.others_are_off)
    }
}

/// The names of the core group, which once was the only one, are those of others.
fn completed(pairs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut completed = BTreeMap::new();
    for (key, value) in pairs {
        let rest = key.strip_prefix("api/").unwrap_or(key);
        if rest == "v1" || rest.starts_with("v1/") {
            completed.insert("/v1".to_owned(), value.clone());
        } else if key != "api/legacy" {
            completed.insert(key.clone(), value.clone());
        }
    }
    completed
}

/// What is wrong with all of it, before it is looked at one by one.
fn check(pairs: &BTreeMap<String, String>) -> Result<(), String> {
    // Who is served first is asked in this version.
    const FLOWS: [&str; 3] = ["flowcontrol.apiserver.k8s.io/v1", STABLE, ALL];
    let said = FLOWS.iter().find_map(|key| {
        let value = pairs.get(*key)?;
        matches!(value.as_str(), "true" | "false").then_some((key, value == "true"))
    });
    let mut errors = Vec::new();
    if let Some((key, false)) = said {
        errors.push(format!(
            "--runtime-config={key}=false conflicts with --enable-priority-and-fairness=true"
        ));
    }
    if pairs.len() == 1 && pairs.get(ALL).is_some_and(|value| value == "false") {
        errors.push(format!("invalid runtime-config with only {ALL}=false"));
    } else {
        errors.extend(unknown_groups(pairs).err());
    }
    match &errors[..] {
        [] => Ok(()),
        [error] => Err(error.clone()),
        errors => Err(format!("[{}]", errors.join(", "))),
    }
}

fn unknown_groups(pairs: &BTreeMap<String, String>) -> Result<(), String> {
    let mut unknown = std::collections::BTreeSet::new();
    for key in pairs.keys().filter(|key| !STAGES.contains(&key.as_str())) {
        let (group, version, _) = parts(key)?;
        let known = known_elsewhere().any(|(name, _)| *name == group);
        if !known && !GROUPS.iter().any(|known| known.name == group) {
            unknown.insert(shown(group, version));
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let unknown: Vec<String> = unknown.into_iter().collect();
    Err(format!("unknown api groups {}", unknown.join(",")))
}

/// Group, version and perhaps resource.
fn parts(key: &str) -> Result<(&str, &str, Option<&str>), String> {
    let parts: Vec<&str> = key.split('/').collect();
    match parts[..] {
        [group, version] => Ok((group, version, None)),
        [group, version, plural] => Ok((group, version, Some(plural))),
        _ => Err(format!("runtime-config invalid key {key}")),
    }
}

/// What may be named although this program does not serve it.
fn known_elsewhere() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    NOT_HERE.iter().chain(NEVER_SERVED)
}

fn is_of((name, versions): &(&str, &[&str]), group: &str, version: &str) -> bool {
    *name == group && versions.contains(&version)
}

fn is_served(group: &str, version: &str) -> bool {
    let mut groups = GROUPS.iter();
    groups.any(|known| is_of(&(known.name, known.versions), group, version))
}

fn shown(group: &str, version: &str) -> String {
    match group {
        "" => version.to_owned(),
        group => format!("{group}/{version}"),
    }
}
