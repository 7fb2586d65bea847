//! The codec of bodies: messages as compressed CBOR, and back within limits.

use std::sync::{Mutex, MutexGuard, PoisonError};

use minicbor::{Decode, Encode};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe;

use super::error::WireError;
use super::items;
use crate::limits;

/// Compresses a message for the wire, with a checksum over its content.
pub fn pack<T: Encode<()>>(message: &T) -> Result<Vec<u8>, WireError> {
    let plain = minicbor::to_vec(message).map_err(|e| WireError::Malformed(e.to_string()))?;
    if plain.len() > limits::INFLATED_BYTES {
        return Err(WireError::TooLarge(limits::INFLATED_BYTES));
    }
    let malformed = |e: std::io::Error| WireError::Malformed(e.to_string());
    let kept = lock(&PACKER).take();
    let mut packer = match kept {
        Some(packer) => packer,
        None => {
            let mut packer = Compressor::new(3).map_err(malformed)?;
            packer.include_checksum(true).map_err(malformed)?;
            packer
        }
    };
    // A short message is for a line on which every byte counts, and costs a millisecond or two.
    let level = match plain.len() {
        0..=SHORT => 12,
        _ => 3,
    };
    packer.set_compression_level(level).map_err(malformed)?;
    let packed = packer.compress(&plain).map_err(malformed)?;
    *lock(&PACKER) = Some(packer);
    Ok(packed)
}

/// Bytes of a message that is compressed as well as can be.
const SHORT: usize = 64 * 1024;

/// A compressor's tables, a megabyte or two, which the next message uses again: to ask the system for them
/// costs as much as compressing.
static PACKER: Mutex<Option<Compressor<'static>>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a message from the wire: never inflates beyond [`limits::INFLATED_BYTES`], and takes the whole body or
/// nothing.
pub fn unpack<T: for<'b> Decode<'b, ()>>(body: &[u8]) -> Result<T, WireError> {
    unpack_limited(body, limits::INFLATED_BYTES)
}

/// Reads a message from the wire that inflates to at most `inflated_limit` bytes. Nothing is inflated before that
/// is known.
pub fn unpack_limited<T: for<'b> Decode<'b, ()>>(
    body: &[u8],
    inflated_limit: usize,
) -> Result<T, WireError> {
    if body.len() > limits::BODY_BYTES {
        return Err(WireError::TooLarge(limits::BODY_BYTES));
    }
    let malformed = |e: &dyn std::fmt::Display| WireError::Malformed(e.to_string());
    let plain = inflate(body, inflated_limit)?;
    items::check(&plain, items::MESSAGE)?;
    let mut decoder = minicbor::Decoder::new(&plain);
    let message = decoder.decode::<T>().map_err(|e| malformed(&e))?;
    if decoder.position() != plain.len() {
        return Err(WireError::Malformed("something follows the message".into()));
    }
    Ok(message)
}

/// Decompresses a body: it says beforehand how large it becomes, and is read in one piece. It is one frame: others that
/// follow say for themselves how large they are.
fn inflate(body: &[u8], limit: usize) -> Result<Vec<u8>, WireError> {
    let garbled = |e: &dyn std::fmt::Display| WireError::Garbled(e.to_string());
    let size = zstd_safe::get_frame_content_size(body).map_err(|e| garbled(&e))?;
    let size = size.ok_or_else(|| garbled(&"it does not say how large it is"))?;
    let size = usize::try_from(size).ok();
    let size = size.filter(|size| *size <= limit);
    let size = size.ok_or(WireError::TooLarge(limit))?;
    let frame = zstd_safe::find_frame_compressed_size(body);
    let frame = frame.map_err(|code| garbled(&zstd_safe::get_error_name(code)))?;
    if frame != body.len() {
        return Err(garbled(&"something follows what is compressed"));
    }
    let kept = lock(&UNPACKER).take();
    let mut unpacker = match kept {
        Some(unpacker) => unpacker,
        None => Decompressor::new().map_err(|e| garbled(&e))?,
    };
    let plain = unpacker.decompress(body, size);
    *lock(&UNPACKER) = Some(unpacker);
    plain.map_err(|e| garbled(&e))
}

/// The decompressor's working memory, kept for the next body.
static UNPACKER: Mutex<Option<Decompressor<'static>>> = Mutex::new(None);
