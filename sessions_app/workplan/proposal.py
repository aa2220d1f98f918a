"""The usual plan de trabajo, made from the method: momentos as activities, sessions as sub-activities. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from alianzas.content import Session
from alianzas.dates import months_after
from sessions_app.moments import TITLES

USUAL = Path(__file__).parent / "usual.toml"
LONGEST = 200


@dataclass(frozen=True)
class Proposed:
    """A row to be; `children` are its sub-activities."""

    key: str
    title: str
    duration: Decimal | None = None
    unit: str = "days"
    responsibles: str = ""
    org_team: str = ""
    product: str = ""
    start: date | None = None
    end: date | None = None
    children: tuple["Proposed", ...] = ()


def proposal(
    sessions: Sequence[Session], *, weights: Sequence[int], start: date | None = None, months: int = 6
) -> list[Proposed]:
    """The plan with those sessions. With a `start`, each momento takes its share (`weights`) of the `months`."""
    usual = _usual()
    who = usual["responsibles"]
    windows = _windows(start, months, weights)
    rows = []
    for number, ((key, title), window) in enumerate(zip(TITLES.items(), windows, strict=True), 1):
        momento = usual.get(key, {})
        drafts = [
            {"key": f"{number}.{place}", "responsibles": who, **facts}
            for place, facts in enumerate(momento.get("activities", ()), 1)
        ]
        chosen = [one for one in sessions if one.component == key]
        drafts += [_of_session(one, who) for one in chosen]
        if "after_session_6" in momento and any(one.key == "6" for one in chosen):
            drafts.append({"key": "plan", "responsibles": who, **momento["after_session_6"]})
        children = tuple(
            Proposed(**{**facts, "duration": Decimal(facts["duration"])}, start=first, end=last)
            for facts, (first, last) in zip(drafts, _shares(window, len(drafts)), strict=True)
        )
        if children:
            first, last = window
            rows.append(Proposed(str(number), title, start=first, end=last, children=children))
    return rows


@cache
def _usual():
    return tomllib.loads(USUAL.read_text("utf-8"))


def _of_session(session, who):
    return {
        "key": f"S{session.key}",
        "title": _short(f"Sesión {session.key}. {session.title}"),
        "duration": session.hours,
        "unit": "hours",
        "responsibles": who,
        "org_team": _short("; ".join(session.profiles)),
        "product": _short("; ".join(session.products)),
    }


def _short(text):
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip(' ,;')}…"


def _windows(start, months, weights):
    """First and last day of each momento."""
    if start is None:
        return [(None, None)] * len(weights)
    total, days = sum(weights) or 1, (months_after(start, months) - start).days
    cuts = [round(days * sum(weights[:place]) / total) for place in range(len(weights) + 1)]
    return [_days(start, first, last) for first, last in pairwise(cuts)]


def _shares(window, count):
    first, last = window
    if first is None or not count:
        return [(None, None)] * count
    days = (last - first).days + 1
    return [_days(first, days * place // count, days * (place + 1) // count) for place in range(count)]


def _days(start, first, after):
    return start + timedelta(days=first), start + timedelta(days=max(first, after - 1))
