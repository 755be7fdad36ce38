//! Pulls from a registry in this process, which wants a token and sends blobs elsewhere.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;

use ::http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;

use super::*;
use crate::{StoreConfig, no_progress};

const TOKEN: &str = "Bearer let-me-in";

/// Paths and what is behind them, and the requests so far with their `Authorization`.
#[derive(Default)]
struct Registry {
    content: Mutex<BTreeMap<String, Vec<u8>>>,
    requests: Mutex<Vec<(String, Option<String>)>>,
    address: Mutex<Option<SocketAddr>>,
}

impl Registry {
    fn add(&self, path: &str, bytes: &[u8]) -> Digest {
        let digest = Digest::of(bytes);
        self.content
            .lock()
            .insert(format!("/v2/team/app/{path}"), bytes.to_vec());
        self.content
            .lock()
            .insert(format!("/v2/team/app/blobs/{digest}"), bytes.to_vec());
        self.content
            .lock()
            .insert(format!("/v2/team/app/manifests/{digest}"), bytes.to_vec());
        digest
    }

    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path_and_query().unwrap().to_string();
        let authorization = request
            .headers()
            .get("authorization")
            .map(|v| v.to_str().unwrap().to_owned());
        self.requests
            .lock()
            .push((path.clone(), authorization.clone()));
        let host = self.address.lock().unwrap();
        let with = |status: u16, header: (&str, String), body: &[u8]| {
            Response::builder()
                .status(status)
                .header(header.0, header.1)
                .body(Full::from(body.to_vec()))
                .unwrap()
        };
        let plain = |status, body: &[u8]| with(status, ("x-test", "yes".to_owned()), body);
        if path.starts_with("/token?service=test&scope=repository%3Ateam%2Fapp%3Apull") {
            return plain(200, br#"{"token":"let-me-in"}"#);
        }
        if let Some(digest) = path.strip_prefix("/storage/") {
            return match self
                .content
                .lock()
                .get(&format!("/v2/team/app/blobs/{digest}"))
            {
                Some(bytes) => plain(200, bytes),
                None => plain(404, b""),
            };
        }
        if authorization.as_deref() != Some(TOKEN) {
            let challenge = format!(
                r#"Bearer realm="http://{host}/token",service="test",scope="repository:team/app:pull""#
            );
            return with(401, ("www-authenticate", challenge), b"");
        }
        if let Some(digest) = path.strip_prefix("/v2/team/app/blobs/") {
            return with(
                307,
                (
                    "location",
                    format!("http://localhost:{}/storage/{digest}", host.port()),
                ),
                b"",
            );
        }
        match self.content.lock().get(&path) {
            Some(bytes) => plain(200, bytes),
            None => plain(404, b""),
        }
    }
}

async fn serve(registry: Arc<Registry>) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    *registry.address.lock() = Some(address);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let registry = Arc::clone(&registry);
            let service = hyper::service::service_fn(move |request| {
                let answer = registry.answer(&request);
                async { Ok::<_, Infallible>(answer) }
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    address
}

/// A layer with one file, an image of it, and an index of the image; tagged `latest`.
fn publish(registry: &Registry) -> Digest {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(5);
    header.set_mode(0o644);
    header.set_uid(nix::unistd::getuid().as_raw().into());
    header.set_gid(nix::unistd::getgid().as_raw().into());
    builder
        .append_data(&mut header, "hello", b"world".as_slice())
        .unwrap();
    let layer = builder.into_inner().unwrap();
    let architecture = Platform::host().architecture;
    let config = format!(
        r#"{{"architecture":"{architecture}","os":"linux","rootfs":{{"type":"layers","diff_ids":["{}"]}}}}"#,
        Digest::of(&layer)
    );
    let packed = zstd::encode_all(layer.as_slice(), 1).unwrap();
    let manifest = format!(
        r#"{{"config":{{"digest":"{}","size":{}}},"layers":[{{"digest":"{}","size":{}}}]}}"#,
        registry.add("config", config.as_bytes()),
        config.len(),
        registry.add("layer", &packed),
        packed.len()
    );
    let index = format!(
        r#"{{"manifests":[{{"digest":"{}","size":{},"platform":{{"os":"linux","architecture":"{architecture}"}}}}]}}"#,
        registry.add("manifest", manifest.as_bytes()),
        manifest.len()
    );
    registry.add("manifests/latest", index.as_bytes())
}

struct World {
    registry: Arc<Registry>,
    store: Arc<Store>,
    puller: Puller,
    address: SocketAddr,
    _directory: tempfile::TempDir,
}

async fn world() -> World {
    let registry = Arc::new(Registry::default());
    let address = serve(Arc::clone(&registry)).await;
    let directory = tempfile::tempdir().unwrap();
    let platform = platform::Platform::real();
    let config = StoreConfig {
        root: directory.path().join("images"),
        layer_bytes_max: 1 << 20,
        layer_entries_max: 100,
        rng: platform.rng.clone(),
    };
    let store = Arc::new(Store::open(config).unwrap());
    let config = PullConfig {
        insecure_registries: Vec::new(),
        layers_in_flight_max: 2,
        platform,
    };
    let puller = Puller::new(Arc::clone(&store), config);
    World {
        registry,
        store,
        puller,
        address,
        _directory: directory,
    }
}

impl World {
    async fn pull(&self, rest: &str) -> Result<Arc<Image>, ImageError> {
        let reference = format!("{}/team/app{rest}", self.address).parse().unwrap();
        self.puller.pull(&reference, None, no_progress()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_leads_to_an_image_and_storage_sees_no_token() {
    let world = world().await;
    let digest = publish(&world.registry);
    let image = world.pull("").await.unwrap();
    assert_eq!(image.tags, [format!("{}/team/app:latest", world.address)]);
    assert_eq!(
        image.digests,
        [format!("{}/team/app@{digest}", world.address)]
    );
    assert_eq!(
        world.store.read_file(&image, "hello".as_ref(), 10).unwrap(),
        b"world"
    );
    let requests = world.registry.requests.lock().clone();
    assert!(
        requests
            .iter()
            .any(|(path, _)| path.starts_with("/storage/"))
    );
    assert!(
        requests
            .iter()
            .all(|(path, token)| !path.starts_with("/storage/") || token.is_none()),
        "{requests:?}"
    );
    assert_eq!(
        world.pull(&format!("@{digest}")).await.unwrap().id,
        image.id
    );
    assert!(
        world
            .store
            .find(&format!("{}/team/app@{digest}", world.address))
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_to_be() {
    let world = world().await;
    let error = world.pull(":ghost").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{}/team/app:ghost: not found", world.address)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn content_that_is_not_what_its_digest_says_is_refused() {
    for part in ["manifests/", "blobs/"] {
        let world = world().await;
        publish(&world.registry);
        for (path, bytes) in world.registry.content.lock().iter_mut() {
            if path.contains(&format!("{part}sha256")) {
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
            }
        }
        assert!(world.pull("").await.is_err(), "{part}");
        assert!(world.store.list().is_empty());
        assert_eq!(
            std::fs::read_dir(world.store.layers_directory())
                .unwrap()
                .count(),
            0
        );
    }
}
