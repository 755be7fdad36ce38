//! What objects use of their namespace's quotas: one computation for admission, which refuses what is too much, and for the controller,
//! which says how much there is. Pure: it knows neither where objects come from nor what becomes of the sums.

mod charge;
mod pods;

pub use self::{
    charge::{Amounts, Charge, add, counted, is_by_content, subtract, used},
    pods::of_pod,
};
