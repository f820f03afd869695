//! A travel document as values: its machine readable zone read, checked, repaired and made.
//!
//! [`parse`] borrows the lines and allocates nothing; [`Document`] is the owned form that the rest
//! of Guzar works with. A bad check digit is a finding, never an error: an officer must see it.
//!
//! Source of the rules: ICAO Doc 9303, 8th edition, Part 3 (common), 4 (TD3), 5 (TD1), 6 (TD2),
//! 7 (visas). The French and Swiss layouts are national.
#![no_std]

extern crate alloc;

mod alphabet;
pub mod codes;
mod codes_table;
mod date;
mod document;
pub mod emit;
mod findings;
mod layout;
pub mod live;
pub mod name;
mod parse;
pub mod repair;
pub mod translit;

pub use alphabet::check_digit;
pub use date::{BirthDate, ExpiryDate};
pub use document::{Checks, Context, Direction, DocFinding, Document, NumberConvention, Sex};
pub use layout::{FieldId, Format};
pub use parse::{Check, Field, Mrz, NotMrz, Span, parse};
