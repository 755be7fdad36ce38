//! Plans from a line per Deployment and ReplicaSet, and whole rollouts played to their end.

use super::{Input, Plan, plan};
use crate::deployment::{
    conditions::{self, PROGRESSING},
    revision::{REVISION, revision_of, set_desired},
    template::{HASH_LABEL, hash},
};
use api::{
    apps::v1::{Deployment, DeploymentCondition, ReplicaSet, RollingUpdateDeployment},
    core::v1::{Container, PodTemplateSpec},
};
use expect_test::{Expect, expect};
use meta::{IntOrString, LabelSelector, Map, Str, Time};
use std::sync::Arc;

const NOW: Time = Time::from_unix_seconds(1_000_000);

/// Values of `key=value` words, or whether a bare word is there.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0
            .split(' ')
            .find_map(|word| word.split_once('=').filter(|(k, _)| *k == key))
            .map(|(_, value)| value)
    }

    fn number(&self, key: &str) -> Option<i32> {
        self.get(key).map(|value| value.parse().unwrap())
    }

    fn has(&self, word: &str) -> bool {
        self.0.split(' ').any(|known| known == word)
    }
}

fn amount(text: &str) -> IntOrString {
    text.parse::<i32>()
        .map_or_else(|_| IntOrString::from(text), IntOrString::from)
}

fn template(image: &str) -> PodTemplateSpec {
    let mut template = PodTemplateSpec::default();
    template.metadata.labels = Map::from([("app", "web")]);
    template.spec.containers = vec![Container {
        name: "c".into(),
        image: image.into(),
        ..Container::default()
    }]
    .into();
    template
}

/// `image=v2 replicas=3 surge=1 unavailable=1 recreate paused history=2 deadline=600 rev=1 progress=REASON@age`.
fn deployment(text: &str) -> Deployment {
    let words = Words(text);
    let mut deployment = Deployment::default();
    deployment.metadata.name = "web".into();
    deployment.metadata.namespace = "shop".into();
    deployment.metadata.uid = "uid-web".into();
    deployment.metadata.generation = 1;
    if let Some(revision) = words.get("rev") {
        deployment
            .metadata
            .annotations
            .insert(REVISION, revision.into());
    }
    let spec = &mut deployment.spec;
    spec.replicas = words.number("replicas");
    spec.template = template(words.get("image").unwrap());
    spec.selector = Some(Box::new(LabelSelector {
        match_labels: Map::from([("app", "web")]),
        ..LabelSelector::default()
    }));
    spec.paused = words.has("paused");
    spec.progress_deadline_seconds = words.number("deadline");
    spec.revision_history_limit = words.number("history");
    spec.strategy.type_ = if words.has("recreate") {
        "Recreate"
    } else {
        "RollingUpdate"
    }
    .into();
    if !words.has("recreate") {
        spec.strategy.rolling_update = Some(Box::new(RollingUpdateDeployment {
            max_surge: Some(amount(words.get("surge").unwrap_or("25%"))),
            max_unavailable: Some(amount(words.get("unavailable").unwrap_or("25%"))),
        }));
    }
    if let Some((reason, age)) = words.get("progress").and_then(|text| text.split_once('@')) {
        let since = Time::from_unix_seconds(NOW.unix_seconds() - age.parse::<i64>().unwrap());
        deployment.status.conditions.push(DeploymentCondition {
            type_: PROGRESSING.into(),
            status: "True".into(),
            reason: reason.into(),
            last_update_time: since,
            last_transition_time: since,
            ..DeploymentCondition::default()
        });
    }
    deployment
}

/// `image=v1 rev=1 spec=3 there=3 available=3 desired=3 max=4 age=60`.
fn set(text: &str) -> ReplicaSet {
    let words = Words(text);
    let image = words.get("image").unwrap();
    let mut set = ReplicaSet::default();
    let mut template = template(image);
    let hash = Str::from(hash(&template, None));
    template.metadata.labels.insert(HASH_LABEL, hash);
    set.spec.template = template;
    set.metadata.name = Str::from(format!("web-{image}"));
    set.metadata.uid = Str::from(format!("uid-{image}"));
    let age = i64::from(words.number("age").unwrap_or(60));
    set.metadata.creation_timestamp = Time::from_unix_seconds(NOW.unix_seconds() - age);
    if let Some(revision) = words.get("rev") {
        set.metadata.annotations.insert(REVISION, revision.into());
    }
    let replicas = words.number("spec").unwrap_or(0);
    set.spec.replicas = Some(replicas);
    set.status.replicas = words.number("there").unwrap_or(replicas);
    set.status.available_replicas = words.number("available").unwrap_or(set.status.replicas);
    set.status.ready_replicas = set.status.available_replicas;
    if let Some(desired) = words.number("desired") {
        set_desired(&mut set, desired, words.number("max").unwrap_or(desired));
    }
    set
}

fn make(deployment: &Deployment, sets: &[Arc<ReplicaSet>]) -> Plan {
    let with_pods = sets.iter().filter(|set| set.status.replicas > 0);
    plan(&Input {
        deployment,
        sets,
        sets_with_pods: with_pods.map(|set| set.metadata.uid.clone()).collect(),
        now: NOW,
    })
}

fn image(set: &ReplicaSet) -> &str {
    &set.spec.template.spec.containers[0].image
}

/// One line per step, then what is reported.
fn show(plan: &Plan) -> String {
    let mut lines = Vec::new();
    if let Some(set) = &plan.create {
        let revision = revision_of(&set.metadata.annotations);
        lines.push(format!(
            "create {} of {} as revision {revision}",
            set.spec.replicas.unwrap(),
            image(set)
        ));
    }
    for member in &plan.update {
        lines.push(match member.scaled() {
            Some((from, to)) => format!("scale {} from {from} to {to}", image(&member.now)),
            None => format!("note on {}", image(&member.now)),
        });
    }
    lines.extend(
        plan.delete
            .iter()
            .map(|set| format!("delete {}", image(set))),
    );
    let status = &plan.deployment.status;
    lines.push(format!(
        "revision {}, {} there, {} updated, {} available, {} not",
        revision_of(&plan.deployment.metadata.annotations),
        status.replicas,
        status.updated_replicas,
        status.available_replicas,
        status.unavailable_replicas,
    ));
    for condition in &status.conditions {
        lines.push(format!(
            "{} {} {}",
            condition.type_, condition.status, condition.reason
        ));
    }
    if let Some(after) = plan.after {
        lines.push(format!("look again in {} s", after.as_secs()));
    }
    lines.join("\n")
}

fn check(deployment_text: &str, sets: &[&str], expect: &Expect) {
    let sets: Vec<_> = sets.iter().map(|text| Arc::new(set(text))).collect();
    expect.assert_eq(&show(&make(&deployment(deployment_text), &sets)));
}

/// Carries plans out until nothing changes; pods come and go at once. Shows `image:spec` of all sets each round.
fn play(deployment_text: &str, sets: &[&str], expect: &Expect) {
    let mut deployment = deployment(deployment_text);
    let mut sets: Vec<_> = sets.iter().map(|text| set(text)).collect();
    let mut rounds = Vec::new();
    for _ in 0..30 {
        let shared: Vec<_> = sets.iter().cloned().map(Arc::new).collect();
        let plan = make(&deployment, &shared);
        let quiet = plan.create.is_none() && plan.update.is_empty() && plan.delete.is_empty();
        if quiet && plan.deployment == deployment {
            break;
        }
        deployment = plan.deployment;
        for member in plan.update {
            let place = sets
                .iter_mut()
                .find(|set| set.metadata.uid == member.now.metadata.uid);
            *place.unwrap() = member.now;
        }
        sets.retain(|set| {
            !plan
                .delete
                .iter()
                .any(|gone| gone.metadata.uid == set.metadata.uid)
        });
        sets.extend(plan.create.map(|mut set| {
            set.metadata.uid = "uid-new".into();
            set.metadata.creation_timestamp = NOW;
            set
        }));
        for set in &mut sets {
            let replicas = set.spec.replicas.unwrap();
            set.status.replicas = replicas;
            set.status.ready_replicas = replicas;
            set.status.available_replicas = replicas;
        }
        let shown: Vec<_> = sets
            .iter()
            .map(|set| format!("{}:{}", image(set), set.spec.replicas.unwrap()))
            .collect();
        rounds.push(shown.join(" "));
    }
    rounds.dedup();
    let reason =
        conditions::get(&deployment.status, PROGRESSING).map_or("", |condition| &condition.reason);
    rounds.push(format!(
        "revision {} {reason}",
        revision_of(&deployment.metadata.annotations)
    ));
    expect.assert_eq(&rounds.join("\n"));
}

#[test]
fn first_set() {
    check(
        "image=v1 replicas=3 deadline=600",
        &[],
        &expect![[r#"
        create 3 of v1 as revision 1
        revision 1, 0 there, 0 updated, 0 available, 0 not
        Progressing True NewReplicaSetCreated
        Available False MinimumReplicasUnavailable
        look again in 601 s"#]],
    );
}

#[test]
fn rolling_steps() {
    let rolling = "image=v2 replicas=3 surge=1 unavailable=0 rev=1";
    check(
        rolling,
        &["image=v1 rev=1 spec=3 desired=3 max=4"],
        &expect![[r#"
            create 1 of v2 as revision 2
            revision 2, 3 there, 0 updated, 3 available, 0 not
            Available True MinimumReplicasAvailable"#]],
    );
    let started = &[
        "image=v1 rev=1 spec=3 desired=3 max=4",
        "image=v2 rev=2 spec=1 available=0 desired=3 max=4",
    ];
    check(
        rolling,
        started,
        &expect![[r#"
        revision 2, 4 there, 1 updated, 3 available, 1 not
        Available True MinimumReplicasAvailable"#]],
    );
    let ready = &[
        "image=v1 rev=1 spec=3 desired=3 max=4",
        "image=v2 rev=2 spec=1 desired=3 max=4",
    ];
    check(
        rolling,
        ready,
        &expect![[r#"
        scale v1 from 3 to 2
        revision 2, 4 there, 1 updated, 4 available, 0 not
        Available True MinimumReplicasAvailable"#]],
    );
}

#[test]
fn broken_old_pods_go_first() {
    let sets = &[
        "image=v1 rev=1 spec=2 available=2 desired=4 max=5 age=90",
        "image=v2 rev=2 spec=2 available=0 desired=4 max=5",
    ];
    check(
        "image=v3 replicas=4 surge=1 unavailable=1 rev=2",
        sets,
        &expect![[r#"
            create 1 of v3 as revision 3
            scale v2 from 2 to 1
            revision 3, 4 there, 0 updated, 2 available, 2 not
            Available False MinimumReplicasUnavailable"#]],
    );
}

#[test]
fn whole_rollouts() {
    let old = &["image=v1 rev=1 spec=3 desired=3 max=4"];
    play(
        "image=v2 replicas=3 surge=1 unavailable=0 deadline=600 rev=1",
        old,
        &expect![[r#"
            v1:3 v2:1
            v1:2 v2:1
            v1:2 v2:2
            v1:1 v2:2
            v1:1 v2:3
            v1:0 v2:3
            revision 2 NewReplicaSetAvailable"#]],
    );
    play(
        "image=v2 replicas=3 surge=0 unavailable=1 deadline=600 rev=1",
        old,
        &expect![[r#"
            v1:2 v2:0
            v1:2 v2:1
            v1:1 v2:1
            v1:1 v2:2
            v1:0 v2:2
            v1:0 v2:3
            revision 2 NewReplicaSetAvailable"#]],
    );
    play(
        "image=v2 replicas=3 surge=100% unavailable=0 deadline=600 rev=1",
        old,
        &expect![[r#"
            v1:3 v2:3
            v1:0 v2:3
            revision 2 NewReplicaSetAvailable"#]],
    );
    play(
        "image=v2 replicas=3 recreate deadline=600 rev=1",
        old,
        &expect![[r#"
            v1:0
            v1:0 v2:3
            revision 2 NewReplicaSetAvailable"#]],
    );
    play(
        "image=v2 replicas=0 deadline=600 rev=1",
        &["image=v1 rev=1 spec=0 desired=0"],
        &expect![[r#"
            v1:0 v2:0
            revision 2 NewReplicaSetAvailable"#]],
    );
}

#[test]
fn undo_takes_the_old_set_again() {
    let sets = &[
        "image=v1 rev=1 spec=0 desired=3 max=4 age=90",
        "image=v2 rev=2 spec=3 desired=3 max=4",
    ];
    play(
        "image=v1 replicas=3 surge=1 unavailable=0 deadline=600 rev=2",
        sets,
        &expect![[r#"
            v1:1 v2:3
            v1:1 v2:2
            v1:2 v2:2
            v1:2 v2:1
            v1:3 v2:1
            v1:3 v2:0
            revision 3 NewReplicaSetAvailable"#]],
    );
}

#[test]
fn recreate_waits_for_the_last_old_pod() {
    let stopping = &["image=v1 rev=1 spec=0 there=1 available=0 desired=3 max=3"];
    check(
        "image=v2 replicas=3 recreate rev=1",
        stopping,
        &expect![[r#"
            revision 1, 1 there, 0 updated, 0 available, 1 not
            Available False MinimumReplicasUnavailable"#]],
    );
}

#[test]
fn scaling_in_a_rollout_is_proportional() {
    let sets = &[
        "image=v1 rev=1 spec=8 desired=10 max=13 age=90",
        "image=v2 rev=2 spec=5 available=3 desired=10 max=13",
    ];
    check(
        "image=v2 replicas=15 surge=3 unavailable=2 rev=2",
        sets,
        &expect![[r#"
            scale v2 from 5 to 7
            scale v1 from 8 to 11
            revision 2, 13 there, 5 updated, 11 available, 2 not
            Available False MinimumReplicasUnavailable"#]],
    );
    check(
        "image=v2 replicas=5 surge=3 unavailable=2 rev=2",
        sets,
        &expect![[r#"
            scale v2 from 5 to 3
            scale v1 from 8 to 5
            revision 2, 13 there, 5 updated, 11 available, 2 not
            Available True MinimumReplicasAvailable"#]],
    );
    check(
        "image=v2 replicas=0 surge=3 unavailable=2 rev=2",
        sets,
        &expect![[r#"
            scale v2 from 5 to 0
            scale v1 from 8 to 0
            revision 2, 13 there, 5 updated, 11 available, 2 not
            Available True MinimumReplicasAvailable"#]],
    );
}

#[test]
fn a_paused_rollout_only_scales() {
    let sets = &["image=v1 rev=1 spec=3 desired=3 max=4"];
    check(
        "image=v2 replicas=3 paused deadline=600 rev=1",
        sets,
        &expect![[r#"
            revision 1, 3 there, 0 updated, 3 available, 0 not
            Progressing Unknown DeploymentPaused
            Available True MinimumReplicasAvailable"#]],
    );
    check(
        "image=v2 replicas=5 paused deadline=600 rev=1",
        sets,
        &expect![[r#"
            scale v1 from 3 to 5
            revision 1, 3 there, 0 updated, 3 available, 0 not
            Progressing Unknown DeploymentPaused
            Available False MinimumReplicasUnavailable"#]],
    );
    check(
        "image=v1 replicas=3 deadline=600 rev=1 progress=DeploymentPaused@9",
        sets,
        &expect![[r#"
            revision 1, 3 there, 3 updated, 3 available, 0 not
            Available True MinimumReplicasAvailable
            Progressing True NewReplicaSetAvailable"#]],
    );
}

#[test]
fn history_is_limited() {
    let sets = &[
        "image=v1 rev=1 spec=0 desired=1 max=2 age=90",
        "image=v2 rev=2 spec=0 desired=1 max=2 age=80",
        "image=v3 rev=3 spec=0 desired=1 max=2 age=70",
        "image=v4 rev=4 spec=1 desired=1 max=2 age=60",
    ];
    play(
        "image=v4 replicas=1 history=1 rev=4",
        sets,
        &expect![[r#"
        v1:0 v2:0 v3:0 v4:1
        v3:0 v4:1
        revision 4 "#]],
    );
    play(
        "image=v4 replicas=1 history=0 rev=4",
        sets,
        &expect![[r#"
        v1:0 v2:0 v3:0 v4:1
        v4:1
        revision 4 "#]],
    );
}

#[test]
fn the_deadline() {
    let sets = &["image=v1 rev=1 spec=3 available=1 desired=3 max=4"];
    let at = |age: u32| {
        format!("image=v1 replicas=3 deadline=60 rev=1 progress=ReplicaSetUpdated@{age}")
    };
    let mut waiting = deployment(&at(20));
    waiting.status.replicas = 3;
    waiting.status.updated_replicas = 3;
    waiting.status.ready_replicas = 1;
    waiting.status.available_replicas = 1;
    let sets: Vec<_> = sets.iter().map(|text| Arc::new(set(text))).collect();
    expect![[r#"
        revision 1, 3 there, 3 updated, 1 available, 2 not
        Progressing True ReplicaSetUpdated
        Available False MinimumReplicasUnavailable
        look again in 41 s"#]]
    .assert_eq(&show(&make(&waiting, &sets)));
    let mut late = waiting.clone();
    late.status.conditions = deployment(&at(61)).status.conditions;
    expect![[r#"
        revision 1, 3 there, 3 updated, 1 available, 2 not
        Available False MinimumReplicasUnavailable
        Progressing False ProgressDeadlineExceeded"#]]
    .assert_eq(&show(&make(&late, &sets)));
}

#[test]
fn a_failing_set_is_shown() {
    let mut failing = set("image=v1 rev=1 spec=3 there=0 desired=3 max=4");
    failing
        .status
        .conditions
        .push(api::apps::v1::ReplicaSetCondition {
            type_: "ReplicaFailure".into(),
            status: "True".into(),
            reason: "FailedCreate".into(),
            ..Default::default()
        });
    let plan = make(
        &deployment("image=v1 replicas=3 rev=1"),
        &[Arc::new(failing)],
    );
    expect![[r#"
        revision 1, 0 there, 0 updated, 0 available, 0 not
        Available False MinimumReplicasUnavailable
        ReplicaFailure True FailedCreate"#]]
    .assert_eq(&show(&plan));
}

#[test]
fn new_sets_are_named_and_labelled() {
    let created = make(&deployment("image=v1 replicas=3"), &[])
        .create
        .unwrap();
    let hash = created.metadata.labels.get(HASH_LABEL).unwrap();
    assert_eq!(created.metadata.name, format!("web-{hash}"));
    assert_eq!(
        created.spec.template.metadata.labels.get(HASH_LABEL),
        Some(hash)
    );
    assert_eq!(
        created.spec.selector.unwrap().match_labels.get(HASH_LABEL),
        Some(hash)
    );
    let mut collided = deployment("image=v1 replicas=3");
    collided.status.collision_count = Some(1);
    assert_ne!(
        make(&collided, &[]).create.unwrap().metadata.name,
        created.metadata.name
    );
}
