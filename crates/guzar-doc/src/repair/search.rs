//! Steps 2 and 3: exchanging cells for their doubles until every digit holds.

use alloc::vec::Vec;

use super::{TRIES_MAX, double, is_bad};
use crate::alphabet::value;
use crate::layout::{Cells, FieldId};
use crate::parse::{Check, Mrz, parse};

/// Most cells of one field exchanged together.
const CELLS_MAX: usize = 2;

/// Readings of the zone whose digits all hold, with the fewest exchanged cells that give any.
pub(super) fn readings(zone: &Mrz<'_>, lines: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    let Some(needed) = composite_gap(zone) else { return Vec::new() };
    let cells: Vec<Suspect> =
        suspects(zone).into_iter().map(|cell| Suspect::new(zone, cell)).collect();
    let mut search = Search { lines, needed, left: TRIES_MAX, found: Vec::new() };
    for count in 1..=CELLS_MAX {
        search.exchange(&cells, count);
        if search.left == 0 {
            // Not all were tried, so nobody knows whether an answer is the only one.
            return Vec::new();
        }
        if !search.found.is_empty() {
            return search.found;
        }
    }
    Vec::new()
}

/// How much the composite's sum has to grow, modulo 10; 0 where there is no composite. `None` if
/// no digit is printed in its place.
fn composite_gap(zone: &Mrz<'_>) -> Option<u32> {
    match zone.field(FieldId::Composite).map(|field| field.check) {
        Some(Check::Bad { printed, computed: Some(computed) }) => {
            let printed = printed.is_ascii_digit().then(|| u32::from(printed - b'0'))?;
            Some((printed + 10 - u32::from(computed - b'0')) % 10)
        }
        Some(Check::Bad { computed: None, .. }) => None,
        _ => Some(0),
    }
}

/// A cell that may be exchanged.
struct Suspect {
    cell: Cells,
    /// What the exchange adds to the composite's sum, modulo 10.
    adds: u32,
}

impl Suspect {
    fn new(zone: &Mrz<'_>, cell: Cells) -> Self {
        let weight = composite_weight(zone, cell);
        let before = zone.cells(cell).first().copied().unwrap_or(b'<');
        let after = double(before).unwrap_or(before);
        let (before, after) = (u32::from(value(before)), u32::from(value(after)));
        Self { cell, adds: weight * (after + 40 - before) % 10 }
    }
}

/// The weight of a cell in the composite; 0 if it does not count there.
fn composite_weight(zone: &Mrz<'_>, cell: Cells) -> u32 {
    let mut before = 0;
    for part in zone.format().layout().covered {
        if part.line == cell.line && (part.start..part.end).contains(&cell.start) {
            return match (before + cell.start - part.start) % 3 {
                0 => 7,
                1 => 3,
                _ => 1,
            };
        }
        before += part.end - part.start;
    }
    0
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

struct Search<'a> {
    lines: &'a [Vec<u8>],
    needed: u32,
    left: u32,
    found: Vec<Vec<Vec<u8>>>,
}

impl Search<'_> {
    /// Tries every choice of `count` cells, 1 or 2. The composite rules out nine of ten before
    /// anything is parsed.
    fn exchange(&mut self, cells: &[Suspect], count: usize) {
        for (index, first) in cells.iter().enumerate() {
            if count == 1 {
                self.attempt(&[first]);
                continue;
            }
            for second in cells.get(index + 1..).unwrap_or_default() {
                self.attempt(&[first, second]);
            }
        }
    }

    fn attempt(&mut self, chosen: &[&Suspect]) {
        let adds: u32 = chosen.iter().map(|suspect| suspect.adds).sum();
        if self.left == 0 || adds % 10 != self.needed {
            return;
        }
        self.left -= 1;
        let mut lines = self.lines.to_vec();
        for suspect in chosen {
            exchange(&mut lines, suspect.cell);
        }
        let mut borrowed: [&[u8]; 3] = [b"", b"", b""];
        for (borrowed, line) in borrowed.iter_mut().zip(&lines) {
            *borrowed = line;
        }
        let borrowed = borrowed.get(..lines.len()).unwrap_or_default();
        if parse(borrowed).is_ok_and(|zone| zone.digits_hold()) {
            self.found.push(lines);
        }
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
