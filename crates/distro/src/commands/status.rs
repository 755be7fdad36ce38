//! `sampan status`: whether the cluster runs, its nodes, and how many pods are in which phase.

use super::{config, define};
use crate::kubeconfig::{of_data_dir, unreadable};
use api::core::v1::{Node, Pod};
use cli::{Arguments, CliError, Command, say, table};
use client::{
    Client, Error, ListParams,
    kubeconfig::{Endpoint, KubeconfigError},
    transport::Https,
};
use http::Method;
use platform::Platform;
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

const WAIT: Duration = Duration::from_secs(5);

pub(crate) const COMMAND: Command = Command {
    name: "status",
    about: "Show whether the cluster runs, its nodes and its pods",
    arguments: define,
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    crate::tls::install_provider();
    let path = of_data_dir(&config(arguments)?.data_dir);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| CliError::caused_by("failed to start", error))?;
    runtime.block_on(show(&path))
}

async fn show(kubeconfig: &Path) -> Result<(), CliError> {
    let platform = Platform::real();
    let endpoint = Endpoint::load(kubeconfig, None).map_err(|error| match error {
        KubeconfigError::Read { path, source } => {
            CliError::caused_by(unreadable(&path, &source), source)
        }
        error => CliError::caused_by("the kubeconfig cannot be used", error),
    })?;
    let transport = Https::new(&endpoint)
        .map_err(|error| CliError::caused_by("the kubeconfig cannot be used", error))?;
    let client = Client::new(Arc::new(transport), platform.clone(), "sampan");
    let asked = platform.clock.timeout(WAIT, ask(&client)).await;
    let stopped = || {
        format!(
            "the cluster does not answer at {}: is `sampan up` running?",
            endpoint.server
        )
    };
    let (nodes, pods) = match asked {
        Ok(Ok(answers)) => answers,
        Ok(Err(error)) => return Err(CliError::caused_by(stopped(), error)),
        Err(_) => return Err(CliError::new(stopped())),
    };
    say(&format!("{} is ready", endpoint.server));
    let rows: Vec<Vec<String>> = nodes.iter().map(node_row).collect();
    table(&["NODE", "STATUS", "ADDRESS", "VERSION"], &rows);
    for (phase, count) in phases(&pods) {
        let noun = if count == 1 { "pod" } else { "pods" };
        say(&format!("{count} {noun} {phase}"));
    }
    Ok(())
}

async fn ask(client: &Client) -> Result<(Vec<Node>, Vec<Pod>), Error> {
    client.fetch(Method::GET, "/readyz", "*/*", None).await?;
    let nodes = client
        .of::<Node>()
        .list(None, &ListParams::default())
        .await?;
    let pods = client
        .of::<Pod>()
        .list(None, &ListParams::default())
        .await?;
    Ok((nodes.items, pods.items))
}

fn node_row(node: &Node) -> Vec<String> {
    let ready = node
        .status
        .conditions
        .iter()
        .any(|condition| condition.type_ == "Ready" && condition.status == "True");
    let address = node
        .status
        .addresses
        .first()
        .map(|address| address.address.to_string())
        .unwrap_or_default();
    let status = if ready { "Ready" } else { "NotReady" };
    vec![
        node.metadata.name.to_string(),
        status.to_owned(),
        address,
        node.status.node_info.kubelet_version.to_string(),
    ]
}

fn phases(pods: &[Pod]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for pod in pods {
        *counts.entry(pod.status.phase.to_string()).or_default() += 1;
    }
    counts
}
