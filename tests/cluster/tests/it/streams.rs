//! What goes between kubectl and a running container: exec, attach, cp, port-forward, logs, run, debug; over WebSocket and over SPDY.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};
use testkit::{Cluster, Options, Registry, eventually, is_root, output, run, text};

const IMAGE: &str = "127.0.0.1:5000/guestbook-web:v1";

/// `box` has busybox's programs and a web server, `cat` answers its lines, `tty` is a shell on a terminal, `crasher` ends over and over.
const PODS: &str = r#"
apiVersion: v1
kind: Pod
metadata: {name: box, labels: {app: box}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: box
      image: 127.0.0.1:5000/guestbook-web:v1
      securityContext: {runAsUser: 0}
      command: [/bin/sh, -c, 'busybox --install -s /bin; echo ready; echo warned >&2; exec httpd -f -p 8000 -h /etc']
      readinessProbe: {tcpSocket: {port: 8000}, periodSeconds: 1}
    - name: cat
      image: 127.0.0.1:5000/guestbook-web:v1
      stdin: true
      command: [/bin/sh, -c, 'while read line; do echo "got $line"; done']
    - name: tty
      image: 127.0.0.1:5000/guestbook-web:v1
      stdin: true
      tty: true
      command: [/bin/sh]
---
apiVersion: v1
kind: Pod
metadata: {name: crasher, labels: {app: crasher}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
    - name: crasher
      image: 127.0.0.1:5000/guestbook-web:v1
      command: [/bin/sh, -c, 'for i in 1 2 3; do echo line $i; done; sleep 1.5; echo late; exit 3']
---
apiVersion: v1
kind: Pod
metadata: {name: logger}
spec:
  restartPolicy: Never
  containers:
    - name: logger
      image: 127.0.0.1:5000/guestbook-web:v1
      command: [/bin/sh, -c, 'for i in 1 2 3; do echo line $i; done; sleep 3; echo late']
"#;

/// Both ways in which kubectl talks to containers.
const PROTOCOLS: [(&str, &str); 2] = [("WebSocket", "true"), ("SPDY", "false")];

#[test]
fn streams() {
    if !is_root("streams") {
        return;
    }
    let cluster = Cluster::start(Options {
        name: "streams",
        control_plane_only: false,
    });
    let _registry = Registry::start(&cluster.machine);
    cluster.apply(PODS);
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod",
        "logger",
        "--timeout=60s",
    ]);
    followed_log(&cluster);
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod",
        "box",
        "--timeout=60s",
    ]);
    for (protocol, websockets) in PROTOCOLS {
        executed(&cluster, protocol, websockets);
        attached(&cluster, protocol, websockets);
        on_a_terminal(&cluster, websockets);
        forwarded(&cluster, protocol, websockets);
    }
    copied(&cluster);
    proxied(&cluster);
    refused(&cluster);
    logs(&cluster);
    run_and_removed(&cluster);
    debugged(&cluster);
    same_containers(&cluster);
}

/// A pod, a service and the node's own server through the API server.
fn proxied(cluster: &Cluster) {
    let expose = ["expose", "pod", "box", "--name=proxied", "--port=80"];
    cluster.ok(&[&expose[..], &["--target-port=8000"]].concat());
    let pods = "/api/v1/namespaces/default/pods/box:8000/proxy/hostname";
    assert_eq!(cluster.ok(&["get", "--raw", pods]), "box\n");
    let service = "/api/v1/namespaces/default/services/http:proxied:80/proxy/hostname";
    let through = cluster.until("service", &["get", "--raw", service], |text| {
        !text.is_empty()
    });
    assert_eq!(through, "box\n");
    let nodes = cluster.ok(&["get", "nodes", "-o", "jsonpath={.items[0].metadata.name}"]);
    let node = |path: &str| {
        let path = format!("/api/v1/nodes/{nodes}/proxy/{path}");
        cluster.ok(&["get", "--raw", &path])
    };
    assert_eq!(node("healthz"), "ok");
    assert!(node("pods").contains("\"name\":\"box\""));
    assert!(node("metrics").contains("kubelet_running_pods"));
    assert!(node("stats/summary").contains("\"nodeName\""));
    let missing = [
        "get",
        "--raw",
        "/api/v1/namespaces/default/services/proxied:81/proxy/",
    ];
    let words = cluster.refuses(&missing);
    assert!(
        words.contains("no service port 81 found for service \"proxied\""),
        "{words}"
    );
    let closed = [
        "get",
        "--raw",
        "/api/v1/namespaces/default/pods/box:9/proxy/",
    ];
    let words = cluster.refuses(&closed);
    assert!(words.contains("connect: connection refused"), "{words}");
    let info = cluster.ok(&["cluster-info"]);
    assert!(info.contains("control plane"), "{info}");
}

fn kubectl(cluster: &Cluster, websockets: &str, arguments: &[&str]) -> Command {
    let mut command = cluster.kubectl(arguments);
    command
        .env("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", websockets)
        .env("KUBECTL_PORT_FORWARD_WEBSOCKETS", websockets);
    command
}

/// Runs to the end with `input` on standard input; answers with the exit code and both outputs.
fn feed(command: &mut Command, input: &[u8]) -> (Option<i32>, String, String) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kubectl starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let ended = child.wait_with_output().expect("kubectl ends");
    // A program that ends before it has read everything is its own matter.
    let _ = writer.join();
    (
        ended.status.code(),
        text(&ended.stdout),
        text(&ended.stderr),
    )
}

fn executed(cluster: &Cluster, protocol: &str, websockets: &str) {
    let exec = |command: &[&str], input: &[u8]| {
        let arguments = [&["exec", "-i", "box", "-c", "box", "--"], command].concat();
        feed(&mut kubectl(cluster, websockets, &arguments), input)
    };
    let (code, out, err) = exec(&["sh", "-c", "echo out; echo err >&2; exit 7"], b"");
    assert_eq!(
        (code, out.as_str()),
        (Some(7), "out\n"),
        "{protocol}: {err}"
    );
    assert!(
        err.starts_with("err\n") && err.contains("exit code 7"),
        "{protocol}: {err}"
    );
    let megabytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    let (_, sum, _) = exec(&["md5sum"], &megabytes);
    let (_, expected, _) = feed(&mut Command::new("md5sum"), &megabytes);
    assert_eq!(sum, expected, "{protocol}");
    let (_, zeros, _) = exec(&["head", "-c", "3000000", "/dev/zero"], b"");
    assert_eq!(zeros.len(), 3_000_000, "{protocol}");
}

/// Each client in turn leaves while its container goes on, and takes nobody with it.
fn attached(cluster: &Cluster, protocol: &str, websockets: &str) {
    let mut client = kubectl(cluster, websockets, &["attach", "-i", "box", "-c", "cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("kubectl starts");
    let mut stdin = client.stdin.take().expect("it is piped");
    writeln!(stdin, "{protocol}").expect("kubectl reads");
    let (line, _rest) = first_line(&mut client);
    assert_eq!(line, format!("got {protocol}\n"));
    ended(client);
}

/// The first line, and the rest: kubectl ends when nobody reads what it says.
fn first_line(child: &mut Child) -> (String, BufReader<ChildStdout>) {
    let mut line = String::new();
    let mut rest = BufReader::new(child.stdout.take().expect("it is piped"));
    rest.read_line(&mut line).expect("kubectl writes text");
    (line, rest)
}

fn ended(mut child: Child) {
    child
        .kill()
        .and_then(|()| child.wait().map(drop))
        .expect("kubectl can be ended");
}

/// kubectl on a terminal; what it showed, with the exit code in the last line.
fn on_terminal(cluster: &Cluster, websockets: &str, arguments: &[&str], steps: &str) -> String {
    let mut python = cluster.machine.command("python3");
    python
        .args([
            "-c",
            include_str!("terminal.py"),
            steps,
            "kubectl",
            "--kubeconfig",
        ])
        .arg(cluster.data_dir().join("kubeconfig"))
        .args(arguments)
        .env("HOME", cluster.data_dir())
        .env("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", websockets);
    let shown = output(&mut python);
    assert!(
        shown.status.success(),
        "{arguments:?}: {}{}\npod status: {}\nevents:\n{}",
        text(&shown.stdout),
        text(&shown.stderr),
        cluster.ok(&["get", "pod", "box", "-o", "jsonpath={.status}"]),
        cluster.ok(&["get", "events", "--sort-by=.metadata.creationTimestamp"]),
    );
    text(&shown.stdout)
}

/// The shell sees both sizes; it is left by `last`.
fn steps(last: &str) -> String {
    let step = |rows: u8, columns: u8, word: &str| {
        let line = format!(
            "until [ \\\"$(busybox stty size)\\\" = '{rows} {columns}' ]; do sleep 0.05; done; echo {word}-$((40+2))\\n"
        );
        format!(
            r#"{{"size": [{rows}, {columns}]}}, {{"send": "{line}"}}, {{"expect": "{word}-42"}}"#
        )
    };
    format!(
        "[{}, {}, {last}]",
        step(33, 101, "first"),
        step(44, 55, "second")
    )
}

fn on_a_terminal(cluster: &Cluster, websockets: &str) {
    let exec = ["exec", "-it", "box", "-c", "box", "--", "sh"];
    let shown = on_terminal(
        cluster,
        websockets,
        &exec,
        &steps(r#"{"send": "exit 5\n"}"#),
    );
    assert!(shown.ends_with("exit code 5\n"), "{shown}");
    let attach = ["attach", "-it", "box", "-c", "tty"];
    on_terminal(cluster, websockets, &attach, &steps(r#"{"signal": 9}"#));
}

fn forwarded(cluster: &Cluster, protocol: &str, websockets: &str) {
    for target in ["pod/box", "service/box"] {
        if target == "service/box" && protocol == "WebSocket" {
            cluster.ok(&["expose", "pod", "box", "--port=80", "--target-port=8000"]);
        }
        let port = if target == "pod/box" { ":8000" } else { ":80" };
        let mut client = kubectl(cluster, websockets, &["port-forward", target, port])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("kubectl starts");
        let (line, _rest) = first_line(&mut client);
        let local = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        let url = format!(
            "http://127.0.0.1:{}/guestbook-version",
            local.expect("a local port")
        );
        for _ in 0..3 {
            let page = run(cluster
                .machine
                .command("curl")
                .args(["-sf", "--max-time", "5", &url]));
            assert_eq!(page.trim(), "v1", "{protocol} {target}");
        }
        ended(client);
    }
}

fn copied(cluster: &Cluster) {
    let dir = cluster.data_dir().with_file_name("copied");
    std::fs::create_dir_all(dir.join("tree/below")).expect("the test's directory is writable");
    let bytes: Vec<u8> = (0..500_000_u32).map(|n| (n % 253) as u8).collect();
    std::fs::write(dir.join("tree/below/file"), &bytes).expect("the test's directory is writable");
    let (tree, back) = (dir.join("tree"), dir.join("back"));
    cluster.ok(&[
        "cp",
        &tree.display().to_string(),
        "box:/tmp/tree",
        "-c",
        "box",
    ]);
    cluster.ok(&[
        "cp",
        "default/box:/tmp/tree",
        &back.display().to_string(),
        "-c",
        "box",
    ]);
    assert_eq!(
        std::fs::read(back.join("below/file")).expect("it was copied"),
        bytes
    );
}

fn refused(cluster: &Cluster) {
    let cases: [(&[&str], &str); 5] = [
        (&["exec", "nobody", "--", "ls"], "pods \"nobody\" not found"),
        (
            &["exec", "box", "-c", "none", "--", "ls"],
            "container none is not valid for pod box",
        ),
        (
            &["exec", "box", "-c", "box", "--", "nocmd"],
            "exec: \"nocmd\": executable file not found in $PATH",
        ),
        (
            &["logs", "box", "-c", "none"],
            "container none is not valid for pod box",
        ),
        (&["top", "pod"], "Metrics API not available"),
    ];
    for (arguments, words) in cases {
        let said = cluster.refuses(arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let mut client = kubectl(cluster, "true", &["port-forward", "pod/box", ":9"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kubectl starts");
    let (line, _rest) = first_line(&mut client);
    let local = line
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let url = format!("http://127.0.0.1:{}/", local.expect("a local port"));
    let page = output(
        cluster
            .machine
            .command("curl")
            .args(["-sf", "--max-time", "5", &url]),
    );
    assert!(!page.status.success(), "nobody listens there");
    let said = text(&client.wait_with_output().expect("kubectl ends").stderr);
    assert!(
        said.contains("an error occurred forwarding") && said.contains("onnection refused"),
        "{said}"
    );
}

/// Follows a container from its first line to its end.
fn followed_log(cluster: &Cluster) {
    let log = cluster.ok(&["logs", "-f", "logger", "--timestamps"]);
    let lines: Vec<&str> = log
        .lines()
        .filter_map(|line| line.split_once("Z "))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(lines, ["line 1", "line 2", "line 3", "late"], "{log}");
}

fn logs(cluster: &Cluster) {
    let of = |options: &[&str]| cluster.ok(&[&["logs", "logger"], options].concat());
    assert_eq!(of(&[]), "line 1\nline 2\nline 3\nlate\n");
    assert_eq!(of(&["--tail=1"]), "late\n");
    assert_eq!(of(&["--limit-bytes=7"]), "line 1\n");
    assert_eq!(of(&["--since=1h", "--tail=2"]), "line 3\nlate\n");
    assert_eq!(of(&["--since-time=2199-01-01T00:00:00Z"]), "");
    assert_eq!(of(&["-f"]), "line 1\nline 2\nline 3\nlate\n");
    let waiting = "jsonpath={.status.containerStatuses[0].state.waiting.message}";
    cluster.until(
        "a back-off",
        &["get", "pod", "crasher", "-o", waiting],
        |message| {
            message.starts_with("back-off ")
                && message.contains("0s restarting failed container=crasher pod=crasher_default(")
        },
    );
    assert_eq!(
        cluster.ok(&["logs", "crasher", "--previous"]),
        "line 1\nline 2\nline 3\nlate\n"
    );
    let selected = cluster.ok(&["logs", "-l", "app=box", "-c", "box", "--prefix"]);
    assert_eq!(selected, "[pod/box/box] ready\n[pod/box/box] warned\n");
    cluster.until("the event", &["events", "--for", "pod/crasher"], |events| {
        events.contains("Back-off restarting failed container crasher in pod crasher_default(")
    });
    cluster.ok(&["delete", "pod", "crasher", "logger"]);
}

fn run_and_removed(cluster: &Cluster) {
    let image = format!("--image={IMAGE}");
    let common = ["--restart=Never", &image, "--command", "--"];
    let piped = [&["run", "piped", "--rm", "-i"], &common[..], &["cat"]].concat();
    let (code, out, err) = feed(&mut kubectl(cluster, "true", &piped), b"through\n");
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.starts_with("through\n") && out.contains("pod \"piped\" deleted"),
        "{out}"
    );
    let shell = [&["run", "shell", "--rm", "-it"], &common[..], &["sh"]].concat();
    let steps = r#"[{"expect": "$ "}, {"send": "echo sum-$((40+2))\n"}, {"expect": "sum-42"}, {"send": "exit 3\n"}]"#;
    let shown = on_terminal(cluster, "true", &shell, steps);
    assert!(
        shown.contains("pod \"shell\" deleted") && shown.ends_with("exit code 3\n"),
        "{shown}"
    );
    // What ends before kubectl has attached is shown from its log.
    let short = [
        &["run", "short", "--rm", "--attach"],
        &common[..],
        &["sh", "-c", "exit 4"],
    ]
    .concat();
    let (code, _, err) = feed(&mut kubectl(cluster, "true", &short), b"");
    assert_eq!(code, Some(4), "{err}");
    assert_eq!(cluster.ok(&["get", "pods", "-o", "name"]), "pod/box\n");
}

/// An ephemeral container sees the processes of its target.
fn debugged(cluster: &Cluster) {
    let image = format!("--image={IMAGE}");
    let debug = [
        "debug",
        "-it",
        "box",
        &image,
        "--target=box",
        "-c",
        "debugger",
        "--profile=general",
        "--",
        "sh",
    ];
    let steps = r#"[{"expect": "$ "}, {"send": "busybox tr '\\0' ' ' < /proc/1/cmdline; echo\n"}, {"expect": "httpd -f -p 8000 -h /etc"}, {"send": "exit 6\n"}]"#;
    on_terminal(cluster, "true", &debug, steps);
    let ephemeral = "jsonpath={.status.ephemeralContainerStatuses[0].state.terminated.exitCode}";
    eventually("the end of the debugger", Duration::from_secs(10), || {
        (cluster.ok(&["get", "pod", "box", "-o", ephemeral]) == "6").then_some(())
    });
}

/// After all that, the containers that were not told to end are still the first ones.
fn same_containers(cluster: &Cluster) {
    let restarts = "jsonpath={range .status.containerStatuses[*]}{.name}={.restartCount} {end}";
    assert_eq!(
        cluster.ok(&["get", "pod", "box", "-o", restarts]),
        "box=0 cat=0 tty=0 "
    );
}
