//! From YAML to what it says, nothing checked but the form.
use super::{
    Anonymous, ClaimOrExpression, ClaimRule, ExtraMapping, Issuer, JwtAuthenticator,
    PrefixedClaimOrExpression, UserRule,
};
use crate::config_document::{self, ConfigurationError, Fields, Wrong};

pub(super) fn read(
    text: &str,
) -> Result<(Vec<JwtAuthenticator>, Option<Anonymous>), ConfigurationError> {
    let document = config_document::parse(text, "AuthenticationConfiguration")?;
    let wrong = Wrong::default();
    let read = {
        let fields = Fields::of_document(&document, &wrong);
        let authenticators = fields.objects("jwt").iter().map(authenticator).collect();
        let anonymous = fields.object("anonymous");
        let anonymous = anonymous.is_there().then(|| Anonymous {
            enabled: anonymous.switch("enabled").unwrap_or(false),
            paths: anonymous
                .objects("conditions")
                .iter()
                .map(|condition| condition.text("path"))
                .collect(),
        });
        (authenticators, anonymous)
    };
    wrong.into_result().map(|()| read)
}

fn authenticator(fields: &Fields<'_>) -> JwtAuthenticator {
    let mappings = fields.object("claimMappings");
    let uid = mappings.object("uid");
    JwtAuthenticator {
        issuer: issuer(&fields.object("issuer")),
        claim_rules: fields
            .objects("claimValidationRules")
            .iter()
            .map(claim_rule)
            .collect(),
        username: prefixed(&mappings.object("username")),
        groups: prefixed(&mappings.object("groups")),
        uid: ClaimOrExpression {
            claim: uid.text("claim"),
            expression: uid.text("expression"),
        },
        extra: mappings
            .objects("extra")
            .iter()
            .map(|mapping| ExtraMapping {
                key: mapping.text("key"),
                value_expression: mapping.text("valueExpression"),
            })
            .collect(),
        user_rules: fields
            .objects("userValidationRules")
            .iter()
            .map(|rule| UserRule {
                expression: rule.text("expression"),
                message: rule.text("message"),
            })
            .collect(),
    }
}

fn issuer(fields: &Fields<'_>) -> Issuer {
    Issuer {
        url: fields.text("url"),
        discovery_url: fields.text("discoveryURL"),
        certificate_authority: fields.text("certificateAuthority"),
        audiences: fields.texts("audiences"),
        audience_match_policy: fields.text("audienceMatchPolicy"),
        egress_selector: fields.text("egressSelectorType"),
    }
}

fn claim_rule(fields: &Fields<'_>) -> ClaimRule {
    ClaimRule {
        claim: fields.text("claim"),
        required_value: fields.text("requiredValue"),
        expression: fields.text("expression"),
        message: fields.text("message"),
    }
}

fn prefixed(fields: &Fields<'_>) -> PrefixedClaimOrExpression {
    PrefixedClaimOrExpression {
        claim: fields.text("claim"),
        prefix: fields.optional_text("prefix"),
        expression: fields.text("expression"),
    }
}
