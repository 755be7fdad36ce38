//! A store over imported archives.

use std::collections::BTreeSet;

use super::*;
use crate::import::import;
use crate::no_progress;

fn store(root: &Path) -> Store {
    let config = StoreConfig {
        root: root.to_owned(),
        layer_bytes_max: 1 << 20,
        layer_entries_max: 100,
        rng: platform::Rng::real(),
    };
    Store::open(config).unwrap()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_uid(nix::unistd::getuid().as_raw().into());
        header.set_gid(nix::unistd::getgid().as_raw().into());
        builder.append_data(&mut header, path, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// What `docker save` would write for one image of one layer.
fn saved(directory: &Path, tag: &str, content: &[u8]) -> PathBuf {
    let layer = tar(&[("etc/motd", content)]);
    let config = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{{"Cmd":["/bin/sh"]}},"rootfs":{{"type":"layers","diff_ids":["{}"]}}}}"#,
        Digest::of(&layer)
    );
    let manifest = format!(r#"[{{"Config":"c.json","RepoTags":["{tag}"],"Layers":["l.tar"]}}]"#);
    let archive = tar(&[
        ("c.json", config.as_bytes()),
        ("l.tar", &layer),
        ("manifest.json", manifest.as_bytes()),
    ]);
    let path = directory.join("image.tar");
    std::fs::write(&path, archive).unwrap();
    path
}

#[test]
fn an_imported_image_is_found_removed_and_collected() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&directory.path().join("images"));
    let archive = saved(directory.path(), "demo:1", b"hello");
    let image = import(&store, &archive, &no_progress()).unwrap().remove(0);
    assert_eq!(image.tags, ["docker.io/library/demo:1"]);
    assert_eq!(store.find("demo:1").unwrap().id, image.id);
    assert_eq!(store.find(&image.id.to_string()).unwrap().id, image.id);
    assert_eq!(
        store.read_file(&image, Path::new("/etc/motd"), 3).unwrap(),
        b"hel"
    );
    assert_eq!(store.read_file(&image, Path::new("/etc/none"), 3), None);

    assert!(store.remove("demo:1").unwrap());
    assert!(!store.remove("demo:1").unwrap());
    let in_use: BTreeSet<String> = image.layers.iter().map(Store::layer_name).collect();
    let collected = |layers, configs| Collected {
        layers,
        configs,
        temporaries: 0,
    };
    assert_eq!(store.collect(&in_use).unwrap(), collected(0, 1));
    assert_eq!(store.collect(&BTreeSet::new()).unwrap(), collected(1, 0));
}

#[test]
fn a_tag_moves_to_the_newer_image_and_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().join("images");
    let first = store(&root);
    let old = import(
        &first,
        &saved(directory.path(), "demo:1", b"old"),
        &no_progress(),
    )
    .unwrap()
    .remove(0);
    let new = import(
        &first,
        &saved(directory.path(), "demo:1", b"new"),
        &no_progress(),
    )
    .unwrap()
    .remove(0);
    drop(first);
    let second = store(&root);
    assert_eq!(second.find("demo:1").unwrap().id, new.id);
    assert_eq!(
        second.find(&old.id.to_string()).unwrap().tags,
        Vec::<String>::new()
    );
}

#[test]
fn a_wrong_layer_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&directory.path().join("images"));
    let path = saved(directory.path(), "demo:1", b"good");
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes.windows(4).position(|w| w == b"good").unwrap();
    bytes[place] = b'f';
    std::fs::write(&path, bytes).unwrap();
    let error = import(&store, &path, &no_progress()).unwrap_err();
    assert!(matches!(error, ImageError::Mismatch { .. }), "{error}");
    assert!(store.list().is_empty());
    assert_eq!(
        std::fs::read_dir(store.root().join("tmp")).unwrap().count(),
        0
    );
    assert_eq!(
        std::fs::read_dir(store.layers_directory()).unwrap().count(),
        0
    );
}
