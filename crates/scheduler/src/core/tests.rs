//! Every extension point after Filter, through plugins that note when they are asked.

use super::{Core, Placement, Step};
use crate::{
    framework::{
        Bind, Binding, ClusterEvent, NodeStatuses, Permission, Permit, PostBind, PostFilter,
        PreBind, Reason, Refusal, Remedy, Reserve, Setback, Verdict, WaitingPods,
    },
    plugins::{fit_alone, in_tree},
    pod::{Demands, PodView},
    resources::Resources,
    state::{NodeFacts, State},
};
use client::{Body, BoxFuture, Client, Transport, TransportError};
use meta::ObjectKey;
use parking_lot::Mutex;
use platform::{Monotonic, Platform, simulated};
use std::{sync::Arc, time::Duration};

/// What the plugins were asked, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// At every point it notes `point name node` and says what it was made to say.
#[derive(Clone)]
struct Probe<const NAME: char> {
    log: Log,
    says: Says,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Yes,
    /// At Permit: wait for so many seconds.
    Wait(u64),
    /// At this point: rejected.
    Rejects(&'static str),
    /// At this point: an error.
    Fails(&'static str),
    /// At Bind: not mine.
    Skips,
}

impl<const NAME: char> Probe<NAME> {
    fn asked(&self, point: &'static str, node: &str) -> Result<(), Refusal> {
        self.log.lock().push(format!("{point} {NAME} {node}"));
        match self.says {
            Says::Rejects(at) if at == point => {
                Err(Refusal::Rejected(Reason(format!("{NAME} says no").into())))
            }
            Says::Fails(at) if at == point => Err(Refusal::Failed("it broke".into())),
            _ => Ok(()),
        }
    }
}

const fn name(of: char) -> &'static str {
    match of {
        'A' => "A",
        'B' => "B",
        _ => "C",
    }
}

impl<const NAME: char> Reserve for Probe<NAME> {
    const NAME: &'static str = name(NAME);
    const RETRY_ON: &'static [ClusterEvent] = &[ClusterEvent::NodeLabelsChanged];

    fn reserve(&self, _pod: &PodView, node: &str) -> Result<(), Refusal> {
        self.asked("reserve", node)
    }

    fn unreserve(&self, _pod: &PodView, node: &str) {
        self.log.lock().push(format!("unreserve {NAME} {node}"));
    }
}

impl<const NAME: char> Permit for Probe<NAME> {
    const NAME: &'static str = name(NAME);
    const RETRY_ON: &'static [ClusterEvent] = &[ClusterEvent::NodeLabelsChanged];

    fn permit(&self, _pod: &PodView, node: &str, _waiting: &WaitingPods) -> Permission {
        match (self.asked("permit", node), self.says) {
            (Err(refusal), _) => Permission::Denied(refusal),
            (Ok(()), Says::Wait(seconds)) => Permission::Wait(Duration::from_secs(seconds)),
            (Ok(()), _) => Permission::Allowed,
        }
    }
}

impl<const NAME: char> PreBind for Probe<NAME> {
    const NAME: &'static str = name(NAME);
    const RETRY_ON: &'static [ClusterEvent] = &[ClusterEvent::NodeLabelsChanged];

    fn pre_bind(
        &self,
        _client: Client,
        _pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Refusal>> {
        let (this, node) = (self.clone(), node.to_owned());
        Box::pin(async move { this.asked("prebind", &node) })
    }
}

impl<const NAME: char> Bind for Probe<NAME> {
    const NAME: &'static str = name(NAME);

    fn bind(&self, _client: Client, _pod: &PodView, node: &str) -> Option<Binding> {
        drop(self.asked("bind", node));
        let broken = self.says == Says::Fails("bind");
        (self.says != Says::Skips).then(|| {
            let outcome = if broken { Err(unreachable()) } else { Ok(()) };
            Box::pin(async move { outcome }) as Binding
        })
    }
}

impl<const NAME: char> PostBind for Probe<NAME> {
    const NAME: &'static str = name(NAME);

    fn post_bind(&self, _pod: &PodView, node: &str) {
        drop(self.asked("postbind", node));
    }
}

fn unreachable() -> client::Error {
    client::Error::Transport {
        method: http::Method::POST,
        path: "/binding".into(),
        source: TransportError::Send("unreachable".into()),
    }
}

/// Nobody answers; the probes do not ask.
#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn call(
        &self,
        _request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Err(TransportError::Send("unreachable".into())) })
    }
}

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("default", name)
}

/// A pod of one CPU.
fn pod(name: &str) -> Arc<PodView> {
    Arc::new(PodView {
        key: key(name),
        uid: name.into(),
        scheduler: "s".into(),
        requests: Resources {
            milli_cpu: 1000,
            ..Resources::default()
        },
        demands: Some(Box::new(Demands::default())),
        ..PodView::default()
    })
}

fn node(name: &str) -> Arc<NodeFacts> {
    let mut facts = NodeFacts {
        name: name.into(),
        pods_max: 10,
        ..NodeFacts::default()
    };
    facts.allocatable.milli_cpu = 1000;
    Arc::new(facts)
}

/// A core with probes A, B and C at every point, and a node `n` with room for one pod.
fn probed(says: [Says; 3]) -> (Core, Log) {
    let log = Log::default();
    let a = Probe::<'A'> {
        log: Arc::clone(&log),
        says: says[0],
    };
    let b = Probe::<'B'> {
        log: Arc::clone(&log),
        says: says[1],
    };
    let c = Probe::<'C'> {
        log: Arc::clone(&log),
        says: says[2],
    };
    let plugins = fit_alone()
        .reserve(a.clone())
        .reserve(b.clone())
        .reserve(c.clone())
        .permit(a.clone())
        .permit(b.clone())
        .permit(c.clone())
        .pre_bind(a.clone())
        .pre_bind(b.clone())
        .pre_bind(c.clone())
        .bind(a.clone())
        .bind(b.clone())
        .bind(c.clone())
        .post_bind(a)
        .post_bind(b)
        .post_bind(c);
    let mut core = Core::new("s".into(), plugins);
    core.set_node(node("n"), at(0));
    (core, log)
}

/// One attempt at `p` and its binding cycle; returns what was reported.
fn attempt(core: &mut Core) -> Option<String> {
    match core.step(at(1), |_| 0).unwrap() {
        Step::Bind(placement) => bind(core, *placement),
        Step::Report(report) => Some(format!("{}: {}", report.reason, report.message)),
        Step::Wait => None,
    }
}

fn bind(core: &mut Core, placement: Placement) -> Option<String> {
    let outcome = outcome_of(core, &placement);
    match outcome {
        Ok(()) => {
            core.bound(&placement);
            None
        }
        Err(setback) => {
            let report = core.failed(placement, setback, at(1))?;
            Some(format!("{}: {}", report.reason, report.message))
        }
    }
}

fn outcome_of(core: &Core, placement: &Placement) -> Result<(), Setback> {
    let plugins = Arc::clone(core.plugins());
    let (pod, node) = (Arc::clone(placement.pod()), placement.node.clone());
    simulated::run(1, |platform: Platform| async move {
        let client = Client::new(Arc::new(Nowhere), platform, "test");
        plugins.run_bind(client, pod, node).await
    })
}

/// With probes that say this, `expect` is what is asked of whom, and `report` what the user is told.
#[track_caller]
fn check(says: [Says; 3], expect: &str, report: Option<&str>) {
    let (mut core, log) = probed(says);
    core.set_pod(pod("p"), at(0));
    let told = attempt(&mut core);
    assert_eq!(told.as_deref(), report);
    let asked: Vec<String> = log
        .lock()
        .iter()
        .map(|line| line.trim_end_matches(" n").to_owned())
        .collect();
    assert_eq!(asked.join(", "), expect);
    let taken = core.state().node("n").unwrap().requested.milli_cpu;
    let kept = report.is_none();
    assert_eq!(taken, if kept { 1000 } else { 0 }, "what is reserved");
}

const YES: Says = Says::Yes;
const RESERVED: &str = "reserve A, reserve B, reserve C";
const PERMITTED: &str = "permit A, permit B, permit C";
const UNRESERVED: &str = "unreserve C, unreserve B, unreserve A";

#[test]
fn points_are_asked_in_upstreams_order() {
    check(
        [YES; 3],
        &format!(
            "{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, bind A, postbind A, postbind B, postbind C"
        ),
        None,
    );
}

#[test]
fn the_first_that_does_not_skip_binds() {
    check(
        [Says::Skips, YES, YES],
        &format!(
            "{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, bind A, bind B, postbind A, postbind B, postbind C"
        ),
        None,
    );
    check(
        [Says::Skips; 3],
        &format!(
            "{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, bind A, bind B, bind C, {UNRESERVED}"
        ),
        Some("SchedulerError: no Bind plugin of the profile binds the pod"),
    );
}

#[test]
fn a_failure_after_reserve_is_rolled_back_in_reverse() {
    let no = Some("Unschedulable: 0/1 nodes are available: 1 B says no.");
    let reserve = [YES, Says::Rejects("reserve"), YES];
    check(reserve, &format!("reserve A, reserve B, {UNRESERVED}"), no);
    let permit = [YES, Says::Rejects("permit"), YES];
    check(
        permit,
        &format!("{RESERVED}, permit A, permit B, {UNRESERVED}"),
        no,
    );
    let pre_bind = [YES, Says::Rejects("prebind"), YES];
    check(
        pre_bind,
        &format!("{RESERVED}, {PERMITTED}, prebind A, prebind B, {UNRESERVED}"),
        no,
    );
}

#[test]
fn errors_are_rolled_back_too() {
    check(
        [YES, Says::Fails("reserve"), YES],
        &format!("reserve A, reserve B, {UNRESERVED}"),
        Some("SchedulerError: running Reserve plugin \"B\": it broke"),
    );
    check(
        [Says::Fails("permit"), YES, YES],
        &format!("{RESERVED}, permit A, {UNRESERVED}"),
        Some("SchedulerError: running Permit plugin \"A\": it broke"),
    );
    check(
        [YES, YES, Says::Fails("prebind")],
        &format!("{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, {UNRESERVED}"),
        Some("SchedulerError: running PreBind plugin \"C\": it broke"),
    );
    check(
        [Says::Fails("bind"), YES, YES],
        &format!("{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, bind A, {UNRESERVED}"),
        Some(&format!(
            "SchedulerError: running Bind plugin \"A\": {}",
            unreachable()
        )),
    );
}

#[test]
fn nothing_that_post_bind_says_fails_the_pod() {
    check(
        [Says::Fails("postbind"); 3],
        &format!(
            "{RESERVED}, {PERMITTED}, prebind A, prebind B, prebind C, bind A, postbind A, postbind B, postbind C"
        ),
        None,
    );
}

/// Two wait at Permit: A for 10 s, C for 60 s.
fn waiting() -> (Core, Log) {
    let (mut core, log) = probed([Says::Wait(10), YES, Says::Wait(60)]);
    core.set_pod(pod("p"), at(0));
    assert!(matches!(core.step(at(0), |_| 0), Some(Step::Wait)));
    log.lock().clear();
    (core, log)
}

#[test]
fn a_waiting_pod_keeps_what_it_reserved() {
    let (mut core, log) = waiting();
    core.set_pod(pod("q"), at(1));
    assert_eq!(
        attempt(&mut core).unwrap(),
        "Unschedulable: 0/1 nodes are available: 1 Insufficient cpu."
    );
    let waits = core.waiting().pods();
    assert_eq!(
        (waits[0].node.as_str(), waits[0].pending.as_slice()),
        ("n", ["A", "C"].as_slice())
    );
    core.waiting().allow("p", "A");
    assert!(core.decided(at(5)).is_empty());
    core.waiting().allow("p", "C");
    let [Step::Bind(_)] = core.decided(at(5)).as_slice() else {
        panic!("it is allowed by all");
    };
    assert_eq!(log.lock().as_slice(), [""; 0], "nothing was rolled back");
}

#[test]
fn a_wait_is_bounded() {
    let (mut core, log) = waiting();
    assert_eq!(core.next_due(), Some(at(10)));
    core.set_pod(pod("q"), at(1));
    assert!(attempt(&mut core).is_some(), "there is no room for it yet");
    let steps = core.decided(at(10));
    let [Step::Report(report)] = steps.as_slice() else {
        panic!("it is out of time: {steps:?}");
    };
    assert_eq!(
        report.message,
        "0/1 nodes are available: 1 rejected due to timeout after waiting 10s at plugin A."
    );
    assert_eq!(
        log.lock().join(", "),
        "unreserve C n, unreserve B n, unreserve A n"
    );
    // Its room is another's; it waits for what helps plugin A.
    let Some(Step::Wait) = core.step(at(12), |_| 0) else {
        panic!("the other pod has room now");
    };
    assert_eq!(core.waiting().pods()[0].pod.key, key("q"));
    assert!(core.step(at(12), |_| 0).is_none());
    let mut changed = NodeFacts::clone(&node("n"));
    changed.labels.insert("k", "v".into());
    core.set_node(Arc::new(changed), at(12));
    assert!(matches!(core.step(at(12), |_| 0), Some(Step::Report(_))));
}

#[test]
fn a_waiting_pod_that_goes_gives_up_what_it_reserved() {
    let (mut core, log) = waiting();
    core.remove_pod(&key("p"), at(1));
    assert_eq!(
        log.lock().join(", "),
        "unreserve C n, unreserve B n, unreserve A n"
    );
    assert_eq!(core.state().node("n").unwrap().pods, 0);
    assert_eq!((core.waiting().pods().len(), core.next_due()), (0, None));
    assert!(core.decided(at(100)).is_empty());
}

#[test]
fn a_successor_of_a_pod_in_flight_is_a_pod_of_its_own() {
    let (mut core, _log) = probed([YES; 3]);
    core.set_pod(pod("p"), at(0));
    let Some(Step::Bind(first)) = core.step(at(0), |_| 0) else {
        panic!("there is room");
    };
    let successor = PodView {
        uid: "p2".into(),
        ..PodView::clone(&pod("p"))
    };
    core.set_pod(Arc::new(successor), at(1));
    let Some(Step::Bind(second)) = core.step(at(1), |_| 0) else {
        panic!("the room of the first is free");
    };
    // The first one's binding comes to nothing; that is nothing to the second.
    let setback = Setback::while_waiting("A", Reason::new("too late"));
    assert!(core.failed(*first, setback, at(1)).is_none());
    assert_eq!(core.state().node("n").unwrap().pods, 1);
    assert_eq!(second.pod().uid, "p2");
}

#[test]
fn a_change_while_in_flight_is_not_lost() {
    let (mut core, _log) = probed([YES, Says::Rejects("permit"), YES]);
    let changed = PodView {
        generation: 2,
        ..PodView::clone(&pod("p"))
    };
    let (mut waiting, _log) = (waiting().0, ());
    waiting.set_pod(Arc::new(changed.clone()), at(5));
    waiting.waiting().reject("p", "A", Reason::new("no"));
    let steps = waiting.decided(at(6));
    let [Step::Report(report)] = steps.as_slice() else {
        panic!("it is rejected: {steps:?}");
    };
    assert_eq!(report.pod.generation, 2);
    core.set_pod(Arc::new(changed), at(0));
    assert!(attempt(&mut core).is_some());
}

/// Notes the statuses that it sees, and says what it was made to say.
struct Helper<const NAME: char> {
    log: Log,
    remedy: fn() -> Remedy,
}

impl<const NAME: char> PostFilter for Helper<NAME> {
    const NAME: &'static str = name(NAME);

    fn post_filter(&self, pod: &PodView, state: &State, statuses: &NodeStatuses) -> Remedy {
        let mut seen: Vec<String> = state
            .nodes()
            .iter()
            .map(|node| {
                let of = match statuses.of(&node.facts.name) {
                    Verdict::Fits => "fits".to_owned(),
                    Verdict::Rejected(reasons) => format!("rejected for {} reason", reasons.len()),
                    Verdict::NeverFits(reason) => format!("never: {reason}"),
                };
                format!("{} {of}", node.facts.name)
            })
            .collect();
        seen.sort();
        self.log
            .lock()
            .push(format!("{NAME} {}: {}", pod.key.name, seen.join(", ")));
        (self.remedy)()
    }
}

/// The default profile with these at PostFilter, two nodes, one of them cordoned, and a pod that fits neither.
#[track_caller]
fn check_remedies(remedies: [fn() -> Remedy; 2], asked: usize, message: &str, nominated: &str) {
    let log = Log::default();
    let [first, second] = remedies;
    let plugins = in_tree()
        .post_filter(Helper::<'A'> {
            log: Arc::clone(&log),
            remedy: first,
        })
        .post_filter(Helper::<'B'> {
            log: Arc::clone(&log),
            remedy: second,
        });
    let mut core = Core::new("s".into(), plugins);
    core.set_node(node("n"), at(0));
    let cordoned = NodeFacts {
        unschedulable: true,
        ..NodeFacts::clone(&node("m"))
    };
    core.set_node(Arc::new(cordoned), at(0));
    core.set_pod(pod("fits"), at(0));
    assert!(matches!(core.step(at(0), |_| 0), Some(Step::Bind(_))));
    assert_eq!(
        log.lock().len(),
        0,
        "PostFilter is not asked when a node fits"
    );
    core.set_pod(pod("p"), at(0));
    let Some(Step::Report(report)) = core.step(at(0), |_| 0) else {
        panic!("no node fits");
    };
    let filtered = "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.";
    assert_eq!(report.message, format!("{filtered}{message}"));
    assert_eq!(report.nominated.as_deref().unwrap_or_default(), nominated);
    let seen = "m never: node(s) were unschedulable, n rejected for 1 reason";
    let all = [format!("A p: {seen}"), format!("B p: {seen}")];
    assert_eq!(log.lock().as_slice(), &all[..asked]);
}

#[test]
fn post_filter_is_asked_when_no_node_fits() {
    let none = || Remedy::None(vec![Reason::new("no victims"), Reason::new("no budget")]);
    check_remedies(
        [none, || Remedy::None(Vec::new())],
        2,
        " no victims, no budget",
        "",
    );
    check_remedies([none, || Remedy::Nominated("n".into())], 2, "", "n");
    check_remedies([|| Remedy::Nominated("n".into()), none], 1, "", "n");
    check_remedies(
        [|| Remedy::Never(Reason::new("not eligible")), none],
        1,
        " not eligible",
        "",
    );
    check_remedies(
        [|| Remedy::Failed("it broke".into()), none],
        1,
        " running PostFilter plugin \"A\": it broke",
        "",
    );
}

#[test]
fn without_nodes_no_remedy_is_asked_for() {
    let log = Log::default();
    let plugins = in_tree().post_filter(Helper::<'A'> {
        log: Arc::clone(&log),
        remedy: || Remedy::None(Vec::new()),
    });
    let mut core = Core::new("s".into(), plugins);
    core.set_pod(pod("p"), at(0));
    assert_eq!(
        attempt(&mut core).unwrap(),
        "Unschedulable: no nodes available to schedule pods"
    );
    assert_eq!(log.lock().len(), 0);
    core.set_node(node("n"), at(5));
    assert!(matches!(core.step(at(5), |_| 0), Some(Step::Bind(_))));
}
