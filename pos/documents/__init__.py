"""What receipts, reports and slips say, and how they are laid on paper, a page or a picture."""
