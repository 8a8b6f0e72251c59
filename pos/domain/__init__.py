"""Selling as values and rules: no I/O, no clock, no thread, no float."""
