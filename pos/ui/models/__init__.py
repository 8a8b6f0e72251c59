"""Item models over snapshots and catalogue pages."""
