//! Rules by subject, from the cached roles and bindings. The index is rebuilt when any of the four kinds has changed.
use super::{Attributes, Decision, Verdict, aggregate, rules};
use crate::cache::{Caches, Filter, ResourceCache};
use api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject,
};
use meta::{Kind, Str, go_quote};
use parking_lot::RwLock;
use resource::User;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

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
    bindings: usize,
}

#[derive(PartialEq, Eq, Hash)]
enum Who {
    User(Str),
    Group(Str),
}

#[derive(Clone)]
struct Grant {
    /// Number of the binding, those of the whole cluster first, and of the subject in it.
    binding: usize,
    subject: usize,
    /// `None` for the whole cluster.
    namespace: Option<Str>,
    /// `None` when the role does not exist.
    rules: Option<Arc<[PolicyRule]>>,
    /// Why it allows, or that the role is missing.
    words: Arc<str>,
}

impl Rbac {
    pub(super) fn new(caches: Arc<Caches>) -> Self {
        Self {
            caches,
            index: RwLock::default(),
        }
    }

    pub(super) fn authorize(&self, user: &User, attributes: &Attributes<'_>) -> Verdict {
        let index = self.index();
        let mut missing = Vec::new();
        for grant in index.grants_of(user, attributes.namespace) {
            match &grant.rules {
                None => missing.push(grant.words.to_string()),
                Some(rules) if rules.iter().any(|rule| rules::allows(rule, attributes)) => {
                    let words = &index.first_of(grant, user).words;
                    return Verdict::new(Decision::Allow, Arc::clone(words));
                }
                Some(_) => {}
            }
        }
        if missing.is_empty() {
            return Verdict::no_opinion();
        }
        Verdict::new(
            Decision::NoOpinion,
            format!("RBAC: {}", aggregate(&missing)),
        )
    }

    /// Everything that a user may in a namespace and in the cluster, and which roles are missing.
    pub(crate) fn rules_of(&self, user: &User, namespace: &str) -> (Vec<PolicyRule>, Vec<String>) {
        let index = self.index();
        let (mut rules, mut missing) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for grant in index.grants_of(user, namespace) {
            if !seen.insert(grant.binding) {
                continue;
            }
            match &grant.rules {
                Some(own) => rules.extend(own.iter().cloned()),
                None => missing.push(grant.words.to_string()),
            }
        }
        (rules, missing)
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
            let name = format!("ClusterRoleBinding {}", go_quote(&binding.metadata.name));
            index.bind(&name, None, &binding.role_ref, &binding.subjects);
        }
        for binding in all::<RoleBinding>(&self.caches) {
            let name = format!("{}/{}", binding.metadata.name, binding.metadata.namespace);
            index.bind(
                &format!("RoleBinding {}", go_quote(&name)),
                Some(binding.metadata.namespace),
                &binding.role_ref,
                &binding.subjects,
            );
        }
        index
    }
}

impl Index {
    /// `binding` names it as reasons do.
    fn bind(
        &mut self,
        binding: &str,
        namespace: Option<Str>,
        role: &RoleRef,
        subjects: &[Subject],
    ) {
        let home = match (role.kind.as_str(), &namespace) {
            ("Role", Some(namespace)) => namespace.clone(),
            _ => Str::default(),
        };
        let rules = self.roles.get(&(home, role.name.clone())).cloned();
        self.bindings += 1;
        for (number, subject) in subjects.iter().enumerate() {
            let Some((who, shown)) = who(subject, namespace.as_ref()) else {
                continue;
            };
            let words = match rules {
                Some(_) => format!(
                    "RBAC: allowed by {binding} of {} {} to {} {}",
                    role.kind,
                    go_quote(&role.name),
                    subject.kind,
                    go_quote(&shown)
                ),
                None => format!(
                    "{}.rbac.authorization.k8s.io {} not found",
                    role.kind.to_lowercase(),
                    go_quote(&role.name)
                ),
            };
            let grant = Grant {
                binding: self.bindings,
                subject: number,
                namespace: namespace.clone(),
                rules: rules.clone(),
                words: words.into(),
            };
            self.by_subject.entry(who).or_default().push(grant);
        }
    }

    /// Those of the whole cluster, then those of the namespace.
    fn grants_of(&self, user: &User, namespace: &str) -> impl Iterator<Item = &Grant> {
        let wide = self.all_of(user).filter(|grant| grant.namespace.is_none());
        let here =
            move |grant: &&Grant| grant.namespace.as_ref().is_some_and(|own| own == namespace);
        wide.chain(self.all_of(user).filter(here))
    }

    /// What the same binding grants by the first subject that the user is.
    fn first_of<'a>(&'a self, found: &'a Grant, user: &User) -> &'a Grant {
        let same = |grant: &&Grant| grant.binding == found.binding;
        let mut first = found;
        for grant in self.all_of(user).filter(same) {
            if grant.subject < first.subject {
                first = grant;
            }
        }
        first
    }

    fn all_of(&self, user: &User) -> impl Iterator<Item = &Grant> {
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

/// The user or group that a subject is, and how reasons show it.
fn who(subject: &Subject, namespace: Option<&Str>) -> Option<(Who, String)> {
    let name = || subject.name.clone();
    match subject.kind.as_str() {
        "User" => Some((Who::User(name()), name().into())),
        "Group" => Some((Who::Group(name()), name().into())),
        "ServiceAccount" => {
            let home = match (subject.namespace.as_str(), namespace) {
                ("", Some(namespace)) => namespace.as_str(),
                (own, _) => own,
            };
            let user = format!("system:serviceaccount:{home}:{}", subject.name);
            Some((Who::User(user.into()), format!("{}/{home}", subject.name)))
        }
        _ => None,
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
