//! JSON patch, merge patch, strategic merge, server-side apply. Pure: no I/O.
