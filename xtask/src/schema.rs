//! `cargo xtask schema`: generated Rust from the tables of the Go types, the discovery documents and the protobuf fields.

mod descriptions;
mod discovery;
mod facts;
mod go;
mod lifecycle;
mod naming;
mod structs;
mod table;
mod upstream;

use crate::{Error, root};
use std::{fs, io::Write as _, path::PathBuf, process};

/// A file that we write.
struct Generated {
    path: PathBuf,
    text: String,
}

/// With `--check` nothing is written, and a difference is an error.
pub(crate) fn run(args: &[String]) -> Result<(), Error> {
    let check = args.iter().any(|arg| arg == "--check");
    let source = root().join("../shared/upstream");
    if !source.exists() {
        eprintln!("schema: skipped, ../shared/upstream is not here");
        return Ok(());
    }
    let upstream = upstream::Upstream::load(&source)?;
    let mut stale = Vec::new();
    let mut files = structs::files(&upstream)?;
    files.push(table::file(&upstream)?);
    files.push(facts::file(&source, &upstream)?);
    files.push(discovery::file(&source)?);
    files.push(lifecycle::file(&source)?);
    files.push(descriptions::file(&source)?);
    for file in files {
        let path = root().join(&file.path);
        let text = if path.extension().is_some_and(|extension| extension == "rs") {
            rustfmt(&file.text)?
        } else {
            file.text
        };
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        stale.push(file.path.display().to_string());
        if !check {
            fs::create_dir_all(path.parent().ok_or("a file has a folder")?)?;
            fs::write(&path, text)?;
        }
    }
    if check && !stale.is_empty() {
        return Err(format!(
            "not up to date, run `cargo xtask schema`: {}",
            stale.join(", ")
        )
        .into());
    }
    for path in stale {
        eprintln!("schema: wrote {path}");
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "xtask is a developer's tool: it may run rustfmt"
)]
fn rustfmt(text: &str) -> Result<String, Error> {
    let mut child = process::Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root().join("rustfmt.toml"))
        .stdin(process::Stdio::piped())
        .stdout(process::Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("stdin is piped")?;
    let input = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| "the writer does not panic")??;
    if !output.status.success() {
        return Err("rustfmt failed".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
