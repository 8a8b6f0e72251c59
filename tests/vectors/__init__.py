"""Recorded cases of other engines, replayed through the till's own code."""
