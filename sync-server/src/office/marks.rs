//! The symbol and the colour of each mark.

use kept_core::notebook::Mark;

/// Every mark, for lists of what can be asked for.
#[cfg(test)]
pub(super) const ALL: [Mark; 10] = [
    Mark::Kept,
    Mark::Accepted,
    Mark::Waiting,
    Mark::NotAsked,
    Mark::CounterOffered,
    Mark::Late,
    Mark::Broken,
    Mark::NotConfirmed,
    Mark::Disputed,
    Mark::Quiet,
];

/// The mark's name: its symbol in the sprite is `mark-` and this name.
pub(super) fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Kept => "kept",
        Mark::Accepted => "accepted",
        Mark::Waiting => "waiting",
        Mark::NotAsked => "not-asked",
        Mark::CounterOffered => "counter-offered",
        Mark::Late => "late",
        Mark::Broken => "broken",
        Mark::NotConfirmed => "not-confirmed",
        Mark::Disputed => "disputed",
        Mark::Quiet => "quiet",
    }
}

/// The role of the design's table whose colours it has.
pub(super) fn tone(mark: Mark) -> &'static str {
    match mark {
        Mark::Kept => "kept",
        Mark::Waiting | Mark::NotAsked | Mark::CounterOffered => "waiting",
        Mark::Late | Mark::Broken => "late",
        Mark::NotConfirmed => "held",
        Mark::Disputed => "disputed",
        Mark::Accepted | Mark::Quiet => "plain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_a_symbol_and_every_tone_a_colour() {
        let sprite = include_str!("../../templates/parts/marks.svg");
        for mark in ALL {
            let id = format!("id=\"mark-{}\"", name(mark));
            assert!(sprite.contains(&id), "{id}");
            let class = format!(".tone-{}", tone(mark));
            assert!(super::super::assets::STYLE.contains(&class), "{class}");
        }
    }
}
