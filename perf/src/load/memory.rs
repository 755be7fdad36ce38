//! What the server holds, right after a load.

use super::Context;
use crate::{
    processes::{self, Usage},
    report::Figure,
    target::PerfError,
};

pub(super) async fn run(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let server = cx.pid.ok_or_else(|| {
        PerfError::Unexpected("memory: --pid must name the server's process".to_owned())
    })?;
    let family = std::iter::once(server).chain(processes::descendants(server));
    let sum: Usage = family.map(processes::usage).sum();
    Ok(vec![Figure::new(
        "memory after the load",
        sum.memory_mb,
        "MB",
        "≤ 150",
    )])
}
