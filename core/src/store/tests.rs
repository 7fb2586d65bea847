//! Migrations, keys, and what a tap must leave behind.
