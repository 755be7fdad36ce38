use crate::TARGETS;
use std::{collections::BTreeMap, fs, path::Path};

/// The seeds of each target, by its name.
fn seeds() -> BTreeMap<String, Vec<Vec<u8>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let files = |folder: &Path| -> Vec<Vec<u8>> {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    };
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap());
    folders
        .map(|folder| {
            (
                folder.file_name().into_string().unwrap(),
                files(&folder.path()),
            )
        })
        .collect()
}

#[test]
fn each_target_has_seeds_and_stands_in_order() {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert!(names.is_sorted());
    let seeds = seeds();
    assert_eq!(seeds.keys().map(String::as_str).collect::<Vec<_>>(), names);
    assert!(seeds.values().all(|seeds| !seeds.is_empty()));
}

/// What libFuzzer does for a minute, for a moment: seeds, cut short, and with a byte changed.
#[test]
fn seeds_and_their_neighbours_keep_every_promise() {
    let seeds = seeds();
    for target in TARGETS {
        for seed in &seeds[target.name] {
            (target.run)(seed);
            let step = seed.len().div_ceil(64).max(1);
            for at in (0..seed.len()).step_by(step) {
                (target.run)(&seed[..at]);
                for byte in [0, b'"', b'{', b'9', 0xff, seed[at] ^ 1] {
                    let mut changed = seed.clone();
                    changed[at] = byte;
                    (target.run)(&changed);
                }
            }
        }
    }
}
