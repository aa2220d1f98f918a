"""What happens after the Plan: how each marker of the outcome map goes, and the journal that tells it (field §3)."""
