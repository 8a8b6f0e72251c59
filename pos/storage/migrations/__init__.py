"""Alembic's scripts, packaged: each database has a line of versions of its own."""
