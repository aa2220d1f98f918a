"""The report of alliances, each year or semester: people write a little, the rest is assembled from data."""
