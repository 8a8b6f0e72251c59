"""What stands at the left of the selling screen: catalogue, number pad, words, payment."""
