//! The shape of rows that are made anew: it has a version, and rows of every older version can be read.

use std::path::PathBuf;

use minicbor::{Decoder, Encoder};

use super::full_rows::*;
use super::*;
use crate::model::colleague_profile::PersonDraft;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, PromiseMade};
use crate::model::handbook::KindDraft;
use crate::model::ids::{Actor, InstallationId, OrganisationId};
use crate::model::registry::Role;
use crate::model::visit::{UsageDraft, VisitDraft};
use crate::store::open_promises::OpenPromiseFilter;
use crate::store::rows::{SHAPE, VERSION};
use crate::store::{company, meta};
use crate::testing::{ANN, StoreFixture, golden_bytes, golden_or};

/// Every version of the rows' shape that has golden rows, the oldest first.
fn shapes() -> Vec<i64> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/projection");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut shapes: Vec<i64> = names
        .map(|name| name.to_str().unwrap().parse().unwrap())
        .collect();
    shapes.sort_unstable();
    shapes
}

/// The name of a row, and its bytes as a program wrote them.
type GoldenRow = (String, Vec<u8>);

/// The golden rows of a version.
fn golden_rows(version: i64) -> Vec<GoldenRow> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.join(format!("golden/projection/{version}"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut rows = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = golden_bytes(&format!("projection/{version}/{name}"), &[]);
        rows.push((name, bytes));
    }
    rows
}

/// A row without its field of the highest number, as a program wrote it that did not know that field.
fn without_newest_field(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::new(bytes);
    let count = decoder.map().unwrap().unwrap();
    let mut fields = Vec::new();
    for _ in 0..count {
        let from = decoder.position();
        let number = decoder.u32().unwrap();
        decoder.skip().unwrap();
        fields.push((number, &bytes[from..decoder.position()]));
    }
    fields.sort_by_key(|(number, _)| *number);
    fields.pop();
    let mut older = Vec::new();
    Encoder::new(&mut older).map(fields.len() as u64).unwrap();
    for (_, field) in fields {
        older.extend_from_slice(field);
    }
    older
}

#[test]
fn the_fullest_rows_leave_nothing_out() {
    for row in full_rows() {
        // What a screen showed stands in edits alone.
        let debug = row.debug.replace(", was: None }", " }");
        for empty in ["None", "[]", "\"\"", "{}"] {
            let found = debug.find(empty);
            let near = found.map(|at| &debug[at.saturating_sub(40)..at]);
            assert_eq!(near, None, "fill the field of {} that is {empty}", row.name);
        }
    }
}

#[test]
fn the_rows_have_the_shape_of_their_version() {
    for row in full_rows() {
        let hint = format!(
            "the rows of {} changed: raise ROWS in store/rows.rs by one and run with KEPT_WRITE_GOLDEN=1; the older files stay",
            row.name
        );
        golden_or(
            &format!("projection/{SHAPE}/{}", row.name),
            &row.bytes,
            &hint,
        );
    }
    assert_eq!(golden_rows(SHAPE).len(), full_rows().len());
}

#[test]
fn rows_of_every_older_version_can_still_be_read() {
    let types = full_rows();
    for version in shapes() {
        for (name, bytes) in golden_rows(version) {
            let row = types.iter().find(|row| row.name == name);
            let read = (row
                .unwrap_or_else(|| panic!("no row is called {name}"))
                .decode)(&bytes);
            assert!(
                read.is_ok(),
                "a {name} of version {version}: {read:?}; give the new field `#[cbor(n(K), default)]` or make it an Option"
            );
        }
    }
}

#[test]
fn a_file_with_rows_of_every_older_version_is_made_anew_when_it_is_opened() {
    let mut fixture = StoreFixture::new();
    let owner = meta::Identity {
        organisation: OrganisationId([1; 16]),
        organisation_name: String::new(),
        person: PERSON,
        person_name: String::new(),
        role: Role::Owner,
        team: None,
        installation: InstallationId([1; 16]),
        actor: Actor([1; 16]),
        server: Some(text("https://kept.example")),
        certificate: None,
        pin: None,
    };
    let kept = fixture.store.write(|tx| meta::set(tx, &owner));
    kept.unwrap();
    let (account, _) = fixture.account("Mill");
    let about_account = Some(account);
    let operations = [
        Operation::CreateVisit(VisitDraft {
            account: about_account,
            said: text("said"),
            ..VisitDraft::default()
        }),
        Operation::CreateUsage(UsageDraft {
            account: about_account,
            product: text("oven"),
            ..UsageDraft::default()
        }),
        Operation::CreatePromise(vec![EventBody::Made(Box::new(PromiseMade {
            account: about_account,
            ..made()
        }))]),
        Operation::CreateKind(KindDraft {
            key: text("tow"),
            edits: kind_edits(),
        }),
        Operation::CreatePerson(PersonDraft {
            person: PERSON,
            edits: person_edits(),
        }),
    ];
    for operation in operations {
        let doc = fixture.doc();
        fixture.write(ANN, &[Edit { doc, operation }]).unwrap();
    }
    let lists = |connection: &Connection| -> Result<usize, StoreError> {
        let mut shown = queries::accounts(connection, true, 9, 0)?.len();
        shown += queries::timeline(
            connection,
            account,
            &[
                DocumentKind::Visit,
                DocumentKind::Usage,
                DocumentKind::Promise,
            ],
            false,
            None,
            9,
        )?
        .len();
        for row in queries::latest(connection, &[DocumentKind::Promise], None, 9)? {
            row.promise()?;
        }
        shown += open_promises::query(connection, OpenPromiseFilter::All)?.len();
        company::load(connection)?;
        Ok(shown)
    };
    let before = rows(fixture.store.read()).unwrap();
    assert_eq!(lists(fixture.store.read()).unwrap(), 5);

    let mut older: Vec<(i64, Vec<GoldenRow>)> = shapes()
        .into_iter()
        .map(|version| (version, golden_rows(version)))
        .collect();
    let newest = full_rows().into_iter();
    let lacking = newest.map(|row| (row.name.to_owned(), without_newest_field(&row.bytes)));
    older.push((0, lacking.collect()));
    for (version, golden) in older {
        for (name, bytes) in &golden {
            let (table, column, kind) = match name.as_str() {
                "account" => ("entry", "detail", DocumentKind::Account),
                "visit" => ("entry", "detail", DocumentKind::Visit),
                "usage" => ("entry", "detail", DocumentKind::Usage),
                "promise" => ("entry", "detail", DocumentKind::Promise),
                "handbook-kind" => ("entry", "detail", DocumentKind::Handbook),
                "person" => ("entry", "detail", DocumentKind::Person),
                "open-promise" => ("held", "gist", DocumentKind::Promise),
                _ => continue,
            };
            let sql = format!(
                "UPDATE {table} SET {column} = ?1 WHERE doc IN (SELECT doc FROM entry WHERE kind = ?2)"
            );
            let changed = fixture.store.read().execute(&sql, (bytes, kind)).unwrap();
            assert_eq!(changed, 1, "{name}");
        }
        let made_by = VERSION - SHAPE + version;
        let sql = "UPDATE indexed SET projection = ?1";
        fixture.store.read().execute(sql, [made_by]).unwrap();
        if version == SHAPE {
            assert_eq!(lists(fixture.store.read()).unwrap(), 5);
            // The next opening takes these rows for those of an older program.
            fixture.store.read().execute(sql, [0]).unwrap();
        }
        fixture.reopen();
        assert_eq!(rows(fixture.store.read()).unwrap(), before, "{version}");
        assert!(verify(fixture.store.read()).unwrap().is_empty());
    }
}
