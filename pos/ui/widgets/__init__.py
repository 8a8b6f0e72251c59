"""Controls of the till, drawn from the tokens."""
