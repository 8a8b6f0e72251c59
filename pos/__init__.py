"""Kassa, a point-of-sale client: `docs/architecture.md` shows where things live."""

__version__ = "0.1.0"
