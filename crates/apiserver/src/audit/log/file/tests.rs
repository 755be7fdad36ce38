use super::super::{LogFormat, LogMode};
use super::*;
use platform::Clock;
use std::io::Read;

fn settings(directory: &Path) -> LogSettings {
    LogSettings {
        path: directory.join("logs/audit.log"),
        mode: LogMode::Blocking,
        format: LogFormat::Json,
        bytes_max: 10,
        backups_max: 2,
        age_days_max: 1,
        compress: false,
    }
}

fn names(settings: &LogSettings) -> Vec<String> {
    let entries = fs::read_dir(settings.path.parent().unwrap()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A log in a directory of its own.
fn opened(test: impl FnOnce(Rotated, LogSettings)) {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());
    platform::simulated::run(7, |platform| async move {
        let file = Rotated::open(settings.clone(), platform).unwrap();
        test(file, settings);
    });
}

#[test]
fn a_full_file_makes_room_for_a_new_one() {
    opened(|mut file, settings| {
        file.write(b"12345\n").unwrap();
        assert_eq!(names(&settings), ["audit.log"]);
        file.write(b"678901\n").unwrap();
        assert_eq!(fs::read(&settings.path).unwrap(), b"678901\n");
        assert_eq!(names(&settings).len(), 2);
        let mode = fs::metadata(&settings.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        // What no file has room for is lost, and nothing else with it.
        let error = file.write(b"1234567890\n").unwrap_err();
        let words = "write length 11 exceeds maximum file size 10";
        assert_eq!(error.to_string(), words);
        file.write(b"12\n").unwrap();
        assert_eq!(fs::read(&settings.path).unwrap(), b"678901\n12\n");
    });
}

#[test]
fn old_files_go_by_number_and_age_and_the_others_are_compressed() {
    opened(|_, settings| {
        let clock = Clock::real();
        let hours = SignedDuration::from_hours;
        let aside = |name: &str| settings.path.with_file_name(name);
        fs::write(aside("audit-notes.log"), "not ours").unwrap();
        let name = |age| {
            let stamp = (clock.now() - hours(age)).strftime("%Y-%m-%dT%H-%M-%S.%3f");
            format!("audit-{stamp}.log")
        };
        let of_ages = [3, 2, 1, 30].map(name);
        for name in &of_ages {
            fs::write(aside(name), "lines").unwrap();
        }
        fs::write(aside(&format!("{}.gz", of_ages[1])), "half").unwrap();
        look_after_old(&settings, clock.now()).unwrap();
        let [_, second, first, _] = &of_ages;
        let (second_gz, first_gz) = (format!("{second}.gz"), format!("{first}.gz"));
        let others = ["audit-notes.log", "audit.log"];
        let left = |own: &[&String]| {
            let own = own.iter().map(|name| name.to_string());
            let mut names: Vec<String> = own.chain(others.map(str::to_owned)).collect();
            names.sort();
            names
        };
        assert_eq!(names(&settings), left(&[second, &second_gz, first]));

        let settings = LogSettings {
            compress: true,
            ..settings
        };
        look_after_old(&settings, clock.now()).unwrap();
        assert_eq!(names(&settings), left(&[&second_gz, &first_gz]));
        let mut text = String::new();
        let read = File::open(settings.path.with_file_name(second_gz)).unwrap();
        let mut read = flate2::read::GzDecoder::new(read);
        read.read_to_string(&mut text).unwrap();
        assert_eq!(text, "lines");
        look_after_old(&settings, clock.now() + hours(25)).unwrap();
        assert_eq!(names(&settings), others);
    });
}

#[test]
fn an_existing_file_is_continued() {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());
    fs::create_dir(settings.path.parent().unwrap()).unwrap();
    fs::write(&settings.path, "1234567\n").unwrap();
    platform::simulated::run(7, |platform| async move {
        let mut file = Rotated::open(settings.clone(), platform).unwrap();
        file.write(b"8\n").unwrap();
        assert_eq!(fs::read(&settings.path).unwrap(), b"1234567\n8\n");
        file.write(b"9\n").unwrap();
        assert_eq!(fs::read(&settings.path).unwrap(), b"9\n");
    });
}
