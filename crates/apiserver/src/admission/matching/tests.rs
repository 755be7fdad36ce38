use super::{Matcher, Rules};
use crate::{
    admission::asked::{Asked, Place},
    cache::Caches,
    catalog::Catalogs,
    enablement::Enablement,
};
use api::{
    admissionregistration::v1::{MatchResources, ValidatingWebhook},
    core::v1::Namespace,
};
use futures::FutureExt;
use meta::{ApiError, Kind};
use resource::{
    AdmissionRequest, Object, Operation, RequestContext, ResourceType, Strategy, Subresources,
    User, Verb, Version, Versions, resource,
};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc};

struct Toy<K>(std::marker::PhantomData<fn() -> K>);
impl<K: Kind> Strategy for Toy<K> {
    type Object = K;
}

struct Events;
impl Strategy for Events {
    type Object = api::core::v1::Event;
    fn versions(&self) -> Versions<api::core::v1::Event> {
        Versions::stored_only().and(New)
    }
}

/// Events of `events.k8s.io`, of which these tests need the name alone.
struct New;
impl Version<api::core::v1::Event> for New {
    type Served = api::events::v1::Event;
    fn to_stored(&self, event: api::events::v1::Event) -> api::core::v1::Event {
        api::core::v1::Event {
            metadata: event.metadata,
            message: event.note,
            ..Default::default()
        }
    }
    fn to_served(&self, event: &api::core::v1::Event) -> api::events::v1::Event {
        api::events::v1::Event {
            metadata: event.metadata.clone(),
            note: event.message.clone(),
            ..Default::default()
        }
    }
}

struct Pods;
impl Strategy for Pods {
    type Object = api::core::v1::Pod;
    fn subresources(&self) -> Subresources<api::core::v1::Pod> {
        Subresources::none().status(|to, from| to.status = from.status.clone())
    }
}

fn toy<K: Kind>() -> Arc<dyn ResourceType> {
    resource(Toy::<K>(std::marker::PhantomData))
}

/// One request of a table.
struct Case {
    operation: Operation,
    /// `v1/pods`, `v1/pods/status`.
    what: &'static str,
    namespace: &'static str,
    name: &'static str,
    labels: Value,
    old_labels: Option<Value>,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            operation: Operation::Create,
            what: "v1/pods",
            namespace: "n",
            name: "a",
            labels: json!({}),
            old_labels: None,
        }
    }
}

fn labelled(what: &str, labels: &Value) -> Object {
    let document = json!({"metadata": {"name": "a", "labels": labels}});
    if what.contains("namespaces") {
        crate::admission::testing::decoded::<Namespace>(&document)
    } else {
        crate::admission::testing::decoded::<api::core::v1::Pod>(&document)
    }
}

/// Where a request matches as `GROUP/VERSION/RESOURCE KIND`, in a cluster with the namespace `n`, whose labels are `team: blue`.
fn place(matcher: &Matcher, case: &Case) -> Result<Option<String>, ApiError> {
    with_asked(case, |asked, new| {
        matcher
            .matches(asked, Some(new))
            .map(|found| found.as_ref().map(shown))
    })
}

fn shown(place: &Place) -> String {
    let Place {
        group,
        version,
        resource,
        kind,
        ..
    } = place;
    format!("{group}/{version}/{resource} {}", kind.kind)
}

fn with_asked<R>(case: &Case, then: impl FnOnce(&Asked<'_>, &Object) -> R) -> R {
    let kinds = vec![resource(Pods), toy::<Namespace>(), resource(Events)];
    let store: Arc<dyn store::Store> = platform::simulated::run(1, |platform| async move {
        let options = store::Options::server();
        let store = store::Embedded::open(&platform, Path::new("data"), options).await;
        store.unwrap()
    });
    let caches = Caches::new(store, &kinds);
    let catalogs = Catalogs::new(&kinds, Enablement::default(), &caches, "");
    let mut parts: Vec<&str> = case.what.split('/').collect();
    let at = parts
        .iter()
        .position(|part| ["pods", "namespaces", "events"].contains(part));
    let rest = parts.split_off(at.unwrap());
    let namespace = crate::admission::testing::decoded::<Namespace>(
        &json!({"metadata": {"name": "n", "labels": {"team": "blue"}}}),
    );
    let context = crate::admission::testing::context(vec![namespace]);
    let now = meta::Time::from_unix_seconds(0);
    let mut cx = RequestContext::new(User::default(), Verb::Create, now, 7, context.reader);
    cx.namespace = case.namespace.into();
    cx.name = case.name.into();
    cx.api_version = parts.join("/").into();
    cx.subresource = rest.get(1).copied().unwrap_or_default().into();
    let kind = kinds
        .iter()
        .find(|kind| kind.info().plural == rest[0])
        .unwrap();
    let old = case
        .old_labels
        .as_ref()
        .map(|labels| labelled(case.what, labels));
    let request = AdmissionRequest {
        operation: case.operation,
        resource: kind.info(),
        old: old.as_ref(),
    };
    let asked = Asked::new(&cx, request, catalogs.now()).unwrap();
    then(&asked, &labelled(case.what, &case.labels))
}

fn webhook(document: Value) -> Matcher {
    let hook: ValidatingWebhook = meta::codec::from_value(&document).unwrap().object;
    let rules = Rules::of_webhook(&hook.rules, hook.match_policy.as_ref());
    let (namespaces, objects) = (hook.namespace_selector, hook.object_selector);
    Matcher::new(
        namespaces.as_deref(),
        objects.as_deref(),
        rules,
        Rules::default(),
    )
}

fn rule(groups: &str, versions: &str, resources: &str, operations: &str) -> Value {
    json!({
        "apiGroups": [groups], "apiVersions": [versions], "resources": [resources],
        "operations": [operations],
    })
}

#[track_caller]
fn check(matcher: &Matcher, case: Case, wanted: Option<&str>) {
    assert_eq!(place(matcher, &case).unwrap().as_deref(), wanted);
}

#[test]
fn rules() {
    const PODS: Option<&str> = Some("/v1/pods Pod");
    let status = || Case {
        operation: Operation::Update,
        what: "v1/pods/status",
        ..Case::default()
    };
    let one = |rule| webhook(json!({"rules": [rule]}));
    check(
        &one(rule("", "v1", "pods", "CREATE")),
        Case::default(),
        PODS,
    );
    check(&one(rule("*", "*", "*", "*")), Case::default(), PODS);
    check(
        &one(rule("", "v1", "pods", "UPDATE")),
        Case::default(),
        None,
    );
    check(
        &one(rule("", "v2", "pods", "CREATE")),
        Case::default(),
        None,
    );
    check(
        &one(rule("apps", "v1", "pods", "CREATE")),
        Case::default(),
        None,
    );
    check(&one(rule("", "v1", "pods", "*")), status(), None);
    check(&one(rule("", "v1", "*", "*")), status(), None);
    check(&one(rule("", "v1", "pods/*", "*")), status(), PODS);
    check(&one(rule("", "v1", "*/*", "*")), status(), PODS);
    check(&one(rule("", "v1", "*/status", "*")), status(), PODS);
    check(&one(rule("", "v1", "*/*", "*")), Case::default(), PODS);
    check(&webhook(json!({"rules": []})), Case::default(), None);
}

#[test]
fn scopes() {
    let scoped = |scope: &str| {
        let mut rule = rule("*", "*", "*", "*");
        rule["scope"] = scope.into();
        webhook(json!({"rules": [rule]}))
    };
    let namespace = || Case {
        what: "v1/namespaces",
        namespace: "",
        ..Case::default()
    };
    check(&scoped("Namespaced"), Case::default(), Some("/v1/pods Pod"));
    check(&scoped("Cluster"), Case::default(), None);
    check(
        &scoped("Cluster"),
        namespace(),
        Some("/v1/namespaces Namespace"),
    );
    check(&scoped("Namespaced"), namespace(), None);
}

#[test]
fn equivalents() {
    let hook = |policy: &str, group: &str| {
        let rules = [rule(group, "v1", "events", "CREATE")];
        webhook(json!({"rules": rules, "matchPolicy": policy}))
    };
    let new = || Case {
        what: "events.k8s.io/v1/events",
        ..Case::default()
    };
    check(
        &hook("Exact", "events.k8s.io"),
        new(),
        Some("events.k8s.io/v1/events Event"),
    );
    check(&hook("Exact", ""), new(), None);
    check(&hook("Equivalent", ""), new(), Some("/v1/events Event"));
}

#[test]
fn selectors() {
    let all = [rule("*", "*", "*", "*")];
    let namespaces = |team: &str| {
        webhook(json!({"rules": all, "namespaceSelector": {"matchLabels": {"team": team}}}))
    };
    check(&namespaces("blue"), Case::default(), Some("/v1/pods Pod"));
    check(&namespaces("red"), Case::default(), None);
    let labels = json!({"team": "red"});
    let own = Case {
        what: "v1/namespaces",
        namespace: "",
        labels,
        ..Case::default()
    };
    check(&namespaces("red"), own, Some("/v1/namespaces Namespace"));
    let lost = Case {
        namespace: "lost",
        ..Case::default()
    };
    let error = place(&namespaces("blue"), &lost).unwrap_err();
    assert_eq!(error.message, "namespaces \"lost\" not found");

    let objects = webhook(json!({"rules": all, "objectSelector": {"matchLabels": {"app": "x"}}}));
    let with = |labels: Value, old_labels| Case {
        labels,
        old_labels,
        ..Case::default()
    };
    check(&objects, with(json!({}), None), None);
    check(
        &objects,
        with(json!({"app": "x"}), None),
        Some("/v1/pods Pod"),
    );
    check(
        &objects,
        with(json!({}), Some(json!({"app": "x"}))),
        Some("/v1/pods Pod"),
    );
}

#[test]
fn policies() {
    let policy = |document: Value| {
        let match_: MatchResources = meta::codec::from_value(&document).unwrap().object;
        let how = match_.match_policy.as_ref();
        let rules = Rules::of_policy(&match_.resource_rules, how);
        let excluded = Rules::excluding(&match_.exclude_resource_rules, how);
        Matcher::new(None, None, rules, excluded)
    };
    let mut named = rule("", "v1", "pods", "*");
    named["resourceNames"] = json!(["a", "b"]);
    const PODS: Option<&str> = Some("/v1/pods Pod");
    check(&policy(json!({})), Case::default(), PODS);
    check(
        &policy(json!({"resourceRules": [named]})),
        Case::default(),
        PODS,
    );
    let other = Case {
        name: "c",
        ..Case::default()
    };
    check(&policy(json!({"resourceRules": [named]})), other, None);
    let all = rule("*", "*", "*", "*");
    let both = json!({"resourceRules": [all], "excludeResourceRules": [named]});
    check(&policy(both.clone()), Case::default(), None);
    let other = Case {
        name: "c",
        ..Case::default()
    };
    check(&policy(both), other, PODS);
}

#[test]
fn requests() {
    let case = Case {
        operation: Operation::Update,
        ..Case::default()
    };
    with_asked(&case, |asked, new| {
        let request = Value::Object(asked.request("u", &asked.place));
        let wanted = json!({
            "uid": "u",
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "resource": {"group": "", "version": "v1", "resource": "pods"},
            "requestKind": {"group": "", "version": "v1", "kind": "Pod"},
            "requestResource": {"group": "", "version": "v1", "resource": "pods"},
            "name": "a",
            "namespace": "n",
            "operation": "UPDATE",
            "userInfo": {},
            "dryRun": false,
            "options": {"kind": "UpdateOptions", "apiVersion": "meta.k8s.io/v1"},
        });
        assert_eq!(request, wanted);
        let mut changed = new.clone_object();
        let mut document = asked.shown(&asked.place, new).unwrap();
        assert_eq!(document["kind"], "Pod");
        document["metadata"]["labels"] = json!({"app": "x"});
        let lenient = meta::codec::Strictness::Lenient;
        let written = asked.write_back(&asked.place, &document, &mut changed, lenient);
        // Nothing has to be converted.
        written.now_or_never().unwrap().unwrap();
        assert_eq!(changed.metadata().labels.get("app").unwrap(), "x");
    });
}
