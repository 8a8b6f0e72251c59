"""One script a version; a script that has been released never changes."""
