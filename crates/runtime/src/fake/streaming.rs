//! Exec with scripted output, attach that ends at once, port-forward that echoes.

use super::{ExecScript, FakeRuntime};
use crate::cri::v1;
use crate::service::{
    Answer, ByteStream, Code, CriError, CriResult, Session, Streaming, TerminalSize,
};

const ECHO_BUFFER_BYTES: usize = 64 << 10;

impl FakeRuntime {
    pub(super) fn exec_script(
        &self,
        container_id: &str,
        command: &[String],
    ) -> CriResult<ExecScript> {
        let state = self.0.state.lock();
        let record = state.container(container_id)?;
        if !record.is_running() {
            let message = format!("container {container_id:?} is not running");
            return Err(CriError::new(Code::FailedPrecondition, message));
        }
        let script = state.script_of(&record.config());
        let first = command.first().map_or("", String::as_str);
        let found = script.exec.into_iter().find(|(name, _)| name == first);
        Ok(found.map(|(_, exec)| exec).unwrap_or_default())
    }
}

impl Streaming for FakeRuntime {
    fn exec(&self, request: v1::ExecRequest) -> Answer<'_, Session> {
        Box::pin(async move {
            self.call("Exec", &request.container_id)?;
            let script = self.exec_script(&request.container_id, &request.cmd)?;
            let sleep = self.0.platform.clock.sleep(script.delay);
            let code = script.code;
            Ok(Session {
                stdin: request.stdin.then(|| Box::new(tokio::io::sink()) as _),
                stdout: request
                    .stdout
                    .then(|| Box::new(std::io::Cursor::new(script.stdout)) as _),
                stderr: request
                    .stderr
                    .then(|| Box::new(std::io::Cursor::new(script.stderr)) as _),
                resize: request
                    .tty
                    .then(|| tokio::sync::watch::Sender::new(TerminalSize::default())),
                exit: Box::pin(async move {
                    sleep.await;
                    Ok(code)
                }),
            })
        })
    }

    fn attach(&self, request: v1::AttachRequest) -> Answer<'_, Session> {
        Box::pin(async move {
            self.call("Attach", &request.container_id)?;
            self.exec_script(&request.container_id, &[])?;
            Ok(Session {
                stdin: request.stdin.then(|| Box::new(tokio::io::sink()) as _),
                stdout: request.stdout.then(|| Box::new(tokio::io::empty()) as _),
                stderr: request.stderr.then(|| Box::new(tokio::io::empty()) as _),
                resize: request
                    .tty
                    .then(|| tokio::sync::watch::Sender::new(TerminalSize::default())),
                exit: Box::pin(async { Ok(0) }),
            })
        })
    }

    fn port_forward<'a>(
        &'a self,
        pod_sandbox_id: &'a str,
        port: u16,
    ) -> Answer<'a, Box<dyn ByteStream>> {
        Box::pin(async move {
            self.call("PortForward", &format!("{pod_sandbox_id} {port}"))?;
            self.0.state.lock().sandbox(pod_sandbox_id)?;
            let (ours, theirs) = tokio::io::duplex(ECHO_BUFFER_BYTES);
            let _detached = self.0.platform.tasks.spawn("fake-echo", async move {
                let (mut read, mut write) = tokio::io::split(theirs);
                let _closed = tokio::io::copy(&mut read, &mut write).await;
            });
            Ok(Box::new(ours) as Box<dyn ByteStream>)
        })
    }
}
