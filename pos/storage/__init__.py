"""Two SQLite files: `till.db`, our records, and `catalogue.db`, the back office's copy."""
