//! Who is found, who is not, and how it is said. All names are made up.

use guzar_doc::BirthDate;
use guzar_seal::cbor;
use guzar_watchlist::{
    Basis, BirthPattern, DateMatch, DocumentEntry, DocumentKind, DocumentQuery, Instruction, Lists,
    Loaded, NameMatch, PersonEntry, PersonHit, PersonQuery, Snapshot,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

fn basis() -> Basis {
    Basis {
        owner: "Ministry of Utopia".into(),
        legal_basis: "Order 1".into(),
        expires: Some("2027-01-01".into()),
    }
}

fn document(number: &str, to: Option<&str>) -> DocumentEntry {
    DocumentEntry {
        id: format!("d-{number}"),
        version: 1,
        number: number.into(),
        number_to: to.map(String::from),
        issuing_state: "UTO".into(),
        kind: if to.is_some() { DocumentKind::Blank } else { DocumentKind::Stolen },
        instruction: Instruction::Stop,
        basis: basis(),
    }
}

fn person(names: &[&str], birth: Option<BirthPattern>) -> PersonEntry {
    PersonEntry {
        id: "p1".into(),
        version: 3,
        names: names.iter().map(|&name| name.into()).collect(),
        birth,
        sex: Some('F'),
        nationality: Some("UTO".into()),
        document_number: Some("L898902C3".into()),
        instruction: Instruction::Stop,
        basis: basis(),
    }
}

fn list(documents: Vec<DocumentEntry>, persons: Vec<PersonEntry>) -> Snapshot {
    Snapshot { version: 7, issued: "2026-11-20".into(), documents, persons }
}

fn numbers(list: &Loaded, number: &str, issuing_state: &str) -> Vec<(String, bool)> {
    let query = DocumentQuery { number, issuing_state, today: Some(TODAY) };
    list.documents(&query).into_iter().map(|hit| (hit.entry, hit.in_range)).collect()
}

fn ask(entry: PersonEntry, name: &str, name_cut: bool, birth: BirthDate) -> Option<PersonHit> {
    let query = PersonQuery {
        name,
        name_cut,
        birth,
        sex: Some('F'),
        nationality: Some("UTO"),
        document_number: None,
        today: Some(TODAY),
    };
    Loaded::new(list(vec![], vec![entry])).persons(&query).pop()
}

#[test]
fn numbers_and_ranges_of_their_state_only() {
    let entries = vec![document("L898902C3", None), document("A1000", Some("A1999"))];
    let list = Loaded::new(list(entries, vec![]));
    assert_eq!(numbers(&list, "l898902c3<", "UTO"), [("d-L898902C3".to_owned(), false)]);
    assert_eq!(numbers(&list, "A1500", "UTO"), [("d-A1000".to_owned(), true)]);
    for (number, state) in [("L898902C3", "XXX"), ("A2000", "UTO"), ("A15000", "UTO"), ("", "UTO")]
    {
        assert!(numbers(&list, number, state).is_empty(), "{number} {state}");
    }
}

#[test]
fn names_in_any_order_and_script() {
    let day = date(1974, 8, 12);
    let entry = || person(&["Раҳимзода Ҷамшед"], Some(BirthPattern::Day("1974-08-12".into())));
    let hit = ask(entry(), "JAMSHED RAHIMZODA", false, BirthDate::Full(day)).unwrap();
    assert_eq!((hit.name, hit.birth, hit.third), (NameMatch::Exact, DateMatch::Full, true));
    let hit = ask(entry(), "JAMSHED ALI RAHIMZODA", false, BirthDate::Full(day)).unwrap();
    assert_eq!(hit.name, NameMatch::Near);
    assert_eq!(ask(entry(), "KARIM RAHIMZODA", false, BirthDate::Full(day)), None);
    assert_eq!(ask(entry(), "JAMSHED RAHIMZODA", false, BirthDate::Full(date(1974, 8, 13))), None);
}

#[test]
fn a_cut_name_is_matched_by_prefix_and_never_exactly() {
    let entry = || person(&["Nilavadhanananda Chayapa Dejthamrong"], None);
    let hit = ask(entry(), "NILAVADHANANANDA CHAYAPA DEJ", true, BirthDate::Unknown).unwrap();
    assert_eq!((hit.name, hit.birth), (NameMatch::Prefix, DateMatch::Unknown));
    let whole = "NILAVADHANANANDA CHAYAPA DEJTHAMRONG";
    assert_eq!(ask(entry(), whole, true, BirthDate::Unknown).unwrap().name, NameMatch::Prefix);
    assert_eq!(ask(entry(), "NILAVADHANANANDA CHAYAPA DEK", true, BirthDate::Unknown), None);
}

#[test]
fn the_first_of_january_stands_for_unknown() {
    let day = Some(BirthPattern::Day("1974-01-01".into()));
    let hit =
        ask(person(&["Anna"], day), "ANNA", false, BirthDate::Full(date(1974, 8, 12))).unwrap();
    assert_eq!(hit.birth, DateMatch::Year);
    let year = Some(BirthPattern::Year(1974));
    let birth = BirthDate::Partial { year: Some(1974), month: None };
    assert_eq!(ask(person(&["Anna"], year), "ANNA", false, birth).unwrap().birth, DateMatch::Year);
}

#[test]
fn a_basis_is_complete_or_not() {
    assert!(basis().is_complete(Some(TODAY)) && basis().is_complete(None));
    assert!(!basis().is_complete(Some(date(2027, 1, 2))));
    for basis in [
        Basis { owner: " ".into(), ..basis() },
        Basis { legal_basis: String::new(), ..basis() },
        Basis { expires: None, ..basis() },
        Basis { expires: Some("soon".into()), ..basis() },
    ] {
        assert!(!basis.is_complete(Some(TODAY)), "{basis:?}");
    }
}

#[test]
fn every_entry_that_cannot_be_used_is_named() {
    let bad_day = Some(BirthPattern::Day("12.08.1974".into()));
    let snapshot = list(
        vec![document("L1", None), document("A1999", Some("A1000")), document(" ", None)],
        vec![person(&["山田"], None), person(&[], None), person(&["Anna"], bad_day)],
    );
    let errors = snapshot.check().unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| (error.kind, error.row, error.key)).collect();
    let expected = [
        ("document", 2, "number_to"),
        ("document", 3, "number"),
        ("person", 1, "names"),
        ("person", 2, "names"),
        ("person", 3, "birth"),
    ];
    assert_eq!(found, expected);
    assert_eq!(list(vec![document("L1", None)], vec![]).check(), Ok(()));
}

#[test]
fn the_root_changes_with_any_entry() {
    let one = list(vec![document("L1", None)], vec![person(&["Anna"], None)]);
    let bytes = cbor::to_vec(&one);
    assert_eq!(cbor::from_slice::<Snapshot>(&bytes), Ok(one.clone()));
    let mut other = one.clone();
    other.persons.first_mut().unwrap().version = 4;
    assert_ne!(one.root(), other.root());
}

proptest! {
    /// Order of the parts is irrelevant, on both sides.
    #[test]
    fn order_is_irrelevant(parts in prop::collection::vec("[A-Z]{1,8}", 1..5), turn in 0_usize..5) {
        let mut turned = parts.clone();
        turned.rotate_left(turn % parts.len());
        let entry = person(&[&parts.join(" ")], None);
        let hit = ask(entry, &turned.join(" "), false, BirthDate::Unknown);
        prop_assert_eq!(hit.map(|hit| hit.name), Some(NameMatch::Exact));
    }

    /// A part that the entry does not have never makes the match better.
    #[test]
    fn a_foreign_part_never_helps(parts in prop::collection::vec("[A-Z]{1,8}", 1..4), foreign in "[A-Z]{9,12}") {
        let entry = || person(&[&parts.join(" ")], None);
        let without = ask(entry(), &parts.join(" "), false, BirthDate::Unknown).map(|hit| hit.name);
        let with = ask(entry(), &[parts.join(" "), foreign].join(" "), false, BirthDate::Unknown);
        prop_assert!(with.map(|hit| hit.name) <= without);
    }

    /// Any text is survived, on both sides, and any bytes of a list.
    #[test]
    fn anything_is_survived(name in ".{0,40}", listed in ".{0,40}", cut: bool, bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = ask(person(&[&listed], None), &name, cut, BirthDate::Unknown);
        let list = list(vec![document(&listed, Some(&name))], vec![person(&[&listed], None)]);
        let _ = list.check();
        let _ = numbers(&Loaded::new(list), &name, "UTO");
        let _ = cbor::from_slice::<Snapshot>(&bytes);
    }
}
