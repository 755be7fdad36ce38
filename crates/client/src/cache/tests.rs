//! A cache against a scripted server: pages, dropped watches, 410, duplicates, replaced objects.

mod script;

use self::script::Script;
use super::{Cache, Changed, Selector};
use crate::{ListMode, Resource};
use api::core::v1::ConfigMap;
use expect_test::{Expect, expect};
use meta::{ObjectKey, Str};
use parking_lot::Mutex;
use platform::{Platform, simulated};
use std::{sync::Arc, time::Duration};

fn cache(platform: &Platform, script: &Arc<Script>, mode: ListMode) -> Cache<ConfigMap> {
    let client = script.client(platform).with_list_mode(mode);
    Cache::start(&client, Resource::of::<ConfigMap>(), Selector::default())
}

/// Everything a handler is told, one line each.
fn told(cache: &Cache<ConfigMap>) -> Arc<Mutex<Vec<String>>> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&told);
    cache.on_change(move |change| {
        let revision = |map: Option<&Arc<ConfigMap>>| match map {
            Some(map) => map.metadata.resource_version.to_string(),
            None => "-".to_owned(),
        };
        lines.lock().push(format!(
            "{} {}→{}",
            change.key,
            revision(change.old),
            revision(change.new)
        ));
    });
    told
}

/// Plays a script to its end and shows requests and changes.
fn check(mode: ListMode, script: &[&str], expect: &Expect) {
    let text = simulated::run(7, |platform| {
        let script = Arc::new(Script::new(&platform, script));
        async move {
            let cache = cache(&platform, &script, mode);
            let told = told(&cache);
            script.played().await;
            platform.clock.sleep(Duration::from_secs(1)).await;
            let mut lines = script.requests();
            lines.push("told:".to_owned());
            lines.extend(told.lock().iter().cloned());
            lines.push(format!("at {} with {:?}", cache.revision(), names(&cache)));
            lines.join("\n")
        }
    });
    expect.assert_eq(&text);
}

fn names(cache: &Cache<ConfigMap>) -> Vec<String> {
    cache.keys(None).iter().map(ToString::to_string).collect()
}

#[test]
fn lists_in_pages_then_watches() {
    check(
        ListMode::Paged,
        &[
            "list 5 next=abc a/x@1",
            "list 5 a/y@2",
            "watch ADDED:b/z@6 MODIFIED:a/x@7 DELETED:a/y@8 BOOKMARK:@12 hang",
        ],
        &expect![[r#"
            GET configmaps?limit=500
            GET configmaps?limit=500&continue=abc
            GET configmaps?resourceVersion=5&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            a/y -→2
            b/z -→6
            a/x 1→7
            a/y 2→-
            at 12 with ["a/x", "b/z"]"#]],
    );
}

#[test]
fn goes_on_where_a_dropped_watch_was() {
    check(
        ListMode::Paged,
        &[
            "list 5 a/x@1",
            "watch BOOKMARK:@9 break",
            "watch ADDED:a/x@1 ADDED:a/y@10 end",
            "watch hang",
        ],
        &expect![[r#"
            GET configmaps?limit=500
            GET configmaps?resourceVersion=5&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            GET configmaps?resourceVersion=9&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            GET configmaps?resourceVersion=10&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            a/y -→10
            at 10 with ["a/x", "a/y"]"#]],
    );
}

#[test]
fn lists_again_after_410() {
    check(
        ListMode::Paged,
        &[
            "list 5 a/x@1 a/y@2 a/z@3",
            "watch ERROR:410",
            "list 20 a/x@1 a/y@15",
            "watch 410",
            "list 30 a/x@1 a/y@15",
            "watch hang",
        ],
        &expect![[r#"
            GET configmaps?limit=500
            GET configmaps?resourceVersion=5&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            GET configmaps?limit=500
            GET configmaps?resourceVersion=20&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            GET configmaps?limit=500
            GET configmaps?resourceVersion=30&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            a/y -→2
            a/z -→3
            a/y 2→15
            a/z 3→-
            at 30 with ["a/x", "a/y"]"#]],
    );
}

#[test]
fn a_replaced_object_goes_and_comes() {
    check(
        ListMode::Paged,
        &[
            "list 5 a/x@1",
            "watch ERROR:410",
            "list 20 a/x@15#other",
            "watch hang",
        ],
        &expect![[r#"
            GET configmaps?limit=500
            GET configmaps?resourceVersion=5&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            GET configmaps?limit=500
            GET configmaps?resourceVersion=20&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            a/x 1→-
            a/x -→15
            at 20 with ["a/x"]"#]],
    );
}

#[test]
fn streams_the_list_where_it_can() {
    check(
        ListMode::Streaming,
        &[
            "watch ADDED:a/x@1 ADDED:a/y@2 BOOKMARK:@9! MODIFIED:a/x@10 end",
            "watch hang",
        ],
        &expect![[r#"
            GET configmaps?resourceVersionMatch=NotOlderThan&timeoutSeconds=T&sendInitialEvents=true&watch=true&allowWatchBookmarks=true
            GET configmaps?resourceVersion=10&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            a/y -→2
            a/x 1→10
            at 10 with ["a/x", "a/y"]"#]],
    );
}

#[test]
fn falls_back_to_pages() {
    check(
        ListMode::Streaming,
        &["watch 422", "list 5 a/x@1", "watch hang"],
        &expect![[r#"
            GET configmaps?resourceVersionMatch=NotOlderThan&timeoutSeconds=T&sendInitialEvents=true&watch=true&allowWatchBookmarks=true
            GET configmaps?limit=500
            GET configmaps?resourceVersion=5&timeoutSeconds=T&watch=true&allowWatchBookmarks=true
            told:
            a/x -→1
            at 5 with ["a/x"]"#]],
    );
}

#[test]
fn subscribers_get_coalesced_keys() {
    simulated::run(8, |platform| async move {
        let script = Arc::new(Script::new(
            &platform,
            &[
                "list 5 a/x@1 a/y@2",
                "watch MODIFIED:a/x@6 MODIFIED:a/x@7 ADDED:b/z@8 hang",
            ],
        ));
        let cache = cache(&platform, &script, ListMode::Paged);
        let mut wide = cache.subscribe(10);
        let mut narrow = cache.subscribe(2);
        script.played().await;
        platform.clock.sleep(Duration::from_secs(1)).await;
        let keys = ["x", "y"].map(|name| ObjectKey::namespaced("a", name));
        let all = [&keys[..], &[ObjectKey::namespaced("b", "z")]].concat();
        assert_eq!(wide.next().await, Changed::Keys(all));
        assert_eq!(narrow.next().await, Changed::All);
    });
}

#[test]
fn indexes_follow_changes() {
    simulated::run(9, |platform| async move {
        let script = Arc::new(Script::new(
            &platform,
            &[
                "list 5 a/x@1 a/y@2 b/z@3",
                "watch DELETED:a/x@6 ADDED:b/w@7 hang",
            ],
        ));
        let cache = cache(&platform, &script, ListMode::Paged);
        let by_first = cache.index_by("first letter", |map, values| {
            values.push(Str::from(&map.metadata.namespace[..1]));
        });
        script.played().await;
        platform.clock.sleep(Duration::from_secs(1)).await;
        let late = cache.index_by("uid", |map, values| values.push(map.metadata.uid.clone()));
        let names = |found: Vec<Arc<ConfigMap>>| {
            let mut names: Vec<_> = found
                .iter()
                .map(|map| map.metadata.name.to_string())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(by_first.get("a")), ["y"]);
        assert_eq!(names(by_first.get("b")), ["w", "z"]);
        assert_eq!(by_first.values(), ["a", "b"]);
        assert_eq!(names(late.get("uid-z")), ["z"]);
        assert_eq!(names(cache.owned_by("owner-b")), ["w", "z"]);
        assert_eq!(cache.list(Some("b")).len(), 2);
        assert_eq!(cache.list(Some("")).len(), 0);
    });
}
