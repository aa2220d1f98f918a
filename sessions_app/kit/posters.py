"""Flipchart posters: one question per page, the code of its worksheet and a frame to write in (domain §3). Pure.

A question that everybody answers together with words or notes goes on the wall; one with boxes, rows or options, or
that teams or single people answer, has its blank sheet.
"""

from collections.abc import Iterable
from html import escape

from alianzas.content import Activity, Prompt
from alianzas.exports.blocks import Figure
from alianzas.textfit import shorten, wrap

WIDTH, HEIGHT = 640, 780  # units, in the proportion of a letter page inside its margins; the page scales them
WALL_KINDS = frozenset({"text", "long", "list"})
QUESTION, LEADING, CODE, MARGIN = 36, 43, 15, 24
NOT_ON_THE_WALL = frozenset({"attendance", "photo", "file"})
INK, SOFT, LINE = "#232b38", "#566072", "#8b8577"


def asked_in_the_room(activities: Iterable[Activity]) -> list[tuple[Activity, Prompt]]:
    """Every question that can be a poster, in order."""
    return [
        (activity, prompt)
        for activity in activities
        for prompt in activity.prompts
        if not (prompt.derived or prompt.private or prompt.kind in NOT_ON_THE_WALL)
    ]


def asked_on_the_wall(activities: Iterable[Activity]) -> list[tuple[Activity, Prompt]]:
    """The questions of plenary that are answered on the wall, in order."""
    return [
        (activity, prompt)
        for activity, prompt in asked_in_the_room(activities)
        if activity.mode == ("plenary",) and prompt.kind in WALL_KINDS
    ]


def poster(activity: Activity, prompt: Prompt, height: float = HEIGHT) -> Figure:
    """A full page for one question, `height` units high."""
    lines = wrap(prompt.text, WIDTH, QUESTION, bold=True, max_lines=6)
    question = "".join(_line(QUESTION + LEADING * number, QUESTION, INK, one) for number, one in enumerate(lines))
    top = LEADING * len(lines) + MARGIN
    high = height - top - 2 * CODE - MARGIN / 2
    frame = (
        f'<rect x="1" y="{top:g}" width="{WIDTH - 2}" height="{high:g}" rx="8" '
        f'fill="none" stroke="{LINE}" stroke-width="1.5"/>'
    )
    code = _line(height - CODE, CODE, SOFT, shorten(f"{prompt.key} · {activity.title}", WIDTH, CODE, bold=True))
    box = f'width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}"'
    return Figure(
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{question}{frame}{code}</svg>',
        f"Cartel {prompt.key}: {prompt.text}",
        full_page=True,
    )


def _line(y, size, colour, words):
    return (
        f'<text x="0" y="{y:g}" font-family="\'Source Sans 3\', sans-serif" font-size="{size}" '
        f'font-weight="700" fill="{colour}">{escape(words)}</text>'
    )
