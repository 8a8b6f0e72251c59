"""What the till asks of the outside, as Protocols, and the plain values that cross."""
