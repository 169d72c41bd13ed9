//! The whole JavaScript boundary.
