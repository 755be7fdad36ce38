//! PriorityLevelConfiguration: how many requests of a level run at once, and how the others wait.

use super::{check_conditions, mandatory};
use crate::{core::pod::validate::internal_form, rules};
use api::flowcontrol::v1::{
    ExemptPriorityLevelConfiguration, LimitResponse, LimitResponseType,
    LimitedPriorityLevelConfiguration, PriorityLevelConfiguration, PriorityLevelConfigurationSpec,
    PriorityLevelEnablement, QueuingConfiguration,
};
use meta::{FieldErrors, FieldPath};
use resource::{
    Cell, Column, Generation, MetadataCheck, Part, RequestContext, Strategy, Subresources,
};

pub(crate) struct PriorityLevelConfigurations;

const SHARES_DEFAULT: i32 = 30;
const HAND_SIZE_DEFAULT: i32 = 8;
const QUEUES_DEFAULT: i32 = 64;
const QUEUE_LENGTH_DEFAULT: i32 = 50;
const QUEUES_MAX: i32 = 10_000_000;
/// A hand is dealt from the bits of one hash.
const HASH_BITS_MAX: u32 = 60;
const NONE: &str = "<none>";

impl Strategy for PriorityLevelConfigurations {
    type Object = PriorityLevelConfiguration;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<PriorityLevelConfiguration>] = &[
        Column::NAME,
        Column::text(
            "Type",
            "Limited, or Exempt from every limit.",
            |level: &PriorityLevelConfiguration, _| level.spec.type_.as_str().into(),
        ),
        Column::text(
            "NominalConcurrencyShares",
            "The level's share of the server's concurrency.",
            |level: &PriorityLevelConfiguration, _| match &level.spec.limited {
                Some(limited) => limited
                    .nominal_concurrency_shares
                    .unwrap_or_default()
                    .into(),
                None => NONE.into(),
            },
        ),
        Column::text("Queues", "How many queues there are.", |level, _| {
            queuing(level, |queuing| queuing.queues)
        }),
        Column::text("HandSize", "How many queues a flow may use.", |level, _| {
            queuing(level, |queuing| queuing.hand_size)
        }),
        Column::text(
            "QueueLengthLimit",
            "How many requests wait in one queue at most.",
            |level, _| queuing(level, |queuing| queuing.queue_length_limit),
        ),
        Column::AGE,
    ];

    fn subresources(&self) -> Subresources<PriorityLevelConfiguration> {
        let copy = |to: &mut PriorityLevelConfiguration, from: &PriorityLevelConfiguration| {
            to.status = from.status.clone();
        };
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, level: &mut PriorityLevelConfiguration) {
        if let Some(exempt) = &mut level.spec.exempt {
            exempt.nominal_concurrency_shares.get_or_insert(0);
            exempt.lendable_percent.get_or_insert(0);
        }
        if let Some(limited) = &mut level.spec.limited {
            limited
                .nominal_concurrency_shares
                .get_or_insert(SHARES_DEFAULT);
            limited.lendable_percent.get_or_insert(0);
            if let Some(queuing) = &mut limited.limit_response.queuing {
                for (value, default) in [
                    (&mut queuing.hand_size, HAND_SIZE_DEFAULT),
                    (&mut queuing.queues, QUEUES_DEFAULT),
                    (&mut queuing.queue_length_limit, QUEUE_LENGTH_DEFAULT),
                ] {
                    if *value == 0 {
                        *value = default;
                    }
                }
            }
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        level: &PriorityLevelConfiguration,
    ) {
        let (name, path) = (level.metadata.name.as_str(), FieldPath::new("spec"));
        check_spec(errors, &path, name, &level.spec);
        check_mandatory(errors, &path, name, &level.spec);
        let conditions = level.status.conditions.iter();
        check_conditions(errors, conditions.map(|condition| &condition.type_));
    }
}

fn queuing(level: &PriorityLevelConfiguration, get: fn(&QueuingConfiguration) -> i32) -> Cell {
    let limited = level.spec.limited.as_ref();
    let queuing = limited.and_then(|limited| limited.limit_response.queuing.as_ref());
    queuing.map_or_else(|| NONE.into(), |queuing| get(queuing).into())
}

fn check_mandatory(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    spec: &PriorityLevelConfigurationSpec,
) {
    let Some(mut wanted) = mandatory::priority_level(name) else {
        return;
    };
    let mut except = "";
    if name == mandatory::EXEMPT {
        wanted.exempt = spec.exempt.clone();
        except = " except the 'spec.exempt' field";
    }
    if *spec != wanted {
        let shown = internal_form(spec);
        let words = format!("spec of '{name}'{except} must equal the fixed value");
        errors.invalid(path, meta::Verbatim(&shown), words);
    }
}

fn check_spec(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    spec: &PriorityLevelConfigurationSpec,
) {
    let type_ = path.child("type");
    if (name == mandatory::EXEMPT) != (spec.type_ == PriorityLevelEnablement::EXEMPT) {
        let words = "must be 'Exempt' if and only if `name` is 'exempt'";
        errors.invalid(&type_, &spec.type_, words);
    }
    let (limited, exempt) = (path.child("limited"), path.child("exempt"));
    match spec.type_.as_str() {
        PriorityLevelEnablement::EXEMPT => {
            if spec.limited.is_some() {
                errors.forbidden(&limited, "must be nil if the type is not Limited");
            }
            if let Some(spec) = &spec.exempt {
                check_exempt(errors, &exempt, spec);
            }
        }
        PriorityLevelEnablement::LIMITED => {
            if spec.exempt.is_some() {
                errors.forbidden(&exempt, "must be nil if the type is Limited");
            }
            match &spec.limited {
                None => errors.required(&limited, "must not be empty when type is Limited"),
                Some(spec) => check_limited(errors, &limited, spec),
            }
        }
        _ => errors.not_supported(
            &type_,
            &spec.type_,
            &[
                PriorityLevelEnablement::EXEMPT,
                PriorityLevelEnablement::LIMITED,
            ],
        ),
    }
}

fn check_exempt(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &ExemptPriorityLevelConfiguration,
) {
    check_shares(errors, path, spec.nominal_concurrency_shares);
    check_lendable(errors, path, spec.lendable_percent);
}

fn check_limited(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &LimitedPriorityLevelConfiguration,
) {
    check_shares(errors, path, spec.nominal_concurrency_shares);
    check_response(errors, &path.child("limitResponse"), &spec.limit_response);
    check_lendable(errors, path, spec.lendable_percent);
    if let Some(percent) = spec.borrowing_limit_percent
        && percent < 0
    {
        let words = "if specified, must be a non-negative integer";
        errors.invalid(&path.child("borrowingLimitPercent"), percent, words);
    }
}

fn check_shares(errors: &mut FieldErrors, path: &FieldPath, shares: Option<i32>) {
    if let Some(shares) = shares
        && shares < 0
    {
        let field = path.child("nominalConcurrencyShares");
        errors.invalid(&field, shares, "must be a non-negative integer");
    }
}

fn check_lendable(errors: &mut FieldErrors, path: &FieldPath, percent: Option<i32>) {
    if let Some(percent) = percent
        && !(0..=100).contains(&percent)
    {
        let words = "must be between 0 and 100, inclusive";
        errors.invalid(&path.child("lendablePercent"), percent, words);
    }
}

fn check_response(errors: &mut FieldErrors, path: &FieldPath, response: &LimitResponse) {
    let queuing = path.child("queuing");
    match (response.type_.as_str(), &response.queuing) {
        (LimitResponseType::REJECT, None) => {}
        (LimitResponseType::REJECT, Some(_)) => errors.forbidden(
            &queuing,
            "must be nil if limited.limitResponse.type is not Limited",
        ),
        (LimitResponseType::QUEUE, None) => errors.required(
            &queuing,
            "must not be empty if limited.limitResponse.type is Limited",
        ),
        (LimitResponseType::QUEUE, Some(spec)) => check_queuing(errors, &queuing, spec),
        _ => errors.not_supported(
            &path.child("type"),
            &response.type_,
            &[LimitResponseType::QUEUE, LimitResponseType::REJECT],
        ),
    }
}

fn check_queuing(errors: &mut FieldErrors, path: &FieldPath, spec: &QueuingConfiguration) {
    let (queues, hand) = (spec.queues, spec.hand_size);
    if spec.queue_length_limit <= 0 {
        let field = path.child("queueLengthLimit");
        errors.invalid(&field, spec.queue_length_limit, "must be positive");
    }
    let field = path.child("queues");
    if queues <= 0 {
        errors.invalid(&field, queues, "must be positive");
    } else if queues > QUEUES_MAX {
        let words = format!("must not be greater than {QUEUES_MAX}");
        errors.invalid(&field, queues, words);
    }
    let field = path.child("handSize");
    if hand <= 0 {
        errors.invalid(&field, hand, "must be positive");
    } else if hand > queues {
        let words = format!("should not be greater than queues ({queues})");
        errors.invalid(&field, hand, words);
    } else if entropy_bits(queues, hand) > HASH_BITS_MAX {
        let words = format!(
            "required entropy bits of deckSize {queues} and handSize {hand} should not be greater than {HASH_BITS_MAX}"
        );
        errors.invalid(&field, hand, words);
    }
}

/// How many bits of a hash it takes to deal a hand of queues, as upstream's shuffle sharding counts them.
fn entropy_bits(queues: i32, hand: i32) -> u32 {
    let bits: f64 = f64::from(queues).log2() * f64::from(hand);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and beyond the bound when it saturates"
    )]
    let whole = bits.ceil() as u32;
    whole
}

struct Status;

impl Part<PriorityLevelConfiguration> for Status {
    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut PriorityLevelConfiguration,
        old: &PriorityLevelConfiguration,
    ) {
        rules::keep_all_metadata(&mut new.metadata, &old.metadata);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PriorityLevelConfiguration,
        _old: &PriorityLevelConfiguration,
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
