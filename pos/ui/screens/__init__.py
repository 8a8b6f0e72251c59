"""Whole pages of the window, one for each thing a cashier does."""
