//! Messages keep their borders and descriptors arrive.

use std::io::{Read, Write};
use std::os::fd::AsFd;

use super::*;

#[test]
fn a_descriptor_travels_with_its_message() {
    let (ours, theirs) = pair().unwrap();
    let (read, write) = nix::unistd::pipe().unwrap();
    send(ours.as_fd(), b"one", &[read.as_fd()]).unwrap();
    send(ours.as_fd(), b"two", &[]).unwrap();
    drop((ours, read));
    std::fs::File::from(write).write_all(b"through").unwrap();

    let mut buffer = [0; 16];
    let (length, mut descriptors) = receive(theirs.as_fd(), &mut buffer).unwrap().unwrap();
    assert_eq!(&buffer[..length], b"one");
    let mut text = String::new();
    std::fs::File::from(descriptors.remove(0))
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "through");
    assert_eq!(receive(theirs.as_fd(), &mut buffer).unwrap().unwrap().0, 3);
    assert!(receive(theirs.as_fd(), &mut buffer).unwrap().is_none());
}

#[test]
fn a_long_directory_is_no_obstacle_and_a_long_message_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let long = directory.path().join("x".repeat(200));
    std::fs::create_dir(&long).unwrap();
    let listener = listen(&long, "s").unwrap();
    let client = connect(&long, "s").unwrap();
    let server = accept(listener.as_fd()).unwrap();
    send(client.as_fd(), &[0; 32], &[]).unwrap();
    let error = receive(server.as_fd(), &mut [0; 16]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
}
