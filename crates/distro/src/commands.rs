//! The commands beside `up`: each looks at a data directory, and at the cluster in it if that runs.

pub(crate) mod image;
pub(crate) mod kubeconfig;
pub(crate) mod reset;
pub(crate) mod status;

use clap::{Arg, ArgMatches};
use std::path::PathBuf;

const DATA_DIR: &str = "data-dir";

/// `--data-dir`, as `up` has it.
fn data_dir_argument() -> Arg {
    let flag = crate::FLAGS
        .iter()
        .find(|flag| flag.name == DATA_DIR)
        .expect("`up` has the flag");
    Arg::new(DATA_DIR)
        .long(DATA_DIR)
        .value_name(flag.value)
        .help(flag.help)
        .default_value(flag.default.expect("the flag has a default"))
        .value_parser(clap::value_parser!(PathBuf))
}

fn data_dir(arguments: &ArgMatches) -> PathBuf {
    arguments
        .get_one::<PathBuf>(DATA_DIR)
        .cloned()
        .expect("the flag has a default")
}
