//! What a record looks like, and which are written.

use super::{Config, StartError, subscriber};
use parking_lot::Mutex;
use std::io;
use std::sync::Arc;

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn records_are_lines_above_the_level() {
    let buffer = Buffer::default();
    let writer = buffer.clone();
    let config = Config {
        filter: "info,store=debug".to_owned(),
        color: false,
    };
    let subscriber = subscriber(&config, move || writer.clone()).unwrap();
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!(target: "apiserver", port = 6443, "listening");
        tracing::debug!(target: "apiserver", "too much");
        tracing::debug!(target: "store", "opened");
    });
    let text = String::from_utf8(buffer.0.lock().clone()).unwrap();
    let without_time: Vec<_> = text
        .lines()
        .map(|line| line.split_once(' ').unwrap().1.trim_start())
        .collect();
    assert_eq!(
        without_time,
        ["INFO apiserver: listening port=6443", "DEBUG store: opened"]
    );
}

#[test]
fn a_malformed_filter_is_refused() {
    let config = Config {
        filter: "info,=nonsense=".to_owned(),
        color: false,
    };
    let error = subscriber(&config, io::stderr).err().unwrap();
    assert!(matches!(&error, StartError::Filter { .. }));
    assert!(
        error
            .to_string()
            .starts_with("log filter \"info,=nonsense=\" is not understood"),
        "{error}"
    );
}
