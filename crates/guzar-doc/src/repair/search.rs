//! Steps 2 and 3: exchanging cells for their doubles until every digit holds.

use alloc::vec::Vec;

use super::{TRIES_MAX, double, is_bad};
use crate::layout::{Cells, FieldId};
use crate::parse::{Mrz, parse};

/// Most cells of one field exchanged together.
const CELLS_MAX: usize = 2;

/// Readings of the zone whose digits all hold, with the fewest exchanged cells that give any.
pub(super) fn readings(zone: &Mrz<'_>, lines: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    let cells = suspects(zone);
    let mut tries = Tries { left: TRIES_MAX };
    for count in 1..=CELLS_MAX {
        let found = with(lines, &cells, count, &mut tries);
        if tries.left == 0 {
            // Not all were tried, so nobody knows whether an answer is the only one.
            return Vec::new();
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Cells that may be exchanged: those of fields whose digit does not hold; if only the composite
/// does not, those that it alone covers.
fn suspects(zone: &Mrz<'_>) -> Vec<Cells> {
    let layout = zone.format().layout();
    let mut fields = Vec::new();
    if is_bad(zone, FieldId::DocumentNumber) {
        fields.push(layout.number_covered.or(layout.number));
        fields.push(layout.optional_1.filter(|_| zone.long().is_some()));
    }
    if is_bad(zone, FieldId::Optional1) {
        fields.push(layout.optional_1);
    }
    if fields.is_empty() && is_bad(zone, FieldId::Composite) {
        fields.push(layout.optional_1.filter(|_| layout.optional_1_digit.is_none()));
        fields.push(layout.optional_2);
    }
    let runs = fields.into_iter().flatten();
    let each = runs.flat_map(|run| {
        (run.start..run.end).map(move |start| Cells { line: run.line, start, end: start + 1 })
    });
    each.filter(|&cell| zone.cells(cell).first().is_some_and(|&byte| double(byte).is_some()))
        .collect()
}

struct Tries {
    left: u32,
}

impl Tries {
    fn take(&mut self) -> bool {
        let some = self.left > 0;
        self.left = self.left.saturating_sub(1);
        some
    }
}

fn with(lines: &[Vec<u8>], cells: &[Cells], count: usize, tries: &mut Tries) -> Vec<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for (index, &first) in cells.iter().enumerate() {
        let mut changed = lines.to_vec();
        exchange(&mut changed, first);
        if count == 1 {
            keep_if_good(&changed, tries, &mut found);
            continue;
        }
        for &second in cells.get(index + 1..).unwrap_or_default() {
            exchange(&mut changed, second);
            keep_if_good(&changed, tries, &mut found);
            exchange_back(&mut changed, lines, second);
        }
    }
    found
}

fn keep_if_good(lines: &[Vec<u8>], tries: &mut Tries, found: &mut Vec<Vec<Vec<u8>>>) {
    if !tries.take() {
        return;
    }
    let mut borrowed: [&[u8]; 3] = [b"", b"", b""];
    for (borrowed, line) in borrowed.iter_mut().zip(lines) {
        *borrowed = line;
    }
    let borrowed = borrowed.get(..lines.len()).unwrap_or_default();
    if parse(borrowed).is_ok_and(|zone| zone.digits_hold()) {
        found.push(lines.to_vec());
    }
}

fn cell(lines: &mut [Vec<u8>], at: Cells) -> Option<&mut u8> {
    lines.get_mut(usize::from(at.line))?.get_mut(usize::from(at.start))
}

fn exchange(lines: &mut [Vec<u8>], at: Cells) {
    if let Some(byte) = cell(lines, at)
        && let Some(other) = double(*byte)
    {
        *byte = other;
    }
}

fn exchange_back(lines: &mut [Vec<u8>], original: &[Vec<u8>], at: Cells) {
    let before =
        original.get(usize::from(at.line)).and_then(|line| line.get(usize::from(at.start)));
    if let (Some(byte), Some(&before)) = (cell(lines, at), before) {
        *byte = before;
    }
}
