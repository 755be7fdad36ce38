//! `sampan api-check FILE…`: which manifests of a project a release of Kubernetes does not serve, or serves with a warning.

use crate::{Arguments, CliError, Command, terminal};
use clap::{Arg, ArgAction, value_parser};
use meta::codec::yaml;
use schema::{
    discovery,
    lifecycle::{self, Life, RELEASE},
};
use serde_json::Value;
use std::{
    fmt, fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// What is read of one file.
const FILE_BYTES_MAX: u64 = 64 << 20;

pub(crate) const COMMAND: Command = Command {
    name: "api-check",
    about: "Tell which manifests a release of Kubernetes no longer serves",
    arguments: |command| {
        command
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .help("Manifests in YAML or JSON, folders of them, or - for standard input")
                    .action(ArgAction::Append)
                    .required(true)
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(
                Arg::new("target")
                    .long("target")
                    .value_name("1.MINOR")
                    .help("The release to check against")
                    .default_value("1.36")
                    .value_parser(release),
            )
    },
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let target = *arguments
        .get_one::<u16>("target")
        .expect("the flag has a default");
    let mut manifests = Vec::new();
    for path in arguments
        .get_many::<PathBuf>("file")
        .expect("clap requires a file")
    {
        read(path, &mut manifests)?;
    }
    let findings: Vec<(&Manifest, Verdict)> = manifests
        .iter()
        .filter_map(|manifest| Some((manifest, judge(&manifest.document, target)?)))
        .collect();
    for (manifest, verdict) in &findings {
        terminal::say(&format!("{manifest}: {verdict}"));
    }
    let refused = findings
        .iter()
        .filter(|(_, verdict)| verdict.refuses())
        .count();
    if refused > 0 {
        return Err(CliError::new(format!(
            "{refused} of {} objects are not served by v1.{target}",
            manifests.len()
        )));
    }
    terminal::say(&format!(
        "v1.{target} serves all {} objects, {} of them with a warning",
        manifests.len(),
        findings.len()
    ));
    Ok(())
}

/// `1.25` or `v1.25`, up to the release that the tables know.
fn release(text: &str) -> Result<u16, String> {
    let minor = text.trim_start_matches('v').strip_prefix("1.");
    match minor.and_then(|minor| minor.parse().ok()) {
        Some(minor) if (16..=RELEASE).contains(&minor) => Ok(minor),
        _ => Err(format!("must be a release from 1.16 to 1.{RELEASE}")),
    }
}

/// An object of a file.
#[derive(Debug)]
struct Manifest {
    file: String,
    /// The line where its document begins, from 1.
    line: usize,
    document: Value,
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.document["kind"].as_str().unwrap_or_default();
        let name = self.document["metadata"]["name"]
            .as_str()
            .unwrap_or("without a name");
        write!(f, "{}:{}: {kind} {name}", self.file, self.line)
    }
}

fn read(path: &Path, manifests: &mut Vec<Manifest>) -> Result<(), CliError> {
    let fail = |source| CliError::caused_by(format!("cannot read {}", path.display()), source);
    if path.is_dir() {
        let entries: Result<Vec<_>, _> = fs::read_dir(path).map_err(fail)?.collect();
        let mut inner: Vec<PathBuf> = entries
            .map_err(fail)?
            .iter()
            .map(fs::DirEntry::path)
            .collect();
        inner.sort();
        let is_manifest = |path: &&PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            path.is_dir() && !path.is_symlink()
                || matches!(extension, Some("yaml" | "yml" | "json"))
        };
        return inner
            .iter()
            .filter(is_manifest)
            .try_for_each(|path| read(path, manifests));
    }
    let mut text = String::new();
    let size = if path == Path::new("-") {
        std::io::stdin()
            .take(FILE_BYTES_MAX)
            .read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|file| file.take(FILE_BYTES_MAX).read_to_string(&mut text))
    };
    if size.map_err(fail)? as u64 == FILE_BYTES_MAX {
        return Err(CliError::new(format!(
            "{} is larger than {} MiB",
            path.display(),
            FILE_BYTES_MAX >> 20
        )));
    }
    let file = path.display().to_string();
    for (line, document) in documents(&text) {
        let parsed = yaml::to_json(document).map_err(|error| error.to_string());
        let parsed = parsed.and_then(|(json, _)| {
            serde_json::from_slice::<Value>(&json).map_err(|error| error.to_string())
        });
        let document = parsed.map_err(|error| {
            CliError::caused_by(format!("{file}:{line}: the document cannot be read"), error)
        })?;
        add(&file, line, document, manifests);
    }
    Ok(())
}

/// Objects, and the items of lists of them; whatever else a file holds is no manifest.
fn add(file: &str, line: usize, document: Value, manifests: &mut Vec<Manifest>) {
    let (Some(kind), Some(version)) = (document["kind"].as_str(), document["apiVersion"].as_str())
    else {
        return;
    };
    let Some(items) = document["items"]
        .as_array()
        .filter(|_| kind.ends_with("List"))
    else {
        manifests.push(Manifest {
            file: file.to_owned(),
            line,
            document,
        });
        return;
    };
    for item in items {
        let mut item = item.clone();
        // Items of a typed list say neither; those of a plain `List` say both.
        if let (Value::Object(fields), true) = (&mut item, kind != "List") {
            let kind = kind.trim_end_matches("List");
            fields.entry("kind").or_insert_with(|| kind.into());
            fields.entry("apiVersion").or_insert_with(|| version.into());
        }
        add(file, line, item, manifests);
    }
}

/// The documents of a YAML stream, each with the line of its first line.
fn documents(text: &str) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    let (mut start, mut start_line, mut at) = (0, 1, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let ends = line.trim_end() == "---" || line.starts_with("--- ");
        if ends {
            documents.push((start_line, &text[start..at]));
            (start, start_line) = (at + line.len(), number + 2);
        }
        at += line.len();
    }
    documents.push((start_line, &text[start..]));
    documents.retain(|(_, document)| !document.trim().is_empty());
    documents
}

/// Why a manifest wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Removed(&'static Life, u16),
    Deprecated(&'static Life, u16),
    NotYet(&'static Life),
    /// A kind that upstream does not have, in a group that is upstream's.
    Unknown,
}

impl Verdict {
    fn refuses(self) -> bool {
        !matches!(self, Self::Deprecated(..))
    }
}

/// `None` for what is served without a warning, and for kinds of others: whether their definitions are installed only a cluster knows.
fn judge(document: &Value, target: u16) -> Option<Verdict> {
    let api_version = document["apiVersion"].as_str().unwrap_or_default();
    let kind = document["kind"].as_str().unwrap_or_default();
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let Some(life) = lifecycle::life(group, version, kind) else {
        let served = discovery::RESOURCES.iter().any(|row| {
            let own = (row.group, row.version, row.kind) == (group, version, kind);
            let inner = |of: &discovery::SubresourceInfo| {
                (of.group, of.version, of.kind) == (group, version, kind)
            };
            own || row.subresources.iter().any(inner)
        });
        return (lifecycle::is_builtin(group) && !served).then_some(Verdict::Unknown);
    };
    let by = |minor: &u16| *minor <= target;
    if let Some(removed) = life.removed.filter(by) {
        Some(Verdict::Removed(life, removed))
    } else if let Some(deprecated) = life.deprecated.filter(by) {
        Some(Verdict::Deprecated(life, deprecated))
    } else {
        (life.introduced > target).then_some(Verdict::NotYet(life))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let life = match self {
            Self::Removed(life, since) => {
                write!(f, "{} is not served since v1.{since}", Name(life))?;
                life
            }
            Self::Deprecated(life, since) => {
                write!(f, "{} is deprecated since v1.{since}", Name(life))?;
                if let Some(removed) = life.removed {
                    write!(f, " and not served from v1.{removed} on")?;
                }
                life
            }
            Self::NotYet(life) => {
                return write!(f, "{} is served from v1.{} on", Name(life), life.introduced);
            }
            Self::Unknown => return f.write_str("no release has this kind in this version"),
        };
        match life.replacement {
            Some(("", version, kind)) => write!(f, "; use {version} {kind}"),
            Some((group, version, kind)) => write!(f, "; use {group}/{version} {kind}"),
            None => Ok(()),
        }
    }
}

struct Name<'a>(&'a Life);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.group {
            "" => write!(f, "{} {}", self.0.version, self.0.kind),
            group => write!(f, "{group}/{} {}", self.0.version, self.0.kind),
        }
    }
}

#[cfg(test)]
mod tests;
