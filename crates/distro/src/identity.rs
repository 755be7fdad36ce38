//! Who the components are to the API server: upstream's names, so that upstream's roles fit.

use meta::Str;
use resource::User;

/// Go's names for the operating system and the processor.
pub(crate) const PLATFORM: &str = if cfg!(target_arch = "aarch64") {
    "linux/arm64"
} else {
    "linux/amd64"
};

/// What client-go makes of a binary's name and version. The part before the first `/` is the manager of what the component writes.
pub(crate) fn user_agent(component: &str) -> String {
    let commit: String = option_env!("SAMPAN_COMMIT")
        .unwrap_or("unknown")
        .chars()
        .take(7)
        .collect();
    format!(
        "{component}/{} ({PLATFORM}) kubernetes/{commit}",
        cli::KUBERNETES
    )
}

const AUTHENTICATED: &str = "system:authenticated";

/// What the controllers' caches read as.
pub(crate) fn controller_manager() -> User {
    user("system:kube-controller-manager", &[])
}

pub(crate) fn scheduler() -> User {
    user("system:kube-scheduler", &[])
}

pub(crate) fn node(name: &str) -> User {
    user(&format!("system:node:{name}"), &["system:nodes"])
}

/// A controller's own service account in `kube-system`.
pub(crate) fn service_account(name: &str) -> User {
    user(
        &format!("system:serviceaccount:kube-system:{name}"),
        &[
            "system:serviceaccounts",
            "system:serviceaccounts:kube-system",
        ],
    )
}

/// Who writes the objects that the server itself owns.
pub(crate) fn masters() -> User {
    user("system:apiserver", &["system:masters"])
}

fn user(name: &str, groups: &[&str]) -> User {
    let groups = groups
        .iter()
        .chain(&[AUTHENTICATED])
        .map(|group| Str::from(*group))
        .collect();
    User {
        name: name.into(),
        groups,
        ..User::default()
    }
}
