//! autoscaling/v2, and v1 beside it.

pub(crate) mod horizontal_pod_autoscaler;
