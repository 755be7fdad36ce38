//! Names: DNS policy and configuration, host aliases, hostname override.

use crate::{networking::addresses, rules};
use api::core::v1::PodSpec;
use meta::{FieldErrors, FieldPath, validation};

const POLICIES: &[&str] = &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const SERVERS_MAX: usize = 3;
const SEARCHES_MAX: usize = 32;
const SEARCH_BYTES_MAX: usize = 2048;
const HOSTNAME_BYTES_MAX: usize = 64;

pub(super) fn check_policy(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    rules::one_of(errors, path, &spec.dns_policy, POLICIES);
}

pub(super) fn check_config(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let own = spec.dns_policy == "None";
    let Some(config) = &spec.dns_config else {
        if own {
            errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        return;
    };
    let (servers, searches) = (path.child("nameservers"), path.child("searches"));
    if own && config.nameservers.is_empty() {
        let words = "must provide at least one DNS nameserver when `dnsPolicy` is None";
        return errors.required(&servers, words);
    }
    if config.nameservers.len() > SERVERS_MAX {
        let words = format!("must not have more than {SERVERS_MAX} nameservers");
        errors.invalid(&servers, &config.nameservers, words);
    }
    for (index, server) in config.nameservers.iter().enumerate() {
        addresses::legacy_address(errors, &servers.index(index), server, &[]);
    }
    if config.searches.len() > SEARCHES_MAX {
        let words = format!("must not have more than {SEARCHES_MAX} search paths");
        errors.invalid(&searches, &config.searches, words);
    }
    let spaces = config.searches.len().saturating_sub(1);
    let bytes: usize = config.searches.iter().map(|search| search.len()).sum();
    if bytes + spaces > SEARCH_BYTES_MAX {
        let words = format!(
            "must not have more than {SEARCH_BYTES_MAX} characters (including spaces) in the search list"
        );
        errors.invalid(&searches, &config.searches, words);
    }
    for (index, search) in config
        .searches
        .iter()
        .enumerate()
        .filter(|(_, search)| *search != ".")
    {
        let search = search.strip_suffix('.').unwrap_or(search);
        let problems = validation::dns1123_subdomain_with_underscore(search);
        rules::each(errors, &searches.index(index), search, problems);
    }
    for (index, option) in config.options.iter().enumerate() {
        if option.name.is_empty() {
            errors.required(&path.child("options").index(index), "must not be empty");
        }
    }
}

pub(super) fn check_aliases(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    for (index, alias) in spec.host_aliases.iter().enumerate() {
        let path = path.index(index);
        addresses::legacy_address(errors, &path.child("ip"), &alias.ip, &[]);
        for (index, name) in alias.hostnames.iter().enumerate() {
            rules::subdomain(errors, &path.child("hostnames").index(index), name);
        }
    }
}

pub(super) fn check_hostname_override(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    let Some(name) = &spec.hostname_override else {
        return;
    };
    if spec.set_hostname_as_fqdn == Some(true) {
        errors.forbidden(path, "may not be specified when setHostnameAsFQDN is true");
    }
    if spec.host_network {
        errors.forbidden(path, "may not be specified when hostNetwork is true");
    }
    if name.len() > HOSTNAME_BYTES_MAX {
        errors.too_long(path, HOSTNAME_BYTES_MAX);
    }
    rules::subdomain(errors, path, name);
}
