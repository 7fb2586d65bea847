//! The scenarios: what people live through with Kept, with real notebooks and a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a scenario that cannot go on has failed"
)]

mod answer_pieces;
mod callback_reminders;
mod company_record;
mod concurrent_edits;
mod conflicts;
mod copied_notebook;
mod corrections;
mod counter_offer;
mod damaged_pages;
mod date_advice;
mod date_advice_before_promise;
mod duplicate_exchanges;
mod equal_rows;
mod feed_pages;
mod handbook;
mod held_and_refused_groups;
mod http_bodies;
mod join_after_failures;
mod join_again;
mod join_pinned;
mod join_with_own_notebook;
mod late_promises;
mod late_proof;
mod late_reassignment;
mod leave_and_return;
mod long_silence;
mod long_text_parts;
mod lost_answers;
mod named_customer;
mod offline_visit;
mod on_behalf_of_colleague;
mod outages;
mod overview;
mod pool_step_in;
mod push_address;
mod requests_ahead;
mod server_watch;
mod sharing;
mod sync_progress;
mod undo;
mod ways_out;
mod wrong_clocks;
