//! Access to the folder: a call that writes enters it, opens the file where that is needed, and lets other processes in
//! again; a call that reads uses a reader of the open file, and enters the folder only where there is none.

use crate::environment::{Environment, SystemEnvironment};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::folder::{self, FolderLock, OpenDatabase};
use crate::store::{Reading, Store};

/// The parts of its folder that a notebook holds, for one thread at a time.
#[derive(Default)]
pub(in crate::notebook) struct FolderUse {
    /// The file, kept open between calls; none if it is closed.
    pub(in crate::notebook) file: Option<OpenDatabase>,
    /// The use of the folder, kept for several calls; none if each call enters it anew.
    pub(in crate::notebook) kept_lock: Option<FolderLock>,
    /// True once the notebook was shut down: nothing is opened any more.
    pub(in crate::notebook) closed: bool,
}

impl Notebook {
    /// Lets its calls wait `wait_ms` milliseconds for other processes from now on.
    pub fn with_lock_wait(mut self, wait_ms: i64) -> Self {
        self.wait_ms = wait_ms;
        self
    }

    /// Keeps other processes from writing from now on, for calls that belong together: each call else lets them in after
    /// it.
    pub fn keep_lock(&self) -> ApiResult<()> {
        let mut folder = self.folder_use.take();
        if folder.closed {
            return Err(KeptError::Closed);
        }
        if folder.kept_lock.is_none() {
            folder.kept_lock = Some(self.lock_folder(&mut folder.file)?);
        }
        Ok(())
    }

    /// Lets other processes in after each call again.
    pub fn release_lock(&self) {
        self.folder_use.take().kept_lock = None;
    }

    /// Enters the folder and runs `work` on the store, which is opened first if it is closed or not the folder's any
    /// more.
    pub(in crate::notebook) fn write<T>(
        &self,
        work: impl FnOnce(&mut Store) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let mut folder = self.folder_use.take();
        if folder.closed {
            return Err(KeptError::Closed);
        }
        let FolderUse {
            file, kept_lock, ..
        } = &mut *folder;
        let done = match kept_lock {
            Some(lock_held) => self.work(lock_held, file, work),
            None => self
                .lock_folder(file)
                .and_then(|lock_held| self.work(&lock_held, file, work)),
        };
        drop(folder);
        done.map_err(|error| folder::detect_full_disk(error, &self.folder))
    }

    /// Waits for other processes, and forgets an open file that is not the folder's any more.
    fn lock_folder(&self, file: &mut Option<OpenDatabase>) -> ApiResult<FolderLock> {
        let lock_held = folder::lock_folder(&self.folder, self.wait_ms)?;
        let strange = file.take_if(|open| !open.is_current(&self.folder));
        if let Some(open) = strange {
            self.readers.close();
            open.store.close_without_checkpoint();
        }
        Ok(lock_held)
    }

    fn work<T>(
        &self,
        lock_held: &FolderLock,
        file: &mut Option<OpenDatabase>,
        work: impl FnOnce(&mut Store) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let open = match file.take() {
            Some(open) => open,
            None => self.open_file(lock_held)?,
        };
        let open = file.insert(open);
        let done = work(&mut open.store);
        if open.store.obstacle().is_some() {
            // The next call looks whether it can be written again.
            *file = None;
        }
        done
    }

    fn open_file(&self, lock_held: &FolderLock) -> ApiResult<OpenDatabase> {
        // The file may be another one than before.
        self.record.give_back();
        self.basis.give_back();
        let begun = SystemEnvironment.boot_ms();
        let opened = OpenDatabase::open(
            &self.folder,
            lock_held,
            self.secrets.as_ref(),
            self.environment.as_ref(),
        );
        match &opened {
            Ok(open) => {
                let ms = SystemEnvironment.boot_ms() - begun;
                let writable = open.store.obstacle().is_none();
                tracing::info!(ms, writable, "opened");
            }
            Err(error) => tracing::warn!(error = error.code(), "not opened"),
        }
        let open = opened?;
        if let Some(source) = open.reader_source(&self.folder) {
            self.readers.serve(source);
        }
        Ok(open)
    }

    /// Runs `work` on one state of the store, beside calls that write. Enters the folder where the file is closed, is not
    /// the folder's any more, or cannot be written.
    pub(in crate::notebook) fn read<T>(
        &self,
        work: impl FnOnce(Reading<'_>) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let Some(mut reader) = self.readers.take(&self.folder) else {
            return self.write(|store| store.snapshot(work));
        };
        let Some(begun) = reader.begin() else {
            reader.discard();
            drop(reader);
            return self.write(|store| store.snapshot(work));
        };
        let done = work((&begun).into());
        drop(begun);
        if matches!(done, Err(KeptError::Storage { .. })) {
            // A connection that met a broken page reads nothing more.
            reader.discard();
        }
        drop(reader);
        done.map_err(|error| folder::detect_full_disk(error, &self.folder))
    }
}
