//! The replica is rebuilt from the log whenever it cannot be opened, and survives a restart.

use std::fs;

use super::*;
use crate::office::replica::Replica;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_opened_is_set_aside_and_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path().join("office");
    fs::create_dir(&office).unwrap();
    fs::write(office.join("notebook.db"), b"this is no database").unwrap();
    let mut company = OfficeFixture::start_in(folder).await;
    company.page_with("/", "Nothing has come in yet").await;
    let names = fs::read_dir(company.folder.path()).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let aside = names
        .find(|name| name.starts_with("office.set-aside-"))
        .unwrap();
    let kept = fs::read(company.folder.path().join(aside).join("notebook.db")).unwrap();
    assert_eq!(kept, b"this is no database");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_replica_goes_on_where_it_was() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    blocking(move || {
        sam.create_account(bakery()).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
    company = company.restart(|_| {}).await;
    company.page_with("/accounts", "Bäckerei Süß").await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = company.folder.path().join("keys/office.key");
        assert_eq!(
            fs::metadata(key).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_broke_after_a_while_is_rebuilt_from_the_log() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    blocking(move || {
        sam.create_account(bakery()).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
    company = company
        .restart(|folder| {
            fs::write(folder.join("office/notebook.db"), b"a disk that lies").unwrap();
        })
        .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
    company = company
        .restart(|folder| fs::remove_dir_all(folder.join("office")).unwrap())
        .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_around_the_file_sets_nothing_aside() {
    let folder = tempfile::tempdir().unwrap();
    let new = organisation("Nordlicht", &[]);
    let environment = Arc::new(SystemEnvironment);
    let (state, _) = ServerState::create(folder.path(), environment, &new).unwrap();
    // No file can be opened where a folder is: like a machine that has no more handles to give.
    let lock = folder.path().join("office/lock");
    fs::create_dir_all(&lock).unwrap();
    let replica = Replica::new(state);
    assert!(replica.catch_up().is_err() && lock.is_dir());
    fs::remove_dir(&lock).unwrap();
    replica.catch_up().unwrap();
    let names = fs::read_dir(folder.path()).unwrap();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.all(|name| !name.contains("set-aside")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_opens_and_holds_nonsense_is_rebuilt_too() {
    let mut company = OfficeFixture::start().await;
    let sam = company.colleague("Sam").await;
    blocking(move || {
        sam.create_account(bakery()).unwrap();
        sam.sync_now().unwrap();
    })
    .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
    company = company
        .restart(|folder| {
            let database = folder.join("office/notebook.db");
            let mut bytes = fs::read(&database).unwrap();
            // All but the page that the key is tried on.
            bytes[4096..].fill(7);
            fs::write(&database, bytes).unwrap();
        })
        .await;
    company.page_with("/accounts", "Bäckerei Süß").await;
}
