//! Layers from the wire into the store, hashed and unpacked as they arrive.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::{Buf, Bytes};
use http::StatusCode;
use http_body_util::BodyExt;
use parking_lot::Mutex;
use tokio::sync::mpsc;

use super::Puller;
use super::http::{Response, Target};
use crate::digest::Hasher;
use crate::manifest::Descriptor;
use crate::{Digest, ImageError, Progress, ProgressEvent};

/// Chunks (of up to 16 KiB or so) between the network and the unpacking thread.
const CHUNKS_MAX: usize = 32;

impl Puller {
    pub(super) async fn layer(
        &self,
        target: &Target<'_>,
        diff_id: &Digest,
        layer: &Descriptor,
        progress: &Progress,
    ) -> Result<(), ImageError> {
        let _permit = self
            .layers
            .acquire()
            .await
            .map_err(|_| ImageError::Interrupted { what: "pull" })?;
        if self.store.has_layer(diff_id) {
            progress(ProgressEvent::LayerPresent {
                layer: layer.digest.clone(),
            });
            return Ok(());
        }
        let path = format!("blobs/{}", layer.digest);
        let response = target.get(&path, &[]).await?;
        if response.status() != StatusCode::OK {
            return Err(target.refused(&path, response.status()));
        }
        let (sender, receiver) = mpsc::channel(CHUNKS_MAX);
        let unpacked = self.unpack(diff_id.clone(), layer.digest.clone(), receiver);
        let received = self.receive(&path, layer, response, sender, progress);
        let (received, unpacked) = tokio::join!(received, unpacked);
        // A lost connection shows as a cut archive too: the cause comes first.
        received?;
        unpacked?;
        progress(ProgressEvent::LayerDone {
            layer: layer.digest.clone(),
        });
        Ok(())
    }

    async fn receive(
        &self,
        path: &str,
        layer: &Descriptor,
        mut response: Response,
        sender: mpsc::Sender<Bytes>,
        progress: &Progress,
    ) -> Result<(), ImageError> {
        let mut done_bytes = 0;
        while let Some(frame) = self.http.idle(path, response.body_mut().frame()).await? {
            let frame = frame.map_err(|source| ImageError::Http {
                url: path.to_owned(),
                source,
            })?;
            let Ok(chunk) = frame.into_data() else {
                continue;
            };
            done_bytes += chunk.len() as u64;
            if layer.size > 0 && done_bytes > layer.size {
                return Err(ImageError::TooLarge {
                    what: "layer",
                    max_bytes: layer.size,
                });
            }
            progress(ProgressEvent::Layer {
                layer: layer.digest.clone(),
                done_bytes,
            });
            if sender.send(chunk).await.is_err() {
                // The unpacking thread has given up and says why.
                return Ok(());
            }
        }
        Ok(())
    }

    async fn unpack(
        &self,
        diff_id: Digest,
        digest: Digest,
        receiver: mpsc::Receiver<Bytes>,
    ) -> Result<(), ImageError> {
        let store = Arc::clone(&self.store);
        self.blocking("unpack-layer", move || {
            let shared = Mutex::new(Chunks {
                receiver,
                chunk: Bytes::new(),
                hasher: Some(Hasher::default()),
            });
            store.add_layer(&diff_id, SharedChunks(&shared), || {
                let actual = shared.lock().finish();
                if actual == digest {
                    Ok(())
                } else {
                    Err(ImageError::Mismatch {
                        expected: digest,
                        actual,
                    })
                }
            })
        })
        .await
    }
}

/// The blocking end of the channel.
struct Chunks {
    receiver: mpsc::Receiver<Bytes>,
    chunk: Bytes,
    hasher: Option<Hasher>,
}

struct SharedChunks<'a>(&'a Mutex<Chunks>);

impl Chunks {
    fn fill(&mut self) -> bool {
        while self.chunk.is_empty() {
            let Some(chunk) = self.receiver.blocking_recv() else {
                return false;
            };
            if let Some(hasher) = &mut self.hasher {
                hasher.update(&chunk);
            }
            self.chunk = chunk;
        }
        true
    }

    /// Takes what the decompressor has left, and answers with the digest of everything.
    fn finish(&mut self) -> Digest {
        while self.fill() {
            self.chunk.clear();
        }
        self.hasher.take().unwrap_or_default().finish()
    }
}

impl Read for SharedChunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut chunks = self.0.lock();
        if !chunks.fill() {
            return Ok(0);
        }
        let count = chunks.chunk.len().min(buffer.len());
        chunks.chunk.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
