//! Stories of exchanges, one file per chapter.

mod clone_detection;
mod groups;
mod pages;
mod presence;
mod samples;
mod shares;
