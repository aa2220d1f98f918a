"""What a room writes in the diagnosis (S6.3), one question for each line of action: its notes become strategies."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from alianzas import services as shared
from alianzas.fields import SHORT
from alianzas.models import ActionLine
from sessions_app.live.sources import Source

from ..models import Strategy
from .quick import QuickError, Said, said_in

STATUSES = {"S6.3.q1": "works", "S6.3.q2": "did_not", "S6.3.q3": "could"}
_PREFIX = "linea-"


def lines() -> list[tuple[str, str]]:
    """The lines of action that a question can be about. One query."""
    return [(f"{_PREFIX}{line.pk}", line.name) for line in ActionLine.objects.all()]


def strategies_from(board, notes, by) -> list[dict]:
    """Keep each note as a strategy of its line, and say which one.

    Closed again, a strategy that nobody has touched follows its note, one that was changed stays, and one that was
    deleted does not come back. ValidationError when the line is gone or a note is too long.
    """
    line = ActionLine.objects.filter(pk=board.about.removeprefix(_PREFIX)).first()
    if line is None:
        raise ValidationError(f"La línea «{board.about_name}» ya no está en la ficha: no se perdió nada.")
    shared.lock(board.organization)
    handed = {row["id"]: row for row in board.handed or []}
    there = Strategy.said.in_bulk([row["strategy"] for row in handed.values()])
    return [
        _kept(_said(note), handed.get(note.key.hex), there, note.key.hex, line, STATUSES[board.prompt_key])
        for note in notes
    ]


def _kept(said, before, there, key, line, status):
    row = {"id": key, "text": said.text, "why": said.why}
    if before is None:
        facts = {"text": said.text, "why": said.why, "author": said.author, "said_on": timezone.localdate()}
        strategy = Strategy(organization=line.organization, line=line, status=status, **facts)
        strategy.origin = Strategy.Origin.ROOM
        return row | {"strategy": shared.append(strategy).pk}
    strategy = there.get(before["strategy"])
    if strategy and (strategy.text, strategy.why) == (before["text"], before["why"]):
        strategy.text, strategy.why = said.text, said.why
        shared.save(strategy)
    return row | {"strategy": before["strategy"]}


def _said(note) -> Said:
    """The first line of a note is the strategy, or what comes before a bar; the rest says why. Authors of those that
    were joined to it sign with it."""
    first, _, rest = note.text.partition("\n")
    try:
        said = said_in(f"{first}|{rest}" if rest.strip() and "|" not in first else note.text)
    except QuickError as error:
        raise ValidationError(f"No se cerró, y no se perdió nada. Una nota no cabe: {error}") from None
    names = dict.fromkeys([note.author, *note.merged.values_list("author", flat=True)])
    return Said(said.text, said.why, ", ".join(name for name in names if name)[:SHORT])


SOURCE = Source(
    prompts=frozenset(STATUSES),
    abouts=lines,
    page="resultados",
    label="el diagnóstico de estrategias",
    hand_over=strategies_from,
)
