"""Use cases of the till: commands in, frozen snapshots and events out."""
