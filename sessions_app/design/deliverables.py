"""The carta descriptiva on paper, in the minimum format of domain §3, from the same query as the page."""

from collections.abc import Iterator

from alianzas.dates import weekday_date
from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Row,
    Table,
)
from alianzas.identity import document_of
from sessions_app import curriculum
from sessions_app.agenda import duration

from . import queries
from .queries import Carta, Line, lines_of, name_of

FORMATS = ("pdf", "docx", "xlsx")
PEOPLE_COLUMNS = (
    Column("group", "Participantes", 2.2, row_header=True),
    Column("who", "¿Quiénes?", 3),
    Column("count", "¿Cuántos?", 1.2, align="center"),
    Column("profiles", "Perfiles necesarios / Nombres", 4),
)
AGENDA_COLUMNS = (
    Column("times", "Tiempos", 2.3),
    Column("activity", "Lista de actividades", 4.2, row_header=True),
    Column("minutes", "Minutos", 1.6, align="center"),
    Column("responsibles", "Responsables", 2.6),
    Column("materials", "Materiales", 3),
)


def key_of(session_key: str) -> str:
    """The key of the deliverable of a session: `carta-2`, `carta-m`."""
    return f"carta-{session_key.lower()}"


def carta_blocks(org, session_key: str) -> list[Block]:
    """The carta of a session as blocks, to stand alone or inside another document. Two queries."""
    return list(_blocks(queries.carta(org, session_key)))


def carta_document(org, session_key: str) -> Document:
    """The carta of a session as a document of its own."""
    title = f"Carta descriptiva · {name_of(curriculum.session(session_key))}"
    return document_of(org, title, carta_blocks(org, session_key))


def _blocks(carta: Carta) -> Iterator[Block]:
    yield Heading(1, "Carta descriptiva")
    if carta.design.is_skipped:
        yield Callout("Esta sesión se omite", carta.design.skip_reason)
    yield KeyValues(tuple(_header(carta)))
    yield Heading(2, "Participantes")
    yield Table(
        key="participantes",
        columns=PEOPLE_COLUMNS,
        rows=tuple(
            Row(
                row["key"],
                (row["label"], tuple(lines_of(row["who"])), row["count"], tuple(lines_of(row["profiles"]))),
            )
            for row in carta.participants
        ),
    )
    yield Heading(2, "Orden del día")
    yield _agenda(carta)
    yield Paragraph(_sum(carta), "note")
    yield Heading(2, "Actividad por actividad")
    for number, lines in enumerate(_activities(carta), 1):
        yield from _activity(number, lines)


def _header(carta: Carta) -> Iterator[tuple[str, object]]:
    yield "Nombre de la actividad", carta.name
    yield "Organización", carta.organization.name
    yield "Objetivo y alcance", carta.design.objective
    yield "Modalidad", carta.design.get_modality_display()
    several = len(carta.sittings) > 1
    for sitting in carta.sittings:
        which = f", jornada {sitting.number}" if several else ""
        yield f"Lugar{which}", sitting.place or "Por definir"
        yield f"Fecha{which}", f"{_day(sitting)}, de {sitting.starts} a {sitting.ends}"


def _day(sitting) -> str:
    if sitting.date is None:
        return "Por definir"
    return weekday_date(sitting.date)


def _agenda(carta: Carta) -> Table:
    """The single table that groups the actions; with several sittings, a heading for each."""
    rows = []
    for sitting in carta.sittings:
        if len(carta.sittings) > 1:
            head = f"Jornada {sitting.number} · {_day(sitting)}"
            rows.append(Row(f"jornada-{sitting.number}", (head, "", "", "", ""), header=True))
        rows += [
            Row(line.ref, (line.times, _title(line), line.item.minutes, line.item.responsibles, tuple(line.materials)))
            for line in sitting.lines
            if line.slot
        ]
    return Table(key="orden-del-dia", columns=AGENDA_COLUMNS, rows=tuple(rows))


def _title(line: Line) -> str:
    return f"{line.item.title} ({line.item.track})" if line.item.track else line.item.title


def _sum(carta: Carta) -> str:
    rest = f", de las que {duration(carta.schedule.breaks)} son recesos" if carta.schedule.breaks else ""
    against = f" El temario le da {carta.session.hours} h." if carta.limit else ""
    return f"En total, {duration(carta.schedule.planned)}{rest}.{against}"


def _activities(carta: Carta) -> list[list[Line]]:
    """What is done, breaks apart; the parts of a divided activity together."""
    found: dict[str, list[Line]] = {}
    for line in carta.lines:
        if line.slot and not line.item.is_break:
            found.setdefault(line.item.activity_key or line.ref, []).append(line)
    return list(found.values())


def _activity(number: int, lines: list[Line]) -> Iterator[Block]:
    first = lines[0]
    steps = [step for line in lines for step in line.steps]
    materials = dict.fromkeys(material for line in lines for material in line.materials)
    yield Heading(3, f"{number}. {first.item.title}")
    yield KeyValues(
        (
            ("Hora", " y ".join(line.times for line in lines)),
            ("Metodología", "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1)) or "Por definir"),
            ("Responsables", " · ".join(_responsibles(lines)) or "Por definir"),
            ("Materiales", tuple(materials) or "Los de la sesión"),
        )
    )


def _responsibles(lines: list[Line]) -> list[str]:
    return list(dict.fromkeys(line.item.responsibles for line in lines if line.item.responsibles))


for _session in curriculum.sessions():
    register(
        Deliverable(
            key_of(_session.key),
            f"Carta descriptiva · {name_of(_session)}",
            FORMATS,
            lambda org, session_key=_session.key: carta_document(org, session_key),
        )
    )
