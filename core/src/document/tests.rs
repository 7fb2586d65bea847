//! Golden files of first changes and events, and what merging must do.
