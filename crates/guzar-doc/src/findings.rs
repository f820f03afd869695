//! Findings of group M: what the zone itself gives away.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use jiff::civil::date;

use crate::alphabet::{OUTSIDE, value};
use crate::codes;
use crate::date::{BirthDate, ExpiryDate};
use crate::document::{DocFinding, Document, Sex, lossless};
use crate::layout::FieldId;
use crate::parse::{Check, Mrz};

/// Most findings of code M09 a zone gives: a zone of garbage need not name every cell.
const FORMAT_FINDINGS_MAX: usize = 8;

/// The codes of the digits, in the order of Doc 9303.
const DIGITS: [(&str, FieldId); 5] = [
    ("M01", FieldId::DocumentNumber),
    ("M02", FieldId::BirthDate),
    ("M03", FieldId::ExpiryDate),
    ("M04", FieldId::Optional1),
    ("M05", FieldId::Composite),
];

/// The findings of a zone and the document made of it, by code.
pub(crate) fn of(zone: &Mrz<'_>, document: &Document) -> Vec<DocFinding> {
    let mut found = Vec::new();
    digits(zone, document, &mut found);
    dates(zone, document, &mut found);
    states(zone, document, &mut found);
    names(zone, document, &mut found);
    format(zone, document, &mut found);
    document_code(zone, document, &mut found);
    specimen(zone, document, &mut found);
    found
}

fn at(
    zone: &Mrz<'_>,
    field: FieldId,
    code: &'static str,
    found: String,
    expected: Option<String>,
) -> DocFinding {
    let span = zone.field(field).map(|field| field.span);
    DocFinding {
        code,
        line: span.map(|span| span.line),
        column: span.map(|span| span.start),
        found: Some(found),
        expected,
    }
}

fn digits(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    for (code, field) in DIGITS {
        let Check::Bad { printed, computed } = document.check(field) else { continue };
        let span = zone.digit_span(field);
        out.push(DocFinding {
            code,
            line: span.map(|span| span.line),
            column: span.map(|span| span.start),
            found: Some(char::from(printed).to_string()),
            expected: computed.map(|digit| char::from(digit).to_string()),
        });
    }
}

fn dates(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    let impossible = [
        (document.birth == BirthDate::Impossible, FieldId::BirthDate, &document.birth_raw),
        (document.expiry == ExpiryDate::Impossible, FieldId::ExpiryDate, &document.expiry_raw),
    ];
    for (impossible, field, raw) in impossible {
        if impossible {
            out.push(at(zone, field, "M06", raw.clone().unwrap_or_default(), None));
        }
    }
}

fn states(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    let issuer = &document.issuing_state;
    if !codes::is_issuer(issuer) {
        out.push(at(zone, FieldId::IssuingState, "M07", issuer.clone(), None));
    }
    if let Some(nationality) = &document.nationality
        && !codes::is_nationality(nationality)
    {
        out.push(at(zone, FieldId::Nationality, "M07", nationality.clone(), None));
    }
}

fn names(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    if document.name_truncated {
        let raw = zone.field(FieldId::Surname).map(|field| field.raw).unwrap_or_default();
        out.push(at(zone, FieldId::Surname, "M08", lossless(raw), None));
    }
}

/// Characters outside the alphabet, digits in names, filler before a number, an unknown sex.
fn format(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    let first = out.len();
    for (line, bytes) in (1..).zip(zone.lines()) {
        for (column, &byte) in (1..).zip(bytes.iter()) {
            if value(byte) == OUTSIDE && out.len() - first < FORMAT_FINDINGS_MAX {
                out.push(cell(line, column, byte));
            }
        }
    }
    for field in [FieldId::Surname, FieldId::GivenNames].into_iter().filter_map(|id| zone.field(id))
    {
        for (column, &byte) in (field.span.start..).zip(field.raw) {
            if byte.is_ascii_digit() && out.len() - first < FORMAT_FINDINGS_MAX {
                out.push(cell(field.span.line, column, byte));
            }
        }
    }
    if let Some(number) = zone.field(FieldId::DocumentNumber)
        && number.raw.first() == Some(&b'<')
    {
        out.push(at(zone, FieldId::DocumentNumber, "M09", lossless(number.raw), None));
    }
    if let Some(Sex::Other(other)) = document.sex {
        let expected = Some("M, F, <".to_string());
        out.push(at(zone, FieldId::Sex, "M09", char::from(other).to_string(), expected));
    }
}

fn cell(line: u8, column: u8, byte: u8) -> DocFinding {
    let found = if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER };
    DocFinding {
        code: "M09",
        line: Some(line),
        column: Some(column),
        found: Some(found.to_string()),
        expected: None,
    }
}

fn document_code(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    let legacy = document.expiry.day().is_none_or(|day| day < date(2038, 1, 1));
    let code = &document.code;
    if !codes::is_document_code(code, document.format, legacy) {
        out.push(at(zone, FieldId::DocumentCode, "M10", code.clone(), None));
    }
}

fn specimen(zone: &Mrz<'_>, document: &Document, out: &mut Vec<DocFinding>) {
    if !document.is_specimen() {
        return;
    }
    let field = if document.issuing_state == codes::SPECIMEN {
        FieldId::IssuingState
    } else {
        FieldId::Nationality
    };
    out.push(at(zone, field, "M11", codes::SPECIMEN.to_string(), None));
}
