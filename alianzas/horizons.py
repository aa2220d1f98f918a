"""Short, medium and long term in months, as each organisation understands them. Pure."""

MOST = 240
OUT_OF_ORDER = (
    "Cada plazo termina después del anterior y el primero dura al menos un mes; el más largo llega hasta 240 meses. "
    "Por ejemplo: 6, 18 y 36."
)


def labels(names: dict[str, str], limits: tuple[int, int, int]) -> dict[str, str]:
    """Each name with its months: «Corto plazo (0–6 meses)»."""
    starts = (0, *limits)
    spans = zip(names.items(), starts, limits, strict=False)
    return {value: f"{name} ({start}–{end} meses)" for (value, name), start, end in spans}


def follow_each_other(limits: tuple[int, ...]) -> bool:
    """Whether each limit comes after the one before, the first after month 0."""
    return all(start < end for start, end in zip((0, *limits), limits, strict=False)) and limits[-1] <= MOST
