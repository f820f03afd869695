//! Bounded repair of misread characters, with every changed cell named.
//!
//! Three steps, each only as far as it is certain:
//!
//! 1. *Place rules.* Where only digits may stand, a letter becomes the digit it is mistaken for;
//!    where only letters may stand, a digit becomes its letter. There is one answer or none.
//! 2. *Search.* In numbers and optional data both may stand: cells of a field whose digit does not
//!    hold are exchanged with their double, one cell or else two, until its digit holds.
//! 3. *Composite.* Of the combinations, those that make every digit hold are the answers.
//!
//! `6` and `G` count the same (16 and 6 modulo 10), so no digit tells them apart: a zone that holds
//! with either is left as read.
//!
//! Two answers with the same number of changes are [`Repair::Ambiguous`]: nobody picks one. Names
//! have no digit, so nothing but step 1 touches them; missing or surplus cells are not repaired.
//! Work is bounded by [`TRIES_MAX`], whatever the lines hold.

mod search;

use alloc::vec::Vec;

use crate::alphabet::value;
use crate::layout::{Cells, FieldId, Format, Layout};
use crate::parse::{self, Check, Mrz};

/// Most answers that are told apart; with more the reading is of no use.
pub const CANDIDATES_MAX: usize = 8;
/// Most combinations parsed, if the composite lets so many through; keeps the worst case under 50 microseconds.
pub const TRIES_MAX: u32 = 150;

/// A cell that was changed; line and column from 1, characters as ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Line from the top.
    pub line: u8,
    /// Column from the left.
    pub column: u8,
    /// What was read.
    pub from: u8,
    /// What it is taken for.
    pub to: u8,
}

/// One reading in which every digit holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The lines from the top, all of the MRZ alphabet.
    pub lines: Vec<Vec<u8>>,
    /// What differs from the lines given, in reading order; never empty.
    pub changed: Vec<Change>,
}

/// What came of a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Nothing to repair, or no reading found.
    None,
    /// Exactly one reading with the fewest changes.
    Unique(Candidate),
    /// Several; 2 to [`CANDIDATES_MAX`] of them are given.
    Ambiguous(Vec<Candidate>),
}

/// What may stand in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Any,
}

/// Repairs the zone in `lines`, if it can be done within the bounds above.
///
/// # Examples
///
/// ```
/// use guzar_doc::repair::{Repair, repair};
///
/// let lines: [&[u8]; 2] = [
///     b"P<UTOERIKSSON<<ANNA<MAR1A<<<<<<<<<<<<<<<<<<<",
///     b"L8989O2C36UTO7408122F1204159ZE184226B<<<<<10",
/// ];
/// let Repair::Unique(found) = repair(&lines) else { panic!("one reading") };
/// assert_eq!(found.changed.len(), 2);
/// assert_eq!(found.changed[1].to, b'0');
/// ```
#[must_use]
pub fn repair(lines: &[&[u8]]) -> Repair {
    let Some(format) = format(lines) else { return Repair::None };
    let original: Vec<Vec<u8>> = lines.iter().map(|line| line.to_vec()).collect();
    let mut placed = original.clone();
    place(format, &mut placed);
    if !placed.iter().flatten().all(|&byte| value(byte) != crate::alphabet::OUTSIDE) {
        return Repair::None;
    }
    let borrowed: Vec<&[u8]> = placed.iter().map(Vec::as_slice).collect();
    let Ok(zone) = parse::parse(&borrowed) else { return Repair::None };
    if zone.digits_hold() {
        return one_or_none(&original, placed);
    }
    let readings = search::readings(&zone, &placed);
    outcome(&original, readings)
}

fn one_or_none(original: &[Vec<u8>], lines: Vec<Vec<u8>>) -> Repair {
    let changed = changes(original, &lines);
    if changed.is_empty() { Repair::None } else { Repair::Unique(Candidate { lines, changed }) }
}

fn outcome(original: &[Vec<u8>], readings: Vec<Vec<Vec<u8>>>) -> Repair {
    let mut candidates: Vec<Candidate> = readings
        .into_iter()
        .map(|lines| Candidate { changed: changes(original, &lines), lines })
        .collect();
    candidates.sort_by(|a, b| a.changed.len().cmp(&b.changed.len()).then(a.lines.cmp(&b.lines)));
    candidates.dedup();
    let fewest = candidates.first().map_or(0, |first| first.changed.len());
    candidates.retain(|candidate| candidate.changed.len() == fewest);
    candidates.truncate(CANDIDATES_MAX);
    match (candidates.pop(), candidates.is_empty()) {
        (None, _) => Repair::None,
        (Some(only), true) => Repair::Unique(only),
        (Some(last), false) => {
            candidates.push(last);
            Repair::Ambiguous(candidates)
        }
    }
}

fn changes(original: &[Vec<u8>], lines: &[Vec<u8>]) -> Vec<Change> {
    let mut changed = Vec::new();
    for ((line, before), after) in (1..).zip(original).zip(lines) {
        for ((column, &from), &to) in (1..).zip(before).zip(after) {
            if from != to {
                changed.push(Change { line, column, from, to });
            }
        }
    }
    changed
}

/// The format, allowing for misread first letters.
fn format(lines: &[&[u8]]) -> Option<Format> {
    let format = parse::format(lines).ok()?;
    let first = lines.first()?;
    let french: Vec<u8> = first.iter().take(5).map(|&byte| letter(byte)).collect();
    Some(if format == Format::Td2 && french == b"IDFRA" { Format::FraId } else { format })
}

/// Step 1: every cell whose place allows only digits or only letters.
fn place(format: Format, lines: &mut [Vec<u8>]) {
    let layout = format.layout();
    let coded = lines.first().is_some_and(|line| line.starts_with(b"PNRUS"));
    for (cells, class) in classes(format, layout) {
        if coded && Some(cells) == layout.name {
            // Russian internal passports write Cyrillic letters as digits.
            continue;
        }
        let line = lines.get_mut(usize::from(cells.line));
        let range = usize::from(cells.start)..usize::from(cells.end);
        for byte in line.and_then(|line| line.get_mut(range)).unwrap_or_default() {
            *byte = match class {
                Class::Letter => letter(*byte),
                Class::Digit => digit(*byte),
                Class::Any => *byte,
            };
        }
    }
}

fn classes(format: Format, layout: &Layout) -> impl Iterator<Item = (Cells, Class)> {
    use Class::{Any, Digit, Letter};
    // The French licence's code is `D1`; Swiss optional fields are numbers.
    let code = if format == Format::FraDl { Any } else { Letter };
    let optional = if format == Format::CheDl { Digit } else { Any };
    let birth = if format == Format::CheDl { Any } else { Digit };
    let fields = [
        (layout.code, code),
        (layout.state, Letter),
        (layout.name, Letter),
        (layout.given, Letter),
        (layout.nationality, Letter),
        (layout.sex, Letter),
        (layout.birth, Digit),
        (layout.birth_digit, birth),
        (layout.expiry, Digit),
        (layout.expiry_digit, Digit),
        (layout.issue, Digit),
        (layout.number_digit, Digit),
        (layout.optional_1, optional),
        (layout.optional_1_digit, Digit),
        (layout.optional_2, optional),
        (layout.composite, Digit),
    ];
    fields.into_iter().filter_map(|(cells, class)| Some((cells?, class)))
}

/// The letter that a digit is mistaken for; other characters as they are.
const fn letter(byte: u8) -> u8 {
    match byte {
        b'0' => b'O',
        b'1' => b'I',
        b'2' => b'Z',
        b'5' => b'S',
        b'6' => b'G',
        b'8' => b'B',
        other => other,
    }
}

/// The digit that a letter is mistaken for; other characters as they are.
const fn digit(byte: u8) -> u8 {
    match byte {
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'G' => b'6',
        b'B' => b'8',
        other => other,
    }
}

/// The double of a character where both may stand; `None` if it has none.
const fn double(byte: u8) -> Option<u8> {
    let other = if byte.is_ascii_digit() { letter(byte) } else { digit(byte) };
    if other == byte { None } else { Some(other) }
}

fn is_bad(zone: &Mrz<'_>, id: FieldId) -> bool {
    zone.field(id).is_some_and(|field| matches!(field.check, Check::Bad { .. }))
}
