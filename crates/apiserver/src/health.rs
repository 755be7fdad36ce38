//! `/healthz`, `/livez`, `/readyz`: named checks, as upstream prints them.
use crate::{body::Body, bootstrap::Stage, query, status};
use http::{Response, StatusCode};
use meta::go_quote;
use parking_lot::RwLock;
use std::{collections::BTreeSet, fmt::Write};

/// Checks that are always there, by endpoint; those of start hooks follow.
const READY: &[&str] = &["ping", "log", "etcd", "etcd-readiness", "informer-sync"];
const LIVE: &[&str] = &["ping", "log", "loopback-serving-certificate", "etcd"];

pub(crate) const ENDPOINTS: &[&str] = &["healthz", "livez", "readyz"];

/// Readiness as a set of named tasks.
#[derive(Debug, Default)]
pub(crate) struct Health {
    hooks: RwLock<Vec<Hook>>,
    shutting_down: std::sync::atomic::AtomicBool,
}

/// A task of the start.
#[derive(Debug)]
struct Hook {
    check: &'static str,
    /// With which it is done.
    stage: Stage,
    done: bool,
}

impl Health {
    /// Adds a check that waits for a stage of the start.
    pub(crate) fn expect(&self, check: &'static str, stage: Stage) {
        let done = false;
        self.hooks.write().push(Hook { check, stage, done });
    }

    /// A stage of the start is over.
    pub(crate) fn done(&self, stage: Stage) {
        let mut hooks = self.hooks.write();
        for hook in hooks.iter_mut().filter(|hook| hook.stage == stage) {
            hook.done = true;
        }
    }

    pub(crate) fn shut_down(&self) {
        self.shutting_down
            .store(true, std::sync::atomic::Ordering::Release);
    }

    /// Every path that [`Health::serve`] answers: `/readyz`, `/readyz/etcd` and so on.
    pub(crate) fn paths(&self) -> Vec<String> {
        ENDPOINTS
            .iter()
            .flat_map(|endpoint| {
                let checks = self.checks(endpoint).into_iter();
                let own = std::iter::once(format!("/{endpoint}"));
                own.chain(checks.map(move |(check, _)| format!("/{endpoint}/{check}")))
            })
            .collect()
    }

    /// Serves `/readyz`, `/readyz/etcd` and so on. `None` when there is no such check. `checked` is told of each check that the
    /// endpoint makes.
    pub(crate) fn serve(
        &self,
        endpoint: &str,
        check: Option<&str>,
        query: &str,
        checked: impl Fn(&str, bool),
    ) -> Option<Response<Body>> {
        let checks = self.checks(endpoint);
        if let Some(name) = check {
            let (_, ok) = checks.iter().find(|found| found.0 == name)?;
            return Some(if *ok {
                status::with_body(
                    StatusCode::OK,
                    status::TEXT,
                    Body::from("ok".to_owned().into_bytes()),
                )
            } else {
                let words = format!("internal server error: {}\n", why(name));
                status::text(StatusCode::INTERNAL_SERVER_ERROR, words)
            });
        }
        let excluded: Vec<String> = query::pairs(query)
            .filter(|(key, _)| key == "exclude")
            .map(|(_, value)| value.into_owned())
            .collect();
        let counted = checks.iter().filter(|(name, _)| !excluded.contains(name));
        let mut healthy = true;
        for (name, ok) in counted {
            checked(name, *ok);
            healthy &= ok;
        }
        if !healthy {
            return Some(failed(endpoint, &checks, &excluded));
        }
        let verbose = query::pairs(query).any(|(key, _)| key == "verbose");
        Some(status::text(
            StatusCode::OK,
            if verbose {
                report(endpoint, &checks, &excluded, true)
            } else {
                "ok".to_owned()
            },
        ))
    }

    /// Every check of an endpoint, and whether it passes.
    pub(crate) fn checks(&self, endpoint: &str) -> Vec<(String, bool)> {
        let ready = endpoint == "readyz";
        let always = if ready { READY } else { LIVE };
        let always = always.iter().map(|name| ((*name).to_owned(), true));
        let mut checks: Vec<(String, bool)> = always.collect();
        let hooks = self.hooks.read();
        checks.extend(hooks.iter().map(|hook| (hook.check.to_owned(), hook.done)));
        if ready {
            let running = !self
                .shutting_down
                .load(std::sync::atomic::Ordering::Acquire);
            checks.push(("shutdown".to_owned(), running));
        }
        checks
    }
}

/// Why a check fails, as its own path says it.
fn why(check: &str) -> &'static str {
    if check == "shutdown" {
        "process is shutting down"
    } else {
        "not finished"
    }
}

fn failed(endpoint: &str, checks: &[(String, bool)], excluded: &[String]) -> Response<Body> {
    status::text(
        StatusCode::INTERNAL_SERVER_ERROR,
        report(endpoint, checks, excluded, false),
    )
}

fn report(endpoint: &str, checks: &[(String, bool)], excluded: &[String], healthy: bool) -> String {
    let mut out = String::new();
    for (name, ok) in checks {
        let _ = match (excluded.contains(name), ok) {
            (true, _) => writeln!(out, "[+]{name} excluded: ok"),
            (false, true) => writeln!(out, "[+]{name} ok"),
            (false, false) => writeln!(out, "[-]{name} failed: reason withheld"),
        };
    }
    let unknown = excluded
        .iter()
        .filter(|name| !checks.iter().any(|check| check.0 == **name));
    let unknown: BTreeSet<&String> = unknown.collect();
    let unknown: Vec<String> = unknown.iter().map(|name| go_quote(name)).collect();
    if !unknown.is_empty() {
        let _ = writeln!(
            out,
            "warn: some health checks cannot be excluded: no matches for {}",
            unknown.join(",")
        );
    }
    let _ = writeln!(
        out,
        "{endpoint} check {}",
        if healthy { "passed" } else { "failed" }
    );
    out
}

#[cfg(test)]
mod tests;
