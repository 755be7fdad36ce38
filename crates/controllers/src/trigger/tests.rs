use super::Triggers;
use api::core::v1::{Pod, PodCondition, Service};
use meta::{ObjectKey, Time};
use std::sync::Arc;

fn pods(ready_since: &[(&str, i64)]) -> Vec<Arc<Pod>> {
    let pod = |(name, since): &(&str, i64)| {
        let mut pod = Pod::default();
        pod.metadata.name = (*name).into();
        pod.status.conditions.push(PodCondition {
            type_: "Ready".into(),
            last_transition_time: Time::from_unix_seconds(*since),
            ..PodCondition::default()
        });
        Arc::new(pod)
    };
    ready_since.iter().map(pod).collect()
}

#[test]
fn the_earliest_change_since_the_last_look() {
    let (triggers, key) = (Triggers::default(), ObjectKey::namespaced("n", "s"));
    let mut service = Service::default();
    service.metadata.creation_timestamp = Time::from_unix_seconds(5);
    let check = |ready_since: &[(&str, i64)], expect: Option<i64>| {
        let got = triggers.trigger(&key, &service, &pods(ready_since));
        let got = got.map(Time::unix_seconds);
        assert_eq!(got, expect, "{ready_since:?}");
    };
    check(&[("a", 10)], Some(5));
    check(&[("a", 10)], None);
    check(&[("a", 10), ("b", 10), ("c", 12)], Some(10));
    check(&[("a", 20), ("b", 10), ("c", 15)], Some(15));
    check(&[("a", 20), ("c", 15)], None);
    // It is another pod of that name.
    check(&[("a", 20), ("b", 9)], Some(9));
    triggers.forget(&key);
    check(&[("a", 20)], Some(5));
}
