//! Scenarios of exchanges, one file for each subject.

mod clone_detection;
mod groups;
mod pages;
mod presence;
mod samples;
mod shares;
