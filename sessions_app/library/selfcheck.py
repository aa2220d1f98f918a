"""The four considerations as a self-check of the organisation: a worksheet that no session asks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from alianzas.content import Activity, Prompt

from . import shelf

KEY = "biblioteca.consideraciones"


@cache
def activity() -> Activity:
    """One yes/no question with a note per consideration."""
    prompts = tuple(
        Prompt(
            key=f"{KEY}.{one.key}",
            kind="yesno",
            scope="ORG",
            text=f"{one.title}. {one.question}",
            help=one.text,
            note="Qué lo muestra, o qué falta",
        )
        for one in shelf.considerations()
    )
    return Activity(key=KEY, title="Cuatro consideraciones generales", minutes=0, prompts=prompts)


def prompts() -> dict[str, Prompt]:
    return {prompt.key: prompt for prompt in activity().prompts}


@dataclass(frozen=True)
class Summary:
    """How many considerations are in order, and the titles of those that are not yet."""

    asked: int
    in_order: int
    partly: tuple[str, ...]
    missing: tuple[str, ...]
    unanswered: tuple[str, ...]


def summary(values: Mapping[str, dict | None]) -> Summary:
    """`values` holds what is answered, by key of the consideration; "partly" is not in order yet."""
    titles: dict[str, list[str]] = {"yes": [], "partly": [], "no": [], "": []}
    for one in shelf.considerations():
        titles[(values.get(one.key) or {}).get("answer") or ""].append(one.title)
    asked = sum(map(len, titles.values()))
    return Summary(asked, len(titles["yes"]), *(tuple(titles[key]) for key in ("partly", "no", "")))
