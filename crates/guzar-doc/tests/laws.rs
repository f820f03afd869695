//! Laws that hold for any input.

#![expect(clippy::unwrap_used, reason = "a broken law should stop the test where it breaks")]

use guzar_doc::emit::{self, Fields};
use guzar_doc::repair::{CANDIDATES_MAX, Repair, repair};
use guzar_doc::{Check, Context, Direction, Document, FieldId, Format, live, parse};
use jiff::civil::date;
use proptest::prelude::*;

const CONTEXT: Context = Context { today: date(2026, 11, 24), direction: Direction::Entry };

fn icao() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Td1, Format::Td2, Format::Td3, Format::MrvA, Format::MrvB])
}

fn fields() -> impl Strategy<Value = Fields> {
    let names = ("[A-Z]{1,12}( [A-Z]{1,6})?", "([A-Z]{1,8})?");
    let dates = (0_u8..100, 1_u8..13, 1_u8..29, 10_u8..40, 1_u8..13, 1_u8..29);
    (names, "[A-Z0-9]{1,9}", dates, prop::sample::select(vec!["M", "F", ""]), "[A-Z0-9]{0,7}")
        .prop_map(|((surname, given_names), number, (y, m, d, ey, em, ed), sex, optional_1)| {
            Fields {
                issuing_state: "UTO".into(),
                nationality: "UTO".into(),
                surname,
                given_names,
                document_number: number,
                birth_date: format!("{y:02}{m:02}{d:02}"),
                expiry_date: format!("{ey:02}{em:02}{ed:02}"),
                sex: sex.into(),
                optional_1,
                ..Fields::default()
            }
        })
}

fn made(fields: &Fields, format: Format) -> Vec<String> {
    let code = match format {
        Format::Td3 => "P",
        Format::MrvA | Format::MrvB => "V",
        _ => "I",
    };
    let fields = Fields { document_code: code.into(), ..fields.clone() };
    emit::lines(&fields, format).unwrap().lines
}

fn bytes(lines: &[String]) -> Vec<&[u8]> {
    lines.iter().map(String::as_bytes).collect()
}

/// Cells that a check digit covers, or that are one: (line, column from 0).
fn covered(format: Format, lines: &[String]) -> Vec<(usize, usize)> {
    let borrowed = bytes(lines);
    let zone = parse(&borrowed).unwrap();
    let fields = [FieldId::DocumentNumber, FieldId::BirthDate, FieldId::ExpiryDate];
    let mut cells = Vec::new();
    for field in fields.into_iter().filter_map(|id| zone.field(id)) {
        let line = usize::from(field.span.line) - 1;
        cells.extend(
            (usize::from(field.span.start) - 1..usize::from(field.span.end)).map(|c| (line, c)),
        );
    }
    assert!(cells.len() == 21, "{}", format.as_str());
    cells
}

proptest! {
    /// What is made reads back as what it was made of, and holds.
    #[test]
    fn made_lines_read_back(fields in fields(), format in icao()) {
        let lines = made(&fields, format);
        let document = Document::read(&lines, &CONTEXT).unwrap();
        prop_assert_eq!(document.format, format);
        prop_assert!(document.valid, "{:?}", document.findings);
        prop_assert_eq!(&document.surname, &fields.surname);
        prop_assert_eq!(&document.given_names, &fields.given_names);
        prop_assert_eq!(&document.number, &fields.document_number);
        prop_assert_eq!(document.birth_raw.as_ref(), Some(&fields.birth_date));
        prop_assert_eq!(document.optional_1.as_ref(), Some(&fields.optional_1));
    }

    /// A long number reads back joined, with the convention that is emitted.
    #[test]
    fn long_numbers_read_back(fields in fields(), number in "[A-Z0-9]{10,14}", td1: bool) {
        let format = if td1 { Format::Td1 } else { Format::Td2 };
        let fields = Fields { document_number: number.clone(), optional_1: String::new(), ..fields };
        if td1 || number.len() < 15 {
            let lines = made(&fields, format);
            let document = Document::read(&lines, &CONTEXT).unwrap();
            prop_assert!(document.valid);
            prop_assert_eq!(document.number, number);
        }
    }

    /// A changed cell under a digit is seen, but for exchanges within a class of the same value
    /// modulo 10 (K and filler, A and K, I and S, B and L): those no check digit can see.
    #[test]
    fn a_changed_cell_is_seen(fields in fields(), format in icao(), pick: prop::sample::Index, to in "[A-Z0-9<]") {
        let mut lines = made(&fields, format);
        let cells = covered(format, &lines);
        let (line, column) = cells[pick.index(cells.len())];
        let value = |c: char| c.to_digit(36).unwrap_or(0) % 10;
        let from = lines[line].chars().nth(column).unwrap();
        let to = to.chars().next().unwrap();
        lines[line].replace_range(column..=column, &to.to_string());
        let document = Document::read(&lines, &CONTEXT).unwrap();
        if value(from) != value(to) && !document.number.is_empty() {
            prop_assert!(!document.valid, "{from} -> {to} at {line} {column}: {lines:?}");
        }
    }

    /// No bytes make anything panic; spans lie inside their lines.
    #[test]
    fn any_bytes_are_survived(format in prop::sample::select(Format::ALL.to_vec()), seed in prop::collection::vec(any::<u8>(), 132)) {
        let mut rest = seed.as_slice();
        let lines: Vec<&[u8]> = format.widths().iter().map(|&width| {
            let (line, tail) = rest.split_at(width);
            rest = tail;
            line
        }).collect();
        let zone = parse(&lines).unwrap();
        for id in [FieldId::Surname, FieldId::DocumentNumber, FieldId::Optional1, FieldId::Composite] {
            if let Some(field) = zone.field(id) {
                prop_assert!(usize::from(field.span.end) <= lines[usize::from(field.span.line) - 1].len());
            }
        }
        let _ = Document::from_zone(&zone, &CONTEXT);
        let _ = repair(&lines);
    }

    /// Any text is survived by everything that takes text.
    #[test]
    fn any_text_is_survived(lines in prop::collection::vec(".{0,50}", 0..5)) {
        let _ = Document::read(&lines, &CONTEXT);
        let borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
        for format in Format::ALL {
            let _ = live::digits(format, &borrowed);
        }
        for line in &lines {
            let _ = guzar_doc::translit::to_mrz(line);
            let fields = Fields { surname: line.clone(), document_number: line.clone(), ..Fields::default() };
            let _ = emit::lines(&fields, Format::Td1);
        }
    }

    /// One misread cell of the number is repaired to what it was, or named ambiguous, or left; the
    /// answer is never another document that is called the only one.
    #[test]
    fn repair_names_what_it_changed(fields in fields(), pick: prop::sample::Index) {
        let truth = made(&fields, Format::Td3);
        let mut lines = truth.clone();
        // Not 6 and G: both count 6, so no digit tells them apart.
        let doubles = [('0', 'O'), ('1', 'I'), ('2', 'Z'), ('5', 'S'), ('8', 'B')];
        let at: Vec<usize> = lines[1].char_indices().take(9)
            .filter(|(_, c)| doubles.iter().any(|(a, b)| a == c || b == c)).map(|(i, _)| i).collect();
        prop_assume!(!at.is_empty());
        let column = at[pick.index(at.len())];
        let from = lines[1].chars().nth(column).unwrap();
        let (a, b) = doubles.iter().copied().find(|(a, b)| *a == from || *b == from).unwrap();
        lines[1].replace_range(column..=column, &(if from == a { b } else { a }).to_string());
        match repair(&bytes(&lines)) {
            Repair::Unique(one) => {
                for change in &one.changed {
                    let line = one.lines[usize::from(change.line) - 1].as_slice();
                    prop_assert_eq!(line[usize::from(change.column) - 1], change.to);
                }
                prop_assert!(parse(&one.lines.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap().digits_hold());
            }
            Repair::Ambiguous(several) => prop_assert!((2..=CANDIDATES_MAX).contains(&several.len())),
            Repair::None => prop_assert!(false, "the truth is one exchange away: {lines:?}"),
        }
    }
}

#[test]
fn typed_digits_come_alive_as_they_are_typed() {
    let lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO740812"];
    let live = live::digits(Format::Td3, &lines);
    let state = |field| live.iter().find(|live| live.field == field).unwrap().state;
    assert_eq!(state(FieldId::DocumentNumber), live::State::Ok);
    assert_eq!(state(FieldId::BirthDate), live::State::Incomplete);
    let wrong = [lines[0], "L898902C37UTO740812"];
    let live = live::digits(Format::Td3, &wrong);
    assert_eq!(live[0].state, live::State::Bad);
}

#[test]
fn a_bad_digit_says_printed_and_computed() {
    let lines = [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C34UTO7408122F1204159ZE184226B<<<<<10",
    ];
    let document = Document::read(&lines, &CONTEXT).unwrap();
    assert_eq!(document.checks.document_number, Check::Bad { printed: b'4', computed: Some(b'6') });
    let finding = &document.findings[0];
    assert_eq!((finding.code, finding.line, finding.column), ("M01", Some(2), Some(10)));
}
