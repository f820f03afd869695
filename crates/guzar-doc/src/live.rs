//! Check digits while an officer types a zone by hand.

use alloc::vec::Vec;

use crate::layout::{FieldId, Format};
use crate::parse::{self, Check, Span};

/// What can be said of a field so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not all of its cells are typed.
    Incomplete,
    /// Its digit holds, or it needs none.
    Ok,
    /// Its digit does not hold.
    Bad,
}

/// One field with a check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    /// The field.
    pub field: FieldId,
    /// Where its digit stands.
    pub digit: Span,
    /// What can be said of it.
    pub state: State,
}

/// The fields of `format` that have a digit, as far as `lines` are typed.
///
/// Missing cells count as filler; a field is incomplete until its digit's cell is typed.
#[must_use]
pub fn digits(format: Format, lines: &[&str]) -> Vec<Live> {
    let filled: Vec<Vec<u8>> = (0..)
        .zip(format.widths())
        .map(|(index, &width)| fill(lines.get(index).copied().unwrap_or_default(), width))
        .collect();
    let borrowed: Vec<&[u8]> = filled.iter().map(Vec::as_slice).collect();
    let Ok(zone) = parse::parse(&borrowed) else { return Vec::new() };
    let fields = [
        FieldId::DocumentNumber,
        FieldId::BirthDate,
        FieldId::ExpiryDate,
        FieldId::Optional1,
        FieldId::Composite,
    ];
    let live = fields.into_iter().filter_map(|field| {
        let digit = zone.digit_span(field)?;
        let check = zone.field(field)?.check;
        let typed = lines.get(usize::from(digit.line) - 1).map_or(0, |line| line.chars().count());
        let state = match check {
            _ if typed < usize::from(digit.end) => State::Incomplete,
            Check::Bad { .. } => State::Bad,
            Check::Ok | Check::Absent => State::Ok,
        };
        Some(Live { field, digit, state })
    });
    live.collect()
}

fn fill(line: &str, width: usize) -> Vec<u8> {
    let typed = line.chars().map(|c| u8::try_from(c.to_ascii_uppercase()).unwrap_or(b'?'));
    typed.chain(core::iter::repeat(b'<')).take(width).collect()
}
