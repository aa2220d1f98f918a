"""How a group stands on a line from 0 to 100, in numbers and in words. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from alianzas.written import plain_signs
from sysmap.words import counted

QUESTIONS = ("S6.2.q1", "S6.2.q2", "S6.2.q3")
ANCHORS = {"S6.2.q3": (0, 50, 100)}  # sencillo, normal, complejo (K-18)
LOW, HIGH = 0, 100
RANGES = ((0, 20), (21, 40), (41, 60), (61, 80), (81, 100))
MOST_PEOPLE = 500


class SpreadError(ValueError):
    """The positions cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Line:
    """One question: what it asks, the words at its marks (by value), and whether only the marks may be chosen."""

    key: str
    text: str
    marks: tuple[tuple[int, str], ...]

    @property
    def is_closed(self):
        return self.key in ANCHORS

    @property
    def boxes(self) -> tuple[tuple[int, int, str], ...]:
        """What is counted: (from, to, what it is called)."""
        if self.is_closed:
            return tuple((value, value, label) for value, label in self.marks)
        return tuple((low, high, f"{low} a {high}") for low, high in RANGES)

    def counts(self, values: Sequence[int]) -> list[int]:
        """How many of `values` are in each box."""
        return [sum(low <= value <= high for value in values) for low, high, _ in self.boxes]

    def told(self, values: Sequence[int]) -> str:
        """The spread in a sentence."""
        if not values:
            return "Nadie ha respondido."
        people = counted(len(values), "persona", "personas")
        if self.is_closed:
            parts = [f"{label.lower()}, {n}" for (_, _, label), n in zip(self.boxes, self.counts(values), strict=True)]
            return f"{people}: {'; '.join(parts)}."
        return f"{people}, de {min(values)} a {max(values)}; quien está en medio, en {middle(values)}."

    def moved(self, before: Sequence[int], after: Sequence[int]) -> str:
        """What changed from one reading to the next, in a sentence."""
        if not before or not after:
            return ""
        if self.is_closed:
            changes = [
                f"{label.lower()}, de {was} a {now}"
                for (_, _, label), was, now in zip(self.boxes, self.counts(before), self.counts(after), strict=True)
                if was != now
            ]
            return f"Cambió: {'; '.join(changes)}." if changes else "Se repartió igual."
        was, now = middle(before), middle(after)
        if was == now:
            return f"Quien está en medio sigue en {now}."
        return f"El lugar de en medio pasó de {was} a {now}."


def middle(values: Sequence[int]) -> int:
    """Where the person in the middle of the group stands."""
    return median_low(values)


def wrong_with(key: str, value) -> str:
    """Why `value` is no position in the question `key`, in words; "" when it is one."""
    if not isinstance(value, int) or isinstance(value, bool) or not LOW <= value <= HIGH:
        return f"Cada posición va de {LOW} a {HIGH}."
    if key in ANCHORS and value not in ANCHORS[key]:
        return "Elige sencillo, normal o complejo."
    return ""


def positions_in(text: str) -> list[int]:
    """The positions typed for a room: numbers from 0 to 100 with spaces or commas between. Raises SpreadError."""
    words = list(filter(None, re.split(r"[\s,;]+", plain_signs(text).replace("%", " "))))
    if len(words) > MOST_PEOPLE:
        raise SpreadError(f"Son {len(words)} posiciones y caben {MOST_PEOPLE}.")
    found = []
    for word in words:
        if not re.fullmatch(r"\d{1,3}", word, re.ASCII) or int(word) > HIGH:
            raise SpreadError(f"«{word[:20]}» no es una posición: escribe números de {LOW} a {HIGH}.")
        found.append(int(word))
    return found


def stacked(values: Sequence[int], step: int = 5) -> list[tuple[int, int]]:
    """Where dots pile up: (position rounded to `step`, how many), from left to right."""
    piles = Counter(step * ((value + step // 2) // step) for value in values)
    return sorted(piles.items())
