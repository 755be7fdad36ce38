use super::{Body, Piece, Segments};
use bytes::{Buf, Bytes};
use futures::FutureExt as _;
use http_body_util::BodyExt as _;
use std::io::IoSlice;

fn three() -> Segments {
    let mut segments = Segments::default();
    segments.push(Piece::Static(b"abc"));
    segments.push(Piece::Bytes(Bytes::from_static(b"")));
    segments.push(Piece::Bytes(Bytes::from_static(b"defg")));
    segments
}

#[test]
fn advancing_by_any_step_gives_the_same_bytes() {
    for step in 1..8 {
        let mut segments = three();
        let mut read = Vec::new();
        while segments.has_remaining() {
            let take = segments.chunk().len().min(step);
            read.extend_from_slice(&segments.chunk()[..take]);
            segments.advance(take);
        }
        assert_eq!(read, b"abcdefg", "step {step}");
    }
}

#[test]
fn vectored_slices_start_at_the_offset() {
    let mut segments = three();
    segments.advance(2);
    let mut slices = [IoSlice::new(b""); 4];
    assert_eq!(segments.chunks_vectored(&mut slices), 2);
    assert_eq!((&*slices[0], &*slices[1]), (&b"c"[..], &b"defg"[..]));
}

#[test]
fn all_of_it_is_one_allocation_whatever_it_is_made_of() {
    let alone = |piece| {
        let mut segments = Segments::default();
        segments.push(piece);
        segments.into_bytes()
    };
    assert_eq!(alone(Piece::Static(b"]}")), "]}");
    assert_eq!(alone(Piece::Bytes(Bytes::from_static(b"abc"))), "abc");
    assert_eq!(three().into_bytes(), "abcdefg");
    for advanced in 0..=7 {
        let mut segments = three();
        segments.advance(advanced);
        assert_eq!(segments.into_bytes(), "abcdefg"[advanced..]);
    }
}

#[test]
fn the_chunks_of_a_large_answer_are_all_of_it() {
    let large = Bytes::from(vec![b'x'; super::CHUNK_BYTES_MAX]);
    let pieces = vec![
        Piece::Static(b"["),
        Piece::Bytes(large.clone()),
        Piece::Static(b"]"),
    ];
    let body = Body::pieces(pieces);
    let chunks = body.map_frame(|frame| frame.map_data(Segments::into_bytes));
    let whole = chunks
        .collect()
        .now_or_never()
        .expect("nothing is waited for");
    let whole = whole.expect("a whole answer").to_bytes();
    assert_eq!(whole.len(), large.len() + 2);
    assert!(whole.starts_with(b"[x") && whole.ends_with(b"x]"));
}

#[test]
fn length_is_known_for_whole_bodies() {
    let body = Body::pieces(vec![Piece::Static(b"abc"), Piece::Static(b"d")]);
    assert_eq!(body.exact_len(), Some(4));
    assert_eq!(Body::empty().exact_len(), Some(0));
}
