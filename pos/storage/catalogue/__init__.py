"""The back office's copy: its exchange format, the importer, and the reader the till asks."""
