"""The template of the periodic report of alliances (domain §6.2, step 5): the indicators of each ally to fill in."""

from collections.abc import Iterable, Iterator

from alianzas.exports.blocks import Block, Callout, Column, Document, Heading, KeyValues, Paragraph, Row, Table
from alianzas.identity import cover_of, document_of
from alianzas.models import Horizon
from sessions_app import curriculum
from sessions_app.worksheets.queries import Answers, answers_to

from . import queries
from .drafts import LINE, NO_ALLIES, blank, words
from .goals import goals_of
from .models import Ally

NAME = "reporte"
PERIOD, MINIMUM, WHO, HOW = (f"S5.6.{name}" for name in ("periodicidad", "q2", "q3", "q5"))
SPARE_ROWS = 2


def report_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """How the report is made, its headings to write under, and a table of indicators for each ally."""
    said = words(NAME)
    chosen = list(queries.allies_in_order() if allies is None else allies)
    answers, goals = answers_to(map(curriculum.prompt, (PERIOD, MINIMUM, WHO, HOW))), goals_of(chosen)
    blocks: list[Block] = [
        cover_of(org, title=said["title"], subtitle=f"Periodo que se informa: {LINE}"),
        Heading(1, said["how"]),
        Paragraph(said["note"]),
        KeyValues(tuple(_how(answers))),
        Heading(1, said["contents"]),
        *_contents(answers),
    ]
    teams = queries.teams_of(chosen)
    for ally in chosen:
        blocks += [Heading(1, str(ally), page_break=True), *_ally(ally, teams[ally.pk], goals[ally.pk])]
    if not chosen:
        blocks.append(Paragraph(NO_ALLIES))
    return document_of(org, said["title"], blocks, orientation="landscape")


def _how(answers: Answers) -> Iterator[tuple]:
    who = (_value(answers, WHO) or [{}])[0]
    choice = (_value(answers, PERIOD) or {}).get("choice")
    labels = answers.frame(curriculum.prompt(PERIOD)).labels()
    yield "Periodicidad", labels.get(choice, LINE)
    yield "Quién hace el borrador", who.get("responsible") or LINE
    yield "Para cuándo", _date(who.get("due_date"))
    yield "Cómo se llena", _value(answers, HOW) or LINE
    yield "Fecha en que se llenó", LINE


def _date(text):
    return "/".join(reversed(text.split("-"))) if text else LINE


def _value(answers, key):
    kept = answers.one(curriculum.prompt(key), "")
    return kept.value if kept else None


def _contents(answers) -> Iterator[Block]:
    said = words(NAME)
    for row in _value(answers, MINIMUM) or ():
        yield Heading(2, row["text"])
        yield Paragraph(said["to_write"])
    if not _value(answers, MINIMUM):
        yield blank(NAME, said["no_contents"])


def _ally(ally, team, goals) -> Iterator[Block]:
    yield KeyValues(
        (
            ("Estado de la alianza", ally.get_state_display()),
            ("Lo trabaja", team or LINE),
            ("Quién llenó esta parte", LINE),
        )
    )
    for goal in goals:
        yield Callout(goal.strategy, goal.objective)
    yield Table(f"indicadores-{ally.pk}", _columns(), tuple(_rows(goals)), caption=f"Indicadores: {ally}")


def _columns():
    return (
        Column("horizon", "Plazo", 1.4, row_header=True),
        Column("marker", "Indicador", 4),
        Column("state", "Estado", 1.6, choices=tuple(words(NAME)["states"])),
        Column("advance", "Avance", 3.4),
        Column("evidence", "Evidencia", 3),
    )


def _rows(goals) -> Iterator[Row]:
    for place, goal in enumerate(goals):
        if len(goals) > 1:
            yield Row(f"objetivo-{place}", (goal.strategy, "", "", "", ""), header=True)
        for horizon, texts in goal.markers:
            for number, text in enumerate(texts):
                yield Row(f"{place}-{horizon}-{number}", (horizon.label, text, "", "", ""))
    spare = [(str(number), "") for number in range(SPARE_ROWS)]
    for key, label in spare if goals else [(one.value, one.label) for one in Horizon]:
        yield Row(f"espacio-{key}", (label, "", "", "", ""))
