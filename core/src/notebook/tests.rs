//! Stories of one notebook.
