//! The objects that a server cannot do without: nobody may change their specs.

use api::flowcontrol::v1::{
    FlowDistinguisherMethod, FlowDistinguisherMethodType, FlowSchemaSpec, GroupSubject,
    LimitResponse, LimitResponseType, LimitedPriorityLevelConfiguration, NonResourcePolicyRule,
    PolicyRulesWithSubjects, PriorityLevelConfigurationReference, PriorityLevelConfigurationSpec,
    PriorityLevelEnablement, ResourcePolicyRule, Subject, SubjectKind,
};
use meta::{Slice, Str};

pub(super) const EXEMPT: &str = "exempt";
pub(super) const CATCH_ALL: &str = "catch-all";

/// The spec that a schema of this name has, if it is mandatory.
pub(super) fn flow_schema(name: &str) -> Option<FlowSchemaSpec> {
    let (precedence, groups): (i32, &[&str]) = match name {
        EXEMPT => (1, &["system:masters"]),
        CATCH_ALL => (10_000, &["system:unauthenticated", "system:authenticated"]),
        _ => return None,
    };
    let by_user = FlowDistinguisherMethod {
        type_: FlowDistinguisherMethodType::BY_USER.into(),
    };
    Some(FlowSchemaSpec {
        priority_level_configuration: PriorityLevelConfigurationReference { name: name.into() },
        matching_precedence: precedence,
        distinguisher_method: (name == CATCH_ALL).then(|| Box::new(by_user)),
        rules: [PolicyRulesWithSubjects {
            subjects: groups.iter().map(|group| group_of(group)).collect(),
            resource_rules: [ResourcePolicyRule {
                verbs: all(),
                api_groups: all(),
                resources: all(),
                cluster_scope: true,
                namespaces: all(),
            }]
            .into(),
            non_resource_rules: [NonResourcePolicyRule {
                verbs: all(),
                non_resource_urls: all(),
            }]
            .into(),
        }]
        .into(),
    })
}

fn group_of(name: &str) -> Subject {
    Subject {
        kind: SubjectKind::GROUP.into(),
        group: Some(Box::new(GroupSubject { name: name.into() })),
        ..Subject::default()
    }
}

fn all() -> Slice<Str> {
    ["*".into()].into()
}

/// The same of a priority level. Of `exempt`, what is within `exempt` may differ.
pub(super) fn priority_level(name: &str) -> Option<PriorityLevelConfigurationSpec> {
    match name {
        EXEMPT => Some(PriorityLevelConfigurationSpec {
            type_: PriorityLevelEnablement::EXEMPT.into(),
            ..PriorityLevelConfigurationSpec::default()
        }),
        CATCH_ALL => Some(PriorityLevelConfigurationSpec {
            type_: PriorityLevelEnablement::LIMITED.into(),
            limited: Some(Box::new(LimitedPriorityLevelConfiguration {
                nominal_concurrency_shares: Some(5),
                limit_response: LimitResponse {
                    type_: LimitResponseType::REJECT.into(),
                    queuing: None,
                },
                lendable_percent: Some(0),
                borrowing_limit_percent: None,
            })),
            exempt: None,
        }),
        _ => None,
    }
}
