//! Approves client certificates of kubelets whose requestor may have them (upstream's `csrapproving`).

use super::{add_condition, condition, request::Request, signers};
use crate::{Options, time::now};
use api::{
    authorization::v1::{ResourceAttributes, SubjectAccessReview},
    certificates::v1::{CertificateSigningRequest, RequestConditionType},
};
use client::{
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str};
use platform::Platform;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let requests = builder.primary::<CertificateSigningRequest>();
    let client = builder.client();
    let controller = Approve {
        requests,
        api: client.of(),
        reviews: client.of(),
        platform: builder.platform().clone(),
    };
    builder.run(controller);
}

struct Approve {
    requests: Cache<CertificateSigningRequest>,
    api: Api<CertificateSigningRequest>,
    reviews: Api<SubjectAccessReview>,
    platform: Platform,
}

/// Why a request can be approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    /// A node renews its own certificate.
    SelfNode,
    /// Somebody asks for a node.
    Node,
}

impl Ground {
    /// The subresource of requests that the requestor must be allowed to create.
    const fn permission(self) -> &'static str {
        match self {
            Self::SelfNode => "selfnodeclient",
            Self::Node => "nodeclient",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::SelfNode => {
                "Auto approving self kubelet client certificate after SubjectAccessReview."
            }
            Self::Node => "Auto approving kubelet client certificate after SubjectAccessReview.",
        }
    }
}

impl Reconciler for Approve {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(csr) = self.requests.get(key) else {
            return Ok(Action::Settled);
        };
        let grounds = plan(&csr).map_err(ReconcileError::Other)?;
        for ground in grounds {
            if self.may(&csr, *ground).await? {
                let mut csr = CertificateSigningRequest::clone(&csr);
                let (type_, now) = (RequestConditionType::APPROVED, now(&self.platform));
                add_condition(&mut csr, type_, "AutoApproved", ground.message(), now);
                self.api.replace_subresource(&csr, "approval").await?;
                return Ok(Action::Settled);
            }
        }
        if grounds.is_empty() {
            return Ok(Action::Settled);
        }
        // Tried again with back-off, as upstream: somebody may be given the permission.
        let tried: Vec<&str> = grounds.iter().map(|ground| ground.permission()).collect();
        Err(ReconcileError::Other(format!(
            "recognized csr {} as [{}] but subject access review was not approved",
            meta::go_quote(&key.name),
            tried.join(" ")
        )))
    }
}

impl Approve {
    async fn may(
        &self,
        csr: &CertificateSigningRequest,
        ground: Ground,
    ) -> Result<bool, ReconcileError> {
        let mut review = SubjectAccessReview::default();
        let spec = &mut review.spec;
        spec.user = csr.spec.username.clone();
        spec.uid = csr.spec.uid.clone();
        spec.groups = csr.spec.groups.clone();
        spec.extra = csr.spec.extra.clone();
        spec.resource_attributes = Some(Box::new(ResourceAttributes {
            group: "certificates.k8s.io".into(),
            resource: "certificatesigningrequests".into(),
            verb: "create".into(),
            subresource: Str::const_new(ground.permission()),
            ..ResourceAttributes::default()
        }));
        Ok(self.reviews.create(&review).await?.status.allowed)
    }
}

/// On what grounds the request can be approved, the narrowest first; none when it is decided or not a kubelet's.
///
/// # Errors
/// A request that cannot be read.
fn plan(csr: &CertificateSigningRequest) -> Result<&'static [Ground], String> {
    let decided = [RequestConditionType::APPROVED, RequestConditionType::DENIED];
    let decided = decided.iter().any(|type_| condition(csr, type_).is_some());
    let spec = &csr.spec;
    if decided || !csr.status.certificate.is_empty() || spec.signer_name != signers::KUBELET_CLIENT
    {
        return Ok(&[]);
    }
    let name = meta::go_quote(&csr.metadata.name);
    let request = Request::parse(&spec.request);
    let request = request.map_err(|why| format!("unable to parse csr {name}: {why}"))?;
    if signers::check(&spec.signer_name, &request, &spec.usages).is_err() {
        return Ok(&[]);
    }
    Ok(if spec.username == request.common_name() {
        &[Ground::SelfNode, Ground::Node]
    } else {
        &[Ground::Node]
    })
}

#[cfg(test)]
mod tests;
