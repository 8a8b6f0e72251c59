"""Ways out of the shop: a folder is a plug-in that brings something to somebody elsewhere."""
