//! A cluster in which nothing happens does nothing.

use crate::workloads::{deployment, is_rolled_out, key};
use api::apps::v1::Deployment;
use sim::simulate;
use std::time::Duration;

#[test]
fn no_polling() {
    simulate(51, |world| async move {
        let _node = world.node("n1").await;
        world.create::<Deployment>(deployment("web", 3, "v1")).await;
        world
            .eventually::<Deployment>(&key("web"), is_rolled_out)
            .await;
        world.pass(Duration::from_secs(600)).await;
        drop(world.requests());
        world.pass(Duration::from_secs(600)).await;
        let requests = world.requests();
        let other: Vec<_> = requests
            .keys()
            .filter(|line| !line.contains(" WATCH "))
            .collect();
        let lease = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1";
        assert_eq!(
            other,
            [&format!("n1 GET {lease}"), &format!("n1 PUT {lease}")]
        );
        // Of a kind there may be two caches, whole objects and metadata alone: each begins at most two watches in ten minutes.
        let often: Vec<_> = requests
            .iter()
            .filter(|(line, count)| line.contains(" WATCH ") && **count > 4)
            .collect();
        assert!(
            often.is_empty(),
            "a watch lasts five to ten minutes: {often:?}"
        );
    });
}
