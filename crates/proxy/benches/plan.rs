//! Planning all Services of a large cluster: `cargo bench -p proxy`. With `--test` it runs once with a few.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use api::core::v1::{Service, ServicePort};
use api::discovery::v1::{Endpoint, EndpointPort, EndpointSlice};
use meta::{Map, ObjectMeta};

fn main() {
    let test = std::env::args().any(|argument| argument == "--test");
    let count = if test { 10 } else { 10_000 };
    let services: Vec<Service> = (0..count).map(service).collect();
    let slices: Vec<EndpointSlice> = (0..count).map(slice).collect();
    let start = now();
    let contents = proxy::contents(&services, &slices, "here");
    let all = start.elapsed();
    assert_eq!(contents.len(), services.len() * 2);
    println!(
        "plan {count} services with 10 endpoints each: {} ms",
        all.as_millis()
    );
    let start = now();
    for (service, slice) in services.iter().zip(&slices) {
        assert_eq!(
            proxy::plan(service, std::iter::once(slice), "here").len(),
            2
        );
    }
    let each = start.elapsed() / u32::try_from(count).unwrap_or(1);
    println!("plan one service: {} ns", each.as_nanos());
}

fn metadata(number: usize) -> ObjectMeta {
    ObjectMeta {
        name: format!("service-{number}").into(),
        namespace: "default".into(),
        labels: Map::from([(
            "kubernetes.io/service-name",
            meta::Str::from(format!("service-{number}")),
        )]),
        ..ObjectMeta::default()
    }
}

fn service(number: usize) -> Service {
    let mut service = Service {
        metadata: metadata(number),
        ..Service::default()
    };
    service.spec.type_ = "NodePort".into();
    service.spec.cluster_ip = format!("10.96.{}.{}", number / 256, number % 256).into();
    let node_port = i32::try_from(20_000 + number).unwrap_or_default();
    service.spec.ports = vec![ServicePort {
        port: 80,
        node_port,
        ..ServicePort::default()
    }];
    service
}

fn slice(number: usize) -> EndpointSlice {
    let endpoint = |last: usize| Endpoint {
        addresses: vec![format!("10.{}.{}.{last}", 100 + number / 256, number % 256).into()].into(),
        ..Endpoint::default()
    };
    EndpointSlice {
        metadata: metadata(number),
        address_type: "IPv4".into(),
        endpoints: (0..10).map(endpoint).collect(),
        ports: vec![EndpointPort {
            port: Some(8080),
            ..EndpointPort::default()
        }]
        .into(),
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
