use super::*;
use std::os::unix::fs::PermissionsExt;

fn settings(directory: &Path) -> LogSettings {
    LogSettings {
        path: directory.join("audit.log"),
        mode: LogMode::Blocking,
        format: LogFormat::Json,
        bytes_max: 10,
        backups_max: 2,
        age_days_max: 1,
    }
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_full_file_makes_room_for_a_new_one_and_old_ones_go() {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());
    fs::write(directory.path().join("audit-notes.log"), "not ours").unwrap();
    let clock = Clock::real();
    let mut target = Target::open(settings.clone(), clock.clone()).unwrap();
    target.write(b"12345\n").unwrap();
    assert_eq!(names(directory.path()), ["audit-notes.log", "audit.log"]);
    target.write(b"678901\n").unwrap();
    assert_eq!(fs::read(&settings.path).unwrap(), b"678901\n");
    assert_eq!(names(directory.path()).len(), 3);
    let mode = fs::metadata(&settings.path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    // Two stay at most, and none for longer than a day.
    let hours = |count| SignedDuration::from_hours(count);
    for age in [1, 2, 3, 30] {
        let stamp = (clock.now() - hours(age)).strftime("%Y-%m-%dT%H-%M-%S.%3f");
        fs::write(directory.path().join(format!("audit-{stamp}.log")), "").unwrap();
    }
    remove_old(&settings, clock.now()).unwrap();
    let left = names(directory.path());
    assert_eq!(left.len(), 4, "{left:?}");
    remove_old(&settings, clock.now() + hours(25)).unwrap();
    assert_eq!(names(directory.path()), ["audit-notes.log", "audit.log"]);
}

#[test]
fn an_existing_file_is_continued() {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());
    fs::write(&settings.path, "1234567\n").unwrap();
    let mut target = Target::open(settings.clone(), Clock::real()).unwrap();
    target.write(b"8\n").unwrap();
    assert_eq!(fs::read(&settings.path).unwrap(), b"1234567\n8\n");
    target.write(b"9\n").unwrap();
    assert_eq!(fs::read(&settings.path).unwrap(), b"9\n");
}

#[test]
fn what_cannot_be_written_is_counted() {
    let full = LogSettings {
        path: PathBuf::from("/dev/full"),
        ..settings(Path::new("."))
    };
    let (mut target, lost) = (
        Target::open(full, Clock::real()).unwrap(),
        Counter::default(),
    );
    target.keep(b"1\n", &lost);
    target.keep(b"2\n", &lost);
    assert_eq!(lost.get(), 2);
}
