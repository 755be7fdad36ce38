//! The paths of a resource and of its subresources, and the operations at each.

use super::{
    operations::{
        ANYTHING, Gvk, OBJECTS, Operation, PATCHES, PLAIN_PATCHES, PathItem, RequestBody, STREAMS,
        Shown, TEXTS, Type,
    },
    parameters::{
        self, DELETE, DELETE_COLLECTION, LIST, LOG, NAME, NAMESPACE, PATCH, PRETTY, Parameter,
        REST_OF_PATH, WRITE,
    },
};
use crate::discovery::ResourceInfo;

/// A resource as a server serves it: what paths and operations follow from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint<'a> {
    /// "" for core.
    pub group: &'a str,
    /// Version in the group.
    pub version: &'a str,
    /// Name in paths.
    pub plural: &'a str,
    /// The kind.
    pub kind: &'a str,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// `get`, `list` and so on.
    pub verbs: Vec<&'a str>,
    /// What is under an object.
    pub subresources: Vec<Subendpoint<'a>>,
    /// Of a kind that the tables do not know.
    pub definitions: Option<Definitions<'a>>,
}

/// Names of the definitions that whoever serves a kind adds to the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Definitions<'a> {
    /// Of the kind.
    pub object: &'a str,
    /// Of its list.
    pub list: &'a str,
    /// What tells this state of the definitions from all others.
    pub state: &'a str,
}

/// A subresource as a server serves it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subendpoint<'a> {
    /// Name in paths.
    pub name: &'a str,
    /// Of the kind.
    pub group: &'a str,
    /// Of the kind.
    pub version: &'a str,
    /// What is sent and answered, or of a connection its options.
    pub kind: &'a str,
    /// `get`, `create` and so on.
    pub verbs: Vec<&'a str>,
}

/// Resources whose deletion answers with the object; the others answer with a Status.
#[rustfmt::skip]
const ANSWER_WITH_DELETED: &[(&str, &str)] = &[
    ("", "persistentvolumeclaims"), ("", "persistentvolumes"), ("", "pods"), ("", "podtemplates"), ("", "resourcequotas"),
    ("", "serviceaccounts"), ("", "services"),
    ("resource.k8s.io", "deviceclasses"), ("resource.k8s.io", "resourceclaims"), ("resource.k8s.io", "resourceclaimtemplates"),
    ("resource.k8s.io", "resourceslices"),
    ("storage.k8s.io", "csidrivers"), ("storage.k8s.io", "csinodes"), ("storage.k8s.io", "storageclasses"),
    ("storage.k8s.io", "volumeattachments"), ("storage.k8s.io", "volumeattributesclasses"),
];

impl From<&'static ResourceInfo> for Endpoint<'_> {
    fn from(row: &'static ResourceInfo) -> Self {
        let subresources = row.subresources.iter().map(|sub| {
            let own = sub.group.is_empty() && sub.version.is_empty();
            Subendpoint {
                name: sub.name,
                group: if own { row.group } else { sub.group },
                version: if own { row.version } else { sub.version },
                kind: sub.kind,
                verbs: sub.verbs.to_vec(),
            }
        });
        Self {
            group: row.group,
            version: row.version,
            plural: row.plural,
            kind: row.kind,
            namespaced: row.namespaced,
            verbs: row.verbs.to_vec(),
            subresources: subresources.collect(),
            definitions: None,
        }
    }
}

/// `apps` is `Apps`, `rbac.authorization.k8s.io` is `RbacAuthorization`, the core group is `Core`.
pub(super) fn group_title(group: &str) -> String {
    if group.is_empty() {
        return "Core".to_owned();
    }
    let short = group.strip_suffix(".k8s.io").unwrap_or(group);
    short.split('.').map(title).collect()
}

/// The first letter in upper case.
pub(super) fn title(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// `rbacAuthorization`: what tags begin with.
pub(super) fn group_tag(group: &str) -> String {
    let title = group_title(group);
    let mut letters = title.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// `/api/v1`, `/apis/apps/v1`.
pub(super) fn group_version_path(group: &str, version: &str) -> String {
    if group.is_empty() {
        format!("/api/{version}")
    } else {
        format!("/apis/{group}/{version}")
    }
}

/// One resource on its way to its paths.
struct Writer<'a, 'e> {
    endpoint: &'e Endpoint<'a>,
    /// `/apis/apps/v1`.
    base: String,
    /// `AppsV1`.
    prefix: String,
    /// `apps_v1`.
    tag: String,
    object: Type<'a>,
    list: Option<Type<'a>>,
}

/// The paths of a resource with what is at them. None when the types are not published.
pub(super) fn of<'a>(endpoint: &Endpoint<'a>) -> Vec<(String, PathItem<'a>)> {
    let Some((object, list)) = types_of(endpoint) else {
        return Vec::new();
    };
    let writer = Writer {
        endpoint,
        base: group_version_path(endpoint.group, endpoint.version),
        prefix: format!("{}{}", group_title(endpoint.group), title(endpoint.version)),
        tag: format!("{}_{}", group_tag(endpoint.group), endpoint.version),
        object,
        list,
    };
    let mut out = Vec::new();
    writer.collections(&mut out);
    writer.single(&mut out);
    for sub in &endpoint.subresources {
        writer.subresource(sub, &mut out);
    }
    if endpoint.definitions.is_none() {
        writer.watches(&mut out);
    }
    out.retain(|(_, item)| !item.operations.is_empty());
    out
}

/// The types of objects and of their lists.
fn types_of<'a>(endpoint: &Endpoint<'a>) -> Option<(Type<'a>, Option<Type<'a>>)> {
    if let Some(added) = endpoint.definitions {
        return Some((Type::Added(added.object), Some(Type::Added(added.list))));
    }
    let (group, version, kind) = (endpoint.group, endpoint.version, endpoint.kind);
    let object = crate::lookup(group, version, kind)?;
    let list = crate::lookup(group, version, &format!("{kind}List"));
    Some((Type::Known(object), list.map(Type::Known)))
}

impl<'a> Writer<'a, '_> {
    /// `of_tables`, or what kinds that the tables do not know have in its place.
    fn media(
        &self,
        of_tables: &'static [&'static str],
        added: &'static [&'static str],
    ) -> &'static [&'static str] {
        if self.endpoint.definitions.is_some() {
            added
        } else {
            of_tables
        }
    }

    fn has(&self, verb: &str) -> bool {
        self.endpoint.verbs.contains(&verb)
    }

    /// `Namespaced` or nothing, and the kind.
    fn subject(&self) -> String {
        let namespaced = if self.endpoint.namespaced {
            "Namespaced"
        } else {
            ""
        };
        format!("{namespaced}{}", self.endpoint.kind)
    }

    /// Where the objects of a namespace, or of the cluster, are.
    fn home(&self) -> String {
        let (base, plural) = (&self.base, self.endpoint.plural);
        if self.endpoint.namespaced {
            format!("{base}/namespaces/{{namespace}}/{plural}")
        } else {
            format!("{base}/{plural}")
        }
    }

    /// The parameters in the path, and `pretty`.
    fn place(&self, named: bool) -> Vec<Parameter> {
        let mut out = vec![PRETTY];
        if named {
            out.push(NAME);
        }
        if self.endpoint.namespaced {
            out.push(NAMESPACE);
        }
        out
    }

    /// A GET of the object itself; the others differ from it.
    fn operation(&self, method: &'static str, action: &'static str, id: String) -> Operation<'a> {
        Operation {
            method,
            id,
            tag: self.tag.clone(),
            action,
            kind: Some(Gvk {
                group: self.endpoint.group,
                version: self.endpoint.version,
                kind: self.endpoint.kind,
            }),
            parameters: Vec::new(),
            body: None,
            consumes: ANYTHING,
            produces: self.media(OBJECTS, TEXTS),
            codes: &[200],
            shown: Shown::Type(self.object),
        }
    }

    fn list(&self, id: String, place: Vec<Parameter>) -> Option<Operation<'a>> {
        Some(Operation {
            parameters: [&place, LIST].concat(),
            produces: self.media(STREAMS, TEXTS),
            shown: Shown::Type(self.list?),
            ..self.operation("get", "list", id)
        })
    }

    fn collections(&self, out: &mut Vec<(String, PathItem<'a>)>) {
        let prefix = &self.prefix;
        let mut operations = Vec::new();
        if self.has("list") {
            let id = format!("list{prefix}{}", self.subject());
            operations.extend(self.list(id, self.place(false)));
        }
        if self.has("create") {
            let id = format!("create{prefix}{}", self.subject());
            operations.push(self.create(id, self.object, self.place(false)));
        }
        if self.has("deletecollection") {
            let id = format!("delete{prefix}Collection{}", self.subject());
            operations.extend(self.delete("deletecollection", id, false));
        }
        out.push((self.home(), PathItem { operations }));
        if self.endpoint.namespaced && self.has("list") {
            let id = format!("list{prefix}{}ForAllNamespaces", self.endpoint.kind);
            let path = format!("{}/{}", self.base, self.endpoint.plural);
            let operations = self.list(id, vec![PRETTY]).into_iter().collect();
            out.push((path, PathItem { operations }));
        }
    }

    fn create(&self, id: String, object: Type<'a>, place: Vec<Parameter>) -> Operation<'a> {
        Operation {
            parameters: [&place, WRITE].concat(),
            body: Some(body(object)),
            codes: &[200, 201, 202],
            shown: Shown::Type(object),
            ..self.operation("post", "post", id)
        }
    }

    fn delete(&self, action: &'static str, id: String, named: bool) -> Option<Operation<'a>> {
        let status = meta_type("Status")?;
        let resource = (self.endpoint.group, self.endpoint.plural);
        let shown = if named && ANSWER_WITH_DELETED.contains(&resource) {
            self.object
        } else {
            status
        };
        let (own, codes): (_, &[u16]) = if named {
            (DELETE, &[200, 202])
        } else {
            (DELETE_COLLECTION, &[200])
        };
        Some(Operation {
            parameters: [&self.place(named), own].concat(),
            body: Some(RequestBody {
                shape: meta_type("DeleteOptions")?,
                required: false,
                shared: "body-2Y1dVQaQ",
            }),
            codes,
            shown: Shown::Type(shown),
            ..self.operation("delete", action, id)
        })
    }

    fn single(&self, out: &mut Vec<(String, PathItem<'a>)>) {
        let mut operations = self.parts("", &self.endpoint.verbs, self.object, None);
        if self.has("delete") {
            let id = format!("delete{}{}", self.prefix, self.subject());
            operations.extend(self.delete("delete", id, true));
        }
        out.push((format!("{}/{{name}}", self.home()), PathItem { operations }));
    }

    /// GET, PUT and PATCH of an object or of what is under it.
    fn parts(
        &self,
        suffix: &str,
        verbs: &[&str],
        object: Type<'a>,
        kind: Option<Gvk<'a>>,
    ) -> Vec<Operation<'a>> {
        let (prefix, subject) = (&self.prefix, self.subject());
        let id = |verb: &str| format!("{verb}{prefix}{subject}{suffix}");
        let place = self.place(true);
        let mut out = Vec::new();
        if verbs.contains(&"get") {
            out.push(Operation {
                parameters: place.clone(),
                ..self.operation("get", "get", id("read"))
            });
        }
        if verbs.contains(&"update") {
            out.push(Operation {
                parameters: [&place, WRITE].concat(),
                body: Some(body(object)),
                codes: &[200, 201],
                ..self.operation("put", "put", id("replace"))
            });
        }
        if let Some(patch) = meta_type("Patch").filter(|_| verbs.contains(&"patch")) {
            out.push(Operation {
                parameters: [&place, PATCH].concat(),
                body: Some(RequestBody {
                    shape: patch,
                    required: true,
                    shared: "body-78PwaGsr",
                }),
                consumes: self.media(PATCHES, PLAIN_PATCHES),
                codes: &[200, 201],
                ..self.operation("patch", "patch", id("patch"))
            });
        }
        for operation in &mut out {
            operation.shown = Shown::Type(object);
            operation.kind = kind.or(operation.kind);
        }
        out
    }

    fn subresource(&self, sub: &Subendpoint<'a>, out: &mut Vec<(String, PathItem<'a>)>) {
        let path = format!("{}/{{name}}/{}", self.home(), sub.name);
        let suffix = title(sub.name);
        let kind = Gvk {
            group: sub.group,
            version: sub.version,
            kind: sub.kind,
        };
        if let Some(options) = parameters::of_connection(sub.kind) {
            return self.connection(sub, kind, options, path, out);
        }
        let own = (sub.group, sub.version, sub.kind)
            == (
                self.endpoint.group,
                self.endpoint.version,
                self.endpoint.kind,
            );
        let object = if own {
            Some(self.object)
        } else {
            crate::lookup(sub.group, sub.version, sub.kind).map(Type::Known)
        };
        let Some(object) = object else {
            return;
        };
        let mut operations = self.parts(&suffix, &sub.verbs, object, Some(kind));
        if sub.name == "log" {
            operations.iter_mut().for_each(as_log);
        }
        if sub.verbs.contains(&"create") {
            let id = format!("create{}{}{suffix}", self.prefix, self.subject());
            operations.push(Operation {
                kind: Some(kind),
                ..self.create(id, object, self.place(true))
            });
        }
        out.push((path, PathItem { operations }));
    }

    /// A connection to what is behind an object. Those that take every method are proxies, which have paths of their own.
    fn connection(
        &self,
        sub: &Subendpoint<'a>,
        kind: Gvk<'a>,
        options: &[Parameter],
        path: String,
        out: &mut Vec<(String, PathItem<'a>)>,
    ) {
        let proxy = sub.verbs.contains(&"update");
        let methods: &[&'static str] = if proxy {
            &["delete", "get", "head", "options", "patch", "post", "put"]
        } else {
            &["get", "post"]
        };
        let mut place = self.place(true);
        place.retain(|parameter| *parameter != PRETTY);
        let item = |suffix: &str, place: &[Parameter]| PathItem {
            operations: methods
                .iter()
                .map(|method| {
                    let (prefix, subject, sub) = (&self.prefix, self.subject(), title(sub.name));
                    let id = format!("connect{prefix}{}{subject}{sub}{suffix}", title(method));
                    Operation {
                        kind: Some(kind),
                        parameters: [place, options].concat(),
                        produces: ANYTHING,
                        shown: Shown::Text,
                        ..self.operation(method, "connect", id)
                    }
                })
                .collect(),
        };
        if proxy {
            let below = [place.as_slice(), &[REST_OF_PATH]].concat();
            out.push((format!("{path}/{{path}}"), item("WithPath", &below)));
        }
        out.push((path, item("", &place)));
    }

    /// The old paths of watches.
    fn watches(&self, out: &mut Vec<(String, PathItem<'a>)>) {
        let Some(event) = meta_type("WatchEvent").filter(|_| self.has("watch")) else {
            return;
        };
        let (prefix, kind, plural) = (&self.prefix, self.endpoint.kind, self.endpoint.plural);
        let mut add = |path: String, action: &'static str, id: String, place: Vec<Parameter>| {
            let operation = Operation {
                parameters: [&place, LIST].concat(),
                produces: STREAMS,
                shown: Shown::Type(event),
                ..self.operation("get", action, id)
            };
            let operations = vec![operation];
            out.push((path, PathItem { operations }));
        };
        let watch = format!("{}/watch", self.base);
        let home = self.home().replacen(&self.base, &watch, 1);
        let subject = self.subject();
        add(
            format!("{home}/{{name}}"),
            "watch",
            format!("watch{prefix}{subject}"),
            self.place(true),
        );
        add(
            home,
            "watchlist",
            format!("watch{prefix}{subject}List"),
            self.place(false),
        );
        if self.endpoint.namespaced {
            add(
                format!("{watch}/{plural}"),
                "watchlist",
                format!("watch{prefix}{kind}ListForAllNamespaces"),
                vec![PRETTY],
            );
        }
    }
}

fn as_log(operation: &mut Operation<'_>) {
    operation.parameters.extend(LOG);
    operation.produces = &[
        "text/plain",
        "application/json",
        "application/yaml",
        "application/vnd.kubernetes.protobuf",
    ];
    operation.shown = Shown::Text;
}

fn body(shape: Type<'_>) -> RequestBody<'_> {
    RequestBody {
        shape,
        required: true,
        shared: "",
    }
}

fn meta_type(name: &str) -> Option<Type<'static>> {
    crate::by_name(&format!("io.k8s.apimachinery.pkg.apis.meta.v1.{name}")).map(Type::Known)
}
