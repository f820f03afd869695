//! Lines to a zone: borrowed, no allocation, one pass over the cells that digits cover.

use crate::alphabet::{clean, digit, weighted};
use crate::layout::{Cells, FieldId, Format, Layout};

/// Longest line of any format, and most lines.
const LINES_MAX: usize = 3;

/// Why lines are not a machine readable zone of a known format.
///
/// A bad digit, a character outside the alphabet or an impossible date is *not* here: such a zone
/// parses and carries findings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotMrz {
    /// No line, or more than three.
    #[error("{found} lines found, a zone has 1 to 3")]
    Lines {
        /// Lines found.
        found: usize,
    },
    /// No format has lines of these lengths.
    #[error(
        "lines of {first} and {second} characters; TD1 has 3 of 30, TD2 2 of 36, TD3 2 of 44, \
         visas 2 of 44 or 36, French licence 1 of 30, Swiss licence 9, 30, 30"
    )]
    Lengths {
        /// Lines found.
        lines: usize,
        /// Characters in the first line.
        first: usize,
        /// Characters in the second line, 0 if there is none.
        second: usize,
    },
}

impl NotMrz {
    /// The finding that an officer gets: nothing readable, or a part of a zone.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Lines { found: 0 } => "R01",
            Self::Lines { .. } | Self::Lengths { .. } => "R02",
        }
    }
}

/// What a check digit says of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Printed and computed digit agree.
    Ok,
    /// They differ, or the digit can't be computed.
    Bad {
        /// The character printed, ASCII.
        printed: u8,
        /// The digit computed, ASCII; `None` if the field holds characters outside the alphabet.
        computed: Option<u8>,
    },
    /// The format has no such digit, or `<` is allowed in its place.
    Absent,
}

/// A run of cells as an officer would point at it: all counted from 1, the last cell included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Line from the top.
    pub line: u8,
    /// First column.
    pub start: u8,
    /// Last column.
    pub end: u8,
}

/// A field as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The characters with their filler.
    pub raw: &'a [u8],
    /// Where they stand.
    pub span: Span,
    /// What its check digit says.
    pub check: Check,
}

/// A zone of a known format, borrowed from its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mrz<'a> {
    lines: [&'a [u8]; LINES_MAX],
    format: Format,
    clean: bool,
    long: Option<LongNumber>,
    pub(crate) checks: [Check; 5],
}

/// A document number that goes on in the optional field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LongNumber {
    /// Cells of the optional field that belong to it, the digit included.
    pub(crate) tail: u8,
    /// Whether the `<` in the digit's usual place takes a weight.
    pub(crate) with_filler: bool,
}

/// Index of each digit in [`Mrz::checks`].
pub(crate) const NUMBER: usize = 0;
pub(crate) const BIRTH: usize = 1;
pub(crate) const EXPIRY: usize = 2;
pub(crate) const OPTIONAL: usize = 3;
pub(crate) const COMPOSITE: usize = 4;

/// Reads the zone in `lines`, given from the top without line ends.
///
/// # Errors
///
/// [`NotMrz`] if no format has lines of these lengths.
///
/// # Examples
///
/// ```
/// use guzar_doc::{Check, FieldId, NotMrz, parse};
///
/// let lines: [&[u8]; 2] = [
///     b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
///     b"L898902C36UTO7408122F1204159ZE184226B<<<<<10",
/// ];
/// let zone = parse(&lines)?;
/// let number = zone.field(FieldId::DocumentNumber).map(|field| (field.raw, field.check));
/// assert_eq!(number, Some((b"L898902C3".as_slice(), Check::Ok)));
/// assert_eq!(parse(&lines[..1]), Err(NotMrz::Lengths { lines: 1, first: 44, second: 0 }));
/// # Ok::<(), NotMrz>(())
/// ```
#[inline]
pub fn parse<'a>(lines: &[&'a [u8]]) -> Result<Mrz<'a>, NotMrz> {
    let format = format(lines)?;
    let mut own: [&[u8]; LINES_MAX] = [b"", b"", b""];
    for (own, line) in own.iter_mut().zip(lines) {
        *own = line;
    }
    let clean = lines.iter().all(|line| clean(line));
    let mut zone = Mrz { lines: own, format, clean, long: None, checks: [Check::Absent; 5] };
    let layout = format.layout();
    (zone.checks[NUMBER], zone.long) = zone.number(layout);
    zone.checks[BIRTH] = zone.simple(layout.birth, layout.birth_digit, false);
    zone.checks[EXPIRY] = zone.simple(layout.expiry, layout.expiry_digit, true);
    zone.checks[OPTIONAL] = zone.simple(layout.optional_1, layout.optional_1_digit, true);
    zone.checks[COMPOSITE] = zone.composite(layout);
    Ok(zone)
}

/// The format of lines of these lengths and first letters.
#[inline]
pub(crate) fn format(lines: &[&[u8]]) -> Result<Format, NotMrz> {
    let visa = |first: &[u8]| first.first() == Some(&b'V');
    match *lines {
        [a, b] if a.len() == 44 && b.len() == 44 => {
            Ok(if visa(a) { Format::MrvA } else { Format::Td3 })
        }
        [a, b, c] if a.len() == 30 && b.len() == 30 && c.len() == 30 => Ok(Format::Td1),
        [a, b] if a.len() == 36 && b.len() == 36 => Ok(match a {
            _ if visa(a) => Format::MrvB,
            _ if a.starts_with(b"IDFRA") => Format::FraId,
            _ => Format::Td2,
        }),
        [a] if a.len() == 30 => Ok(Format::FraDl),
        [a, b, c] if a.len() == 9 && b.len() == 30 && c.len() == 30 => Ok(Format::CheDl),
        [a, b, ..] if lines.len() <= LINES_MAX => {
            Err(NotMrz::Lengths { lines: lines.len(), first: a.len(), second: b.len() })
        }
        [a] => Err(NotMrz::Lengths { lines: 1, first: a.len(), second: 0 }),
        _ => Err(NotMrz::Lines { found: lines.len() }),
    }
}

impl<'a> Mrz<'a> {
    /// The format.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The lines, from the top.
    #[must_use]
    pub fn lines(&self) -> &[&'a [u8]] {
        self.lines.get(..self.format.widths().len()).unwrap_or_default()
    }

    /// Whether every character is of the MRZ alphabet.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.clean
    }

    /// Whether every digit that is there holds.
    #[must_use]
    #[inline]
    pub fn digits_hold(&self) -> bool {
        !self.checks.iter().any(|check| matches!(check, Check::Bad { .. }))
    }

    /// A field as printed; `None` if the format lacks it.
    ///
    /// [`FieldId::Surname`] is the whole name field where both names share one; a long document
    /// number has its first nine characters here and its end in [`FieldId::Optional1`].
    #[must_use]
    #[inline]
    pub fn field(&self, id: FieldId) -> Option<Field<'a>> {
        let layout = self.format.layout();
        let (cells, check) = match id {
            FieldId::DocumentCode => (layout.code, Check::Absent),
            FieldId::IssuingState => (layout.state, Check::Absent),
            FieldId::Surname => (layout.name, Check::Absent),
            FieldId::GivenNames => (layout.given, Check::Absent),
            FieldId::DocumentNumber => (layout.number, self.checks[NUMBER]),
            FieldId::Nationality => (layout.nationality, Check::Absent),
            FieldId::BirthDate => (layout.birth, self.checks[BIRTH]),
            FieldId::Sex => (layout.sex, Check::Absent),
            FieldId::ExpiryDate => (layout.expiry, self.checks[EXPIRY]),
            FieldId::IssueDate => (layout.issue, Check::Absent),
            FieldId::Optional1 => (layout.optional_1, self.checks[OPTIONAL]),
            FieldId::Optional2 => (layout.optional_2, Check::Absent),
            FieldId::Composite => (layout.composite, self.checks[COMPOSITE]),
        };
        let cells = cells?;
        Some(Field { raw: self.cells(cells), span: cells.span(), check })
    }

    /// Where the digit of a field stands; `None` if it has none.
    #[must_use]
    pub fn digit_span(&self, id: FieldId) -> Option<Span> {
        let layout = self.format.layout();
        let cells = match id {
            FieldId::DocumentNumber => match (self.long, layout.optional_1) {
                (Some(long), Some(optional)) => Some(Cells {
                    start: optional.start + long.tail.saturating_sub(1),
                    end: optional.start + long.tail,
                    ..optional
                }),
                _ => layout.number_digit,
            },
            FieldId::BirthDate => layout.birth_digit,
            FieldId::ExpiryDate => layout.expiry_digit,
            FieldId::Optional1 => layout.optional_1_digit,
            FieldId::Composite => layout.composite,
            _ => None,
        };
        cells.map(Cells::span)
    }

    pub(crate) const fn long(&self) -> Option<LongNumber> {
        self.long
    }

    #[inline]
    pub(crate) fn cells(&self, cells: Cells) -> &'a [u8] {
        let line = self.lines.get(usize::from(cells.line)).copied().unwrap_or_default();
        line.get(usize::from(cells.start)..usize::from(cells.end)).unwrap_or_default()
    }

    #[inline]
    fn cell(&self, cells: Cells) -> u8 {
        self.cells(cells).first().copied().unwrap_or(b'<')
    }

    /// A digit over one field; `<` is allowed in its place if the field is empty.
    #[inline]
    fn simple(&self, field: Option<Cells>, digit: Option<Cells>, empty_allowed: bool) -> Check {
        let (Some(field), Some(digit)) = (field, digit) else { return Check::Absent };
        let (field, printed) = (self.cells(field), self.cell(digit));
        if printed == b'<' && empty_allowed && is_empty(field) {
            return Check::Absent;
        }
        self.compare(printed, field, weighted(field, 0))
    }

    #[inline]
    fn compare(&self, printed: u8, field: &[u8], sum: u32) -> Check {
        if !self.clean && !clean(field) {
            return Check::Bad { printed, computed: None };
        }
        let computed = digit(sum);
        if printed == computed {
            Check::Ok
        } else {
            Check::Bad { printed, computed: Some(computed) }
        }
    }

    #[inline]
    fn number(&self, layout: &Layout) -> (Check, Option<LongNumber>) {
        let (Some(number), Some(digit)) = (layout.number, layout.number_digit) else {
            return (Check::Absent, None);
        };
        let printed = self.cell(digit);
        if printed != b'<' || layout.number_covered.is_some() {
            let covered = self.cells(layout.number_covered.unwrap_or(number));
            return (self.compare(printed, covered, weighted(covered, 0)), None);
        }
        let number = self.cells(number);
        if is_empty(number) {
            return (Check::Absent, None);
        }
        let optional = layout.optional_1.filter(|_| layout.overflow);
        match optional.map(|optional| self.cells(optional)) {
            Some(optional) if optional.first() != Some(&b'<') => self.long_number(number, optional),
            _ => (self.compare(printed, number, weighted(number, 0)), None),
        }
    }

    /// The number goes on in `optional`, up to a filler; the last character is its digit.
    ///
    /// Source: Doc 9303 Part 5 note j, Part 6 note j. They do not say whether the `<` in the
    /// digit's usual place takes a weight; both conventions are in the field.
    fn long_number(&self, number: &[u8], optional: &[u8]) -> (Check, Option<LongNumber>) {
        let tail = optional.split(|&byte| byte == b'<').next().unwrap_or_default();
        let Some((&printed, rest)) = tail.split_last() else { return (Check::Absent, None) };
        let plain = weighted(number, 0) + weighted(rest, number.len() % 3);
        let filler = weighted(number, 0) + weighted(rest, (number.len() + 1) % 3);
        let length = u8::try_from(tail.len()).unwrap_or_default();
        let with_filler = printed != digit(plain) && printed == digit(filler);
        let long = Some(LongNumber { tail: length, with_filler });
        if rest.is_empty() {
            // Nothing overflowed: the digit stands in the wrong place.
            return (Check::Bad { printed: b'<', computed: Some(digit(plain)) }, long);
        }
        if !clean(number) || !clean(rest) {
            return (Check::Bad { printed, computed: None }, long);
        }
        let sum = if with_filler { filler } else { plain };
        (self.compare(printed, b"", sum), long)
    }

    #[inline]
    fn composite(&self, layout: &Layout) -> Check {
        let Some(composite) = layout.composite else { return Check::Absent };
        let (mut sum, mut phase) = (0, 0);
        let mut readable = true;
        for &part in layout.covered {
            let part = self.cells(part);
            sum += weighted(part, phase);
            phase = (phase + part.len()) % 3;
            readable &= self.clean || clean(part);
        }
        let printed = self.cell(composite);
        if readable {
            self.compare(printed, b"", sum)
        } else {
            Check::Bad { printed, computed: None }
        }
    }
}

impl Cells {
    #[inline]
    pub(crate) const fn span(self) -> Span {
        Span { line: self.line + 1, start: self.start + 1, end: self.end }
    }
}

/// Whether a field holds filler only.
pub(crate) fn is_empty(field: &[u8]) -> bool {
    field.iter().all(|&byte| byte == b'<')
}
