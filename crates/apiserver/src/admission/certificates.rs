//! Who may approve and sign certificate requests of which signer, and that no request makes its holder a cluster administrator.
use super::{Look, Plugin, Question, forbidden};
use crate::{authn::attribute_text, authz::Attributes};
use api::certificates::v1::CertificateSigningRequest;
use meta::{ApiError, go_quote};
use resource::{Object, Operation};
use x509_parser::{certification_request::X509CertificationRequest, pem::Pem, prelude::FromDer};

const API_CLIENT: &str = "kubernetes.io/kube-apiserver-client";
const KUBELET_SIGNERS: [&str; 2] = [
    "kubernetes.io/kube-apiserver-client-kubelet",
    "kubernetes.io/kubelet-serving",
];
const MASTERS: &str = "system:masters";

/// `approval`: the permission to `approve` for the signer that the request was made for.
pub(super) struct CertificateApproval;

impl Plugin for CertificateApproval {
    fn ask<'a>(&self, look: Look<'a>, object: Option<&'a Object>) -> Option<Question<'a>> {
        let (_, old) = changed(&look, object, "approval")?;
        let signer = old.spec.signer_name.as_str();
        Some(Box::pin(async move {
            if may(&look, "approve", signer).await {
                return Ok(());
            }
            let signer = go_quote(signer);
            let why = format!("user not permitted to approve requests with signerName {signer}");
            Err(forbidden(&look, object, &why))
        }))
    }
}

/// `status`: the permission to `sign`, where the certificate or the conditions change.
pub(super) struct CertificateSigning;

impl Plugin for CertificateSigning {
    fn ask<'a>(&self, look: Look<'a>, object: Option<&'a Object>) -> Option<Question<'a>> {
        let (new, old) = changed(&look, object, "status")?;
        let same = new.status.certificate == old.status.certificate
            && new.status.conditions == old.status.conditions;
        let signer = old.spec.signer_name.as_str();
        (!same).then(|| {
            let question: Question<'a> = Box::pin(async move {
                if may(&look, "sign", signer).await {
                    return Ok(());
                }
                let signer = go_quote(signer);
                let why = format!("user not permitted to sign requests with signerName {signer}");
                Err(forbidden(&look, object, &why))
            });
            question
        })
    }
}

/// No client certificate for the group that may do everything.
pub(super) struct CertificateSubjectRestriction;

impl Plugin for CertificateSubjectRestriction {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        let csr = object.and_then(|object| object.as_any().downcast_ref());
        let Some(csr): Option<&CertificateSigningRequest> = csr else {
            return Ok(());
        };
        let created = look.request.operation == Operation::Create && look.cx.subresource.is_empty();
        if !created || csr.spec.signer_name != API_CLIENT {
            return Ok(());
        }
        match subject(&csr.spec.request) {
            Err(why) => {
                let why = format!("failed to parse CSR: {why}");
                Err(forbidden(look, object, &why))
            }
            Ok(subject) if subject.organizations.iter().any(|group| group == MASTERS) => {
                let why = format!("use of {API_CLIENT} signer with {MASTERS} group is not allowed");
                Err(forbidden(look, object, &why))
            }
            Ok(_) => Ok(()),
        }
    }
}

/// Of `NodeRestriction`: nodes ask for certificates in their own name alone.
pub(super) fn check_node_request(
    node: &str,
    look: &Look<'_>,
    object: Option<&Object>,
) -> Result<(), ApiError> {
    let csr = object.and_then(|object| object.as_any().downcast_ref());
    let Some(csr): Option<&CertificateSigningRequest> = csr else {
        return Ok(());
    };
    let for_kubelets = KUBELET_SIGNERS.contains(&csr.spec.signer_name.as_str());
    if look.request.operation != Operation::Create || !for_kubelets {
        return Ok(());
    }
    let own = format!("system:node:{node}");
    match subject(&csr.spec.request) {
        Err(why) => Err(forbidden(
            look,
            object,
            &format!("unable to parse csr: {why}"),
        )),
        Ok(subject) if subject.common_name != own => {
            let why = format!("can only create a node CSR with CN={own}");
            Err(forbidden(look, object, &why))
        }
        Ok(_) => Ok(()),
    }
}

/// A request that is updated through a subresource, as it will be and as it is.
fn changed<'l>(
    look: &Look<'l>,
    object: Option<&'l Object>,
    subresource: &str,
) -> Option<(&'l CertificateSigningRequest, &'l CertificateSigningRequest)> {
    if look.request.operation != Operation::Update || look.cx.subresource != subresource {
        return None;
    }
    let new = object?.as_any().downcast_ref()?;
    let old = look.request.old?.as_any().downcast_ref()?;
    Some((new, old))
}

/// Asked of the synthetic resource `signers`, of the signer itself and of all signers in its domain.
async fn may(look: &Look<'_>, verb: &str, signer: &str) -> bool {
    let domain = signer.split('/').next().unwrap_or_default();
    let all = format!("{domain}/*");
    for name in [signer, &all] {
        let asked = Attributes {
            verb,
            group: "certificates.k8s.io",
            version: "*",
            resource: "signers",
            name,
            ..Attributes::default()
        };
        let verdict = look.authorizer.authorize(&look.cx.user, &asked).await;
        if verdict.allows() {
            return true;
        }
    }
    false
}

/// Whom a request is for.
#[derive(Debug, PartialEq)]
struct Subject {
    organizations: Vec<String>,
    /// The last one, as upstream takes it.
    common_name: String,
}

fn subject(pem: &[u8]) -> Result<Subject, &'static str> {
    let block = Pem::iter_from_buffer(pem).next().and_then(Result::ok);
    let Some(block) = block.filter(|block| block.label == "CERTIFICATE REQUEST") else {
        return Err("PEM block type must be CERTIFICATE REQUEST");
    };
    let request = match X509CertificationRequest::from_der(&block.contents) {
        Ok(([], request)) => request,
        Ok(_) => return Err("asn1: syntax error: trailing data"),
        Err(_) => return Err("asn1: structure error: malformed certificate request"),
    };
    let subject = &request.certification_request_info.subject;
    Ok(Subject {
        organizations: subject
            .iter_organization()
            .filter_map(attribute_text)
            .collect(),
        common_name: subject
            .iter_common_name()
            .filter_map(attribute_text)
            .last()
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
