"""Texts as they are compared. Pure."""

import unicodedata


def folded(text: str) -> str:
    """Text as it is compared: without accents, capitals or repeated spaces."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())
