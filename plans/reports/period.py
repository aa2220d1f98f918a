"""The stretch of time that a report tells. Pure."""

from dataclasses import dataclass
from datetime import date

from alianzas.dates import long_date

ANNUAL, SEMIANNUAL = "annual", "semiannual"
LONGEST = 366


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def label(self) -> str:
        """«2026», «primer semestre de 2026», or its two days."""
        year = self.starts_on.year
        if (self.starts_on, self.ends_on) == (date(year, 1, 1), date(year, 12, 31)):
            return f"{year}"
        if (self.starts_on, self.ends_on) == (date(year, 1, 1), date(year, 6, 30)):
            return f"primer semestre de {year}"
        if (self.starts_on, self.ends_on) == (date(year, 7, 1), date(year, 12, 31)):
            return f"segundo semestre de {year}"
        return f"{long_date(self.starts_on)} – {long_date(self.ends_on)}"

    @property
    def phrase(self) -> str:
        """The label inside a sentence: «en 2026», «del 1 de mayo de 2026 al 3 de junio de 2026»."""
        label = self.label
        if "–" in label:
            return f"del {label.replace(' – ', ' al ')}"
        return f"en {label}" if label.isdigit() else f"en el {label}"


def current(kind: str, today: date) -> Period:
    """The year, or the half of it, in which `today` is."""
    year = today.year
    if kind == SEMIANNUAL:
        return Period(date(year, 1, 1), date(year, 6, 30)) if today.month < 7 else _second_half(year)
    return Period(date(year, 1, 1), date(year, 12, 31))


def _second_half(year):
    return Period(date(year, 7, 1), date(year, 12, 31))
