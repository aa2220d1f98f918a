"""How a card moves one step with the keyboard: nearer, farther, to either half. Pure."""

from .layout import RELATIONS

STEPS = ("cerca", "lejos", "positivo", "negativo")


def stepped(relation: str, result: str, step: str) -> tuple[str, str]:
    """The place one step on; a card of the tray starts at the outermost ring of the positive half.

    KeyError for an unknown step.
    """
    if step not in STEPS:
        raise KeyError(step)
    relation, result = relation or RELATIONS[-1], result or "positive"
    if step in ("positivo", "negativo"):
        return relation, "positive" if step == "positivo" else "negative"
    there = RELATIONS.index(relation) + (-1 if step == "cerca" else 1)
    return RELATIONS[min(max(there, 0), len(RELATIONS) - 1)], result
