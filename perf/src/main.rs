//! Drives any Kubernetes API server, given a kubeconfig, and measures it; and measures Sampan's own start, memory and idle cost, given its binary.
//!
//! `perf list` names the scenarios. Each prints one line a figure: scenario, figure, value, unit, and the bar that Sampan sets itself.

mod load;
mod own;
mod processes;
mod report;
mod target;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use std::{path::PathBuf, process::ExitCode};

/// The loader shares the cores with what it measures: what it spends on itself, the server lacks.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Debug, Parser)]
#[command(about = "Measures a Kubernetes API server, and Sampan's own start, memory and idle cost")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Name the scenarios
    List,
    /// Drive an API server through one scenario, or all of them in order
    Load {
        /// A scenario's name, or `all`
        scenario: String,
        #[arg(long)]
        kubeconfig: PathBuf,
        /// The server's process: `memory` is measured with its descendants
        #[arg(long)]
        pid: Option<u32>,
        #[command(flatten)]
        size: load::Size,
    },
    /// Start a binary on empty data and measure it: start, memory, idle CPU, idle disk writes
    Own {
        #[arg(long, default_value = "target/release/sampan")]
        binary: PathBuf,
        /// Measure the control plane alone; needs no root
        #[arg(long)]
        control_plane_only: bool,
        /// How long the server is left alone before it counts as idle
        #[arg(long, default_value_t = 300)]
        settle_seconds: u64,
        /// How long to watch the idle server
        #[arg(long, default_value_t = 60)]
        idle_seconds: u64,
        /// Start as many pods with this image, and time each until it is seen running
        #[arg(long)]
        pod_image: Option<String>,
    },
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().what {
        What::List => {
            report::names(
                load::SCENARIOS
                    .iter()
                    .map(|scenario| (scenario.name, scenario.what)),
            );
            Ok(())
        }
        What::Load {
            scenario,
            kubeconfig,
            pid,
            size,
        } => load::run(&scenario, &kubeconfig, pid, size).await,
        What::Own {
            binary,
            control_plane_only,
            settle_seconds,
            idle_seconds,
            pod_image,
        } => {
            own::run(&own::Plan {
                binary,
                control_plane_only,
                settle_seconds,
                idle_seconds,
                pod_image,
            })
            .await
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::complain(&error);
            ExitCode::FAILURE
        }
    }
}
