//! The scenarios that any API server can be put through. To add one: write its module, add one line to [`SCENARIOS`].

mod ceiling;
mod closed;
mod create;
mod fanout;
mod list;
mod memory;
mod objects;
mod schedule;
mod single;

use crate::{
    report::{self, Figure},
    target::{PerfError, Target},
};
use futures::future::BoxFuture;
use platform::Clock;
use std::path::Path;

/// How much of everything. The defaults are those of the promises.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Size {
    /// Pods that exist while gets, patches and lists are measured
    #[arg(long, default_value_t = 5000)]
    pub(crate) objects: usize,
    /// Requests of each single-object scenario
    #[arg(long, default_value_t = 20_000)]
    pub(crate) requests: usize,
    #[arg(long, default_value_t = 8)]
    pub(crate) connections: usize,
    #[arg(long, default_value_t = 32)]
    pub(crate) in_flight: usize,
    #[arg(long, default_value_t = 100)]
    pub(crate) watchers: usize,
    /// Events that each watcher waits for
    #[arg(long, default_value_t = 500)]
    pub(crate) events: usize,
    /// Fake nodes that pods are scheduled on
    #[arg(long, default_value_t = 1000)]
    pub(crate) nodes: usize,
}

/// What a scenario may use.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) target: Target,
    pub(crate) size: Size,
    /// The server's process, where it runs on this machine.
    pub(crate) pid: Option<u32>,
    pub(crate) clock: Clock,
}

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    run: fn(Context) -> BoxFuture<'static, Result<Vec<Figure>, PerfError>>,
}

/// In the order of `all`: later ones use what earlier ones made.
pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "create",
        what: "create pods of 1.0 KB",
        run: |cx| Box::pin(create::run(cx)),
    },
    Scenario {
        name: "get",
        what: "get single pods",
        run: |cx| Box::pin(single::get(cx)),
    },
    Scenario {
        name: "patch",
        what: "merge-patch a label of single pods",
        run: |cx| Box::pin(single::patch(cx)),
    },
    Scenario {
        name: "list",
        what: "list all pods",
        run: |cx| Box::pin(list::all(cx)),
    },
    Scenario {
        name: "list-gzip",
        what: "list all pods, compressed",
        run: |cx| Box::pin(list::compressed(cx)),
    },
    Scenario {
        name: "select",
        what: "list the 1 % of pods that a label selector matches",
        run: |cx| Box::pin(list::selective(cx)),
    },
    Scenario {
        name: "fanout",
        what: "ConfigMap events to many watchers",
        run: |cx| Box::pin(fanout::run(cx)),
    },
    Scenario {
        name: "memory",
        what: "memory of the server (--pid) and its descendants, after what came before",
        run: |cx| Box::pin(memory::run(cx)),
    },
    Scenario {
        name: "ceiling",
        what: "gets and lists as a share of what nginx answers from files",
        run: |cx| Box::pin(ceiling::run(cx)),
    },
    Scenario {
        name: "schedule",
        what: "pods created and bound on fake nodes",
        run: |cx| Box::pin(schedule::run(cx)),
    },
    Scenario {
        name: "clean",
        what: "delete what the scenarios made",
        run: |cx| Box::pin(create::clean(cx)),
    },
];

pub(crate) async fn run(
    name: &str,
    kubeconfig: &Path,
    pid: Option<u32>,
    size: Size,
) -> Result<(), PerfError> {
    let context = Context {
        target: Target::open(kubeconfig, size.connections)?,
        size,
        pid,
        clock: Clock::real(),
    };
    let chosen: Vec<&Scenario> = SCENARIOS
        .iter()
        .filter(|scenario| match name {
            "all" => match scenario.name {
                "memory" => pid.is_some(),
                "ceiling" => ceiling::can_be_measured(),
                _ => true,
            },
            name => scenario.name == name,
        })
        .collect();
    if chosen.is_empty() {
        return Err(PerfError::NoScenario(name.to_owned()));
    }
    create::namespace(&context).await?;
    for scenario in chosen {
        report::print(scenario.name, &(scenario.run)(context.clone()).await?);
    }
    Ok(())
}
