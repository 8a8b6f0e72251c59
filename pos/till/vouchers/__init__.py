"""Vouchers and wallets at the till: found by code or owner, sold, redeemed, looked after."""
