//! What the server must know about a kind, and the stages an object passes before it may be stored. Names no kind.
