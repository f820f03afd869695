//! Document readers without I/O: what a model is like (its profile), how its bytes become frames,
//! and how a session with it goes. Bytes and times in; captures, faults and bytes to write out.
//!
//! Knows no documents: a capture is lines of text. Ports that move the bytes come on top of it.

pub mod framer;
pub mod profile;
pub mod session;

pub use profile::{Profile, ProfileError};
pub use session::{Action, Capture, Fault, Session};
