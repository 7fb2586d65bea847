//! `kept log --stdin`: one visit a line.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::test_folder::{RunResult, TestFolder};

#[test]
fn good_lines_are_taken_and_bad_ones_named() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let mut input = br#"{"account": "miller", "said": "one", "at": "2026-01-02T10:00:00+01:00", "channel": "call"}
{"account": "miller", "sad": "two"}

{"account": "nobody", "said": "three"}
{"account": "miller", "said": "four", "observations": [{"doing": "counts", "pain": 9}]}
{"account": "miller", "said": "five", "observations": [{"doing": "counts", "pain": 3}]}
{"account": "miller", "said": "six", "channel": "pigeon"}
not json
{"account": "miller", "said": "seven", "promises": [{"deliverable": "x", "due": "Fri 12:00"}]}
["miller", "array visit"]
{"account": "miller", "said": "eight", "observations": [{}]}
{"account": "miller", "said": "nine", "observations": [["counts"]]}
{"account": "miller", "said": "ten", "promises": [["x", "Fri 12:00"]]}
{"account": "miller", "said": ""#
        .to_vec();
    input.extend(std::iter::repeat_n(b'x', 20_001));
    input.extend_from_slice(b"\"}\n");
    input.extend(std::iter::repeat_n(b'y', 3 << 20));
    input.extend_from_slice(b"\n{\"account\": \"miller\", \"said\": \"last\"}");
    let run_result = test_folder.run_with_input(&["log", "--stdin"], &input);
    assert_eq!(run_result.code, 1);
    assert_eq!(run_result.out.lines().count(), 3, "{run_result:?}");
    let complaints: Vec<&str> = run_result.err.lines().collect();
    let expected = [
        ("Line 2: ", "unknown field `sad`"),
        ("Line 4: ", "no customer “nobody”"),
        ("Line 5: ", "0, 1, 2 or 3"),
        ("Line 7: ", "on-site, call, video"),
        ("Line 8: ", "not a visit (expected ident, column"),
        ("Line 9: ", "belongs to no company yet"),
        ("Line 10: ", "not a visit"),
        ("Line 11: ", "says nothing"),
        ("Line 12: ", "not a visit"),
        ("Line 13: ", "not a visit"),
        ("Line 14: ", "longer than 20000 characters"),
        ("Line 15: ", "longer than 1 MB"),
    ];
    assert_eq!(complaints.len(), expected.len(), "{complaints:#?}");
    for (complaint, (line, text)) in complaints.iter().zip(expected) {
        assert!(
            complaint.starts_with(line) && complaint.contains(text),
            "{complaint}"
        );
    }
    let lost = r#"Not saved: {"account": "nobody", "said": "three"}"#;
    assert!(complaints[1].ends_with(lost), "{}", complaints[1]);
    let timeline = test_folder.json(&["account", "show", "miller"])["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 4, "{timeline}");
    let first = run_result.out.lines().next().unwrap();
    assert_eq!(
        test_folder
            .json(&["history", first])
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let visit = timeline.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&visit["text"], &visit["at"]),
        (&"one".into(), &1_767_344_400_000_i64.into())
    );
}

#[test]
fn an_id_is_printed_when_its_visit_is_durable_and_others_use_the_folder_between_two_lines() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let mut log = test_folder
        .command(&["log", "--stdin", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = log.stdin.take().unwrap();
    let mut output = BufReader::new(log.stdout.take().unwrap());
    writeln!(input, r#"{{"account": "miller", "said": "one"}}"#).unwrap();
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let logged: serde_json::Value = serde_json::from_str(&line).unwrap();
    test_folder.ok(&["account", "list", "--wait", "0"]);
    test_folder.ok(&["visit", "miller", "two", "--wait", "0"]);
    writeln!(input, r#"{{"account": "miller", "said": "three"}}"#).unwrap();
    output.read_line(&mut String::new()).unwrap();
    let timeline = test_folder.json(&["account", "show", "miller"])["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 3, "{timeline}");
    // Killed at any moment, the visit whose id was printed is there.
    log.kill().unwrap();
    log.wait().unwrap();
    drop(input);
    let id = logged["visit"].as_str().unwrap();
    assert_eq!(
        test_folder.json(&["history", id]).as_array().unwrap().len(),
        1
    );
    assert_eq!(test_folder.json(&["doctor"])["healthy"], true);
}

#[test]
fn nothing_is_lost_when_whoever_reads_the_ids_goes_away() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    for (json, told) in [(false, "2 visits are logged"), (true, "\"output\"")] {
        let args = ["log", "--stdin", "--json"];
        let args = &args[..if json { 3 } else { 2 }];
        let mut log = test_folder
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(log.stdout.take());
        let mut input = log.stdin.take().unwrap();
        for said in ["one", "two"] {
            writeln!(input, r#"{{"account": "miller", "said": "{said}"}}"#).unwrap();
        }
        drop(input);
        let run_result = RunResult::of(log.wait_with_output().unwrap());
        assert!(run_result.complaint().contains(told), "{run_result:?}");
    }
    let timeline = test_folder.json(&["account", "show", "miller"])["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 4, "{timeline}");
}
