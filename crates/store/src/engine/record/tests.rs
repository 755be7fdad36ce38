//! Records survive their encoding, and broken ones are refused.

use super::{Place, Record, RecordBody, RecordError, RecordRef};
use bytes::Bytes;
use proptest::prelude::*;

fn record(value: Option<&'static [u8]>) -> Record {
    Record {
        key: Bytes::from_static(b"/pods/default/web"),
        create_revision: 3,
        version: 2,
        previous: Some(Place {
            revision: 5,
            part: 1,
        }),
        lease: 7,
        body: value.map_or(RecordBody::Deleted, |value| {
            RecordBody::Value(Bytes::from_static(value))
        }),
    }
}

#[test]
fn round_trip() {
    for value in [Some(b"value".as_slice()), Some(b""), None] {
        let record = record(value);
        let bytes = record.encode();
        let read = RecordRef::decode(&bytes).unwrap();
        assert_eq!(read.key, &record.key[..]);
        assert_eq!((read.create_revision, read.version, read.lease), (3, 2, 7));
        assert_eq!(read.previous, record.previous);
        assert_eq!(read.value, value);
    }
}

#[test]
fn broken_records_are_refused() {
    let good = record(Some(b"value")).encode();
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let check =
        |bytes: &[u8], expect: RecordError| assert_eq!(RecordRef::decode(bytes), Err(expect));
    check(&[], RecordError::TooShort { bytes: 0 });
    check(&good[..20], RecordError::TooShort { bytes: 20 });
    check(&with(0, 9), RecordError::UnknownFormat { format: 9 });
    check(&with(1, 4), RecordError::UnknownFlags { flags: 4 });
    check(&with(1, 1), RecordError::DeletionWithValue);
    check(&with(5, 0xff), RecordError::TooShort { bytes: good.len() });
}

#[test]
fn places_sort_as_bytes() {
    let places = [
        (0, 0),
        (0, 1),
        (1, 0),
        (255, 7),
        (256, 0),
        (u64::MAX, u32::MAX),
    ];
    let encoded: Vec<_> = places
        .iter()
        .map(|&(revision, part)| Place { revision, part }.encode())
        .collect();
    assert!(encoded.is_sorted());
    for (bytes, (revision, part)) in encoded.iter().zip(places) {
        assert_eq!(Place::decode(bytes), Some(Place { revision, part }));
    }
    assert_eq!(Place::decode(b"short"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = RecordRef::decode(&bytes);
    }
}
