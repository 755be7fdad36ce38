//! What is asked of a whole CustomResourceDefinition in more than one place: its conditions, whether a protected group's definition is
//! approved, whether a bundle of certificates can be used.
//!
//! Source: `k8s.io/apiextensions-apiserver/pkg/apihelpers`, `k8s.io/apiserver/pkg/util/webhook.ValidateCABundle`.

use api::apiextensions::v1::{
    ConditionStatus, CustomResourceDefinition, CustomResourceDefinitionCondition,
    CustomResourceDefinitionConditionType, CustomResourceDefinitionStatus,
};
use meta::{ObjectMeta, Time, go_quote};
use x509_parser::{parse_x509_certificate, pem::Pem};

/// Kept on a definition that is being deleted until its instances are gone.
pub const CLEANUP_FINALIZER: &str = "customresourcecleanup.apiextensions.k8s.io";
/// Says where the API of a protected group was approved, or that it was not.
pub const APPROVED_ANNOTATION: &str = "api-approved.kubernetes.io";

const POLICY: &str = "see https://github.com/kubernetes/enhancements/pull/1111";

/// What a condition says, without its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub type_: &'static str,
    pub status: &'static str,
    pub reason: &'static str,
    pub message: String,
}

impl Condition {
    /// Whether `other` says the same.
    #[must_use]
    pub fn says(&self, other: &CustomResourceDefinitionCondition) -> bool {
        other.type_ == self.type_
            && other.status == self.status
            && other.reason == self.reason
            && other.message == self.message.as_str()
    }
}

/// The condition of that type.
#[must_use]
pub fn condition<'a>(
    definition: &'a CustomResourceDefinition,
    type_: &str,
) -> Option<&'a CustomResourceDefinitionCondition> {
    let mut conditions = definition.status.conditions.iter();
    conditions.find(|condition| condition.type_ == type_)
}

/// Whether the condition of that type is there and `True`.
#[must_use]
pub fn is_true(definition: &CustomResourceDefinition, type_: &str) -> bool {
    condition(definition, type_).is_some_and(|condition| condition.status == ConditionStatus::TRUE)
}

/// Whether requests for the definition's resources are answered.
#[must_use]
pub fn is_established(definition: &CustomResourceDefinition) -> bool {
    is_true(
        definition,
        CustomResourceDefinitionConditionType::ESTABLISHED,
    )
}

/// Sets or adds the condition. Its time moves only when its status does.
pub fn set_condition(status: &mut CustomResourceDefinitionStatus, new: &Condition, now: Time) {
    let mut conditions = status.conditions.iter_mut();
    let there = match conditions.find(|condition| condition.type_ == new.type_) {
        Some(there) => there,
        None => {
            status.conditions.push(CustomResourceDefinitionCondition {
                type_: new.type_.into(),
                ..Default::default()
            });
            let last = status.conditions.last_mut();
            last.expect("a condition was added just now")
        }
    };
    if there.status != new.status || there.last_transition_time.is_zero() {
        there.last_transition_time = now;
    }
    there.status = new.status.into();
    there.reason = new.reason.into();
    there.message = new.message.as_str().into();
}

/// Whether definitions of the group need to say where they were approved.
#[must_use]
pub fn is_protected_group(group: &str) -> bool {
    ["k8s.io", "kubernetes.io"].iter().any(|domain| {
        group
            .strip_suffix(domain)
            .is_some_and(|front| front.is_empty() || front.ends_with('.'))
    })
}

/// What the annotation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    Invalid,
    Approved,
    Bypassed,
    Missing,
}

/// Whether the API was approved, and upstream's words about it.
#[must_use]
pub fn approval(metadata: &ObjectMeta) -> (Approval, String) {
    let annotation = metadata.annotations.get(APPROVED_ANNOTATION);
    let annotation = annotation.map_or("", |text| text.as_str());
    let needed =
        format!("protected groups must have approval annotation \"{APPROVED_ANNOTATION}\"");
    if annotation.is_empty() {
        (Approval::Missing, format!("{needed}, {POLICY}"))
    } else if annotation.starts_with("unapproved") {
        let words = format!("not approved: {}", go_quote(annotation));
        (Approval::Bypassed, words)
    } else if is_absolute_url(annotation) {
        (Approval::Approved, format!("approved in {annotation}"))
    } else {
        let words = format!(
            "{needed} with either a URL or a reason starting with \"unapproved\", {POLICY}"
        );
        (Approval::Invalid, words)
    }
}

/// Whether Go's `url.ParseRequestURI` takes it and finds a scheme and a host.
fn is_absolute_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    let is_scheme = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let Some(rest) = rest.strip_prefix("//").filter(|_| is_scheme) else {
        return false;
    };
    let rest = rest.split('?').next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let in_host = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || !byte.is_ascii()
            || b"-_.~!$&'()*+,;=:[]<>\"%".contains(&byte)
    };
    !text.bytes().any(|byte| byte.is_ascii_control())
        && !host.is_empty()
        && host.bytes().all(in_host)
        && has_good_port(host)
        && escapes_are_good(path)
}

fn has_good_port(host: &str) -> bool {
    let behind = host.rsplit(']').next().unwrap_or_default();
    behind
        .rsplit_once(':')
        .is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
}

fn escapes_are_good(path: &str) -> bool {
    path.split('%').skip(1).all(|behind| {
        let mut digits = behind.bytes().take(2);
        let two = [digits.next(), digits.next()];
        two.iter()
            .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()))
    })
}

/// Why the PEM bundle holds no certificate that can be used; an empty one is no problem.
#[must_use]
pub fn ca_bundle_problem(bundle: &[u8]) -> Option<String> {
    if bundle.is_empty() {
        return None;
    }
    let mut problem = None;
    for block in Pem::iter_from_buffer(bundle) {
        match block {
            Err(_) => {
                problem.get_or_insert("unable to parse bytes as PEM block");
                break;
            }
            Ok(block) if block.label != "CERTIFICATE" => {}
            Ok(block) if parse_x509_certificate(&block.contents).is_ok() => return None,
            Ok(_) => {
                problem.get_or_insert("failed to parse certificate: x509: malformed certificate");
            }
        }
    }
    let words = match problem {
        Some(problem) => problem,
        None if has_block(bundle) => "no valid certificate authority data seen",
        None => "unable to parse bytes as PEM block",
    };
    Some(format!("unable to load root certificates: {words}"))
}

fn has_block(bundle: &[u8]) -> bool {
    bundle
        .windows(b"-----BEGIN ".len())
        .any(|window| window == b"-----BEGIN ")
}

#[cfg(test)]
mod tests;
