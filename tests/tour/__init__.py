"""Pictures of every screen in every look, to be looked at."""
