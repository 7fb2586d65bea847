//! Stories of exchanges, one file per chapter.

mod groups;
mod pages;
mod pair;
mod presence;
mod samples;
mod shares;
