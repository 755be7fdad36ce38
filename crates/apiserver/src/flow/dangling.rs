//! Says in each FlowSchema's status whether its priority level is there: the condition `Dangling`, in upstream's words.
use super::{GROUP, digest};
use crate::{
    cache::{Filter, From, Subscription},
    server::InProcess,
    shared::Api,
};
use api::flowcontrol::v1::{FlowSchema, PriorityLevelConfiguration};
use futures::future::{join_all, select};
use http::{Request, header};
use meta::Str;
use serde_json::json;
use std::{collections::BTreeSet, future::poll_fn, pin::pin, sync::Arc, time::Duration};

const DANGLING: &str = "Dangling";
const MANAGER: &str = "api-priority-and-fairness-config-consumer-v1";
/// Changes taken at once before all schemas are looked at.
const EVENTS_MAX: usize = 64;
/// After a refused write: conflicts are with other servers, which take their time too.
const AGAIN: Duration = Duration::from_millis(200);

/// What a schema's condition should be.
struct Wanted {
    schema: Str,
    status: &'static str,
    reason: &'static str,
    message: String,
}

/// Keeps the conditions right until the server is drained.
pub(crate) async fn follow(api: Arc<Api>, server: InProcess) {
    let draining = api.platform.tasks.draining();
    let work = async {
        loop {
            let Some((schemas, levels)) = subscribe(&api).await else {
                return std::future::pending().await;
            };
            let settled = settle(&api, &server).await;
            let changed = async {
                let (schemas, levels) = (pin!(changed(&schemas)), pin!(changed(&levels)));
                select(schemas, levels).await;
            };
            if settled {
                changed.await;
            } else {
                // Whether anything has changed by then or not.
                let _ = api.platform.clock.timeout(AGAIN, changed).await;
            }
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

async fn subscribe(api: &Api) -> Option<(Subscription, Subscription)> {
    let (schemas, levels) = api.flows.caches.as_ref()?;
    let applied = api.caches.current().await;
    let begin = |cache: &Arc<_>| {
        crate::cache::ResourceCache::subscribe(cache, Filter::default(), From::Now, applied)
    };
    begin(schemas).ok().zip(begin(levels).ok())
}

async fn changed(subscription: &Subscription) {
    // One that ended was too slow: look again either way.
    let _ = poll_fn(|cx| subscription.poll(cx, EVENTS_MAX)).await;
}

/// Writes the conditions that are not as they should be. False when a write was refused.
pub(crate) async fn settle(api: &Api, server: &InProcess) -> bool {
    let writes = wanted(api).into_iter().map(|wanted| async move {
        let response = server.call(request(api, &wanted)).await;
        let code = response.status().as_u16();
        let is_settled = response.status().is_success() || code == 404;
        if !is_settled {
            tracing::warn!(schema = %wanted.schema, code, "failed to say whether a priority level is there");
        }
        is_settled
    });
    join_all(writes).await.into_iter().all(|settled| settled)
}

fn wanted(api: &Api) -> Vec<Wanted> {
    let Some((schemas, levels)) = &api.flows.caches else {
        return Vec::new();
    };
    let levels = levels.all();
    let there = levels.iter().filter_map(|object| {
        let level: &PriorityLevelConfiguration = object.as_any().downcast_ref()?;
        let name = &level.metadata.name;
        digest::understood(name, &level.spec).map(|_| name)
    });
    let there: BTreeSet<&Str> = there.collect();
    let schemas = schemas.all();
    let of = |schema: &FlowSchema| {
        let level = &schema.spec.priority_level_configuration.name;
        let words = format!(
            "This FlowSchema references the PriorityLevelConfiguration object named \"{level}\""
        );
        let (status, reason, message) = if there.contains(level) {
            ("False", "Found", format!("{words} and it exists"))
        } else {
            (
                "True",
                "NotFound",
                format!("{words} but there is no such object"),
            )
        };
        let mut conditions = schema.status.conditions.iter();
        let said = conditions.find(|condition| condition.type_ == DANGLING);
        let is_said = said.is_some_and(|said| {
            said.status == status && said.reason == reason && said.message == message
        });
        (!is_said).then(|| Wanted {
            schema: schema.metadata.name.clone(),
            status,
            reason,
            message,
        })
    };
    let schemas = schemas.iter();
    let schemas = schemas.filter_map(|object| object.as_any().downcast_ref::<FlowSchema>());
    schemas.filter_map(of).collect()
}

fn request(api: &Api, wanted: &Wanted) -> Request<bytes::Bytes> {
    let name = &wanted.schema;
    let applied = json!({
        "apiVersion": format!("{GROUP}/v1"),
        "kind": "FlowSchema",
        "metadata": {"name": name.as_str()},
        "status": {"conditions": [{
            "type": DANGLING,
            "status": wanted.status,
            "lastTransitionTime": api.now().to_string(),
            "reason": wanted.reason,
            "message": wanted.message,
        }]},
    });
    let path =
        format!("/apis/{GROUP}/v1/flowschemas/{name}/status?fieldManager={MANAGER}&force=true");
    let request = Request::patch(path);
    let request = request.header(header::CONTENT_TYPE, "application/apply-patch+yaml");
    let request = request.body(applied.to_string().into());
    request.expect("names of stored objects can stand in a path")
}
