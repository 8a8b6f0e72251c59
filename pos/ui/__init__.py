"""The window: paints snapshots of the till, calls its commands, holds no rules."""
