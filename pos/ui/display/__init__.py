"""The customer display: a second window that shows the sale to whoever buys."""
