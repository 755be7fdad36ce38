//! `sampan image`: the node's images, by hand.

use super::{DATA_DIR, config, define as settings};
use crate::config::{Config, arguments};
use clap::{Arg, ArgAction, value_parser};
use cli::{Arguments, Bar, CliError, Command, say, table};
use image::{Progress, ProgressEvent, Reference, Store};
use platform::Platform;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::runtime::Runtime;

const NAME: &str = "image";
const ARCHIVE: &str = "archive";
/// A setting of `up`, too.
const INSECURE: &str = "insecure-registry";

pub(crate) const COMMAND: Command = Command {
    name: "image",
    about: "Pull, import, list and remove the node's images",
    arguments: define,
    run,
};

fn define(command: clap::Command) -> clap::Command {
    let names = || {
        Arg::new(NAME)
            .value_name("IMAGE")
            .help("Name with a tag or a digest, such as docker.io/library/nginx:1.29")
            .required(true)
            .action(ArgAction::Append)
            .num_args(1..)
    };
    let archive = Arg::new(ARCHIVE)
        .value_name("ARCHIVE")
        .help("File with the images, compressed or not")
        .value_hint(clap::ValueHint::FilePath)
        .required(true)
        .value_parser(value_parser!(PathBuf));
    let sub = |name: &'static str, about: &'static str| clap::Command::new(name).about(about);
    command
        .subcommand_required(true)
        .subcommand(
            arguments::define(
                sub("pull", "Fetch images from their registries"),
                &[DATA_DIR, INSECURE],
            )
            .arg(names()),
        )
        .subcommand(
            settings(sub(
                "import",
                "Add the images of an archive (docker save, or an OCI layout)",
            ))
            .arg(archive),
        )
        .subcommand(settings(sub("list", "List images")))
        .subcommand(settings(sub("remove", "Remove images")).arg(names()))
}

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let (name, arguments) = arguments.subcommand().expect("clap requires a subcommand");
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::caused_by("failed to start", error))?;
    let _entered = runtime.enter();
    let platform = Platform::real();
    let config = config(arguments)?;
    let adds = matches!(name, "pull" | "import");
    let store = open(&config.data_dir, adds, &platform)?;
    match name {
        "pull" => pull(arguments, &runtime, &platform, &config, store),
        "import" => import(
            &store,
            arguments
                .get_one::<PathBuf>(ARCHIVE)
                .expect("clap requires the archive"),
        ),
        "list" => {
            list(&store);
            Ok(())
        }
        _ => remove(arguments, &store),
    }
}

/// Only what `adds` images may make the data directory.
fn open(data_dir: &Path, adds: bool, platform: &Platform) -> Result<Arc<Store>, CliError> {
    if adds {
        crate::data_dir::open(data_dir).map_err(|error| CliError::of(&error))?;
    } else if !data_dir.exists() {
        let message = format!("there are no images: {} is not there", data_dir.display());
        return Err(CliError::new(message));
    }
    let dir = crate::machine::runtime_dir(data_dir);
    runtime::open_images(&dir, platform).map_err(|error| {
        let message = format!(
            "cannot use the images in {}: run as root, or name another --data-dir",
            data_dir.display()
        );
        CliError::caused_by(message, error)
    })
}

fn pull(
    arguments: &Arguments,
    runtime: &Runtime,
    platform: &Platform,
    config: &Config,
    store: Arc<Store>,
) -> Result<(), CliError> {
    crate::tls::install_provider();
    let puller = runtime::puller(store, config.insecure_registries.clone(), platform);
    for name in arguments.get_many::<String>(NAME).into_iter().flatten() {
        let reference: Reference = name.parse().map_err(|error| {
            CliError::caused_by(format!("{name} is not an image's name"), error)
        })?;
        let shown = Arc::new(Shown::new(name));
        let progress = Arc::clone(&shown);
        let pulling = puller.pull(
            &reference,
            None,
            Arc::new(move |event| progress.event(&event)),
        );
        let image = runtime
            .block_on(pulling)
            .map_err(|error| CliError::caused_by(format!("failed to pull {name}"), error))?;
        shown.finish();
        say(&format!("{} {}", image.id, reference));
    }
    Ok(())
}

fn import(store: &Store, archive: &Path) -> Result<(), CliError> {
    let shown = Arc::new(Shown::new(&archive.display().to_string()));
    let events = Arc::clone(&shown);
    let progress: Progress = Arc::new(move |event| events.event(&event));
    let images = image::import::import(store, archive, &progress).map_err(|error| {
        CliError::caused_by(format!("failed to import {}", archive.display()), error)
    })?;
    shown.finish();
    for image in images {
        say(&format!("{} {}", image.id, image.tags.join(" ")));
    }
    Ok(())
}

fn list(store: &Store) {
    let rows: Vec<Vec<String>> = store
        .list()
        .iter()
        .map(|image| {
            let names = if image.tags.is_empty() {
                &image.digests
            } else {
                &image.tags
            };
            vec![
                names.join(" "),
                short(&image.id.to_string()),
                format!("{:.1} MB", megabytes(image.bytes())),
            ]
        })
        .collect();
    table(&["IMAGE", "ID", "SIZE"], &rows);
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn short(id: &str) -> String {
    id.trim_start_matches("sha256:").chars().take(12).collect()
}

fn remove(arguments: &Arguments, store: &Store) -> Result<(), CliError> {
    for name in arguments.get_many::<String>(NAME).into_iter().flatten() {
        let found = store
            .remove(name)
            .map_err(|error| CliError::caused_by(format!("failed to remove {name}"), error))?;
        if !found {
            return Err(CliError::new(format!(
                "there is no image {name}: `sampan image list` shows those that are there"
            )));
        }
        say(&format!("removed {name}"));
    }
    Ok(())
}

/// One bar over all layers of an image.
struct Shown {
    bar: Bar,
    layers: Mutex<HashMap<String, (u64, u64)>>,
}

impl Shown {
    fn new(label: &str) -> Self {
        Self {
            bar: Bar::new(label),
            layers: Mutex::default(),
        }
    }

    fn event(&self, event: &ProgressEvent) {
        let mut layers = self.layers.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            ProgressEvent::Resolved { layers: sizes } => {
                layers.extend(
                    sizes
                        .iter()
                        .map(|(digest, bytes)| (digest.to_string(), (0, *bytes))),
                );
            }
            ProgressEvent::Layer { layer, done_bytes } => {
                layers.entry(layer.to_string()).or_default().0 = *done_bytes;
            }
            ProgressEvent::LayerPresent { layer } | ProgressEvent::LayerDone { layer } => {
                let size = layers.entry(layer.to_string()).or_default();
                size.0 = size.1;
            }
        }
        let (done, total) = layers
            .values()
            .fold((0, 0), |sum, size| (sum.0 + size.0, sum.1 + size.1));
        self.bar.set(done, total);
    }

    fn finish(&self) {
        self.bar.finish();
    }
}
