//! Where the last lines of a file begin, found from its end.

use std::io;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

const BLOCK_BYTES: u64 = 64 * 1024;

/// The offset at which the last `lines` lines begin.
pub(super) async fn start(file: &mut File, lines: u64) -> io::Result<u64> {
    let end = file.metadata().await?.len();
    if lines == 0 {
        return Ok(end);
    }
    let mut newlines = 0;
    let mut block = Vec::new();
    let mut upper = end;
    while upper > 0 {
        let lower = upper.saturating_sub(BLOCK_BYTES);
        file.seek(io::SeekFrom::Start(lower)).await?;
        block.clear();
        (&mut *file)
            .take(upper - lower)
            .read_to_end(&mut block)
            .await?;
        for (at, byte) in block.iter().enumerate().rev() {
            let next = lower + at as u64 + 1;
            // The newline at the very end finishes the last line.
            if *byte != b'\n' || next == end {
                continue;
            }
            newlines += 1;
            if newlines == lines {
                return Ok(next);
            }
        }
        upper = lower;
    }
    Ok(0)
}
