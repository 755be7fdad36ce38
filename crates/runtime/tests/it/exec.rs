//! Commands in running containers, attached clients, forwarded ports.

use runtime::cri::v1;
use runtime::{ContainerEvents, Streaming, TerminalSize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::{command, shell, with_context, world};

fn request(container: &str, words: &[&str]) -> v1::ExecRequest {
    v1::ExecRequest {
        container_id: container.to_owned(),
        cmd: words.iter().map(|w| (*w).to_owned()).collect(),
        stdout: true,
        ..Default::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_run_inside() {
    let Some(world) = world().await else { return };
    let pod = world.pod("exec").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    assert_eq!(
        world.exec(&id, &["echo", "hello"]).await.unwrap(),
        (0, "hello".to_owned())
    );
    assert_eq!(
        world
            .exec(&id, &["sh", "-c", "echo $FROM; exit 7"])
            .await
            .unwrap(),
        (7, "image".to_owned())
    );
    assert_eq!(
        world
            .exec(&id, &["sh", "-c", "kill -9 $$"])
            .await
            .unwrap()
            .0,
        137
    );
    let error = world.exec(&id, &["ghost"]).await.unwrap_err();
    assert!(
        error.message.contains("executable file not found"),
        "{}",
        error.message
    );

    let mut session = world
        .runtime
        .exec(v1::ExecRequest {
            stdin: true,
            ..request(&id, &["cat"])
        })
        .await
        .unwrap();
    let mut stdin = session.stdin.take().unwrap();
    let writer = tokio::spawn(async move {
        stdin.write_all(&vec![b'x'; 1 << 20]).await.unwrap();
    });
    let mut out = Vec::new();
    session
        .stdout
        .take()
        .unwrap()
        .read_to_end(&mut out)
        .await
        .unwrap();
    writer.await.unwrap();
    assert_eq!((out.len(), session.exit.await.unwrap()), (1 << 20, 0));
    world.remove(&pod).await;
    world.assert_clean();
}

/// A command has the filter, the user and the capabilities of its container's first process, and no more.
#[tokio::test(flavor = "multi_thread")]
async fn commands_are_confined_as_their_container() {
    let Some(world) = world().await else { return };
    let pod = world.pod("exec-filter").await;
    let status = |process: &str| {
        format!(
            "/bin/busybox grep -E '^(Uid|Gid|NoNewPrivs|Seccomp|Cap...):' /proc/{process}/status"
        )
    };
    let with = |user: i64, drop: &[&str], no_new_privs| v1::LinuxContainerSecurityContext {
        seccomp: Some(v1::SecurityProfile::default()),
        run_as_user: Some(v1::Int64Value { value: user }),
        capabilities: Some(v1::Capability {
            drop_capabilities: drop.iter().map(|name| (*name).to_owned()).collect(),
            ..Default::default()
        }),
        no_new_privs,
        ..Default::default()
    };
    for context in [
        with(0, &[], false),
        with(0, &["ALL"], true),
        with(1000, &[], false),
    ] {
        let config = with_context(command(&["sleep", "1000"]), context);
        let id = world.run(&pod, config).await;
        let first = world.exec(&id, &["sh", "-c", &status("1")]).await.unwrap();
        assert!(first.1.contains("Seccomp:\t2"), "{first:?}");
        let own = world
            .exec(&id, &["sh", "-c", &status("self")])
            .await
            .unwrap();
        assert_eq!(own, first);
    }
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_kills_the_command() {
    use runtime::RuntimeService;
    let Some(world) = world().await else { return };
    let pod = world.pod("timeout").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    let request = v1::ExecSyncRequest {
        container_id: id.clone(),
        cmd: vec!["sleep".to_owned(), "77".to_owned()],
        timeout: 1,
    };
    let error = world.runtime.exec_sync(request).await.unwrap_err();
    assert_eq!(error.code, runtime::Code::DeadlineExceeded);
    loop {
        let (_, processes) = world
            .exec(
                &id,
                &[
                    "sh",
                    "-c",
                    "cat /proc/[0-9]*/cmdline | /bin/busybox grep -c [s]leep.77",
                ],
            )
            .await
            .unwrap();
        if processes == "0" || processes.is_empty() {
            break;
        }
    }
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_have_sizes() {
    let Some(world) = world().await else { return };
    let pod = world.pod("tty").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    let exec = v1::ExecRequest {
        tty: true,
        stdin: true,
        ..request(&id, &["sh"])
    };
    let mut session = world.runtime.exec(exec).await.unwrap();
    session
        .resize
        .as_ref()
        .unwrap()
        .send(TerminalSize {
            width: 123,
            height: 45,
        })
        .unwrap();
    let mut stdin = session.stdin.take().unwrap();
    let mut stdout = session.stdout.take().unwrap();
    stdin
        .write_all(
            b"until test \"$(stty size)\" = '45 123'; do sleep 0.01; done; stty size; exit 5\n",
        )
        .await
        .unwrap();
    let mut text = String::new();
    stdout.read_to_string(&mut text).await.unwrap();
    assert!(text.lines().any(|line| line.trim() == "45 123"), "{text}");
    assert_eq!(session.exit.await.unwrap(), 5);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_attach_and_share() {
    let Some(world) = world().await else { return };
    let pod = world.pod("attach").await;
    let config = v1::ContainerConfig {
        stdin: true,
        stdin_once: true,
        ..command(&["cat"])
    };
    let id = world.run(&pod, config).await;
    let attach = |stdin| v1::AttachRequest {
        container_id: id.clone(),
        stdin,
        stdout: true,
        stderr: true,
        ..Default::default()
    };
    let mut watcher = world.runtime.attach(attach(false)).await.unwrap();
    let mut writer = world.runtime.attach(attach(true)).await.unwrap();
    let mut stdin = writer.stdin.take().unwrap();
    stdin.write_all(b"one\ntwo\n").await.unwrap();
    drop(stdin);
    for session in [&mut watcher, &mut writer] {
        let mut text = String::new();
        session
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut text)
            .await
            .unwrap();
        assert_eq!(text, "one\ntwo\n");
    }
    world.ended(&id).await;
    assert_eq!(world.log(&id).await, ["stdout F one", "stdout F two"]);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_takes_nobody_with_it() {
    use tokio::io::AsyncBufReadExt;
    let Some(world) = world().await else { return };
    let pod = world.pod("attach-leave").await;
    let config = v1::ContainerConfig {
        stdin: true,
        ..command(&["cat"])
    };
    let id = world.run(&pod, config).await;
    let attach = || v1::AttachRequest {
        container_id: id.clone(),
        stdin: true,
        stdout: true,
        ..Default::default()
    };
    drop(world.runtime.attach(attach()).await.unwrap());
    let mut session = world.runtime.attach(attach()).await.unwrap();
    let mut stdin = session.stdin.take().unwrap();
    stdin.write_all(b"still here\n").await.unwrap();
    let mut line = String::new();
    let mut stdout = tokio::io::BufReader::new(session.stdout.take().unwrap());
    stdout.read_line(&mut line).await.unwrap();
    assert_eq!(line, "still here\n");
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_with_a_terminal_can_be_attached() {
    let Some(world) = world().await else { return };
    let pod = world.pod("attach-tty").await;
    let config = v1::ContainerConfig {
        stdin: true,
        tty: true,
        ..command(&["sh"])
    };
    let id = world.run(&pod, config).await;
    let request = v1::AttachRequest {
        container_id: id.clone(),
        stdin: true,
        tty: true,
        stdout: true,
        stderr: false,
    };
    let mut session = world.runtime.attach(request).await.unwrap();
    session
        .resize
        .as_ref()
        .unwrap()
        .send(TerminalSize {
            width: 99,
            height: 33,
        })
        .unwrap();
    let mut stdin = session.stdin.take().unwrap();
    stdin
        .write_all(b"until test \"$(stty size)\" = '33 99'; do sleep 0.01; done; tty; exit 4\n")
        .await
        .unwrap();
    let mut text = String::new();
    session
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .await
        .unwrap();
    world.ended(&id).await;
    assert_eq!(world.status(&id).await.exit_code, 4);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn ports_are_forwarded_into_the_pod() {
    let Some(world) = world().await else { return };
    let pod = world.pod("forward").await;
    let mut events = world.runtime.subscribe();
    let id = world
        .run(
            &pod,
            shell("while true; do echo pong | nc -l -p 8080 127.0.0.1 2>/dev/null || exit 1; done"),
        )
        .await;
    assert!(events.recv().await.is_some());
    let mut answer = String::new();
    while answer.is_empty() {
        assert!(world.status(&id).await.state() == v1::ContainerState::ContainerRunning);
        // Until it listens, the connection is refused.
        if let Ok(mut stream) = world.runtime.port_forward(&pod, 8080).await {
            stream.read_to_string(&mut answer).await.unwrap();
        }
    }
    assert_eq!(answer, "pong\n");
    let error = world.runtime.port_forward(&pod, 1).await.err().unwrap();
    assert!(
        error.message.contains("failed to connect to localhost:1"),
        "{}",
        error.message
    );
    world.remove(&pod).await;
    world.assert_clean();
}
