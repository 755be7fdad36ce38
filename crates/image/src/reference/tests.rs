//! Names as people write them.

use super::*;

fn check(text: &str, expect: Result<&str, ReferenceError>) {
    let parsed = text.parse::<Reference>().map(|r| r.to_string());
    assert_eq!(parsed.as_deref().map_err(|e| *e), expect, "{text}");
}

#[test]
fn names_are_normalized() {
    let digest = format!("sha256:{}", "a".repeat(64));
    check("nginx", Ok("docker.io/library/nginx:latest"));
    check("nginx:1.27", Ok("docker.io/library/nginx:1.27"));
    check("team/app", Ok("docker.io/team/app:latest"));
    check(
        "index.docker.io/nginx",
        Ok("docker.io/library/nginx:latest"),
    );
    check("localhost/app", Ok("localhost/app:latest"));
    check(
        "localhost:5000/a/b/c:x_y-1.2",
        Ok("localhost:5000/a/b/c:x_y-1.2"),
    );
    check("127.0.0.1:5000/app", Ok("127.0.0.1:5000/app:latest"));
    check("[::1]:5000/app", Ok("[::1]:5000/app:latest"));
    check(
        "registry.k8s.io/pause:3.10",
        Ok("registry.k8s.io/pause:3.10"),
    );
    check(
        &format!("app@{digest}"),
        Ok(&format!("docker.io/library/app@{digest}")),
    );
    check(
        &format!("app:v1@{digest}"),
        Ok(&format!("docker.io/library/app:v1@{digest}")),
    );
    check("a.b_c__d---e/f", Err(ReferenceError::Registry));
    check("x/a.b_c__d---e", Ok("docker.io/x/a.b_c__d---e:latest"));
}

#[test]
fn wrong_names_are_refused_with_a_reason() {
    check("", Err(ReferenceError::Empty));
    check("Nginx", Err(ReferenceError::Uppercase));
    check("a//b", Err(ReferenceError::Repository));
    check("-a", Err(ReferenceError::Repository));
    check("a___b", Err(ReferenceError::Repository));
    check("../etc", Err(ReferenceError::Registry));
    check("x/../etc", Err(ReferenceError::Repository));
    check("a:", Err(ReferenceError::Tag));
    check("a:.b", Err(ReferenceError::Tag));
    check("a b", Err(ReferenceError::Repository));
    check("a@sha256:12", Err(ReferenceError::Digest));
    check("host:99999/a", Err(ReferenceError::Registry));
    check(&"a".repeat(300), Err(ReferenceError::TooLong));
}
