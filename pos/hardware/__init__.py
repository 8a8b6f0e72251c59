"""Devices: a folder each, found by walking this package; a file is the frame around them."""
