//! The reader over real files.

use super::*;
use crate::streaming::LogStreamKind;
use expect_test::{Expect, expect};
use std::io::Write as _;
use tokio::sync::oneshot;

const LOG: &str = "\
2026-01-01T00:00:01.000000001Z stdout F one
2026-01-01T00:00:02.000000000Z stderr F two
2026-01-01T00:00:03.000000000Z stdout P thr
2026-01-01T00:00:03.100000000Z stdout F ee
torn line
2026-01-01T00:00:04.000000000Z stdout F four
";

fn options() -> LogOptions {
    LogOptions {
        follow: false,
        previous: false,
        timestamps: false,
        tail_lines: None,
        since_seconds: None,
        since_time: None,
        limit_bytes: None,
        stream: LogStreamKind::All,
    }
}

fn now() -> Timestamp {
    "2026-01-01T00:00:10Z".parse().unwrap()
}

async fn collect(mut pieces: LogPieces) -> String {
    let mut text = Vec::new();
    while let Some(piece) = pieces.recv().await {
        text.extend_from_slice(&piece.unwrap());
    }
    String::from_utf8(text).unwrap()
}

async fn check(options: LogOptions, expected: Expect) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("0.log");
    std::fs::write(&path, LOG).unwrap();
    let (reading, pieces) = read(
        LogSource {
            path,
            stopped: Box::pin(std::future::ready(())),
        },
        &options,
        now(),
    );
    let (text, ()) = tokio::join!(collect(pieces), reading);
    expected.assert_eq(&text);
}

#[tokio::test]
async fn options_choose_lines() {
    check(
        options(),
        expect![[r"
        one
        two
        three
        four
    "]],
    )
    .await;
    check(
        LogOptions {
            timestamps: true,
            ..options()
        },
        expect![[r"
        2026-01-01T00:00:01.000000001Z one
        2026-01-01T00:00:02.000000000Z two
        2026-01-01T00:00:03.000000000Z three
        2026-01-01T00:00:04.000000000Z four
    "]],
    )
    .await;
    check(
        LogOptions {
            tail_lines: Some(1),
            ..options()
        },
        expect![[r"
        four
    "]],
    )
    .await;
}

#[tokio::test]
async fn options_combine() {
    check(
        LogOptions {
            tail_lines: Some(0),
            ..options()
        },
        expect![""],
    )
    .await;
    check(
        LogOptions {
            tail_lines: Some(100),
            stream: LogStreamKind::Stderr,
            ..options()
        },
        expect![[r"
        two
    "]],
    )
    .await;
    check(
        LogOptions {
            since_seconds: Some(7),
            ..options()
        },
        expect![[r"
        three
        four
    "]],
    )
    .await;
    check(
        LogOptions {
            since_time: Some("2026-01-01T00:00:04Z".parse().unwrap()),
            ..options()
        },
        expect![[r"
        four
    "]],
    )
    .await;
    check(
        LogOptions {
            limit_bytes: Some(6),
            ..options()
        },
        expect![[r"
        one
        tw"]],
    )
    .await;
}

#[tokio::test]
async fn tail_counts_over_blocks() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("0.log");
    let lines: Vec<String> = (0..5000)
        .map(|number| format!("2026-01-01T00:00:01Z stdout F line {number}\n"))
        .collect();
    std::fs::write(&path, lines.concat()).unwrap();
    for count in [1, 10, 1500, 4999, 5000, 6000] {
        let options = LogOptions {
            tail_lines: Some(count),
            ..options()
        };
        let source = LogSource {
            path: path.clone(),
            stopped: Box::pin(std::future::ready(())),
        };
        let (reading, pieces) = read(source, &options, now());
        let (text, ()) = tokio::join!(collect(pieces), reading);
        let first = 5000 - usize::try_from(count).unwrap().min(5000);
        assert_eq!(text.lines().next().unwrap(), format!("line {first}"));
        assert_eq!(text.lines().count(), 5000 - first);
    }
}

#[tokio::test]
async fn following_goes_on_across_rotation_until_the_container_stops() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("0.log");
    std::fs::write(&path, "2026-01-01T00:00:01Z stdout F first\n").unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let source = LogSource {
        path: path.clone(),
        stopped: Box::pin(async move { drop(stopped.await) }),
    };
    let (reading, mut pieces) = read(
        source,
        &LogOptions {
            follow: true,
            ..options()
        },
        now(),
    );
    let reading = tokio::spawn(reading);
    assert_eq!(pieces.recv().await.unwrap().unwrap(), "first\n");
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap();
    file.write_all(b"2026-01-01T00:00:02Z stdout F sec")
        .unwrap();
    file.write_all(b"ond\n").unwrap();
    assert_eq!(pieces.recv().await.unwrap().unwrap(), "second\n");
    std::fs::rename(&path, directory.path().join("0.log.20260101")).unwrap();
    std::fs::write(&path, "2026-01-01T00:00:03Z stdout F third\n").unwrap();
    assert_eq!(pieces.recv().await.unwrap().unwrap(), "third\n");
    stop.send(()).unwrap();
    assert!(pieces.recv().await.is_none());
    reading.await.unwrap();
}
