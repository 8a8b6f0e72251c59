"""Fiscal units: a folder a country."""
