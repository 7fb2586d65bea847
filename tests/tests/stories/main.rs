//! The stories: what people live through with Kept, told with real notebooks and a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a story that cannot go on has failed"
)]

mod adopt;
mod ahead;
mod basement;
mod bodies;
mod callback;
mod clocks;
mod company_record;
mod counter_offer;
mod date_at_the_table;
mod for_somebody_else;
mod handbook;
mod handed_on_too_late;
mod held_refused;
mod home;
mod honest_date;
mod joining;
mod late_proof;
mod lateness;
mod left_and_back;
mod long_silence;
mod lost_acknowledgement;
mod outages;
mod pages;
mod parts;
mod pieces;
mod same_exchange_twice;
mod same_rows;
mod settling;
mod sharing;
mod step_in;
mod two_people;
mod unusable_page;
