"""The versions of till.db."""
