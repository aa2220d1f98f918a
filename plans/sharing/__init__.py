"""Products shown to whoever has a secret address: the shareable version, read only, until the address ends."""
