//! How long the codecs take for a pod of 3 KB. `cargo bench -p api`, or `-- decode` for those alone.

use api::core::v1::Pod;
use bench::Bench;
use meta::codec::{self, Message, Strictness};

const POD: &[u8] = include_bytes!("pod.json");
const ROUNDS: u32 = 20_000;

fn main() {
    bench::main(&[
        ("decode", decode),
        ("encode", encode),
        ("protobuf", protobuf),
        ("tree", tree),
        ("size", size),
    ]);
}

fn pod() -> Pod {
    let decoded = codec::from_json::<Pod>(POD, Strictness::Strict);
    decoded.expect("the pod is well-formed").object
}

fn decode(bench: &Bench) {
    let body = codec::encode_body(&pod());
    bench.measure("skip JSON", ROUNDS, || codec::peek_type_meta(POD));
    bench.measure("decode JSON", ROUNDS, pod);
    bench.measure("decode body", ROUNDS, || {
        codec::decode_body::<Pod>(&body.json, 1)
    });
}

fn encode(bench: &Bench) {
    let pod = pod();
    bench.measure("encode JSON", ROUNDS, || codec::to_json(&pod));
    bench.measure("encode body", ROUNDS, || codec::encode_body(&pod));
}

fn protobuf(bench: &Bench) {
    let pod = pod();
    let protobuf = codec::to_protobuf(&pod);
    bench.measure("encode protobuf", ROUNDS, || codec::to_protobuf(&pod));
    bench.measure("decode protobuf", ROUNDS, || {
        codec::from_protobuf::<Pod>(&protobuf)
    });
}

fn tree(bench: &Bench) {
    let pod = pod();
    bench.measure("clone", ROUNDS, || pod.clone());
    bench.measure("to_value", ROUNDS, || codec::to_value(&pod));
}

fn size(bench: &Bench) {
    let pod = pod();
    bench.report("JSON", &format!("{} B", POD.len()));
    bench.report("protobuf", &format!("{} B", codec::to_protobuf(&pod).len()));
    bench.report("the struct itself", &format!("{} B", size_of::<Pod>()));
    bench.report("its fields", &pod.info().fields.len().to_string());
}
