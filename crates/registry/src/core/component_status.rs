//! ComponentStatus: that the parts of the control plane are well. The server makes them at its start: all parts run in its process, so
//! that where it answers, they do. Nobody else writes them, and they have no metadata but a name.

use api::core::v1::{ComponentCondition, ComponentStatus};
use meta::ObjectMeta;
use resource::{Column, Strategy, Verb};

pub(crate) struct ComponentStatuses;

const HEALTHY: &str = "Healthy";

impl Strategy for ComponentStatuses {
    type Object = ComponentStatus;
    const SHORT_NAMES: &'static [&'static str] = &["cs"];
    const VERBS: &'static [Verb] = &[Verb::Get, Verb::List];
    const DEPRECATION: Option<&'static str> = Some("v1 ComponentStatus is deprecated in v1.19+");
    const COLUMNS: &'static [Column<ComponentStatus>] = &[
        Column::NAME,
        Column::text(
            "Status",
            "Whether the component is well.",
            |component, _| status(component).into(),
        ),
        Column::text("Message", "What it said of itself.", |component, _| {
            healthy(component)
                .map_or("", |condition| &condition.message)
                .into()
        }),
        Column::text(
            "Error",
            "What went wrong when it was asked.",
            |component, _| {
                healthy(component)
                    .map_or("", |condition| &condition.error)
                    .into()
            },
        ),
    ];

    fn canonicalize(&self, component: &mut ComponentStatus) {
        component.metadata = ObjectMeta {
            name: component.metadata.name.clone(),
            ..ObjectMeta::default()
        };
    }
}

fn healthy(component: &ComponentStatus) -> Option<&ComponentCondition> {
    let mut conditions = component.conditions.iter();
    conditions.find(|condition| condition.type_ == HEALTHY)
}

fn status(component: &ComponentStatus) -> &'static str {
    match healthy(component).map(|condition| condition.status.as_str()) {
        Some("True") => HEALTHY,
        Some(_) => "Unhealthy",
        None => "Unknown",
    }
}
