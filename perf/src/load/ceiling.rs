//! The ceiling: what nginx answers to the same client when the answers are files. Nobody who builds them is much faster.
//!
//! Gets and lists are measured on both in turn, so that the shares are those of one run on one machine.

use super::{Context, closed, list, objects, single};
use crate::{
    report::{self, Figure},
    target::{PerfError, Target},
};
use bytes::Bytes;
use client::kubeconfig::Endpoint;
use http::Method;
use http_body_util::BodyExt;
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, geteuid},
};
use std::{fs, io, net::TcpListener, path::Path, process::Stdio, time::Duration};
use tokio::process::{Child, Command};

const PATIENCE: Duration = Duration::from_secs(5);

const NGINX: &str = "nginx";

/// Whether there is an nginx; where there is none, that is said.
pub(super) fn can_be_measured() -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|dir| dir.join(NGINX).is_file());
    if !found {
        report::note("the ceiling is not measured: there is no nginx");
    }
    found
}

pub(super) async fn run(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let dir = tempfile::tempdir().map_err(failed("failed to make a directory for nginx"))?;
    let pod = format!("{}/{}", objects::pods_path(), objects::pod_name(0));
    for (path, file) in [(&*pod, "pod"), (&*objects::pods_path(), "pods")] {
        let answer = body(&cx.target, path).await?;
        fs::write(dir.path().join(file), answer).map_err(failed("failed to write an answer"))?;
    }
    let mut nginx = Nginx::start(dir.path(), cx.size.connections)?;
    let fixed = Context {
        target: nginx.target.clone(),
        ..cx.clone()
    };
    nginx.ready(&cx).await?;
    let requests = fixed.size.requests;
    let gets = closed::run(&fixed, requests, fixed.size.in_flight, |index| {
        let target = fixed.target.clone();
        async move { target.call(index, Method::GET, "/pod", Bytes::new()).await }
    })
    .await?;
    let ours = single::each(&cx, Method::GET, |_| Bytes::new()).await?;
    let lists = list::lists(&fixed, "/pods".into(), list::LISTS, list::LISTS_IN_FLIGHT).await?;
    let pods = objects::pods_path();
    let our_lists = list::lists(&cx, pods, list::LISTS, list::LISTS_IN_FLIGHT).await?;
    nginx.stop().await?;
    let share =
        |ours: &closed::Outcome, ceiling: &closed::Outcome| 100.0 * ours.rate() / ceiling.rate();
    Ok(vec![
        Figure::new("gets of a file", gets.rate(), "/s", ""),
        Figure::new("gets, of that", share(&ours, &gets), "%", ""),
        Figure::new("lists of a file", lists.rate(), "/s", ""),
        Figure::new("lists, of that", share(&our_lists, &lists), "%", "≥ 70"),
    ])
}

async fn body(target: &Target, path: &str) -> Result<Bytes, PerfError> {
    let answer = target
        .open_stream(0, Method::GET, path, Bytes::new())
        .await?;
    let collected = answer.into_body().collect().await;
    let collected = collected.map_err(|source| PerfError::Exchange {
        what: path.to_owned(),
        source,
    })?;
    Ok(collected.to_bytes())
}

/// A server of the files in a directory, over TLS and HTTP/2 on loopback. It ends with its owner.
struct Nginx {
    child: Child,
    target: Target,
}

/// Its workers go where it asks them to; were it killed, they would stay.
impl Drop for Nginx {
    fn drop(&mut self) {
        self.terminate();
    }
}

impl Nginx {
    fn start(dir: &Path, connections: usize) -> Result<Self, PerfError> {
        let name = "localhost".to_owned();
        let made = rcgen::generate_simple_self_signed(vec![name.clone()])
            .map_err(|error| PerfError::Unexpected(format!("no certificate for nginx: {error}")))?;
        let write = |file: &str, text: String| {
            fs::write(dir.join(file), text).map_err(failed("failed to write what nginx reads"))
        };
        write("certificate.pem", made.cert.pem())?;
        write("key.pem", made.signing_key.serialize_pem())?;
        let port = free_port().map_err(failed("there is no free port on loopback"))?;
        write("nginx.conf", configuration(dir, port))?;
        let child = Command::new(NGINX)
            .arg("-c")
            .arg(dir.join("nginx.conf"))
            .arg("-p")
            .arg(dir)
            .stdin(Stdio::null())
            .spawn()
            .map_err(failed(
                "failed to start nginx, which the ceiling is measured with",
            ))?;
        let endpoint = Endpoint {
            server: format!("https://127.0.0.1:{port}"),
            tls_server_name: Some(name),
            certificate_authority: Some(made.cert.pem().into_bytes()),
            insecure_skip_tls_verify: false,
            client_certificate: None,
            token: None,
            namespace: String::new(),
        };
        Ok(Self {
            child,
            target: Target::of(&endpoint, connections)?,
        })
    }

    /// Asks it to end, and waits until it has.
    async fn stop(&mut self) -> Result<(), PerfError> {
        self.terminate();
        let ended = self.child.wait().await;
        ended.map_err(failed("failed to wait for nginx")).map(drop)
    }

    fn terminate(&self) {
        let pid = self.child.id().and_then(|pid| i32::try_from(pid).ok());
        if let Some(pid) = pid {
            // One that has ended by itself is as good.
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
    }

    /// Waits until it answers.
    async fn ready(&self, cx: &Context) -> Result<(), PerfError> {
        const PAUSE: Duration = Duration::from_millis(10);
        let start = cx.clock.monotonic();
        loop {
            match body(&self.target, "/pod").await {
                Ok(_) => return Ok(()),
                Err(error) if cx.clock.monotonic().since(start) > PATIENCE => return Err(error),
                Err(_) => cx.clock.sleep(PAUSE).await,
            }
        }
    }
}

/// One worker a core, nothing logged, files held open.
fn configuration(dir: &Path, port: u16) -> String {
    let dir = dir.display();
    let user = if geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    format!(
        "daemon off;
master_process on;
worker_processes auto;
{user}
pid {dir}/pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {dir}/body;
    proxy_temp_path {dir}/proxy;
    fastcgi_temp_path {dir}/fastcgi;
    uwsgi_temp_path {dir}/uwsgi;
    scgi_temp_path {dir}/scgi;
    default_type application/json;
    open_file_cache max=16;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate {dir}/certificate.pem;
        ssl_certificate_key {dir}/key.pem;
        root {dir};
    }}
}}
"
    )
}

fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}

fn failed(what: &'static str) -> impl Fn(io::Error) -> PerfError {
    move |source| PerfError::Process {
        what: what.to_owned(),
        source,
    }
}
