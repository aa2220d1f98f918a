"""A table that goes out to Excel and comes back: what would change is shown row by row, and what is chosen applied."""
