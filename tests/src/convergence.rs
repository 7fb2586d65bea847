//! Checks on several devices at once: they show the same, and they come to rest.

use crate::{Device, fingerprint};

/// Asserts that all devices show the same.
pub fn assert_same(devices: &[&Device]) {
    let Some((first, others)) = devices.split_first() else {
        return;
    };
    let expected = first.rows();
    for other in others {
        let rows = other.rows();
        let differing = expected.iter().filter(|row| !rows.contains(row));
        let missing: Vec<String> = differing
            .map(|(doc, row)| format!("{doc} {}", String::from_utf8_lossy(row)))
            .collect();
        assert!(
            rows == expected,
            "{} shows {}, {} shows {}; only {} shows {missing:#?}",
            first.name(),
            fingerprint(&expected),
            other.name(),
            fingerprint(&rows),
            first.name(),
        );
    }
}

/// Synchronises all devices in turn, so many times.
pub fn sync_rounds(devices: &[&Device], count: usize) {
    for _ in 0..count {
        for device in devices {
            device.sync();
        }
    }
}

/// Everybody comes to rest within two rounds, in which no page lacks what it names, and then: nothing is
/// unsent, the next exchange moves nothing in one round trip, it agrees with the server, and everything is
/// in order.
pub fn quiesce(devices: &[&Device]) {
    sync_rounds(devices, 2);
    for device in devices {
        let name = device.name();
        for exchanged in device.network().take_recorded() {
            let wants = exchanged.request().unwrap().wants;
            assert_eq!(wants, [], "{name} had to ask for what pages named");
        }
        let report = device.sync();
        let passed = device.network().take_recorded();
        assert_eq!(report.exchanges, 1, "{name} needs more than one round trip");
        assert_eq!(
            (report.sent, report.received),
            (0, 0),
            "{name} is not at rest"
        );
        assert_eq!(report.agrees, Some(true), "{name} differs from the server");
        for exchanged in passed {
            let reply = exchanged.reply().expect("an answer");
            let rows: usize = reply.pages.iter().map(|page| page.rows.len()).sum();
            assert_eq!(rows, 0, "{name} was sent rows again");
            assert!(
                exchanged.request().unwrap().groups.is_empty(),
                "{name} sent groups again"
            );
        }
        assert_eq!(
            device.outbox(),
            Vec::<String>::new(),
            "{name} has something unsent"
        );
        device.assert_healthy();
    }
}
