//! Structure, digits and spans of a zone; repair at its worst.

use std::hint::black_box;
use std::time::Instant;

use guzar_doc::repair::repair;
use guzar_doc::{FieldId, parse};

use crate::counting::allocations;
use crate::row::Row;

const TD3: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];
const TD1: [&str; 3] = [
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];
const MRV_A: [&str; 2] = [
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<<<<<<<<<",
];
/// Every cell of number and optional data has a double, and no reading holds.
const WORST: [&str; 3] = [
    "I<UTO0O1I2Z5S8<BO0I1Z2S5B8O0I1",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];
/// Doubles that count the same: the composite, which holds, rules no exchange out.
const BLIND: [&str; 3] = [
    "I<UTO6G6G6G6G6<G6G6G6G6G6G6G61",
    "7408122F1204159UTO<<<<<<<<<<<3",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];

const RUNS: u32 = 301;
const CALLS: u32 = 2_000;

/// The rows of this group.
pub(crate) fn rows() -> Vec<Row> {
    let peer = "crate mrz 0.9.1";
    let note = "parse, every digit, fields and spans; median";
    let row = |name, ours, goal, theirs| {
        Row::at_most(name, ours, "ns", goal).beside(peer, theirs).runs(RUNS).note(note)
    };
    let td3 = median_ns(|| read(&TD3));
    let td1 = median_ns(|| read(&TD1));
    let mrva = median_ns(|| read(&MRV_A));
    let [a, b] = TD3;
    let peer_td3 =
        median_ns(|| drop(black_box(mrz::parse_td3(black_box(a), b).map(|d| d.valid()))));
    let [a, b, c] = TD1;
    let peer_td1 =
        median_ns(|| drop(black_box(mrz::parse_td1(black_box(a), b, c).map(|d| d.valid()))));
    let [a, b] = MRV_A;
    let peer_mrva =
        median_ns(|| drop(black_box(mrz::parse_mrv_a(black_box(a), b).map(|d| d.valid()))));
    vec![
        row("mrz.td3_ns", td3, 200.0, peer_td3),
        row("mrz.td1_ns", td1, 220.0, peer_td1),
        row("mrz.mrva_ns", mrva, 200.0, peer_mrva),
        allocation_row(peer),
        worst_repair(),
    ]
}

/// What a caller of the parser does: the zone, then each field with its span.
fn read<const N: usize>(lines: &[&str; N]) {
    let lines = black_box(lines).map(str::as_bytes);
    let Ok(zone) = parse(&lines) else { return };
    for id in [
        FieldId::DocumentCode,
        FieldId::IssuingState,
        FieldId::Surname,
        FieldId::DocumentNumber,
        FieldId::Nationality,
        FieldId::BirthDate,
        FieldId::Sex,
        FieldId::ExpiryDate,
        FieldId::Optional1,
        FieldId::Composite,
    ] {
        black_box(zone.field(id));
    }
    black_box(zone.digits_hold());
}

fn allocation_row(peer: &'static str) -> Row {
    let ours = allocations(|| {
        read(&TD3);
        read(&TD1);
        read(&MRV_A);
    });
    let [a, b] = TD3;
    let theirs = allocations(|| drop(black_box(mrz::parse_td3(a, b))));
    let mut row = Row::at_most("mrz.allocations", count(ours), "", 0.0);
    row = row.beside(peer, count(theirs));
    row.note("a TD3, a TD1 and a visa; peer: the TD3 alone")
}

fn worst_repair() -> Row {
    let lines = WORST.map(str::as_bytes);
    let blind = BLIND.map(str::as_bytes);
    let mut slowest = median_ns(|| drop(black_box(repair(black_box(&blind))))) / 1000.0;
    for shift in 0..30 {
        let mut first = WORST[0].as_bytes().to_vec();
        if let Some(tail) = first.get_mut(15..) {
            tail.rotate_left(shift % 15);
        }
        let lines = [first.as_slice(), lines[1], lines[2]];
        slowest = slowest.max(median_ns(|| drop(black_box(repair(black_box(&lines))))) / 1000.0);
    }
    Row::at_most("mrz.repair_worst_us", slowest, "us", 50.0)
        .runs(RUNS)
        .note("slowest of 31 zones in which every searched cell has a double")
}

fn count(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Median over [`RUNS`] runs of the time of one call, each run long enough for the clock.
fn median_ns(mut work: impl FnMut()) -> f64 {
    let begun = Instant::now();
    work();
    let once = begun.elapsed().as_nanos().max(1);
    let calls = u32::try_from(u128::from(CALLS) * 200 / once).unwrap_or(CALLS).clamp(20, CALLS);
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..calls {
                work();
            }
            begun.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    runs.get(runs.len() / 2).copied().unwrap_or_default()
}
