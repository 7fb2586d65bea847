//! Golden files of every message.
