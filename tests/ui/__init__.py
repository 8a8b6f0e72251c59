"""The window: keys, touches, scans, models and looks, on a real till with everything at once."""
