use super::{Body, Piece, Segments};
use bytes::{Buf, Bytes};
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
fn length_is_known_for_whole_bodies() {
    let body = Body::pieces(vec![Piece::Static(b"abc"), Piece::Static(b"d")]);
    assert_eq!(body.exact_len(), Some(4));
    assert_eq!(Body::empty().exact_len(), Some(0));
}
