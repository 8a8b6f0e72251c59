"""Lanes, texts, resources: what runs the program, without Qt, SQL or devices."""
