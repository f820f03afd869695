//! HIL.
