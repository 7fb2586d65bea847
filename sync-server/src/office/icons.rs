//! The icon and the colour of each mark of a promise's state.

use kept_core::notebook::PromiseMark;

/// Every mark, for lists of what can be asked for.
#[cfg(test)]
pub(super) const ALL: [PromiseMark; 10] = [
    PromiseMark::Kept,
    PromiseMark::Accepted,
    PromiseMark::Waiting,
    PromiseMark::NotAsked,
    PromiseMark::CounterOffered,
    PromiseMark::Late,
    PromiseMark::Broken,
    PromiseMark::NotConfirmed,
    PromiseMark::Disputed,
    PromiseMark::Quiet,
];

/// The mark's name: its symbol in the sprite is `mark-` and this name.
pub(super) fn icon_name(mark: PromiseMark) -> &'static str {
    match mark {
        PromiseMark::Kept => "kept",
        PromiseMark::Accepted => "accepted",
        PromiseMark::Waiting => "waiting",
        PromiseMark::NotAsked => "not-asked",
        PromiseMark::CounterOffered => "counter-offered",
        PromiseMark::Late => "late",
        PromiseMark::Broken => "broken",
        PromiseMark::NotConfirmed => "not-confirmed",
        PromiseMark::Disputed => "disputed",
        PromiseMark::Quiet => "quiet",
    }
}

/// The role whose colours it has: a class `tone-…` of the style sheet.
pub(super) fn tone(mark: PromiseMark) -> &'static str {
    match mark {
        PromiseMark::Kept => "kept",
        PromiseMark::Waiting | PromiseMark::NotAsked | PromiseMark::CounterOffered => "waiting",
        PromiseMark::Late | PromiseMark::Broken => "late",
        PromiseMark::NotConfirmed => "held",
        PromiseMark::Disputed => "disputed",
        PromiseMark::Accepted | PromiseMark::Quiet => "plain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_a_symbol_and_every_tone_a_colour() {
        let sprite = include_str!("../../templates/parts/icons.svg");
        for mark in ALL {
            let id = format!("id=\"mark-{}\"", icon_name(mark));
            assert!(sprite.contains(&id), "{id}");
            let class = format!(".tone-{}", tone(mark));
            assert!(super::super::assets::STYLE.contains(&class), "{class}");
        }
    }
}
