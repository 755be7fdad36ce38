//! How long a pod takes to start, and how much its shim holds. Figures are printed; bounds are wide, because the
//! build is not optimized.

use runtime::cri::v1;

use crate::harness::{command, world};

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "a measurement of real time")]
async fn a_pod_starts_fast_and_stays_small() {
    let Some(world) = world().await else { return };
    let mut times = Vec::new();
    let mut pods = Vec::new();
    for index in 0..20 {
        let name = format!("speed-{index}");
        let config = v1::ContainerConfig {
            metadata: None,
            ..command(&["sleep", "1000"])
        };
        let begin = std::time::Instant::now();
        let pod = world.pod(&name).await;
        let sandbox = begin.elapsed();
        let id = world.create(&pod, config).await.unwrap();
        let created = begin.elapsed();
        world.start(&id).await.unwrap();
        times.push((begin.elapsed(), sandbox, created));
        pods.push(pod);
    }
    times.sort();
    let kib = shim_kib(world.directory());
    eprintln!(
        "start p50 {:?} (sandbox, then created: {:?}), p95 {:?}",
        times[10].0,
        (times[10].1, times[10].2),
        times[18].0
    );
    eprintln!(
        "shim PSS p50 {} KiB over {} shims",
        kib[kib.len() / 2],
        kib.len()
    );
    let begin = std::time::Instant::now();
    for pod in &pods {
        world.remove(pod).await;
    }
    eprintln!("removal {:?} a pod", begin.elapsed() / 20);
    assert!(times[10].0 < std::time::Duration::from_secs(2));
    world.assert_clean();
}

/// Proportional set sizes of the shims of this test's pods.
fn shim_kib(directory: &std::path::Path) -> Vec<u64> {
    let _ = directory;
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let path = entry.path();
        if std::fs::read_to_string(path.join("comm")).is_ok_and(|comm| comm.trim() == "sampan-shim")
        {
            let rollup = std::fs::read_to_string(path.join("smaps_rollup")).unwrap_or_default();
            let pss: Option<u64> = rollup.lines().find_map(|l| {
                l.strip_prefix("Pss:")?
                    .trim()
                    .strip_suffix(" kB")?
                    .parse::<u64>()
                    .ok()
            });
            found.extend(pss);
        }
    }
    found.sort_unstable();
    found
}
