"""Stored value: gift vouchers and eWallets, their codes, and the ledger of each card.

A card is money that somebody has paid for and nobody has spent yet. What it is worth is never kept
as a figure of its own: it is the sum of entries that can't be altered.
"""
