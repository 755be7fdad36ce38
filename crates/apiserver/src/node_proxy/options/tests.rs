use super::{check_log, container};
use api::core::v1::{Container, Pod};

#[track_caller]
fn check(query: &str, expect: &str) {
    let got = check_log("web", query).map_err(|error| error.message);
    match expect {
        "" => assert_eq!(got, Ok(())),
        words => assert_eq!(got.unwrap_err(), words),
    }
}

#[test]
fn what_logs_may_be_asked_for() {
    check("tailLines=0&limitBytes=1&sinceSeconds=1&follow=true", "");
    check(
        "tailLines=-1&limitBytes=0",
        "PodLogOptions \"web\" is invalid: [tailLines: Invalid value: -1: must be greater than or equal to 0, limitBytes: Invalid value: 0: must be greater than 0]",
    );
    check(
        "sinceSeconds=0",
        "PodLogOptions \"web\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0",
    );
    check(
        "sinceSeconds=5&sinceTime=2026-01-02T03:04:05Z",
        "PodLogOptions \"web\" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
    );
    check(
        "stream=Stdout",
        "PodLogOptions \"web\" is invalid: stream: Forbidden: may not be specified",
    );
    check(
        "tailLines=ten",
        "strconv.ParseInt: parsing \"ten\": invalid syntax",
    );
}

#[test]
fn which_container_is_meant() {
    let mut pod = Pod::default();
    pod.metadata.name = "web".into();
    let named = |name: &str| Container {
        name: name.into(),
        ..Container::default()
    };
    pod.spec.containers.push(named("a"));
    assert_eq!(container(&pod, "").unwrap(), "a");
    pod.spec.init_containers.push(named("i"));
    pod.spec.containers.push(named("b"));
    assert_eq!(container(&pod, "container=i").unwrap(), "i");
    assert_eq!(
        container(&pod, "").unwrap_err().message,
        "a container name must be specified for pod web, choose one of: [i a b]"
    );
    assert_eq!(
        container(&pod, "container=c").unwrap_err().message,
        "container c is not valid for pod web"
    );
}
