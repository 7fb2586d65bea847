//! The known words that are nearest to a mistyped one.

/// The candidates with the fewest slips of the finger from `typed`, as long as these are few for its length. A
/// beginning of a candidate is one slip away from it.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).collect();
    let allowed = 1 + typed.len() / 4;
    let mut best: Vec<(usize, String)> = Vec::new();
    for candidate in candidates {
        let slips = slips(&typed, &candidate.chars().collect::<Vec<_>>());
        let least = best.first().map_or(allowed, |(least, _)| *least);
        if slips < least {
            best.clear();
        }
        if slips <= least {
            best.push((slips, candidate.to_owned()));
        }
    }
    best.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The number of letters that were added, left out, mistaken or exchanged with their neighbour (optimal string
/// alignment); 1 for a beginning of at least three letters.
fn slips(typed: &[char], candidate: &[char]) -> usize {
    const A_BEGINNING: usize = 3;
    if typed.len() >= A_BEGINNING && candidate.starts_with(typed) {
        return 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=candidate.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in candidate.iter().enumerate() {
            let mistaken = above[column] + usize::from(letter != other);
            let mut slips = mistaken.min(above[column + 1] + 1).min(line[column] + 1);
            let exchanged = row > 0
                && column > 0
                && typed[row - 1] == *other
                && candidate[column - 1] == *letter;
            if exchanged {
                slips = slips.min(before[column - 1] + 1);
            }
            line.push(slips);
        }
        before = above;
        above = line;
    }
    above[candidate.len()]
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
