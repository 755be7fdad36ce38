//! FlowSchema: which requests go to which priority level.

mod rule;

use super::{check_conditions, mandatory};
use crate::{core::pod::validate::internal_form, rules};
use api::flowcontrol::v1::{FlowDistinguisherMethodType, FlowSchema, FlowSchemaSpec};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct FlowSchemas;

const PRECEDENCE_DEFAULT: i32 = 1_000;
const PRECEDENCE_MAX: i32 = 10_000;
const DANGLING: &str = "Dangling";
const METHODS: &[&str] = &[
    FlowDistinguisherMethodType::BY_NAMESPACE,
    FlowDistinguisherMethodType::BY_USER,
];

impl Strategy for FlowSchemas {
    type Object = FlowSchema;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<FlowSchema>] = &[
        Column::NAME,
        Column::text(
            "PriorityLevel",
            "The priority level that the requests go to.",
            |schema: &FlowSchema, _| {
                let level = &schema.spec.priority_level_configuration;
                level.name.as_str().into()
            },
        ),
        Column::text(
            "MatchingPrecedence",
            "Which of several schemas takes a request: the lowest.",
            |schema: &FlowSchema, _| schema.spec.matching_precedence.into(),
        ),
        Column::text(
            "DistinguisherMethod",
            "How requests are divided into flows.",
            |schema: &FlowSchema, _| match &schema.spec.distinguisher_method {
                Some(method) => method.type_.as_str().into(),
                None => "<none>".into(),
            },
        ),
        Column::AGE,
        Column::text(
            "MissingPL",
            "Whether the priority level does not exist.",
            |schema: &FlowSchema, _| {
                let mut conditions = schema.status.conditions.iter();
                let dangling = conditions.find(|condition| condition.type_ == DANGLING);
                dangling
                    .map_or("?", |condition| condition.status.as_str())
                    .into()
            },
        ),
    ];

    fn subresources(&self) -> Subresources<FlowSchema> {
        let copy = |to: &mut FlowSchema, from: &FlowSchema| to.status = from.status.clone();
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, schema: &mut FlowSchema) {
        if schema.spec.matching_precedence == 0 {
            schema.spec.matching_precedence = PRECEDENCE_DEFAULT;
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, schema: &FlowSchema) {
        let (name, spec) = (schema.metadata.name.as_str(), &schema.spec);
        let path = FieldPath::new("spec");
        check_spec(errors, &path, name, spec);
        if mandatory::flow_schema(name).is_some_and(|wanted| *spec != wanted) {
            let shown = internal_form(spec);
            let words = format!("spec of '{name}' must equal the fixed value");
            errors.invalid(&path, meta::Verbatim(&shown), words);
        }
        check_conditions(
            errors,
            schema
                .status
                .conditions
                .iter()
                .map(|condition| &condition.type_),
        );
    }
}

fn check_spec(errors: &mut FieldErrors, path: &FieldPath, name: &str, spec: &FlowSchemaSpec) {
    let (field, precedence) = (path.child("matchingPrecedence"), spec.matching_precedence);
    if precedence <= 0 {
        errors.invalid(&field, precedence, "must be a positive value");
    }
    if precedence > PRECEDENCE_MAX {
        let words = format!("must not be greater than {PRECEDENCE_MAX}");
        errors.invalid(&field, precedence, words);
    }
    if precedence == 1 && name != mandatory::EXEMPT {
        let words = "only the schema named 'exempt' may have matchingPrecedence 1";
        errors.invalid(&field, precedence, words);
    }
    if let Some(method) = &spec.distinguisher_method
        && !METHODS.contains(&method.type_.as_str())
    {
        let shown = internal_form(&**method);
        let field = path.child("distinguisherMethod").child("type");
        errors.not_supported(&field, meta::Verbatim(&shown), METHODS);
    }
    let field = path.child("priorityLevelConfiguration").child("name");
    let level = &spec.priority_level_configuration.name;
    if level.is_empty() {
        errors.required(&field, "must reference a priority level");
    } else {
        rules::subdomain(errors, &field, level);
    }
    for (index, rule) in spec.rules.iter().enumerate() {
        rule::check(errors, &path.child("rules").index(index), rule);
    }
}

struct Status;

impl Part<FlowSchema> for Status {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut FlowSchema, old: &FlowSchema) {
        rules::keep_all_metadata(&mut new.metadata, &old.metadata);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &FlowSchema,
        _old: &FlowSchema,
    ) {
        let conditions = new.status.conditions.iter();
        check_conditions(errors, conditions.map(|condition| &condition.type_));
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[]
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}

#[cfg(test)]
mod tests;
