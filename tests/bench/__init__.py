"""Measurements, each beside the bare floor taken in the same run."""
