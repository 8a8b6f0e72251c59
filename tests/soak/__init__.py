"""Plays till days that are killed at random moments, and looks at the books after each death."""
