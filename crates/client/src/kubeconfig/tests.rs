//! Contexts resolved, data before files, and what is refused.

use super::Endpoint;
use std::path::PathBuf;

/// Writes a kubeconfig with this user and loads it.
fn load(name: &str, user: &str, context: Option<&str>) -> Result<Endpoint, String> {
    let directory: PathBuf =
        std::env::temp_dir().join(format!("client-kubeconfig-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("token"), " from-file \n").unwrap();
    let text = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: here\n\
         contexts:\n- name: here\n  context: {{cluster: c, user: u, namespace: work}}\n\
         clusters:\n- name: c\n  cluster:\n    server: https://127.0.0.1:6443/\n    \
         certificate-authority-data: UEVN\n\
         users:\n- name: u\n  user: {user}\n"
    );
    let path = directory.join("config");
    std::fs::write(&path, text).unwrap();
    let loaded = Endpoint::load(&path, context);
    std::fs::remove_dir_all(&directory).unwrap();
    loaded.map_err(|error| error.to_string().replace(&*path.to_string_lossy(), "FILE"))
}

#[test]
fn resolves_the_current_context() {
    let endpoint = load("current", "{token: secret}", None).unwrap();
    assert_eq!(endpoint.server, "https://127.0.0.1:6443");
    assert_eq!(endpoint.namespace, "work");
    assert_eq!(endpoint.certificate_authority.as_deref(), Some(&b"PEM"[..]));
    assert_eq!(endpoint.token.as_deref(), Some("secret"));
    assert!(!format!("{endpoint:?}").contains("secret"));
}

#[test]
fn nulls_are_as_if_not_there() {
    let endpoint = load(
        "nulls",
        "{token: secret, exec: null}\npreferences: null",
        None,
    )
    .unwrap();
    assert_eq!(endpoint.token.as_deref(), Some("secret"));
}

#[test]
fn reads_files_beside_the_config() {
    let endpoint = load("files", "{tokenFile: token}", None).unwrap();
    assert_eq!(endpoint.token.as_deref(), Some("from-file"));
}

#[test]
fn says_what_is_wrong() {
    let check = |name: &str, user, context, expect: &str| {
        assert_eq!(load(name, user, context).unwrap_err(), expect);
    };
    check(
        "context",
        "{}",
        Some("there"),
        "kubeconfig FILE has no context named \"there\"",
    );
    check(
        "base64",
        "{client-certificate-data: '!'}",
        None,
        "field client-certificate-data of kubeconfig FILE is not base64",
    );
    check(
        "exec",
        "{exec: {command: aws}}",
        None,
        "kubeconfig FILE: a credential plugin (exec) is not supported; use a client certificate or a token",
    );
}
