//! `guzar mrz` as scripts call it.

#![expect(clippy::unwrap_used, reason = "a broken answer should stop the test where it breaks")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const ANNA: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];

/// Answers and exit code.
fn guzar(args: &[&str], input: &[u8]) -> (Vec<Value>, i32) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_guzar"))
        .arg("mrz")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A program that refuses its arguments closes its input at once.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (answers, output.status.code().unwrap())
}

fn asked(value: &Value) -> Vec<u8> {
    format!("{value}\n").into_bytes()
}

#[test]
fn the_specimen_of_the_standard() {
    let input = asked(&json!({"id": "x1", "lines": ANNA}));
    let (answers, code) = guzar(&["--jsonl", "--today", "2026-11-23"], &input);
    let expected = json!({
        "id": "x1", "format": "TD3", "valid": true, "number_convention": "plain",
        "fields": {
            "document_code": "P", "issuing_state": "UTO", "surname": "ERIKSSON",
            "given_names": "ANNA MARIA", "document_number": "L898902C3", "nationality": "UTO",
            "birth_date": "740812", "birth_date_iso": "1974-08-12", "sex": "F",
            "expiry_date": "120415", "expiry_date_iso": "2012-04-15",
            "optional_1": "ZE184226B", "optional_2": "",
        },
        "checks": {
            "document_number": "ok", "birth_date": "ok", "expiry_date": "ok", "optional": "ok",
            "composite": "ok",
        },
        "findings": [
            {"code": "M11", "line": 1, "column": 3, "found": "UTO", "expected": null},
            {"code": "D01", "line": 2, "column": 22, "found": "120415", "expected": ">= 2026-11-23"},
        ],
    });
    assert_eq!((answers, code), (vec![expected], 0));
}

#[test]
fn without_a_day_no_date_is_checked() {
    let (answers, code) = guzar(&["--jsonl"], &asked(&json!({"id": 1, "lines": ANNA})));
    assert_eq!((answers[0]["findings"].as_array().unwrap().len(), code), (1, 0));
}

#[test]
fn a_line_that_cannot_be_used_does_not_stop_the_run() {
    let mut input = b"nonsense\n\xff\xfe\n".to_vec();
    input.extend(asked(&json!({"id": 3, "lines": ANNA, "colour": 1})));
    input.extend(vec![b'x'; 70_000]);
    input.push(b'\n');
    input.extend(asked(&json!({"id": 4, "lines": ["P<UTO"]})));
    let (answers, code) = guzar(&["--jsonl"], &input);
    let codes: Vec<_> = answers.iter().map(|answer| answer["error"]["code"].as_str()).collect();
    let errors = ["not_json", "not_utf8", "wrong_input", "line_too_long"].map(Some);
    assert_eq!(codes, [errors.as_slice(), &[None]].concat());
    assert!(answers[2]["error"]["detail"].as_str().unwrap().contains("colour"));
    assert_eq!(answers[4]["format"], Value::Null);
    assert_eq!((answers[4]["findings"][0]["code"].as_str(), code), (Some("R02"), 1));
}

#[test]
fn repair_names_each_cell() {
    let lines = [ANNA[0], "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10"];
    let input = asked(&json!({"id": 1, "lines": lines}));
    let (answers, code) = guzar(&["--jsonl", "--repair"], &input);
    let repair = &answers[0]["repair"];
    assert_eq!((repair["outcome"].as_str(), code), (Some("unique"), 0));
    assert_eq!(repair["lines"], json!(ANNA));
    assert_eq!(repair["changed"], json!([{"line": 2, "column": 6, "from": "O", "to": "0"}]));
    assert_eq!(answers[0]["valid"], false, "the reading itself stays as it was read");
}

#[test]
fn made_from_native_script() {
    let fields = json!({
        "document_code": "P", "issuing_state": "UTO", "surname": "Раҳимзода",
        "given_names": "Ҷамшед", "document_number": "A1234567", "nationality": "UTO",
        "birth_date": "900101", "sex": "M", "expiry_date": "300101",
    });
    let input = asked(&json!({"id": "m", "format": "TD3", "fields": fields}));
    let (answers, code) = guzar(&["--jsonl", "--make"], &input);
    assert_eq!(answers[0]["lines"][0], "P<UTORAHIMZODA<<JAMSHED<<<<<<<<<<<<<<<<<<<<<");
    assert_eq!((&answers[0]["truncated"], code), (&json!(false), 0));
    let (answers, code) =
        guzar(&["--jsonl", "--make"], &asked(&json!({"id": 1, "format": "TD9", "fields": {}})));
    assert_eq!((answers[0]["error"]["code"].as_str(), code), (Some("unknown_format"), 1));
}

#[test]
fn wrong_usage_is_2() {
    assert_eq!(guzar(&[], b"").1, 2);
    assert_eq!(guzar(&["--jsonl", "--today", "yesterday"], b"").1, 2);
    assert_eq!(guzar(&["--jsonl", "--make", "--repair"], b"").1, 2);
}
