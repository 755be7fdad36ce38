//! Flags of the command line, made from the table of settings. `up` takes all of them, other commands those that concern them too.

use super::{Config, ConfigError, FLAGS, Flag};
use clap::{Arg, ArgAction, parser::ValueSource};
use std::path::{Path, PathBuf};

const FILE: &str = "config";
/// Read when it is there and no other is named.
const DEFAULT_FILE: &str = "/etc/sampan/config.yaml";

/// Adds every setting.
pub(crate) fn define_all(command: clap::Command) -> clap::Command {
    FLAGS.iter().fold(command.arg(file()), |command, flag| {
        command.arg(argument(flag))
    })
}

/// Adds the file, and these settings of it.
pub(crate) fn define(command: clap::Command, names: &[&str]) -> clap::Command {
    names.iter().fold(command.arg(file()), |command, name| {
        let flag = super::find(name).expect("commands name flags of the table");
        command.arg(argument(flag))
    })
}

/// The settings of this command line and of the file that it names, or of the usual file.
///
/// # Errors
/// As [`Config::build`].
pub(crate) fn config(arguments: &clap::ArgMatches) -> Result<Config, ConfigError> {
    let named = arguments.get_one::<PathBuf>(FILE).cloned();
    let file = named.or_else(|| {
        Path::new(DEFAULT_FILE)
            .exists()
            .then(|| PathBuf::from(DEFAULT_FILE))
    });
    let mut given = Vec::new();
    for flag in FLAGS {
        let here = arguments.try_contains_id(flag.name).unwrap_or(false)
            && arguments.value_source(flag.name) == Some(ValueSource::CommandLine);
        if here {
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

fn file() -> Arg {
    Arg::new(FILE)
        .long(FILE)
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .value_hint(clap::ValueHint::FilePath)
        .help(format!(
            "File with settings, as `sampan up` has them [default: {DEFAULT_FILE} if it is there]"
        ))
}

fn argument(flag: &Flag) -> Arg {
    let arg = Arg::new(flag.name)
        .long(flag.name)
        .value_hint(match flag.value {
            "DIR" => clap::ValueHint::DirPath,
            "FILE" => clap::ValueHint::FilePath,
            _ => clap::ValueHint::Other,
        })
        .help(match flag.default {
            Some(default) if !flag.is_switch() => format!("{} [default: {default}]", flag.help),
            _ => flag.help.to_owned(),
        });
    if flag.is_switch() {
        // `--switch=false` takes back what the file says.
        return arg
            .value_name("true|false")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true");
    }
    let action = if flag.repeated {
        ArgAction::Append
    } else {
        ArgAction::Set
    };
    arg.value_name(flag.value).action(action)
}
