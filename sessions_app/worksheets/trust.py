"""The trust equation of Maister, Green and Galford (2000), as published: self-orientation divides the whole sum."""

PARTS = ("credibility", "reliability", "intimacy", "self_orientation")


def trust(credibility: int, reliability: int, intimacy: int, self_orientation: int) -> float:
    """T = (C + R + I) / S, each from 1 to 10; to one decimal."""
    parts = (credibility, reliability, intimacy, self_orientation)
    if not all(1 <= part <= 10 for part in parts):
        raise ValueError("Each component goes from 1 to 10")
    return round((credibility + reliability + intimacy) / self_orientation, 1)


def trust_of(value: dict | None) -> float | None:
    """The result of a self-check, or None while a component is missing."""
    parts = [(value or {}).get(part) for part in PARTS]
    return None if None in parts else trust(*parts)
