"""The outcome map beyond its rows: how long the terms are, how markers are worded, and its documents."""
