//! APIService: who serves one version of one API group, this server or a Service behind it.

use crate::rules;
use api::apiregistration::v1::{
    APIService, APIServiceCondition, APIServiceConditionType, APIServiceSpec, ConditionStatus,
};
use meta::{FieldErrors, FieldPath, ObjectMeta, validation};
use resource::{
    Column, MetadataCheck, NameRule, Part, RequestContext, Strategy, Subresources, Upstream,
};

pub(crate) struct APIServices;

const GROUP_PRIORITY_MAX: i32 = 20_000;
const VERSION_PRIORITY_MAX: i32 = 1_000;
const HTTPS: i32 = 443;
const STATUSES: &[&str] = &[
    ConditionStatus::TRUE,
    ConditionStatus::FALSE,
    ConditionStatus::UNKNOWN,
];

impl Strategy for APIServices {
    type Object = APIService;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const UPSTREAM: Upstream = Upstream {
        status_in_tables: false,
        ..Upstream::USUAL
    };
    const COLUMNS: &'static [Column<APIService>] = &[
        Column::NAME,
        Column::text(
            "Service",
            "The Service behind this version of the API; Local when the server answers itself.",
            |service: &APIService, _| match &service.spec.service {
                Some(behind) => format!("{}/{}", behind.namespace, behind.name).into(),
                None => "Local".into(),
            },
        ),
        Column::text(
            "Available",
            "Whether this version of the API can be reached.",
            |service: &APIService, _| available(service).into(),
        ),
        Column::AGE,
    ];

    fn subresources(&self) -> Subresources<APIService> {
        let copy = |to: &mut APIService, from: &APIService| to.status = from.status.clone();
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, service: &mut APIService) {
        if let Some(behind) = &mut service.spec.service {
            behind.port.get_or_insert(HTTPS);
        }
    }

    /// What the server serves itself is there at once.
    fn prepare_create(&self, cx: &RequestContext, service: &mut APIService) {
        if service.spec.service.is_none() {
            service.status.conditions = [APIServiceCondition {
                type_: APIServiceConditionType::AVAILABLE.into(),
                status: ConditionStatus::TRUE.into(),
                last_transition_time: cx.now,
                reason: "Local".into(),
                message: "Local APIServices are always available".into(),
            }]
            .into();
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, service: &APIService) {
        check_names(errors, &service.metadata, &service.spec);
        check_spec(errors, &service.spec);
    }
}

/// The name says version and group. Upstream's name rule, with which a prefix is never right.
fn check_names(errors: &mut FieldErrors, metadata: &ObjectMeta, spec: &APIServiceSpec) {
    let wanted = format!("{}.{}", spec.version, spec.group);
    let words = format!(
        "must be `spec.version+\".\"+spec.group`: {}",
        meta::go_quote(&wanted)
    );
    let path = FieldPath::new("metadata");
    for (field, name) in [
        ("generateName", &metadata.generate_name),
        ("name", &metadata.name),
    ] {
        let given = !name.is_empty() && validation::path_segment(name).is_empty();
        if given && *name != *wanted {
            errors.invalid(&path.child(field), name, &words);
        }
    }
}

fn check_spec(errors: &mut FieldErrors, spec: &APIServiceSpec) {
    let path = FieldPath::new("spec");
    let group = path.child("group");
    if spec.group.is_empty() {
        if spec.version != "v1" {
            let words = "only v1 may have an empty group and it better be legacy kube";
            errors.required(&group, words);
        }
    } else {
        crate::rules::subdomain(errors, &group, &spec.group);
    }
    for words in validation::dns1035_label(&spec.version) {
        errors.invalid(&path.child("version"), &spec.version, words);
    }
    for (name, priority, max) in [
        (
            "groupPriorityMinimum",
            spec.group_priority_minimum,
            GROUP_PRIORITY_MAX,
        ),
        (
            "versionPriority",
            spec.version_priority,
            VERSION_PRIORITY_MAX,
        ),
    ] {
        if priority <= 0 || priority > max {
            let words = format!("must be positive and less than {max}");
            errors.invalid(&path.child(name), priority, words);
        }
    }
    check_service(errors, &path, spec);
}

fn check_service(errors: &mut FieldErrors, path: &FieldPath, spec: &APIServiceSpec) {
    let insecure = path.child("insecureSkipTLSVerify");
    let Some(service) = &spec.service else {
        if !spec.ca_bundle.is_empty() {
            let shown = format!("{} bytes", spec.ca_bundle.len());
            let words = "local APIServices may not have a caBundle";
            errors.invalid(&path.child("caBundle"), shown, words);
        }
        if spec.insecure_skip_tls_verify {
            let words = "local APIServices may not have insecureSkipTLSVerify";
            errors.invalid(&insecure, true, words);
        }
        return;
    };
    let path = path.child("service");
    crate::rules::required(errors, &path.child("namespace"), &service.namespace);
    crate::rules::required(errors, &path.child("name"), &service.name);
    let port = service.port.unwrap_or_default();
    let problems = validation::port_number(port);
    if !problems.is_empty() {
        let words = format!("port is not valid: {}", problems.join(", "));
        errors.invalid(&path.child("port"), port, words);
    }
    if spec.insecure_skip_tls_verify && !spec.ca_bundle.is_empty() {
        errors.invalid(&insecure, true, "may not be true if caBundle is present");
    }
}

fn available(service: &APIService) -> String {
    let mut conditions = service.status.conditions.iter();
    match conditions.find(|condition| condition.type_ == APIServiceConditionType::AVAILABLE) {
        None => ConditionStatus::UNKNOWN.to_owned(),
        Some(condition)
            if condition.status == ConditionStatus::TRUE || condition.reason.is_empty() =>
        {
            condition.status.to_string()
        }
        Some(condition) => format!("{} ({})", condition.status, condition.reason),
    }
}

/// `status` leaves the metadata that clients own as it was.
struct Status;

impl Part<APIService> for Status {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut APIService, old: &APIService) {
        rules::keep_clients_metadata(&mut new.metadata, &old.metadata);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &APIService,
        _old: &APIService,
    ) {
        let path = FieldPath::new("status").child("conditions");
        for (index, condition) in new.status.conditions.iter().enumerate() {
            if !STATUSES.contains(&condition.status.as_str()) {
                let path = path.index(index).child("status");
                errors.not_supported(&path, &condition.status, STATUSES);
            }
        }
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}

#[cfg(test)]
mod tests;
