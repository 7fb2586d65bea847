//! The edges of pages: none, one, a page, a page and one more; nothing is left out and nothing comes twice.

use kept_core::wire::{Page, Reply};
use kept_tests::{Company, Device, RecordedExchange, Scenario, assert_same, quiesce, visit_entry};

/// Groups of one page in these stories.
const PAGE: usize = 5;

/// The cost in bytes of each unit of a page's rows, as the server counts.
fn cost(page: &Page) -> Vec<usize> {
    let mut groups: Vec<usize> = Vec::new();
    for row in &page.rows {
        let cost = row.bytes.as_ref().map_or(0, |bytes| bytes.len())
            + row.control.as_ref().map_or(0, |control| control.len());
        // A visit's group is its `entered` row and its change.
        match row.group {
            None => groups.push(cost),
            Some(_) => *groups.last_mut().unwrap() += cost,
        }
    }
    groups
}

fn replies(passed: &[RecordedExchange]) -> Vec<Reply> {
    passed
        .iter()
        .map(|exchanged| exchanged.reply().unwrap())
        .collect()
}

/// The rows that each reply brought of one scope, and that they follow each other without a gap.
fn rows_of(replies: &[Reply], scope: u32) -> Vec<usize> {
    let mut seq = None;
    let mut counts = vec![];
    for page in replies.iter().flat_map(|reply| &reply.pages) {
        if page.scope != scope || page.rows.is_empty() {
            continue;
        }
        for row in &page.rows {
            assert_eq!(
                row.seq,
                seq.unwrap_or(page.after) + 1,
                "sequences are dense"
            );
            seq = Some(row.seq);
        }
        counts.push(page.rows.len());
    }
    counts
}

/// Writes visits that all cost the same, synchronises each, and returns the bytes of a page of them.
fn write(company: &Company, alice: &Device, probe: &Device, count: usize) -> usize {
    for number in 0..count.max(PAGE) {
        company.advance(60_000);
        alice
            .notebook()
            .log_visit(visit_entry(None, &format!("visit {number:04}")))
            .unwrap();
        if number + 1 == count {
            alice.sync();
        }
    }
    if count == 0 {
        return 4096;
    }
    probe.network().take_recorded();
    probe.sync();
    let read = replies(&probe.network().take_recorded());
    let team = read
        .iter()
        .flat_map(|reply| &reply.pages)
        .find(|page| page.rows.iter().any(|row| row.group.is_some()));
    let costs = cost(team.unwrap());
    costs.iter().take(PAGE).sum()
}

fn read_in_pages(count: usize, spare: isize) -> (Vec<usize>, usize) {
    let scenario = Scenario::begin(&format!(
        "{count} groups, pages of {PAGE} and {spare} bytes"
    ));
    let company = Company::found(&scenario);
    let (alice, bob, probe) = (
        company.alice(),
        company.bob(),
        company.device(
            "Ben",
            kept_core::model::registry::Role::Technician,
            &["north"],
        ),
    );
    quiesce(&[&alice, &bob, &probe]);
    let bytes = write(&company, &alice, &probe, count);
    let bytes = u32::try_from(bytes.checked_add_signed(spare).unwrap()).unwrap();
    bob.network()
        .rewrite(move |request| request.page_bytes = bytes);
    bob.network().take_recorded();
    let report = bob.sync();
    let read = replies(&bob.network().take_recorded());
    assert_eq!(report.received, count as u64);
    assert_eq!(report.agrees, Some(true));
    let scopes = bob.status().scopes;
    for scope in &scopes {
        assert_eq!(scope.seq, scope.head, "{} was read to its head", scope.name);
        assert!(!scope.differs);
    }
    let number = read
        .iter()
        .flat_map(|reply| &reply.pages)
        .find(|page| page.rows.iter().any(|row| row.group.is_some()))
        .map(|page| page.scope);
    let counts = number.map_or(vec![], |number| rows_of(&read, number));
    let more: Vec<bool> = read.iter().map(|reply| reply.more).collect();
    assert!(!more.last().unwrap() && more[..more.len() - 1].iter().all(|more| *more));
    if count > 0 {
        probe.sync();
        assert_same(&[&probe, &bob]);
    }
    bob.assert_healthy();
    (counts, read.len())
}

#[test]
fn nothing_is_one_round_trip_without_rows() {
    assert_eq!(read_in_pages(0, 0), (vec![], 1));
}

#[test]
fn one_group_is_one_page() {
    assert_eq!(read_in_pages(1, 0), (vec![2], 1));
}

#[test]
fn a_full_page_is_one_page() {
    assert_eq!(read_in_pages(PAGE, 0), (vec![2 * PAGE], 1));
}

#[test]
fn a_full_page_and_one_more_are_two_pages() {
    assert_eq!(read_in_pages(PAGE + 1, 0), (vec![2 * PAGE, 2], 2));
}

#[test]
fn a_page_that_lacks_one_byte_leaves_the_last_group_for_the_next() {
    assert_eq!(read_in_pages(PAGE, -1), (vec![2 * (PAGE - 1), 2], 2));
}

#[test]
fn a_page_of_no_bytes_still_moves_one_group_each_time() {
    let scenario = Scenario::begin("the smallest pages");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    for number in 0..4 {
        alice
            .notebook()
            .log_visit(visit_entry(None, &format!("visit {number}")))
            .unwrap();
    }
    alice.sync();
    bob.network().rewrite(|request| request.page_bytes = 0);
    let report = bob.sync();
    assert_eq!((report.exchanges, report.received), (4, 4));
    quiesce(&[&alice, &bob]);
}

#[test]
fn a_large_outbox_goes_in_batches_that_grow_and_nothing_is_offered_twice() {
    let scenario = Scenario::begin("a month in the mountains");
    let company = Company::found(&scenario);
    let (alice, bob) = (company.alice(), company.bob());
    quiesce(&[&alice, &bob]);
    let text = "It rained, and the pump ran. ".repeat(60);
    for number in 0..200 {
        alice
            .notebook()
            .log_visit(visit_entry(None, &format!("{number}: {text}")))
            .unwrap();
    }
    alice.network().take_recorded();
    let report = alice.sync();
    assert_eq!(report.sent, 200);
    let mut seen = std::collections::BTreeSet::new();
    let mut sizes = vec![];
    let passed = alice.network().take_recorded();
    for (at, exchanged) in passed.iter().enumerate() {
        let request = exchanged.request().unwrap();
        assert_eq!(
            request.whole,
            at + 1 == passed.len(),
            "only the last says that this is all"
        );
        let bytes: usize = request
            .groups
            .iter()
            .flat_map(|g| &g.changes)
            .map(|c| c.bytes.len())
            .sum();
        sizes.push(bytes);
        for group in request.groups {
            assert!(seen.insert(group.id), "a group was offered twice");
        }
    }
    scenario.log(format!("batches of {sizes:?} bytes"));
    assert!(sizes.len() >= 3 && sizes[0] <= kept_core::limits::BATCH_START && sizes[1] > sizes[0]);
    bob.sync();
    quiesce(&[&alice, &bob]);
    assert_same(&[&alice, &bob]);
}
