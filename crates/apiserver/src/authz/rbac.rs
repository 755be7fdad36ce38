//! Rules by subject, from the cached roles and bindings. The index is rebuilt when any of the four kinds has changed.
use super::{Attributes, rules};
use crate::cache::{Caches, Filter, ResourceCache};
use api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject,
};
use meta::{Kind, Str};
use parking_lot::RwLock;
use resource::User;
use std::{collections::HashMap, sync::Arc};

const GROUP: &str = "rbac.authorization.k8s.io";

/// RBAC.
pub(crate) struct Rbac {
    caches: Arc<Caches>,
    index: RwLock<(u64, Arc<Index>)>,
}

#[derive(Default)]
struct Index {
    by_subject: HashMap<Who, Vec<Grant>>,
    /// By namespace (empty for cluster roles) and name.
    roles: HashMap<(Str, Str), Arc<[PolicyRule]>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Who {
    User(Str),
    Group(Str),
}

#[derive(Clone)]
struct Grant {
    /// `None` for the whole cluster.
    namespace: Option<Str>,
    rules: Arc<[PolicyRule]>,
}

impl Rbac {
    pub(super) fn new(caches: Arc<Caches>) -> Self {
        Self {
            caches,
            index: RwLock::default(),
        }
    }

    pub(super) fn allows(&self, user: &User, attributes: &Attributes<'_>) -> bool {
        let index = self.index();
        let mut grants = index
            .grants_of(user)
            .filter(|grant| grant.covers(attributes.namespace));
        grants.any(|grant| {
            grant
                .rules
                .iter()
                .any(|rule| rules::allows(rule, attributes))
        })
    }

    /// Everything that a user may in a namespace and in the cluster.
    pub(crate) fn rules_of(&self, user: &User, namespace: &str) -> Vec<PolicyRule> {
        let index = self.index();
        let grants = index
            .grants_of(user)
            .filter(|grant| grant.covers(namespace));
        grants
            .flat_map(|grant| grant.rules.iter().cloned())
            .collect()
    }

    /// The rules of a role, of a cluster role when `namespace` is empty.
    pub(crate) fn rules_of_role(&self, namespace: &str, name: &str) -> Option<Arc<[PolicyRule]>> {
        self.index()
            .roles
            .get(&(Str::from(namespace), Str::from(name)))
            .cloned()
    }

    fn index(&self) -> Arc<Index> {
        let version = self.version();
        {
            let held = self.index.read();
            if held.0 == version && version > 0 {
                return Arc::clone(&held.1);
            }
        }
        let built = Arc::new(self.build());
        *self.index.write() = (version, Arc::clone(&built));
        built
    }

    /// Grows with every change of one of the four kinds.
    fn version(&self) -> u64 {
        let kinds = [
            "roles",
            "clusterroles",
            "rolebindings",
            "clusterrolebindings",
        ];
        kinds
            .iter()
            .filter_map(|plural| self.caches.of(GROUP, plural))
            .map(|cache| cache.changes())
            .sum()
    }

    fn build(&self) -> Index {
        let mut index = Index::default();
        for role in all::<ClusterRole>(&self.caches) {
            index.roles.insert(
                (Str::default(), role.metadata.name),
                role.rules.to_vec().into(),
            );
        }
        for role in all::<Role>(&self.caches) {
            index.roles.insert(
                (role.metadata.namespace, role.metadata.name),
                role.rules.to_vec().into(),
            );
        }
        for binding in all::<ClusterRoleBinding>(&self.caches) {
            index.bind(None, &binding.role_ref, &binding.subjects);
        }
        for binding in all::<RoleBinding>(&self.caches) {
            index.bind(
                Some(binding.metadata.namespace),
                &binding.role_ref,
                &binding.subjects,
            );
        }
        index
    }
}

impl Index {
    fn bind(&mut self, namespace: Option<Str>, role: &RoleRef, subjects: &[Subject]) {
        let home = match (role.kind.as_str(), &namespace) {
            ("Role", Some(namespace)) => namespace.clone(),
            _ => Str::default(),
        };
        let Some(rules) = self.roles.get(&(home, role.name.clone())).cloned() else {
            return;
        };
        for subject in subjects {
            let who = match subject.kind.as_str() {
                "User" => Who::User(subject.name.clone()),
                "Group" => Who::Group(subject.name.clone()),
                "ServiceAccount" => {
                    let home = if subject.namespace.is_empty() {
                        namespace.clone().unwrap_or_default()
                    } else {
                        subject.namespace.clone()
                    };
                    Who::User(Str::from(format!(
                        "system:serviceaccount:{home}:{}",
                        subject.name
                    )))
                }
                _ => continue,
            };
            let grant = Grant {
                namespace: namespace.clone(),
                rules: Arc::clone(&rules),
            };
            self.by_subject.entry(who).or_default().push(grant);
        }
    }

    fn grants_of(&self, user: &User) -> impl Iterator<Item = &Grant> {
        let groups = user
            .groups
            .iter()
            .filter_map(|group| self.by_subject.get(&Who::Group(group.clone())));
        self.by_subject
            .get(&Who::User(user.name.clone()))
            .into_iter()
            .chain(groups)
            .flatten()
    }
}

impl Grant {
    fn covers(&self, namespace: &str) -> bool {
        self.namespace.as_ref().is_none_or(|own| own == namespace)
    }
}

fn all<K: Kind>(caches: &Caches) -> Vec<K> {
    let Some(cache) = caches.of(K::GROUP, K::PLURAL) else {
        return Vec::new();
    };
    let entries = cache.snapshot(&Filter::default(), None, None, 0).entries;
    entries
        .iter()
        .filter_map(|entry| typed(&cache, entry))
        .collect()
}

fn typed<K: Kind>(cache: &ResourceCache, entry: &crate::cache::Entry) -> Option<K> {
    cache
        .decode(entry)?
        .into_any()
        .downcast()
        .ok()
        .map(|boxed| *boxed)
}
