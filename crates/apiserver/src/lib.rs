//! The API server: the request pipeline, authentication, authorization, admission, verbs, watch cache, discovery, OpenAPI.
//!
//! Invariants: there is no way to a verb but through [`stack`]; verbs neither authenticate nor authorize; only `write` writes, and only
//! what is validated; a get, a list or a watch of JSON decodes nothing and copies no object; verbs name no kind.
mod admission;
mod aggregation;
mod audit;
mod authn;
mod authz;
mod body;
mod bootstrap;
mod cache;
mod catalog;
mod config_document;
mod continue_token;
mod custom;
mod decode;
mod discovery;
mod enablement;
mod endpoint;
mod expiring;
mod flow;
#[doc(hidden)]
pub mod fuzzing;
mod health;
mod managed;
mod metrics;
mod negotiate;
mod node_proxy;
mod openapi;
mod options;
mod paths;
mod proxy;
mod query;
mod remote;
mod render;
mod request_info;
mod reviews;
mod server;
mod shared;
mod stack;
mod status;
mod verbs;
mod webhook_client;
mod write;
mod zpages;

pub use self::{
    aggregation::FrontProxy,
    audit::{
        Audit, AuditWebhook, Batch as AuditBatch, LogFormat as AuditLogFormat,
        LogMode as AuditLogMode, LogSettings, Policy as AuditPolicy,
        PolicyError as AuditPolicyError, Throttle as AuditThrottle, Truncation as AuditTruncation,
        WebhookMode as AuditWebhookMode,
    },
    authn::{
        ALGORITHMS, Anonymous, Authentication, AuthenticationConfiguration, AuthorityError,
        KeyError, OidcFlags, RequestHeader, ServiceAccounts, SigningKey, StaticToken,
        TokenFileError, TokenWebhook, VerifyingKey,
    },
    authz::{
        AbacError, AbacPolicies, Authorization, AuthorizationMode, FailurePolicy,
        WebhookAuthorization, WebhookSettings,
    },
    body::{Body, Segments},
    bootstrap::Bootstrap,
    cache::FeedError,
    config_document::ConfigurationError,
    enablement::Enablement,
    node_proxy::{NoNodes, NodeConnector, NodeError},
    remote::{RemoteError, Remotes},
    server::{Config, InProcess, Limits, ServeError, Server, StartError, Tls, Version},
    stack::CorsOrigins,
};
