//! The items of CBOR from elsewhere, counted before anything is decoded.
//!
//! A map of five bytes becomes a row of two hundred, and a list says how long it is before it is there: what
//! bytes become is bounded by the number of their items and by how deep they are nested. One walk over the
//! bytes, without recursion.

use minicbor::Decode;

use super::error::WireError;
use crate::limits;

/// Bounds of what CBOR becomes.
#[derive(Clone, Copy)]
pub struct ItemLimits {
    /// Items of any kind.
    pub items: usize,
    /// Lists and maps among them: each may become a record.
    pub containers: usize,
}

/// The bounds of a whole message.
pub const MESSAGE: ItemLimits = ItemLimits {
    items: limits::MESSAGE_ITEMS,
    containers: limits::MESSAGE_CONTAINERS,
};

/// The bounds of one record that stands in a message as bytes: a control row, a row of the company's record.
pub const RECORD: ItemLimits = ItemLimits {
    items: limits::RECORD_ITEMS,
    containers: limits::RECORD_ITEMS,
};

/// Decodes a record that stands in a message as bytes.
pub fn decode_record<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, WireError> {
    check(bytes, RECORD)?;
    minicbor::decode(bytes).map_err(|e| WireError::Malformed(e.to_string()))
}

/// Refuses CBOR that becomes too much, or that is cut short. Bytes after its first item are not looked at.
pub fn check(bytes: &[u8], most: ItemLimits) -> Result<(), WireError> {
    let mut walk = Walk {
        bytes,
        items: 0,
        containers: 0,
    };
    // The number of items that are still to come in each list and map that is open.
    let mut open: Vec<u64> = vec![1];
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        let members = walk.item().ok_or_else(cut_short)?;
        if walk.items > most.items || walk.containers > most.containers {
            return Err(WireError::Malformed("it has too many parts".into()));
        }
        if members > 0 {
            if open.len() >= limits::MESSAGE_DEPTH {
                return Err(WireError::Malformed("it is nested too deeply".into()));
            }
            open.push(members);
        }
    }
    Ok(())
}

fn cut_short() -> WireError {
    WireError::Malformed("it is cut short, or no encoder wrote it".into())
}

struct Walk<'a> {
    bytes: &'a [u8],
    items: usize,
    containers: usize,
}

impl Walk<'_> {
    /// Passes an item, with its tags, and says how many members follow. None for what is cut short, or of no definite
    /// length: no program writes that here.
    fn item(&mut self) -> Option<u64> {
        self.items += 1;
        loop {
            let head = *self.take(1)?.first()?;
            let number = self.number(head & 0x1f)?;
            let members = match head >> 5 {
                2 | 3 => {
                    self.take(number)?;
                    0
                }
                4 => number,
                5 => number.checked_mul(2)?,
                6 => continue,
                _ => 0,
            };
            if matches!(head >> 5, 4 | 5) {
                self.containers += 1;
            }
            // Each member takes a byte at least.
            let fits = usize::try_from(members).is_ok_and(|members| members <= self.bytes.len());
            return fits.then_some(members);
        }
    }

    /// The number that the head of an item tells, or that follows it.
    fn number(&mut self, short: u8) -> Option<u64> {
        let length = match short {
            0..=23 => return Some(u64::from(short)),
            24..=27 => 1u64 << (short - 24),
            _ => return None,
        };
        let bytes = self.take(length)?;
        Some(
            bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    }

    fn take(&mut self, length: u64) -> Option<&[u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(length).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: ItemLimits = ItemLimits {
        items: 100,
        containers: 10,
    };

    #[test]
    fn lengths_that_are_not_there_are_refused_before_anything_is_made_of_them() {
        for head in [0x9b, 0xbb, 0x5b, 0x7b] {
            let mut bytes = vec![head];
            bytes.extend(u64::MAX.to_be_bytes());
            assert!(check(&bytes, SMALL).is_err(), "{head:x}");
            let mut bytes = vec![head];
            bytes.extend(1_000_000u64.to_be_bytes());
            assert!(check(&bytes, SMALL).is_err(), "{head:x}");
        }
    }

    #[test]
    fn many_parts_and_deep_ones_are_refused() {
        let list = |members: u8| [vec![0x98, members], vec![0; members.into()]].concat();
        assert!(check(&list(99), SMALL).is_ok());
        assert!(check(&list(100), SMALL).is_err());
        let maps = |members: u8| [vec![0x98, members], vec![0xa0; members.into()]].concat();
        assert!(check(&maps(9), SMALL).is_ok());
        assert!(check(&maps(10), SMALL).is_err());
        let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
        assert!(check(&nested(limits::MESSAGE_DEPTH - 1), MESSAGE).is_ok());
        assert!(check(&nested(limits::MESSAGE_DEPTH), MESSAGE).is_err());
        assert!(check(&nested(1_000_000), MESSAGE).is_err());
        // Of no definite length, with and without ends.
        assert!(check(&vec![0x9f; 1_000_000], MESSAGE).is_err());
        assert!(check(&[0x9f, 0xff], MESSAGE).is_err());
    }

    proptest! {
        #[test]
        fn nothing_makes_the_walk_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = check(&bytes, MESSAGE);
        }

        #[test]
        fn what_an_encoder_writes_is_walked(
            numbers in prop::collection::vec(any::<i64>(), 0..9), words in prop::collection::vec("\\PC{0,9}", 0..9),
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let bytes = minicbor::bytes::ByteVec::from(bytes);
            let written = minicbor::to_vec((numbers, words, Some(bytes), false, ())).unwrap();
            prop_assert!(check(&written, MESSAGE).is_ok());
            for length in 0..written.len() {
                prop_assert!(check(&written[..length], MESSAGE).is_err());
            }
        }
    }
}
