"""S6.5: secret votes on a frozen list, in rounds, until every candidate has its place."""
