//! Fits endpoints with the same ports into slices, changing as few slices as possible.

use super::endpoint::{Identity, identity};
use api::discovery::v1::{Endpoint, EndpointSlice};
use meta::{Map, Str};
use std::{collections::BTreeMap, sync::Arc};

/// Upstream's default of `--max-endpoints-per-slice`.
pub(super) const ENDPOINTS_MAX: usize = 100;

/// What is to become of the slices of one set of ports.
#[derive(Debug, Default)]
pub(super) struct Packed {
    pub(super) create: Vec<EndpointSlice>,
    pub(super) update: Vec<EndpointSlice>,
    pub(super) delete: Vec<Arc<EndpointSlice>>,
}

/// `empty` makes a new slice; `labels` are those that every slice shall have.
pub(super) fn pack(
    existing: &[Arc<EndpointSlice>],
    mut desired: BTreeMap<Identity, Endpoint>,
    labels: &Map<Str, Str>,
    empty: impl Fn() -> EndpointSlice,
) -> Packed {
    let mut packed = Packed::default();
    let mut unchanged = Vec::new();
    for slice in existing {
        let (kept, changed) = keep(slice, &mut desired);
        if changed && kept.is_empty() {
            packed.delete.push(Arc::clone(slice));
        } else if changed || slice.metadata.labels != *labels {
            packed.update.push(with(slice, kept, labels));
        } else {
            unchanged.push(slice);
        }
    }
    let mut rest: Vec<_> = desired.into_values().collect();
    rest.reverse();
    packed
        .update
        .sort_by_key(|slice| std::cmp::Reverse(slice.endpoints.len()));
    for slice in &mut packed.update {
        fill(slice, &mut rest);
    }
    while !rest.is_empty() {
        let found = roomiest_fit(&unchanged, rest.len()).map(|at| unchanged.remove(at));
        match found {
            Some(slice) => {
                let mut slice = with(slice, slice.endpoints.to_vec(), labels);
                fill(&mut slice, &mut rest);
                packed.update.push(slice);
            }
            None => {
                let mut slice = empty();
                fill(&mut slice, &mut rest);
                packed.create.push(slice);
            }
        }
    }
    packed
}

/// The endpoints of a slice that stay, as they shall be, and whether that is a change. Takes them from `desired`.
fn keep(
    slice: &EndpointSlice,
    desired: &mut BTreeMap<Identity, Endpoint>,
) -> (Vec<Endpoint>, bool) {
    let mut kept = Vec::with_capacity(slice.endpoints.len());
    let mut changed = false;
    for endpoint in &slice.endpoints {
        if let Some(wanted) = desired.remove(&identity(endpoint)) {
            changed |= !same(&wanted, endpoint);
            kept.push(wanted);
        } else {
            changed = true;
        }
    }
    (kept, changed)
}

/// Equal in all that the controller sets.
pub(super) fn same(a: &Endpoint, b: &Endpoint) -> bool {
    let target = |endpoint: &Endpoint| {
        endpoint
            .target_ref
            .as_ref()
            .map(|target| (target.kind.clone(), target.uid.clone()))
    };
    a.conditions == b.conditions
        && a.node_name == b.node_name
        && a.zone == b.zone
        && target(a) == target(b)
}

fn with(slice: &EndpointSlice, endpoints: Vec<Endpoint>, labels: &Map<Str, Str>) -> EndpointSlice {
    let mut slice = slice.clone();
    slice.endpoints = endpoints.into();
    slice.metadata.labels = labels.clone();
    slice
}

fn fill(slice: &mut EndpointSlice, rest: &mut Vec<Endpoint>) {
    while slice.endpoints.len() < ENDPOINTS_MAX
        && let Some(endpoint) = rest.pop()
    {
        slice.endpoints.push(endpoint);
    }
}

/// The slice that `count` more endpoints fit into and that is then the fullest.
fn roomiest_fit(slices: &[&Arc<EndpointSlice>], count: usize) -> Option<usize> {
    let fits =
        |(_, slice): &(usize, &&Arc<EndpointSlice>)| slice.endpoints.len() + count <= ENDPOINTS_MAX;
    let fitting = slices.iter().enumerate().filter(fits);
    fitting
        .max_by_key(|(at, slice)| (slice.endpoints.len(), std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}
