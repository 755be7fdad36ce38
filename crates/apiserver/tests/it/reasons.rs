//! Why somebody may: what reasons, lists of rules and refusals say.
use crate::kit::{Answer, config, send, send_with, toys, user};
use api::rbac::v1::RoleBinding;
use apiserver::{InProcess, Server};
use platform::Platform;
use resource::{NameRule, Strategy, resource};
use serde_json::{Value, json};
use std::path::Path;

const RBAC: &str = "/apis/rbac.authorization.k8s.io/v1";
const ACCESS: &str = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
const RULES: &str = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

struct LocalBindings;
impl Strategy for LocalBindings {
    type Object = RoleBinding;
    const NAME_RULE: NameRule = NameRule::PathSegment;
}

struct Kit {
    server: Server,
    admin: InProcess,
}

impl Kit {
    async fn post(&self, path: &str, body: Value) -> Answer {
        send(&self.admin, "POST", path, "application/json", body).await
    }

    /// A binding to jane as herself and as one of a group.
    async fn bind(&self, path: &str, name: &str, role: &str, subjects: &[(&str, &str)]) {
        let group = "rbac.authorization.k8s.io";
        let subjects = subjects
            .iter()
            .map(|(kind, name)| json!({"apiGroup": group, "kind": kind, "name": name}));
        let binding = json!({
            "metadata": {"name": name},
            "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": role},
            "subjects": subjects.collect::<Vec<_>>(),
        });
        self.post(path, binding).await.expect(201);
    }

    async fn role(&self, name: &str, rules: Value) {
        let role = json!({"metadata": {"name": name}, "rules": rules});
        self.post(&format!("{RBAC}/clusterroles"), role)
            .await
            .expect(201);
    }

    /// What a review says of jane of the group `dev` in the namespace `n`.
    async fn asked(&self, verb: &str, resource: &str) -> Value {
        let attributes = json!({"namespace": "n", "verb": verb, "resource": resource});
        let spec = json!({"user": "jane", "groups": ["dev"], "resourceAttributes": attributes});
        let review = self.post(ACCESS, json!({"spec": spec})).await;
        review.expect(201)["status"].clone()
    }
}

fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let store = store::Embedded::open(&platform, Path::new("data"), store::Options::server())
            .await
            .unwrap();
        let mut kinds = toys();
        kinds.push(resource(LocalBindings));
        let server = Server::start(config(platform, store, kinds)).await.unwrap();
        let admin = server.in_process(user("admin", &["system:masters"]));
        let kit = Kit { server, admin };
        kit.post("/api/v1/namespaces", json!({"metadata": {"name": "n"}}))
            .await
            .expect(201);
        let read = |what: &str| json!([{"apiGroups": [""], "resources": [what], "verbs": ["get", "list"]}]);
        kit.role("reader", read("pods")).await;
        kit.role("mapper", read("configmaps")).await;
        scenario(kit).await;
    });
}

#[test]
fn a_binding_of_the_cluster_is_named_first_and_by_its_first_subject() {
    run(|kit| async move {
        let local = format!("{RBAC}/namespaces/n/rolebindings");
        let wide = format!("{RBAC}/clusterrolebindings");
        kit.bind(&local, "here", "reader", &[("User", "jane")])
            .await;
        let reason = |status: &Value| status["reason"].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            reason(&kit.asked("get", "pods").await),
            "RBAC: allowed by RoleBinding \"here/n\" of ClusterRole \"reader\" to User \"jane\""
        );
        let both = [("Group", "dev"), ("User", "jane")];
        kit.bind(&wide, "all", "reader", &both).await;
        assert_eq!(
            reason(&kit.asked("get", "pods").await),
            "RBAC: allowed by ClusterRoleBinding \"all\" of ClusterRole \"reader\" to Group \"dev\""
        );
        let refused = kit.asked("delete", "pods").await;
        assert_eq!(refused, json!({"allowed": false}));
        kit.bind(&wide, "lost", "nowhere", &both).await;
        let refused = kit.asked("delete", "pods").await;
        let words = "RBAC: clusterrole.rbac.authorization.k8s.io \"nowhere\" not found";
        assert_eq!(refused, json!({"allowed": false, "reason": words}));
        let jane = kit.server.in_process(user("jane", &["dev"]));
        let answer = send(
            &jane,
            "DELETE",
            "/api/v1/namespaces/n/pods/p",
            "",
            Value::Null,
        )
        .await;
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(
            answer.message(403),
            format!(
                "pods \"p\" is forbidden: User \"jane\" cannot delete resource \"pods\" in API group \"\" in the namespace \"n\": {words}"
            )
        );
    });
}

#[test]
fn rules_are_listed_once_and_missing_roles_are_told() {
    run(|kit| async move {
        let wide = format!("{RBAC}/clusterrolebindings");
        let both = [("Group", "dev"), ("User", "jane")];
        kit.bind(&wide, "all", "reader", &both).await;
        kit.bind(&wide, "lost", "nowhere", &both).await;
        let jane = kit.server.in_process(user("jane", &["dev"]));
        let asked = json!({"spec": {"namespace": "n"}});
        let path = RULES.to_owned();
        let bare = kit.role(
            "asker",
            json!([{"apiGroups": ["authorization.k8s.io"], "resources": ["selfsubjectrulesreviews"], "verbs": ["create"]}]),
        );
        bare.await;
        kit.bind(&wide, "asks", "asker", &[("User", "jane")]).await;
        let answer = send(&jane, "POST", &path, "application/json", asked).await;
        let answer = answer.expect(201);
        assert_eq!(answer["spec"], json!({}), "{answer}");
        assert_eq!(answer["metadata"].get("managedFields"), None, "{answer}");
        let status = answer["status"].clone();
        assert_eq!(status["resourceRules"].as_array().map(Vec::len), Some(2));
        assert_eq!(status["incomplete"], false);
        assert_eq!(
            status["evaluationError"],
            "clusterrole.rbac.authorization.k8s.io \"nowhere\" not found"
        );
    });
}

#[test]
fn who_may_escalate_may_gather_roles() {
    run(|kit| async move {
        let rules = |verbs: &[&str]| json!([{"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": verbs}]);
        kit.role("makes", rules(&["create"])).await;
        let wide = format!("{RBAC}/clusterrolebindings");
        kit.bind(&wide, "makes", "makes", &[("User", "jane")]).await;
        kit.bind(&wide, "lost", "nowhere", &[("User", "jane")])
            .await;
        let jane = kit.server.in_process(user("jane", &[]));
        let gathers = |name: &str| {
            json!({
                "metadata": {"name": name},
                "rules": [],
                "aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]},
            })
        };
        let path = format!("{RBAC}/clusterroles");
        let ask = |body: Value| send(&jane, "POST", &path, "application/json", body);
        assert_eq!(
            ask(gathers("a")).await.message(403),
            "clusterroles.rbac.authorization.k8s.io \"a\" is forbidden: must have cluster-admin privileges to use the aggregationRule"
        );
        let more = json!({"metadata": {"name": "b"}, "rules": rules(&["get", "list"])});
        assert_eq!(
            ask(more).await.message(403),
            "clusterroles.rbac.authorization.k8s.io \"b\" is forbidden: user \"jane\" (groups=[]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[\"rbac.authorization.k8s.io\"], Resources:[\"clusterroles\"], Verbs:[\"get\" \"list\"]}; resolution errors: [clusterrole.rbac.authorization.k8s.io \"nowhere\" not found]"
        );
        kit.role("escalates", rules(&["escalate"])).await;
        kit.bind(&wide, "escalates", "escalates", &[("User", "jane")])
            .await;
        ask(gathers("a")).await.expect(201);
    });
}

#[test]
fn the_way_that_worked_last_is_tried_first() {
    run(|kit| async move {
        let names = json!([
            {"apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"], "resourceNames": ["bob"]},
        ]);
        kit.role("acts", names).await;
        let wide = format!("{RBAC}/clusterrolebindings");
        kit.bind(&wide, "acts", "acts", &[("User", "jane")]).await;
        let jane = kit.server.in_process(user("jane", &[]));
        let as_user = |name: &'static str| {
            let jane = jane.clone();
            async move {
                let headers = [("impersonate-user", name)];
                send_with(&jane, "GET", "/version", "", Value::Null, &headers)
                    .await
                    .message(403)
            }
        };
        assert_eq!(
            as_user("carl").await,
            "forbidden: User \"jane\" cannot impersonate-on:user-info:get path \"/version\""
        );
        assert_eq!(
            as_user("bob").await,
            "forbidden: User \"bob\" cannot get path \"/version\""
        );
        assert_eq!(
            as_user("carl").await,
            "users \"carl\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"
        );
    });
}
