//! A cluster under test: the release binary in the foreground, as a newcomer would start it, and kubectl.

use crate::{Machine, eventually, output, refused, run, text};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const READY_MAX: Duration = Duration::from_secs(30);
const STOP_MAX: Duration = Duration::from_secs(40);

/// How to start a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Distinguishes the test's namespaces.
    pub name: &'static str,
    pub control_plane_only: bool,
}

/// A `sampan up`, or one to be. Dropping it stops the server, resets the data directory, and removes the machine.
#[derive(Debug)]
pub struct Cluster {
    pub machine: Machine,
    /// Flags of `sampan up` beside those that every test has.
    pub flags: Vec<String>,
    user: Option<u32>,
    dir: TempDir,
    child: Option<Child>,
    options: Options,
}

impl Cluster {
    /// Starts on empty data and waits until the API server, and the node if there is one, are ready.
    #[must_use]
    pub fn start(options: Options) -> Self {
        let mut cluster = Self::new(Machine::new(options.name), options);
        cluster.up();
        cluster
    }

    /// Nothing runs yet: [`Self::up`] starts it.
    #[must_use]
    pub fn new(machine: Machine, options: Options) -> Self {
        // Before there is anything to clean up.
        let _ = binary();
        let dir = tempfile::Builder::new()
            .prefix("sampan-test-")
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary directory: {error}"));
        Self {
            machine,
            flags: Vec::new(),
            user: None,
            dir,
            child: None,
            options,
        }
    }

    /// From here on sampan is run by this user, who owns the data directory. The binary is copied to where everybody may run it.
    #[must_use]
    pub fn by(mut self, user: u32) -> Self {
        let copy = self.own_binary();
        run(Command::new("cp").arg(binary()).arg(&copy));
        run(Command::new("chmod")
            .arg("0755")
            .arg(self.dir.path())
            .arg(&copy));
        run(Command::new("install")
            .args(["-d", "-o", &user.to_string()])
            .arg(self.data_dir()));
        self.user = Some(user);
        self
    }

    fn own_binary(&self) -> PathBuf {
        self.dir.path().join("sampan")
    }

    /// Starts the server over the data directory as it is.
    pub fn up(&mut self) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_path())
            .unwrap_or_else(|error| panic!("no log: {error}"));
        let out = log
            .try_clone()
            .unwrap_or_else(|error| panic!("no second handle: {error}"));
        let mut command = self.sampan("up");
        command
            .args(["--log", "info"])
            .args(&self.flags)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(log);
        if self.options.control_plane_only {
            command.arg("--control-plane-only");
        } else {
            command.arg("--cgroup-root").arg(self.machine.cgroup());
        }
        self.child = Some(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("sampan did not start: {error}")),
        );
        eventually("/readyz", READY_MAX, || {
            self.assert_running();
            let answer = output(&mut self.kubectl(&["get", "--raw", "/readyz"]));
            answer.status.success().then_some(())
        });
        if !self.options.control_plane_only {
            self.ok(&[
                "wait",
                "--for=condition=Ready",
                "node",
                "--all",
                "--timeout=30s",
            ]);
        }
    }

    /// `sampan COMMAND --data-dir …` on the machine.
    #[must_use]
    pub fn sampan(&self, command: &str) -> Command {
        let mut sampan = self.bare();
        sampan.arg(command).arg("--data-dir").arg(self.data_dir());
        sampan
    }

    /// `sampan` on the machine, without any argument.
    #[must_use]
    pub fn bare(&self) -> Command {
        let Some(user) = self.user else {
            return self.machine.command(&binary().display().to_string());
        };
        let mut command = self.machine.command("setpriv");
        command
            .args([
                &format!("--reuid={user}"),
                &format!("--regid={user}"),
                "--clear-groups",
                "--inh-caps=-all",
            ])
            .arg(self.own_binary());
        command
    }

    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn log_path(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    /// What the server has printed so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    #[must_use]
    pub fn kubectl(&self, arguments: &[&str]) -> Command {
        let mut command = self.machine.command("kubectl");
        command
            .arg("--kubeconfig")
            .arg(self.data_dir().join("kubeconfig"))
            .args(arguments)
            .env("HOME", self.dir.path())
            .env("KUBECTL_COMMAND_HEADERS", "0");
        command
    }

    /// kubectl's output; panics where it fails, with the end of the server's log.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let answer = output(&mut self.kubectl(arguments));
        assert!(
            answer.status.success(),
            "kubectl {} failed:\n{}{}\nthe server's log ends:\n{}",
            arguments.join(" "),
            text(&answer.stdout),
            text(&answer.stderr),
            self.log_end()
        );
        text(&answer.stdout)
    }

    /// What kubectl complains of; panics where it succeeds.
    #[track_caller]
    pub fn refuses(&self, arguments: &[&str]) -> String {
        refused(&mut self.kubectl(arguments))
    }

    /// `kubectl COMMAND -f -` with a manifest.
    #[track_caller]
    pub fn feed(&self, arguments: &[&str], manifest: &str) -> String {
        let path = self.dir.path().join("manifest.yaml");
        let mut file =
            File::create(&path).unwrap_or_else(|error| panic!("no manifest file: {error}"));
        file.write_all(manifest.as_bytes())
            .unwrap_or_else(|error| panic!("no manifest: {error}"));
        let path = path.display().to_string();
        self.ok(&[arguments, &["-f", &path]].concat())
    }

    #[track_caller]
    pub fn apply(&self, manifest: &str) -> String {
        self.feed(&["apply"], manifest)
    }

    /// Asks kubectl until `accept` likes the answer.
    #[track_caller]
    pub fn until(&self, what: &str, arguments: &[&str], accept: impl Fn(&str) -> bool) -> String {
        let mut last = String::new();
        eventually(
            &format!("{what} (kubectl {})", arguments.join(" ")),
            Duration::from_secs(90),
            || {
                last = text(&output(&mut self.kubectl(arguments)).stdout);
                accept(&last).then(|| last.clone())
            },
        )
    }

    /// Stops the server as Ctrl-C does, and waits until it is gone.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            run(Command::new("kill").args(["-INT", &child.id().to_string()]));
            let status = eventually("the end of the server", STOP_MAX, || {
                child.try_wait().ok().flatten()
            });
            assert!(
                status.success(),
                "the server ended with {status}:\n{}",
                self.log_end()
            );
        }
    }

    /// Kills the server as a crash would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child
                .kill()
                .and_then(|()| child.wait().map(drop))
                .unwrap_or_else(|error| panic!("failed to kill the server: {error}"));
        }
    }

    /// Stops the server and removes everything that it left on the machine.
    ///
    /// # Panics
    /// Where its programs in the kernel, its sockets or its mounts are still there.
    pub fn reset(&mut self) {
        self.stop();
        let id = fs::read_to_string(self.data_dir().join("cluster-id")).unwrap_or_default();
        run(self.sampan("reset").arg("--yes"));
        if id.is_empty() {
            return;
        }
        let bpf = format!("/sys/fs/bpf/sampan/{}", id.trim());
        let run = format!("/run/sampan/{}", id.trim());
        for place in [&bpf, &run] {
            assert!(!Path::new(place).exists(), "{place} is left");
        }
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let own = [self.data_dir().display().to_string(), run];
        let left = mounts
            .lines()
            .find(|line| own.iter().any(|place| line.contains(place)));
        assert!(left.is_none(), "a mount is left: {left:?}");
    }

    fn assert_running(&self) {
        let gone = self
            .child
            .as_ref()
            .is_none_or(|child| !Path::new(&format!("/proc/{}/exe", child.id())).exists());
        assert!(!gone, "the server has ended:\n{}", self.log_end());
    }

    fn log_end(&self) -> String {
        let log = self.log();
        let start = log.len().saturating_sub(4000);
        log.get(log.ceil_char_boundary(start)..)
            .unwrap_or_default()
            .to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
        let _ = self.sampan("reset").arg("--yes").output();
    }
}

/// The binary under test: `SAMPAN_BINARY`, or the release build.
#[must_use]
pub fn binary() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/sampan");
    let path = std::env::var_os("SAMPAN_BINARY").map_or(default, PathBuf::from);
    path.canonicalize()
        .unwrap_or_else(|_| panic!("{} is missing: `make build` makes it", path.display()))
}
