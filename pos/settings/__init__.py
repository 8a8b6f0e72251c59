"""Settings of this machine: what is declared, and what the owner wrote."""
