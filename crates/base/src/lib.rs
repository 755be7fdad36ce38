//! Small things that std lacks. Grows reluctantly.
