//! Planning all Services of a large cluster: `cargo bench -p proxy`.

use api::core::v1::{Service, ServicePort};
use api::discovery::v1::{Endpoint, EndpointPort, EndpointSlice};
use bench::Bench;
use meta::{Map, ObjectMeta};

fn main() {
    bench::main(&[("plan", plan)]);
}

fn plan(bench: &Bench) {
    let count = bench.size(10_000, 10);
    let services: Vec<Service> = (0..count).map(service).collect();
    let slices: Vec<EndpointSlice> = (0..count).map(slice).collect();
    bench.measure("plan all Services, 10 endpoints each", 10, || {
        let contents = proxy::contents(&services, &slices, "here");
        assert_eq!(contents.len(), services.len() * 2);
    });
    bench.measure("plan one", 20_000, || {
        let planned = proxy::plan(&services[0], std::iter::once(&slices[0]), "here");
        assert_eq!(planned.len(), 2);
    });
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
    service.spec.ports = [ServicePort {
        port: 80,
        node_port,
        ..ServicePort::default()
    }]
    .into();
    service
}

fn slice(number: usize) -> EndpointSlice {
    let endpoint = |last: usize| Endpoint {
        addresses: [format!("10.{}.{}.{last}", 100 + number / 256, number % 256).into()].into(),
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
