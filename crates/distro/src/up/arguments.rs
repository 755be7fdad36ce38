//! The flags of `sampan up`, made from the table of settings.

use crate::config::{Config, ConfigError, FLAGS};
use clap::{Arg, ArgAction, parser::ValueSource};
use std::path::{Path, PathBuf};

const FILE: &str = "config";
/// Read when it is there and no other is named.
const DEFAULT_FILE: &str = "/etc/sampan/config.yaml";

pub(super) fn define(command: clap::Command) -> clap::Command {
    let file = Arg::new(FILE)
        .long(FILE)
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help(format!("File with settings, by the names of these flags [default: {DEFAULT_FILE} if it is there]"));
    FLAGS.iter().fold(command.arg(file), |command, flag| {
        let arg = Arg::new(flag.name)
            .long(flag.name)
            .help(match flag.default {
                Some(default) if !flag.value.is_empty() => {
                    format!("{} [default: {default}]", flag.help)
                }
                _ => flag.help.to_owned(),
            });
        command.arg(match (flag.value, flag.repeated) {
            ("", _) => arg.action(ArgAction::SetTrue),
            (value, true) => arg.value_name(value).action(ArgAction::Append),
            (value, false) => arg.value_name(value),
        })
    })
}

pub(super) fn config(arguments: &clap::ArgMatches) -> Result<Config, ConfigError> {
    let named = arguments.get_one::<PathBuf>(FILE).cloned();
    let file = named.or_else(|| {
        Path::new(DEFAULT_FILE)
            .exists()
            .then(|| PathBuf::from(DEFAULT_FILE))
    });
    let mut given = Vec::new();
    for flag in FLAGS {
        if arguments.value_source(flag.name) != Some(ValueSource::CommandLine) {
            continue;
        }
        if flag.value.is_empty() {
            given.push((flag.name, "true".to_owned()));
        } else {
            given.extend(
                arguments
                    .get_many::<String>(flag.name)
                    .into_iter()
                    .flatten()
                    .map(|value| (flag.name, value.clone())),
            );
        }
    }
    Config::build(file.as_deref(), &given)
}
