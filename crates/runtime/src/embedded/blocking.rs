//! Work that blocks, off the async threads.

use platform::Platform;

use crate::service::{Code, CriError, CriResult};

pub(super) async fn run<T: Send + 'static>(
    platform: &Platform,
    name: &'static str,
    work: impl FnOnce() -> CriResult<T> + Send + 'static,
) -> CriResult<T> {
    match platform.tasks.spawn_blocking(name, work).await {
        Ok(result) => result,
        Err(error) => Err(CriError::from_error(Code::Internal, &error)),
    }
}
