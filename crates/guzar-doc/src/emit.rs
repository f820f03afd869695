//! Fields to lines: the reverse of reading, with digits computed and names cut by rule.

use alloc::string::String;
use alloc::vec::Vec;

use crate::alphabet::{clean, digit, weighted};
use crate::layout::{Cells, Format, Layout};
use crate::translit::{self, NoForm};

/// What stands on a document. Names may be in any script of [`crate::translit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Document code; up to 2 characters.
    pub document_code: String,
    /// Issuing state; up to 3.
    pub issuing_state: String,
    /// Surname.
    pub surname: String,
    /// Given names.
    pub given_names: String,
    /// Document number; longer than 9 only in TD1 and TD2.
    pub document_number: String,
    /// Nationality; up to 3.
    pub nationality: String,
    /// Date of birth, `YYMMDD`; unknown parts `<<` or empty.
    pub birth_date: String,
    /// `M`, `F` or empty.
    pub sex: String,
    /// Date of expiry, `YYMMDD`, or empty.
    pub expiry_date: String,
    /// Date of issue, `YYMM` (French identity card).
    pub issue_date: String,
    /// First optional field.
    pub optional_1: String,
    /// Second optional field.
    pub optional_2: String,
}

/// Lines made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emitted {
    /// From the top.
    pub lines: Vec<String>,
    /// Whether the name did not fit whole.
    pub truncated: bool,
}

/// Why no lines can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmitError {
    /// A field is longer than its cells.
    #[error("{field} has {found} characters, {format} allows {allowed}", format = format.as_str())]
    TooLong {
        /// Key of the field.
        field: &'static str,
        /// Characters found.
        found: usize,
        /// Characters allowed.
        allowed: usize,
        /// The format.
        format: Format,
    },
    /// A field holds a character outside the MRZ alphabet.
    #[error("{field} is {found:?}, only A-Z, 0-9 and < are allowed")]
    Character {
        /// Key of the field.
        field: &'static str,
        /// What was given.
        found: String,
    },
    /// A name holds a letter that no table has.
    #[error("{field}: {source}")]
    Name {
        /// Key of the field.
        field: &'static str,
        /// The letter.
        source: NoForm,
    },
}

/// Makes the lines of a document.
///
/// A number longer than nine characters goes on in the first optional field with its digit there,
/// covered joined (the convention more often met). A name that does not fit has its parts cut from
/// the last given name forward, none below one letter.
///
/// Reading the lines gives the fields back, but for names that were cut.
///
/// # Errors
///
/// [`EmitError`] names the field, what was found and what is allowed.
pub fn lines(fields: &Fields, format: Format) -> Result<Emitted, EmitError> {
    let mut page = Page::new(format);
    let layout = format.layout();
    let number = upper(&fields.document_number);
    let optional_1 = upper(&fields.optional_1);
    page.put("document_code", layout.code, &upper(&fields.document_code))?;
    page.put("issuing_state", layout.state, &upper(&fields.issuing_state))?;
    page.put("nationality", layout.nationality, &upper(&fields.nationality))?;
    page.put("birth_date", layout.birth, &upper(&fields.birth_date))?;
    page.put("sex", layout.sex, &upper(&fields.sex))?;
    page.put("expiry_date", layout.expiry, &upper(&fields.expiry_date))?;
    page.put("issue_date", layout.issue, &upper(&fields.issue_date))?;
    page.put("optional_2", layout.optional_2, &upper(&fields.optional_2))?;
    let long = layout.overflow && number.len() > 9;
    if long {
        page.long_number(layout, &number, &optional_1)?;
    } else {
        page.put("document_number", layout.number, &number)?;
        page.put("optional_1", layout.optional_1, &optional_1)?;
    }
    let truncated = page.names(layout, fields)?;
    page.digits(layout, long);
    Ok(Emitted { lines: page.finish(), truncated })
}

fn upper(text: &str) -> String {
    text.chars().map(|c| if c == ' ' { '<' } else { c.to_ascii_uppercase() }).collect()
}

struct Page {
    format: Format,
    lines: Vec<Vec<u8>>,
}

impl Page {
    fn new(format: Format) -> Self {
        let lines = format.widths().iter().map(|&width| alloc::vec![b'<'; width]).collect();
        Self { format, lines }
    }

    fn finish(self) -> Vec<String> {
        self.lines.into_iter().map(|line| crate::document::lossless(&line)).collect()
    }

    fn cells(&mut self, cells: Cells) -> &mut [u8] {
        let line = self.lines.get_mut(usize::from(cells.line));
        line.and_then(|line| line.get_mut(usize::from(cells.start)..usize::from(cells.end)))
            .unwrap_or_default()
    }

    fn put(
        &mut self,
        field: &'static str,
        cells: Option<Cells>,
        text: &str,
    ) -> Result<(), EmitError> {
        if !clean(text.as_bytes()) {
            return Err(EmitError::Character { field, found: text.into() });
        }
        let format = self.format;
        let target = cells.map(|cells| self.cells(cells)).unwrap_or_default();
        if text.len() > target.len() {
            let (found, allowed) = (text.len(), target.len());
            return Err(EmitError::TooLong { field, found, allowed, format });
        }
        for (cell, byte) in target.iter_mut().zip(text.bytes()) {
            *cell = byte;
        }
        Ok(())
    }

    fn long_number(&mut self, layout: &Layout, number: &str, rest: &str) -> Result<(), EmitError> {
        if !number.is_ascii() {
            return Err(EmitError::Character { field: "document_number", found: number.into() });
        }
        let (head, tail) = number.split_at(9);
        self.put("document_number", layout.number, head)?;
        let mut optional: String = tail.into();
        optional.push(char::from(digit(weighted(number.as_bytes(), 0))));
        if !rest.is_empty() {
            optional.push('<');
            optional.push_str(rest);
        }
        self.put("document_number", layout.optional_1, &optional)
    }

    fn names(&mut self, layout: &Layout, fields: &Fields) -> Result<bool, EmitError> {
        let surname = translit::to_mrz(&fields.surname)
            .map_err(|source| EmitError::Name { field: "surname", source })?;
        let given = translit::to_mrz(&fields.given_names)
            .map_err(|source| EmitError::Name { field: "given_names", source })?;
        let width = |cells: Option<Cells>| cells.map_or(0, |c| usize::from(c.end - c.start));
        if layout.given.is_some() || self.format == Format::FraDl {
            let (surname, cut) = fit(&surname, "", width(layout.name));
            let (given, given_cut) = fit(&given, "", width(layout.given));
            self.put("surname", layout.name, &surname)?;
            self.put("given_names", layout.given, &given)?;
            return Ok(cut || given_cut);
        }
        let (name, cut) = fit(&surname, &given, width(layout.name));
        self.put("surname", layout.name, &name)?;
        Ok(cut)
    }

    /// Every digit: of single fields first, then the composite that covers them.
    fn digits(&mut self, layout: &Layout, long: bool) {
        let number = if long { None } else { layout.number_covered.or(layout.number) };
        let singles = [
            (number, layout.number_digit, false),
            (layout.birth, layout.birth_digit, false),
            (layout.expiry, layout.expiry_digit, true),
            (layout.optional_1, layout.optional_1_digit, true),
        ];
        for (covered, place, empty_allowed) in singles {
            let (Some(covered), Some(place)) = (covered, place) else { continue };
            let covered = self.cells(covered);
            let empty = empty_allowed && covered.iter().all(|&byte| byte == b'<');
            let digit = if empty { b'<' } else { digit(weighted(covered, 0)) };
            self.cells(place).fill(digit);
        }
        if let Some(place) = layout.composite {
            let covered: Vec<u8> =
                layout.covered.iter().flat_map(|&part| self.cells(part).to_vec()).collect();
            self.cells(place).fill(digit(weighted(&covered, 0)));
        }
    }
}

/// Joins surname and given names in `width` cells; says whether something had to be cut.
fn fit(surname: &str, given: &str, width: usize) -> (String, bool) {
    let mut parts: Vec<(&str, bool)> = surname.split('<').map(|part| (part, false)).collect();
    if !given.is_empty() {
        parts.extend(given.split('<').map(|part| (part, true)));
    }
    let mut over = joined(&parts).len().saturating_sub(width);
    let cut = over > 0;
    for (part, _) in parts.iter_mut().rev() {
        let take = over.min(part.len().saturating_sub(1));
        *part = part.get(..part.len() - take).unwrap_or(part);
        over -= take;
    }
    let mut name = joined(&parts);
    name.truncate(width);
    (name, cut)
}

fn joined(parts: &[(&str, bool)]) -> String {
    let mut name = String::new();
    let mut in_given = false;
    for (index, &(part, given)) in parts.iter().enumerate() {
        if given && !in_given {
            name.push_str("<<");
            in_given = true;
        } else if index > 0 {
            name.push('<');
        }
        name.push_str(part);
    }
    name
}
