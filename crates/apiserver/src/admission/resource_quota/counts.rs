//! What the objects of a namespace use together, kept from one request to the next: only what has changed is looked at again.
use crate::cache::Entry;
use ::quota::{Amounts, Charge, add, subtract, used};
use api::core::v1::{ResourceQuota, ResourceQuotaSpec};
use meta::Str;
use std::{collections::HashMap, sync::Arc};

/// Of the objects of one resource in one namespace, as the cache has them.
#[derive(Default)]
pub(super) struct Counts {
    charges: HashMap<Str, Known>,
    totals: Vec<Total>,
    round: u64,
}

struct Known {
    /// `None` where the charge changes with time.
    revision: Option<u64>,
    /// When it was last seen.
    round: u64,
    charge: Charge,
}

/// What is used of the bounds of a quota.
struct Total {
    spec: ResourceQuotaSpec,
    used: Amounts,
}

impl Counts {
    /// Counts what has come, changed or gone. `charge` is of an entry, and whether it lasts as long as that; `None` is not counted.
    pub(super) fn refresh(
        &mut self,
        entries: &[Arc<Entry>],
        quotas: &[Arc<ResourceQuota>],
        charge: impl Fn(&Entry) -> Option<(Charge, bool)>,
    ) {
        self.round += 1;
        self.totals
            .retain(|total| quotas.iter().any(|quota| quota.spec == total.spec));
        let mut seen = 0;
        for entry in entries {
            if let Some(known) = self.charges.get_mut(&entry.key)
                && known.revision == Some(entry.revision)
            {
                known.round = self.round;
                seen += 1;
            } else if let Some((charge, lasts)) = charge(entry) {
                let revision = lasts.then_some(entry.revision);
                self.put(entry.key.clone(), revision, charge);
                seen += 1;
            }
        }
        if self.charges.len() > seen {
            let gone = self
                .charges
                .extract_if(|_, known| known.round != self.round);
            for (_, known) in gone {
                take_from(&mut self.totals, &known.charge);
            }
        }
    }

    fn put(&mut self, key: Str, revision: Option<u64>, charge: Charge) {
        for total in &mut self.totals {
            if charge.is_in_scope(&total.spec) {
                add(&mut total.used, &charge.usage, &bounds(&total.spec));
            }
        }
        let known = Known {
            revision,
            round: self.round,
            charge,
        };
        if let Some(before) = self.charges.insert(key, known) {
            take_from(&mut self.totals, &before.charge);
        }
    }

    /// What is used of the bounds of a quota.
    pub(super) fn used(&mut self, spec: &ResourceQuotaSpec) -> &Amounts {
        let known = self.totals.iter().position(|total| total.spec == *spec);
        let index = known.unwrap_or_else(|| {
            let all = self.charges.values().map(|known| &known.charge);
            self.totals.push(Total {
                used: used(spec, &bounds(spec), all),
                spec: spec.clone(),
            });
            self.totals.len() - 1
        });
        &self.totals[index].used
    }

    pub(super) fn of(&self, key: &str) -> Option<&Charge> {
        self.charges.get(key).map(|known| &known.charge)
    }
}

fn take_from(totals: &mut [Total], charge: &Charge) {
    for total in totals {
        if charge.is_in_scope(&total.spec) {
            subtract(&mut total.used, &charge.usage);
        }
    }
}

fn bounds(spec: &ResourceQuotaSpec) -> Vec<&Str> {
    spec.hard.keys().collect()
}

#[cfg(test)]
mod tests;
