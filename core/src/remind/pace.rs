//! The time that work takes, from the record: what ladders and "renegotiate now" reckon with.

use std::collections::BTreeMap;

use crate::model::ids::PersonId;

/// Closings from which the record speaks for a performer and a kind.
pub const MIN_CLOSINGS: usize = 8;

/// The recorded efforts and leads; where there are none the company's own entries count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// From start to done, 80 times in 100, in working minutes, by performer and kind.
    pub efforts: BTreeMap<(PersonId, String), u32>,
    /// Half of the promises of a kind took no longer, in minutes of the kind's time base.
    pub medians: BTreeMap<String, u32>,
}

/// The effort that 80 in 100 did not exceed (nearest rank), in the unit given; none under [`MIN_CLOSINGS`].
pub fn usual_effort(mut efforts: Vec<u32>) -> Option<u32> {
    if efforts.len() < MIN_CLOSINGS {
        return None;
    }
    efforts.sort_unstable();
    let rank = (efforts.len() * 4).div_ceil(5);
    efforts.get(rank - 1).copied()
}
