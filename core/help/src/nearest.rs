//! The known words that are nearest to a mistyped one.

/// The candidates with the fewest slips of the finger from `typed`, as long as these are few for its length. A
/// beginning of a candidate is one slip away from it.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed: String = typed.to_lowercase().chars().take(64).collect();
    let allowed = 1 + typed.chars().count() / 4;
    let mut best: Vec<(usize, String)> = Vec::new();
    for candidate in candidates {
        let edit_distance = edit_distance(&typed, candidate);
        let least = best.first().map_or(allowed, |(least, _)| *least);
        if edit_distance < least {
            best.clear();
        }
        if edit_distance <= least {
            best.push((edit_distance, candidate.to_owned()));
        }
    }
    best.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The number of letters that were added, left out, mistaken or exchanged with their neighbour; 1 for a beginning of at
/// least three letters.
fn edit_distance(typed: &str, candidate: &str) -> usize {
    const MIN_PREFIX: usize = 3;
    if typed.chars().count() >= MIN_PREFIX && candidate.starts_with(typed) {
        return 1;
    }
    strsim::osa_distance(typed, candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_seen_through() {
        let commands = ["visit", "promise", "reminders", "report", "status", "due"];
        for (typed, meant) in [
            ("vist", "visit"),
            ("viist", "visit"),
            ("promis", "promise"),
            ("rem", "reminders"),
            ("Status", "status"),
            ("deu", "due"),
            ("satus", "status"),
        ] {
            assert_eq!(nearest(typed, commands.into_iter()), [meant], "{typed}");
        }
        assert_eq!(nearest("re", ["red", "ree"].into_iter()), ["red", "ree"]);
        for strange in ["frobnicate", "", "x", "stop it now"] {
            assert!(
                nearest(strange, commands.into_iter()).is_empty(),
                "{strange}"
            );
        }
    }
}
