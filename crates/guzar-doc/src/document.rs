//! The owned document that the rest of Guzar works with.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::Date;

use crate::date::{self, BirthDate, ExpiryDate};
use crate::layout::{FieldId, Format};
use crate::name;
use crate::parse::{self, BIRTH, COMPOSITE, Check, EXPIRY, Mrz, NUMBER, NotMrz, OPTIONAL};

/// What a zone does not say itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The day of reading: centuries are chosen by it. Not the trusted date of the checks.
    pub today: Date,
    /// Which way the holder crosses.
    pub direction: Direction,
}

/// Which way a traveller crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Into the country.
    Entry,
    /// Out of it.
    Exit,
}

/// How a number longer than nine characters has its digit computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberConvention {
    /// Nine characters or fewer.
    Plain,
    /// The digit covers both parts joined.
    Concat,
    /// The `<` between the parts takes a weight too.
    WithFiller,
}

impl NumberConvention {
    /// The name used in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Concat => "concat",
            Self::WithFiller => "with_filler",
        }
    }
}

/// The sex as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `M`.
    Male,
    /// `F`.
    Female,
    /// `<`, or the format has no such field.
    Unspecified,
    /// Another character: a quirk, flagged M09.
    Other(u8),
}

/// What each check digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// Of the document number.
    pub document_number: Check,
    /// Of the date of birth.
    pub birth_date: Check,
    /// Of the date of expiry.
    pub expiry_date: Check,
    /// Of the optional data (personal number).
    pub optional: Check,
    /// Over the fields together.
    pub composite: Check,
}

/// Something that an officer should know about a zone. Codes: facts of the catalogue, group M.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocFinding {
    /// Stable code, for example `M01`.
    pub code: &'static str,
    /// Line, from 1.
    pub line: Option<u8>,
    /// Column, from 1.
    pub column: Option<u8>,
    /// What is printed.
    pub found: Option<String>,
    /// What should be.
    pub expected: Option<String>,
}

/// A travel document as read: fields without filler, dates with their century, checks, findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The format.
    pub format: Format,
    /// The lines as read.
    pub lines: Vec<String>,
    /// Document code, for example `P` or `PD`; empty if the format has none.
    pub code: String,
    /// Issuing state or organisation.
    pub issuing_state: String,
    /// The whole document number.
    pub number: String,
    /// How a long number has its digit computed.
    pub number_convention: NumberConvention,
    /// Surname (primary identifier), parts separated by a space.
    pub surname: String,
    /// Given names (secondary identifier), parts separated by a space.
    pub given_names: String,
    /// The name fills its last cell, so it must be assumed cut (Doc 9303 Part 4 section 4.2.3.4).
    pub name_truncated: bool,
    /// Nationality; `None` if the format has none.
    pub nationality: Option<String>,
    /// Date of birth.
    pub birth: BirthDate,
    /// Date of birth as printed.
    pub birth_raw: Option<String>,
    /// Sex; `None` if the format has none.
    pub sex: Option<Sex>,
    /// Last day of validity.
    pub expiry: ExpiryDate,
    /// Last day of validity as printed.
    pub expiry_raw: Option<String>,
    /// Date of issue as printed (`YYMM`, French identity card).
    pub issue_raw: Option<String>,
    /// First optional field, without the end of a long number.
    pub optional_1: Option<String>,
    /// Second optional field.
    pub optional_2: Option<String>,
    /// Check digits.
    pub checks: Checks,
    /// Findings of group M, in the order of their place.
    pub findings: Vec<DocFinding>,
    /// Known layout, clean alphabet, possible dates, no bad digit. Says nothing of being genuine.
    pub valid: bool,
}

impl Document {
    /// Reads a document from its lines, given from the top without line ends.
    ///
    /// # Errors
    ///
    /// [`NotMrz`] if no format has lines of these lengths.
    pub fn read<S: AsRef<str>>(lines: &[S], context: &Context) -> Result<Self, NotMrz> {
        let bytes: Vec<&[u8]> = lines.iter().map(|line| line.as_ref().as_bytes()).collect();
        Ok(Self::from_zone(&parse::parse(&bytes)?, context))
    }

    /// The owned form of a parsed zone.
    #[must_use]
    pub fn from_zone(zone: &Mrz<'_>, context: &Context) -> Self {
        let raw = |id| zone.field(id).map(|field| field.raw);
        let text = |id| raw(id).map(name::text);
        let (number, convention) = number(zone);
        let (surname, given_names) = names(zone);
        let birth = raw(FieldId::BirthDate)
            .map_or(BirthDate::Unknown, |raw| date::birth(raw, context.today));
        let expiry = raw(FieldId::ExpiryDate)
            .map_or(ExpiryDate::Absent, |raw| date::expiry(raw, context.today));
        let mut document = Self {
            format: zone.format(),
            lines: zone.lines().iter().map(|line| lossless(line)).collect(),
            code: text(FieldId::DocumentCode).unwrap_or_default(),
            issuing_state: text(FieldId::IssuingState).unwrap_or_default(),
            number,
            number_convention: convention,
            surname,
            given_names,
            name_truncated: name_fills_field(zone),
            nationality: text(FieldId::Nationality),
            birth,
            birth_raw: raw(FieldId::BirthDate).map(date_text),
            sex: raw(FieldId::Sex).map(sex),
            expiry,
            expiry_raw: raw(FieldId::ExpiryDate).map(date_text),
            issue_raw: text(FieldId::IssueDate),
            optional_1: optional_1(zone),
            optional_2: text(FieldId::Optional2),
            checks: checks(zone),
            findings: Vec::new(),
            valid: zone.is_clean()
                && zone.digits_hold()
                && birth != BirthDate::Impossible
                && expiry != ExpiryDate::Impossible,
        };
        document.findings = crate::findings::of(zone, &document);
        document
    }

    /// Whether it is a visa.
    #[must_use]
    pub const fn is_visa(&self) -> bool {
        matches!(self.format, Format::MrvA | Format::MrvB)
    }

    /// Whether it is a specimen (state UTO), which never passes in live operation.
    #[must_use]
    pub fn is_specimen(&self) -> bool {
        let specimen = crate::codes::SPECIMEN;
        self.issuing_state == specimen || self.nationality.as_deref() == Some(specimen)
    }

    /// What the digit of a field says; [`Check::Absent`] for fields without one.
    #[must_use]
    pub const fn check(&self, field: FieldId) -> Check {
        match field {
            FieldId::DocumentNumber => self.checks.document_number,
            FieldId::BirthDate => self.checks.birth_date,
            FieldId::ExpiryDate => self.checks.expiry_date,
            FieldId::Optional1 => self.checks.optional,
            FieldId::Composite => self.checks.composite,
            _ => Check::Absent,
        }
    }
}

fn checks(zone: &Mrz<'_>) -> Checks {
    Checks {
        document_number: zone.checks[NUMBER],
        birth_date: zone.checks[BIRTH],
        expiry_date: zone.checks[EXPIRY],
        optional: zone.checks[OPTIONAL],
        composite: zone.checks[COMPOSITE],
    }
}

/// The bytes as text; those of a character cut apart become U+FFFD.
pub(crate) fn lossless(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn number(zone: &Mrz<'_>) -> (String, NumberConvention) {
    let raw = |id| zone.field(id).map(|field| field.raw).unwrap_or_default();
    let mut number = name::text(raw(FieldId::DocumentNumber));
    let Some(long) = zone.long() else { return (number, NumberConvention::Plain) };
    let kept = usize::from(long.tail).saturating_sub(1);
    if kept == 0 {
        return (number, NumberConvention::Plain);
    }
    number.push_str(&lossless(raw(FieldId::Optional1).get(..kept).unwrap_or_default()));
    let convention =
        if long.with_filler { NumberConvention::WithFiller } else { NumberConvention::Concat };
    (number, convention)
}

fn optional_1(zone: &Mrz<'_>) -> Option<String> {
    let raw = zone.field(FieldId::Optional1)?.raw;
    let skip = zone.long().map_or(0, |long| usize::from(long.tail));
    Some(name::text(raw.get(skip..).unwrap_or_default()))
}

fn names(zone: &Mrz<'_>) -> (String, String) {
    let raw = |id| zone.field(id).map(|field| field.raw);
    let name = raw(FieldId::Surname).unwrap_or_default();
    if let Some(given) = raw(FieldId::GivenNames) {
        return (name::text(name), name::text(given));
    }
    let (surname, given) = name::split(name);
    (name::text(surname), name::text(given))
}

fn name_fills_field(zone: &Mrz<'_>) -> bool {
    let fills = |id| zone.field(id).is_some_and(|field| field.raw.last() != Some(&b'<'));
    fills(FieldId::Surname) || fills(FieldId::GivenNames)
}

/// Dates keep inner filler, which says what is unknown; a date of filler only is empty.
fn date_text(raw: &[u8]) -> String {
    if parse::is_empty(raw) { String::new() } else { lossless(raw) }
}

fn sex(raw: &[u8]) -> Sex {
    match raw.first() {
        Some(b'M') => Sex::Male,
        Some(b'F') => Sex::Female,
        Some(b'<') | None => Sex::Unspecified,
        Some(&other) => Sex::Other(other),
    }
}
