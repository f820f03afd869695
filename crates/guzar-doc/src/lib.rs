//! A travel document as values.
