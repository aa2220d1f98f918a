"""S6.3 and S6.4: what each person says of every line, equal answers joined, and what serves more than one line."""
