//! Query parameters of the kubelet's paths: pure parsing.

use super::Refusal;
use http::StatusCode;
use jiff::Timestamp;

/// Which of a container's outputs a log answer holds (`stream=` of PodLogOptions).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogStreamKind {
    All,
    Stdout,
    Stderr,
}

/// PodLogOptions as they come in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogOptions {
    pub follow: bool,
    pub previous: bool,
    pub timestamps: bool,
    /// Lines from the end; `None` for all.
    pub tail_lines: Option<u64>,
    pub since_seconds: Option<u64>,
    pub since_time: Option<Timestamp>,
    pub limit_bytes: Option<u64>,
    pub stream: LogStreamKind,
}

/// What exec and attach want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommandOptions {
    pub(crate) command: Vec<String>,
    pub(crate) stdin: bool,
    pub(crate) stdout: bool,
    pub(crate) stderr: bool,
    pub(crate) tty: bool,
}

/// Decoded pairs of a query, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Splits and percent-decodes; what is malformed stays as it is.
    pub(crate) fn parse(query: Option<&str>) -> Self {
        let pairs = query
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(k, v)| (decode(k), decode(v)))
                .collect(),
        )
    }

    /// The first value of `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of `name`.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn flag(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            self.get(name)
                .is_some_and(|value| matches!(value, "1" | "true" | "True" | "TRUE" | "t" | "T"))
        })
    }

    fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.get(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let number = value.parse().map_err(|_| invalid(name, value))?;
        Ok(Some(number))
    }

    /// PodLogOptions.
    pub(crate) fn log_options(&self) -> Result<LogOptions, Refusal> {
        let since_time = match self.get("sinceTime").filter(|value| !value.is_empty()) {
            Some(value) => Some(value.parse().map_err(|_| invalid("sinceTime", value))?),
            None => None,
        };
        let stream = match self.get("stream") {
            None | Some("" | "All") => LogStreamKind::All,
            Some("Stdout") => LogStreamKind::Stdout,
            Some("Stderr") => LogStreamKind::Stderr,
            Some(other) => return Err(invalid("stream", other)),
        };
        Ok(LogOptions {
            follow: self.flag(&["follow"]),
            previous: self.flag(&["previous"]),
            timestamps: self.flag(&["timestamps"]),
            tail_lines: self.number("tailLines")?,
            since_seconds: self.number("sinceSeconds")?,
            since_time,
            limit_bytes: self.number("limitBytes")?,
            stream,
        })
    }

    /// PodExecOptions and PodAttachOptions, in the kubelet's names (`input`, `output`, `error`) and the API's.
    pub(crate) fn command_options(&self) -> Result<CommandOptions, Refusal> {
        let mut options = CommandOptions {
            command: self.all("command").map(str::to_owned).collect(),
            stdin: self.flag(&["input", "stdin"]),
            stdout: self.flag(&["output", "stdout"]),
            stderr: self.flag(&["error", "stderr"]),
            tty: self.flag(&["tty"]),
        };
        if options.tty {
            // A terminal has one output.
            options.stderr = false;
        }
        if !(options.stdin || options.stdout || options.stderr) {
            let message = "you must specify at least 1 of stdin, stdout, stderr";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, message));
        }
        Ok(options)
    }

    /// The ports of a port-forward over plain WebSocket channels.
    pub(crate) fn ports(&self) -> Result<Vec<u16>, Refusal> {
        let values = self
            .all("port")
            .chain(self.all("ports"))
            .flat_map(|list| list.split(','));
        values
            .map(|value| match value.parse() {
                Ok(port) if port != 0 => Ok(port),
                _ => Err(invalid("port", value)),
            })
            .collect()
    }
}

fn invalid(name: &str, value: &str) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        format!("query parameter {name:?} has an invalid value {value:?}"),
    )
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match (byte, hex.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
