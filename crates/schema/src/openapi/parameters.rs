//! Parameters of operations.

use super::Version;
use serde_json::{Value, json};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Path,
    Query,
}

/// A parameter in the path or the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) place: Place,
    /// JSON type.
    pub(super) kind: &'static str,
    /// What follows the name in version 2's table of shared parameters: a digest of upstream's description. Empty where version 2
    /// writes the parameter out.
    pub(super) shared: &'static str,
}

const fn query(name: &'static str, kind: &'static str, shared: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        kind,
        shared,
    }
}

const fn path(name: &'static str, shared: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Path,
        kind: "string",
        shared,
    }
}

pub(super) const NAME: Parameter = path("name", "");
pub(super) const NAMESPACE: Parameter = path("namespace", "vgWSWtn3");
pub(super) const REST_OF_PATH: Parameter = path("path", "z6Ciiujn");
pub(super) const PRETTY: Parameter = query("pretty", "string", "tJGM1-ng");

const CONTINUE: Parameter = query("continue", "string", "QfD61s0i");
const DRY_RUN: Parameter = query("dryRun", "string", "");
const FIELD_SELECTOR: Parameter = query("fieldSelector", "string", "xIcQKXFG");
const FIELD_VALIDATION: Parameter = query("fieldValidation", "string", "");
const GRACE_PERIOD: Parameter = query("gracePeriodSeconds", "integer", "-K5HaBOS");
const IGNORE_STORE_READ_ERROR: Parameter = query(
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "boolean",
    "QbNkfIqj",
);
const LABEL_SELECTOR: Parameter = query("labelSelector", "string", "5Zw57w4C");
const LIMIT: Parameter = query("limit", "integer", "1NfNmdNH");
const ORPHAN_DEPENDENTS: Parameter = query("orphanDependents", "boolean", "uRB25kX5");
const PROPAGATION_POLICY: Parameter = query("propagationPolicy", "string", "6jk3prlO");
const RESOURCE_VERSION: Parameter = query("resourceVersion", "string", "5WAnf1kx");
const RESOURCE_VERSION_MATCH: Parameter = query("resourceVersionMatch", "string", "t8XhRHeC");
const SEND_INITIAL_EVENTS: Parameter = query("sendInitialEvents", "boolean", "rLXlEK_k");
const SHARD_SELECTOR: Parameter = query("shardSelector", "string", "Kgyki_3_");
const TIMEOUT: Parameter = query("timeoutSeconds", "integer", "yvYezaOC");

/// Of a create and an update.
pub(super) const WRITE: &[Parameter] = &[
    DRY_RUN,
    query("fieldManager", "string", "Qy4HdaTW"),
    FIELD_VALIDATION,
];

/// Of a patch.
pub(super) const PATCH: &[Parameter] = &[
    DRY_RUN,
    query("fieldManager", "string", "7c6nTn1T"),
    FIELD_VALIDATION,
    query("force", "boolean", "tOGGb0Yi"),
];

/// Of the deletion of one object.
pub(super) const DELETE: &[Parameter] = &[
    DRY_RUN,
    GRACE_PERIOD,
    IGNORE_STORE_READ_ERROR,
    ORPHAN_DEPENDENTS,
    PROPAGATION_POLICY,
];

/// Of the deletion of all objects that are selected.
pub(super) const DELETE_COLLECTION: &[Parameter] = &[
    CONTINUE,
    DRY_RUN,
    FIELD_SELECTOR,
    GRACE_PERIOD,
    IGNORE_STORE_READ_ERROR,
    LABEL_SELECTOR,
    LIMIT,
    ORPHAN_DEPENDENTS,
    PROPAGATION_POLICY,
    RESOURCE_VERSION,
    RESOURCE_VERSION_MATCH,
    SEND_INITIAL_EVENTS,
    SHARD_SELECTOR,
    TIMEOUT,
];

/// Of lists and watches.
pub(super) const LIST: &[Parameter] = &[
    query("allowWatchBookmarks", "boolean", "HC2hJt-J"),
    CONTINUE,
    FIELD_SELECTOR,
    LABEL_SELECTOR,
    LIMIT,
    RESOURCE_VERSION,
    RESOURCE_VERSION_MATCH,
    SEND_INITIAL_EVENTS,
    SHARD_SELECTOR,
    TIMEOUT,
    query("watch", "boolean", "XNNPZGbK"),
];

/// Of a connection, by the kind of its options, and of a log by the name of the subresource.
const CONNECTIONS: &[(&str, &[Parameter])] = &[
    ("NodeProxyOptions", &[query("path", "string", "rFDtV0x9")]),
    (
        "PodAttachOptions",
        &[
            query("container", "string", "_Q-EJ3nR"),
            query("stderr", "boolean", "26jJhFUR"),
            query("stdin", "boolean", "sEFnN3IS"),
            query("stdout", "boolean", "005YMKE6"),
            query("tty", "boolean", "g7MlET_l"),
        ],
    ),
    (
        "PodExecOptions",
        &[
            query("command", "string", "Py3eQybp"),
            query("container", "string", "i5dOmRiM"),
            query("stderr", "boolean", "W_1TNlWc"),
            query("stdin", "boolean", "PSzNhyUC"),
            query("stdout", "boolean", "-EZLRwV1"),
            query("tty", "boolean", "s0flW37O"),
        ],
    ),
    (
        "PodPortForwardOptions",
        &[query("ports", "integer", "91KROJmm")],
    ),
    ("PodProxyOptions", &[query("path", "string", "oPbzgLUj")]),
    (
        "ServiceProxyOptions",
        &[query("path", "string", "QCf0eosM")],
    ),
];

/// Of a log.
pub(super) const LOG: &[Parameter] = &[
    query("container", "string", "1GeXxFDC"),
    query("follow", "boolean", "9OIXh_2R"),
    query("insecureSkipTLSVerifyBackend", "boolean", "gM00jVbe"),
    query("limitBytes", "integer", "zwd1RXuc"),
    query("previous", "boolean", "1jxDPu3y"),
    query("sinceSeconds", "integer", "vE2NLdnP"),
    query("stream", "string", "l-48cgXv"),
    query("tailLines", "integer", "9xQLWHMV"),
    query("timestamps", "boolean", "c17fW1w_"),
];

/// The parameters of a connection whose options have this kind; none when the kind is not that of a connection's options.
pub(super) fn of_connection(options_kind: &str) -> Option<&'static [Parameter]> {
    CONNECTIONS
        .iter()
        .find(|(kind, _)| *kind == options_kind)
        .map(|(_, parameters)| *parameters)
}

impl Parameter {
    /// As a list of parameters shows it; version 2 refers to shared ones.
    pub(super) fn shown(&self, version: Version) -> Value {
        match version {
            Version::V2 if self.shared.is_empty() => self.definition(),
            Version::V2 => json!({"$ref": format!("#/parameters/{}", self.shared_name())}),
            Version::V3 => {
                let mut out = json!({
                    "name": self.name,
                    "in": self.place.name(),
                    "schema": {"type": self.kind, "uniqueItems": true},
                });
                if self.place == Place::Path {
                    out["required"] = json!(true);
                }
                out
            }
        }
    }

    /// Its name in version 2's table.
    pub(super) fn shared_name(&self) -> String {
        format!("{}-{}", self.name, self.shared)
    }

    /// As version 2 writes it out.
    pub(super) fn definition(&self) -> Value {
        let mut out = json!({
            "name": self.name,
            "in": self.place.name(),
            "type": self.kind,
            "uniqueItems": true,
        });
        if self.place == Place::Path {
            out["required"] = json!(true);
        }
        out
    }
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
        }
    }
}
