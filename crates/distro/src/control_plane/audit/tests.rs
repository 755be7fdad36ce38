use super::check;
use crate::config::Config;

/// Settings of the log -> the error, or nothing.
#[track_caller]
fn refused(given: &[(&'static str, &str)], words: &str) {
    let given = given
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    let config = Config::build(None, &given.collect::<Vec<_>>()).unwrap();
    let checked = check(&config.audit);
    assert_eq!(
        checked.map_or_else(|error| error.to_string(), |()| String::new()),
        words
    );
}

#[test]
fn what_is_used_is_looked_at() {
    const PATH: (&str, &str) = ("audit-log-path", "-");
    const BATCH: (&str, &str) = ("audit-log-mode", "batch");
    let none = ("audit-log-batch-max-size", "0");
    let throttled = ("audit-log-batch-throttle-enable", "true");
    refused(&[PATH, BATCH], "");
    refused(&[PATH, none, throttled], "");
    refused(&[BATCH, none, ("audit-log-version", "v2")], "");
    let size = "invalid audit batch log max batch size 0, must be a positive number";
    refused(&[PATH, BATCH, none], size);
    let rate = "invalid audit batch log throttle QPS 0, must be a positive number";
    refused(&[PATH, BATCH, throttled], rate);
    let burst = "invalid audit batch log throttle burst 0, must be a positive number";
    let qps = ("audit-log-batch-throttle-qps", "2.5");
    refused(&[PATH, BATCH, throttled, qps], burst);
    let version = ("audit-log-version", "audit.k8s.io/v1beta1");
    let known = "invalid group version, allowed versions are [\"audit.k8s.io/v1\"]";
    refused(&[PATH, version], known);
    let version = ("audit-log-version", "a/b/c");
    refused(&[PATH, version], "unexpected GroupVersion string: a/b/c");
    let webhook = [
        ("audit-webhook-config-file", "/elsewhere"),
        ("audit-webhook-batch-buffer-size", "0"),
    ];
    let buffer = "invalid audit batch webhook buffer size 0, must be a positive number";
    refused(&webhook, buffer);
}
