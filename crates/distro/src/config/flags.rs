//! The table of settings.

mod audit;

use super::{
    Config, Ipv4Network,
    access::{AuthenticationSettings, AuthorizationSettings},
};
use apiserver::CorsOrigins;
use registry::AddressRange;
use std::{net::Ipv4Addr, path::PathBuf, str::FromStr, time::Duration};

/// One setting: a flag of `sampan up` and a key of the configuration file.
#[derive(Clone, Copy, Debug)]
pub struct Flag {
    pub name: &'static str,
    /// What stands for the value in `--help`; empty for a switch.
    pub value: &'static str,
    pub help: &'static str,
    pub default: Option<&'static str>,
    /// May be given several times; a list in the file.
    pub repeated: bool,
    pub(super) set: fn(&mut Config, &str) -> Result<(), String>,
}

impl Flag {
    /// On or off, and on where it stands alone.
    #[must_use]
    pub fn is_switch(&self) -> bool {
        self.value.is_empty()
    }
}

/// Of what waits or goes together.
const COUNT_MAX: u32 = 1_000_000;
const DATA_DIR: &str = "/var/lib/sampan";

/// In alphabetical order.
pub const FLAGS: &[Flag] = &[
    Flag {
        name: "anonymous-auth",
        value: "",
        help: "Let requests without credentials in, as system:anonymous [default: true]",
        default: None,
        repeated: false,
        set: |config, value| {
            parse(value, "true or false").map(|on| config.authentication.anonymous = Some(on))
        },
    },
    Flag {
        name: "api-audiences",
        value: "AUDIENCE",
        help: "Audience that service-account tokens must be for [default: their issuer]",
        default: None,
        repeated: true,
        set: |config, value| list(&mut config.authentication.audiences, value),
    },
    audit::LOG_BATCH_BUFFER_SIZE,
    audit::LOG_BATCH_MAX_SIZE,
    audit::LOG_BATCH_MAX_WAIT,
    audit::LOG_BATCH_THROTTLE_BURST,
    audit::LOG_BATCH_THROTTLE_ENABLE,
    audit::LOG_BATCH_THROTTLE_QPS,
    audit::LOG_COMPRESS,
    audit::LOG_FORMAT,
    audit::LOG_MAXAGE,
    audit::LOG_MAXBACKUP,
    audit::LOG_MAXSIZE,
    audit::LOG_MODE,
    audit::LOG_PATH,
    audit::LOG_TRUNCATE_ENABLED,
    audit::LOG_TRUNCATE_MAX_BATCH_SIZE,
    audit::LOG_TRUNCATE_MAX_EVENT_SIZE,
    audit::LOG_VERSION,
    audit::POLICY_FILE,
    audit::WEBHOOK_BATCH_BUFFER_SIZE,
    audit::WEBHOOK_BATCH_MAX_SIZE,
    audit::WEBHOOK_BATCH_MAX_WAIT,
    audit::WEBHOOK_BATCH_THROTTLE_BURST,
    audit::WEBHOOK_BATCH_THROTTLE_ENABLE,
    audit::WEBHOOK_BATCH_THROTTLE_QPS,
    audit::WEBHOOK_CONFIG_FILE,
    audit::WEBHOOK_INITIAL_BACKOFF,
    audit::WEBHOOK_MODE,
    audit::WEBHOOK_TRUNCATE_ENABLED,
    audit::WEBHOOK_TRUNCATE_MAX_BATCH_SIZE,
    audit::WEBHOOK_TRUNCATE_MAX_EVENT_SIZE,
    audit::WEBHOOK_VERSION,
    Flag {
        name: "authentication-config",
        value: "FILE",
        help: "AuthenticationConfiguration: issuers of tokens that are trusted, and what anonymous requests may reach; read again when it changes",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authentication.config, value),
    },
    Flag {
        name: "authentication-token-webhook-cache-ttl",
        value: "DURATION",
        help: "How long answers of the token webhook are remembered",
        default: Some("2m0s"),
        repeated: false,
        set: |config, value| duration(value).map(|ttl| config.authentication.webhook_ttl = ttl),
    },
    Flag {
        name: "authentication-token-webhook-config-file",
        value: "FILE",
        help: "Kubeconfig of a webhook that knows bearer tokens",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authentication.webhook, value),
    },
    Flag {
        name: "authentication-token-webhook-version",
        value: "VERSION",
        help: "Version of the TokenReviews that the webhook gets: v1 or v1beta1",
        default: Some("v1beta1"),
        repeated: false,
        set: |config, value| {
            review_version(value).map(|version| config.authentication.webhook_version = version)
        },
    },
    Flag {
        name: "authorization-config",
        value: "FILE",
        help: "AuthorizationConfiguration: which authorizers decide, webhooks among them; read again when it changes",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authorization.config, value),
    },
    Flag {
        name: "authorization-mode",
        value: "MODE",
        help: "Authorizer, in the order in which they are asked: ABAC, AlwaysAllow, AlwaysDeny, Node, RBAC or Webhook [default: Node,RBAC]",
        default: None,
        repeated: true,
        set: |config, value| list(&mut config.authorization.modes, value),
    },
    Flag {
        name: "authorization-policy-file",
        value: "FILE",
        help: "Policies of --authorization-mode=ABAC, one JSON object a line",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authorization.policy_file, value),
    },
    Flag {
        name: "authorization-webhook-cache-authorized-ttl",
        value: "DURATION",
        help: "How long the webhook's consent is remembered",
        default: Some("5m0s"),
        repeated: false,
        set: |config, value| duration(value).map(|ttl| config.authorization.authorized_ttl = ttl),
    },
    Flag {
        name: "authorization-webhook-cache-unauthorized-ttl",
        value: "DURATION",
        help: "How long the webhook's refusal is remembered",
        default: Some("30s"),
        repeated: false,
        set: |config, value| duration(value).map(|ttl| config.authorization.unauthorized_ttl = ttl),
    },
    Flag {
        name: "authorization-webhook-config-file",
        value: "FILE",
        help: "Kubeconfig of the webhook that --authorization-mode=Webhook asks",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authorization.webhook, value),
    },
    Flag {
        name: "authorization-webhook-version",
        value: "VERSION",
        help: "Version of the SubjectAccessReviews that the webhook gets: v1 or v1beta1",
        default: Some("v1beta1"),
        repeated: false,
        set: |config, value| {
            review_version(value).map(|version| config.authorization.webhook_version = version)
        },
    },
    Flag {
        name: "bind-address",
        value: "IP",
        help: "Address that the API server listens on",
        default: Some("127.0.0.1"),
        repeated: false,
        set: |config, value| parse(value, "an IP address").map(|ip| config.bind_address = ip),
    },
    Flag {
        name: "cgroup-root",
        value: "DIR",
        help: "Group of the unified hierarchy whose processes see Services, and below which pods get theirs; start sampan within it [default: the root]",
        default: None,
        repeated: false,
        set: |config, value| {
            config.cgroup_root = Some(PathBuf::from(value));
            Ok(())
        },
    },
    Flag {
        name: "client-ca-file",
        value: "FILE",
        help: "Authorities of client certificates, beside the cluster's own: CN is the user, each O a group",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authentication.client_ca_file, value),
    },
    Flag {
        name: "cluster-cidr",
        value: "CIDR",
        help: "Network that pods get their addresses from",
        default: Some("10.244.0.0/16"),
        repeated: false,
        set: |config, value| network(value).map(|net| config.cluster_cidr = net),
    },
    Flag {
        name: "cluster-dns",
        value: "IP",
        help: "Address of the cluster's DNS Service, within --service-cidr",
        default: Some("10.96.0.10"),
        repeated: false,
        set: |config, value| parse(value, "an IPv4 address").map(|ip| config.cluster_dns = ip),
    },
    Flag {
        name: "cluster-domain",
        value: "DOMAIN",
        help: "Domain that names within the cluster end in",
        default: Some("cluster.local"),
        repeated: false,
        set: |config, value| {
            config.cluster_domain = value.trim_end_matches('.').to_owned();
            Ok(())
        },
    },
    Flag {
        name: "control-plane-only",
        value: "",
        help: "Run no node: the API server, the scheduler and the controllers alone; needs no root",
        default: Some("false"),
        repeated: false,
        set: |config, value| {
            parse(value, "true or false").map(|only| config.control_plane_only = only)
        },
    },
    Flag {
        name: "controllers",
        value: "NAME",
        help: "Controller to run; -NAME does not run it, * runs all that are not named [default: *]",
        default: None,
        repeated: true,
        set: |config, value| config.controllers.add(value),
    },
    Flag {
        name: "cors-allowed-origins",
        value: "REGEX",
        help: "Origins whose pages may read answers (CORS), an expression such as ^https://a\\.example$",
        default: None,
        repeated: true,
        set: |config, value| cors_origins(&mut config.cors_allowed_origins, value),
    },
    Flag {
        name: "data-dir",
        value: "DIR",
        help: "Where the cluster lives: its store, keys, images and pods",
        default: Some(DATA_DIR),
        repeated: false,
        set: |config, value| {
            let path = PathBuf::from(value);
            config.data_dir = std::path::absolute(path).map_err(|error| error.to_string())?;
            Ok(())
        },
    },
    Flag {
        name: "disable-http2",
        value: "",
        help: "Speak HTTP/1.1 alone",
        default: Some("false"),
        repeated: false,
        set: |config, value| {
            parse(value, "true or false").map(|disable| config.disable_http2 = disable)
        },
    },
    Flag {
        name: "event-ttl",
        value: "DURATION",
        help: "How long events are kept; 0 keeps them",
        default: Some("1h0m0s"),
        repeated: false,
        set: |config, value| whole_seconds(value).map(|ttl| config.event_ttl_seconds = ttl),
    },
    Flag {
        name: "insecure-registry",
        value: "HOST[:PORT]",
        help: "Registry to speak plain HTTP with; those on loopback always are",
        default: None,
        repeated: true,
        set: |config, value| {
            config.insecure_registries.push(value.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "kubeconfig",
        value: "FILE",
        help: "Where to write the administrator's kubeconfig [default: DATA-DIR/kubeconfig]",
        default: None,
        repeated: false,
        set: |config, value| {
            config.kubeconfig =
                Some(std::path::absolute(value).map_err(|error| error.to_string())?);
            Ok(())
        },
    },
    Flag {
        name: "log",
        value: "FILTER",
        help: "What to log to standard error: a level, or targets with levels",
        default: Some("warn"),
        repeated: false,
        set: |config, value| {
            config.log = value.to_owned();
            Ok(())
        },
    },
    Flag {
        name: "node-name",
        value: "NAME",
        help: "Name of this machine's Node [default: the host name]",
        default: None,
        repeated: false,
        set: |config, value| {
            config.node_name = value.to_lowercase();
            Ok(())
        },
    },
    Flag {
        name: "node-port-range",
        value: "FIRST-LAST",
        help: "Ports that Services of type NodePort get theirs from",
        default: Some("30000-32767"),
        repeated: false,
        set: |config, value| port_range(value).map(|range| config.node_ports = range),
    },
    Flag {
        name: "oidc-ca-file",
        value: "FILE",
        help: "Authorities of the OpenID issuer's certificate [default: those that the machine trusts]",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authentication.oidc.ca_file, value),
    },
    Flag {
        name: "oidc-client-id",
        value: "ID",
        help: "Audience that the OpenID issuer's tokens must be for",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.client_id, value),
    },
    Flag {
        name: "oidc-groups-claim",
        value: "CLAIM",
        help: "Claim of OpenID tokens that holds the user's groups",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.groups_claim, value),
    },
    Flag {
        name: "oidc-groups-prefix",
        value: "PREFIX",
        help: "Put before groups of OpenID tokens",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.groups_prefix, value),
    },
    Flag {
        name: "oidc-issuer-url",
        value: "URL",
        help: "OpenID issuer whose tokens are trusted",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.issuer_url, value),
    },
    Flag {
        name: "oidc-required-claim",
        value: "CLAIM=VALUE",
        help: "Claim that OpenID tokens must have, with its value",
        default: None,
        repeated: true,
        set: |config, value| {
            required_claim(value)
                .map(|claim| config.authentication.oidc.required_claims.push(claim))
        },
    },
    Flag {
        name: "oidc-signing-algs",
        value: "ALGORITHM",
        help: "Algorithm that OpenID tokens may be signed with: RS256 to RS512, PS256 to PS512, ES256 to ES512 [default: RS256]",
        default: None,
        repeated: true,
        set: |config, value| list(&mut config.authentication.oidc.signing_algorithms, value),
    },
    Flag {
        name: "oidc-username-claim",
        value: "CLAIM",
        help: "Claim of OpenID tokens that holds the user's name [default: sub]",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.username_claim, value),
    },
    Flag {
        name: "oidc-username-prefix",
        value: "PREFIX",
        help: "Put before names of OpenID tokens; - for none [default: the issuer's URL and #, but for the claim email]",
        default: None,
        repeated: false,
        set: |config, value| text(&mut config.authentication.oidc.username_prefix, value),
    },
    Flag {
        name: "port",
        value: "PORT",
        help: "Port that the API server listens on",
        default: Some("6443"),
        repeated: false,
        set: |config, value| parse(value, "a port number").map(|port| config.port = port),
    },
    Flag {
        name: "requestheader-allowed-names",
        value: "NAME",
        help: "Common name that a front proxy's certificate may have [default: front-proxy-client for the cluster's own authority, any for that of --requestheader-client-ca-file]",
        default: None,
        repeated: true,
        set: |config, value| {
            list(
                &mut config.authentication.request_header.allowed_names,
                value,
            )
        },
    },
    Flag {
        name: "requestheader-client-ca-file",
        value: "FILE",
        help: "Authorities of front proxies' certificates [default: an authority of the cluster's own]",
        default: None,
        repeated: false,
        set: |config, value| {
            path(
                &mut config.authentication.request_header.client_ca_file,
                value,
            )
        },
    },
    Flag {
        name: "requestheader-extra-headers-prefix",
        value: "PREFIX",
        help: "Begin of headers in which a front proxy tells more about the user [default: X-Remote-Extra-]",
        default: None,
        repeated: true,
        set: |config, value| {
            list(
                &mut config.authentication.request_header.extra_prefixes,
                value,
            )
        },
    },
    Flag {
        name: "requestheader-group-headers",
        value: "HEADER",
        help: "Header in which a front proxy tells the user's groups [default: X-Remote-Group]",
        default: None,
        repeated: true,
        set: |config, value| {
            list(
                &mut config.authentication.request_header.group_headers,
                value,
            )
        },
    },
    Flag {
        name: "requestheader-uid-headers",
        value: "HEADER",
        help: "Header in which a front proxy tells the user's UID",
        default: None,
        repeated: true,
        set: |config, value| list(&mut config.authentication.request_header.uid_headers, value),
    },
    Flag {
        name: "requestheader-username-headers",
        value: "HEADER",
        help: "Header in which a front proxy tells the user's name [default: X-Remote-User]",
        default: None,
        repeated: true,
        set: |config, value| {
            list(
                &mut config.authentication.request_header.username_headers,
                value,
            )
        },
    },
    Flag {
        name: "runtime-config",
        value: "API=BOOL",
        help: "Which of the program's APIs are served: v1, GROUP/VERSION or GROUP/VERSION/RESOURCE, api/all, or api/ga, api/beta and api/alpha, of which it has the first alone [default: all]",
        default: None,
        repeated: true,
        set: |config, value| {
            for pair in value.split(',').filter(|pair| !pair.is_empty()) {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
                config.runtime_config.insert(key, value);
            }
            Ok(())
        },
    },
    Flag {
        name: "service-cidr",
        value: "CIDR[,CIDR]",
        help: "Network that Services get their addresses from, and one of IPv6 for Services of both families (nodes route IPv4 only)",
        default: Some("10.96.0.0/16"),
        repeated: false,
        set: service_networks,
    },
    Flag {
        name: "shutdown-seconds",
        value: "SECONDS",
        help: "How long a stop may take before it is forced",
        default: Some("20"),
        repeated: false,
        set: |config, value| {
            parse(value, "a number of seconds").map(|seconds| config.shutdown_seconds_max = seconds)
        },
    },
    Flag {
        name: "tls-san",
        value: "NAME",
        help: "Further name or address for the API server's certificate",
        default: None,
        repeated: true,
        set: |config, value| {
            config.tls_sans.push(value.to_owned());
            Ok(())
        },
    },
    Flag {
        name: "token-auth-file",
        value: "FILE",
        help: "Bearer tokens that do not expire: token,user,uid,\"group1,group2\" a line",
        default: None,
        repeated: false,
        set: |config, value| path(&mut config.authentication.token_file, value),
    },
];

/// A configuration before anything was set: only ever seen by `Config::build`, which applies the table's defaults to it.
pub(super) fn blank() -> Config {
    let nowhere = Ipv4Network {
        address: Ipv4Addr::UNSPECIFIED,
        prefix: 32,
    };
    Config {
        audit: super::AuditSettings::default(),
        authentication: AuthenticationSettings::default(),
        authorization: AuthorizationSettings::default(),
        bind_address: Ipv4Addr::LOCALHOST.into(),
        cgroup_root: None,
        cluster_cidr: nowhere,
        cluster_dns: Ipv4Addr::UNSPECIFIED,
        cluster_domain: String::new(),
        control_plane_only: false,
        controllers: controllers::Selection::default(),
        cors_allowed_origins: Vec::new(),
        given: std::collections::BTreeMap::new(),
        data_dir: PathBuf::new(),
        disable_http2: false,
        event_ttl_seconds: 0,
        insecure_registries: Vec::new(),
        kubeconfig: None,
        log: String::new(),
        node_name: host_name(),
        node_ports: (0, 0),
        port: 0,
        runtime_config: std::collections::BTreeMap::new(),
        second_service_cidr: None,
        service_cidr: nowhere,
        shutdown_seconds_max: 0,
        tls_sans: Vec::new(),
    }
}

fn parse<T: FromStr>(value: &str, wanted: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("it must be {wanted}"))
}

fn text(setting: &mut Option<String>, value: &str) -> Result<(), String> {
    *setting = Some(value.to_owned());
    Ok(())
}

fn path(setting: &mut Option<PathBuf>, value: &str) -> Result<(), String> {
    *setting = Some(std::path::absolute(value).map_err(|error| error.to_string())?);
    Ok(())
}

/// Values may also stand in one, between commas.
fn list(setting: &mut Vec<String>, value: &str) -> Result<(), String> {
    setting.extend(value.split(',').map(|part| part.trim().to_owned()));
    Ok(())
}

fn cors_origins(setting: &mut Vec<CorsOrigins>, value: &str) -> Result<(), String> {
    for pattern in value.split(',') {
        setting.push(CorsOrigins::parse(pattern)?);
    }
    Ok(())
}

fn duration(value: &str) -> Result<Duration, String> {
    match meta::Duration::parse(value) {
        Ok(read) if read.nanos() >= 0 => Ok(read.to_std()),
        _ => Err("it must be a duration such as 5m or 30s".to_owned()),
    }
}

fn whole_seconds(value: &str) -> Result<u32, String> {
    let seconds = duration(value)?.as_secs();
    u32::try_from(seconds).map_err(|_| "it must be less than 4294967296 seconds".to_owned())
}

/// A positive number with at most three digits behind its point, in thousandths.
fn thousandths(value: &str) -> Result<u64, String> {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let read = || {
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if part.len() > 3 || !digits(part) || !digits(whole) {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        let part: u64 = format!("{part:0<3}").parse().ok()?;
        whole.checked_mul(1000)?.checked_add(part)
    };
    let read = read().filter(|read| *read > 0);
    read.ok_or_else(|| "it must be a number such as 10 or 0.5".to_owned())
}

fn review_version(value: &str) -> Result<String, String> {
    if matches!(value, "v1" | "v1beta1") {
        Ok(value.to_owned())
    } else {
        Err("it must be v1 or v1beta1".to_owned())
    }
}

fn required_claim(value: &str) -> Result<(String, String), String> {
    let (claim, wanted) = value
        .split_once('=')
        .ok_or_else(|| "it must be CLAIM=VALUE".to_owned())?;
    Ok((claim.trim().to_owned(), wanted.trim().to_owned()))
}

fn network(value: &str) -> Result<Ipv4Network, String> {
    let wrong = || "it must be an IPv4 network such as 10.96.0.0/16".to_owned();
    let (address, prefix) = value.split_once('/').ok_or_else(wrong)?;
    let address: Ipv4Addr = address.parse().map_err(|_| wrong())?;
    let prefix: u8 = prefix.parse().map_err(|_| wrong())?;
    if !(8..=28).contains(&prefix) {
        return Err("its prefix must be between /8 and /28".to_owned());
    }
    let network = Ipv4Network { address, prefix };
    let masked = address.to_bits() & (u32::MAX << (32 - u32::from(prefix)));
    if masked != address.to_bits() {
        return Err(format!(
            "its host bits must be zero: {}/{prefix}",
            Ipv4Addr::from_bits(masked)
        ));
    }
    Ok(network)
}

/// A network of IPv4, and one of IPv6 if there is a second.
fn service_networks(config: &mut Config, value: &str) -> Result<(), String> {
    let (first, second) = value
        .split_once(',')
        .map_or((value, None), |(first, second)| (first, Some(second)));
    config.service_cidr = network(first)?;
    config.second_service_cidr = second.map(ipv6_network).transpose()?;
    Ok(())
}

fn ipv6_network(value: &str) -> Result<AddressRange, String> {
    let range = AddressRange::parse_sloppy(value).filter(|range| range.first.is_ipv6());
    let range = range.ok_or("its second network must be of IPv6, such as fd00:10:96::/112")?;
    if !(64..=126).contains(&range.prefix) {
        return Err("the prefix of its second network must be between /64 and /126".to_owned());
    }
    if range.to_string() != value {
        return Err(format!("its second network must be written as {range}"));
    }
    Ok(range)
}

fn port_range(value: &str) -> Result<(u16, u16), String> {
    let wrong = || "it must be a range such as 30000-32767".to_owned();
    let (first, last) = value.split_once('-').ok_or_else(wrong)?;
    let range: (u16, u16) = (
        first.parse().map_err(|_| wrong())?,
        last.parse().map_err(|_| wrong())?,
    );
    if range.0 == 0 || range.1 < range.0 {
        Err(wrong())
    } else {
        Ok(range)
    }
}

/// The kernel's host name, in lower case as a Node's name must be.
fn host_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        "localhost".to_owned()
    } else {
        name
    }
}
