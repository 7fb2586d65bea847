//! The stream of server-sent events on which a server says that something moved, without saying what.

use super::outage::OutageCause;
use super::transport::{TransportError, next_piece};

/// The longest line: a thousand scopes with their heads.
const LINE_BYTES: usize = 32 * 1024;
/// The data of the event that calls a person.
const FETCH: &str = "fetch";

/// An event of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poke {
    /// The heads of scopes: all of them first, later those that moved.
    Heads,
    /// The person is called.
    Call,
}

/// A stream of pokes that is open. Dropping the future of a read loses nothing.
#[derive(Debug)]
pub struct PokeStream {
    response: reqwest::Response,
    received: Vec<u8>,
    /// The number of pieces that came.
    pieces: u32,
}

impl PokeStream {
    pub(super) fn new(response: reqwest::Response) -> Self {
        Self {
            response,
            received: Vec::new(),
            pieces: 0,
        }
    }

    /// True once something came after what the server says at the opening, be it that its heart beats.
    pub fn is_alive(&self) -> bool {
        self.pieces > 1
    }

    /// Waits for the next event; an outage if the stream ends, or nothing comes for longer than the server's heart is
    /// silent.
    pub async fn next(&mut self) -> Result<Poke, TransportError> {
        loop {
            while let Some(end) = self.received.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.received.drain(..=end).collect();
                if let Some(poke) = poke_of(&line) {
                    return Ok(poke);
                }
            }
            if self.received.len() > LINE_BYTES {
                let detail = "a line of the stream of pokes has no end";
                return Err(TransportError::of(OutageCause::Unusable, detail));
            }
            let Some(piece) = next_piece(&mut self.response).await? else {
                let detail = "the server closed the stream";
                return Err(TransportError::of(OutageCause::Cut, detail));
            };
            self.pieces = self.pieces.saturating_add(1);
            self.received.extend_from_slice(&piece);
        }
    }
}

/// Returns the event that a line carries; none for comments, names of events and empty lines.
fn poke_of(line: &[u8]) -> Option<Poke> {
    let text = String::from_utf8_lossy(line);
    let data = text.trim().strip_prefix("data:")?.trim();
    Some(match data {
        FETCH => Poke::Call,
        _ => Poke::Heads,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_is_an_event_and_a_call_is_told_from_heads() {
        assert_eq!(poke_of(b"data: 1=55,2=7\r\n"), Some(Poke::Heads));
        assert_eq!(poke_of(b"data:fetch\n"), Some(Poke::Call));
        for line in [&b": beat\n"[..], b"event: wake\n", b"\n", b"\xff\xfe\n"] {
            assert_eq!(poke_of(line), None);
        }
    }
}
