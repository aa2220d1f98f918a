"""The room kit of a session on paper: everything to print before going, and larger posters apart."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from alianzas.content import Activity, Session
from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Block, Callout, Contents, Document, Heading, Paragraph
from alianzas.identity import cover_of, document_of
from sessions_app import curriculum
from sessions_app.design.deliverables import carta_blocks
from sessions_app.omissions import worked
from sessions_app.record.deliverables import attendance_document
from sessions_app.worksheets.blocks import blank_blocks

from .blank_matrix import blank_matrix
from .concept_cards import concept_cards
from .posters import WIDTH, asked_in_the_room, asked_on_the_wall, poster

# The kit holds the posters of plenary in letter size: one print job has one paper size. Larger ones come apart, of
# every question.
LARGE_POSTERS = {
    "carteles-doble-carta": (
        "Carteles en cuatro hojas doble carta",
        {"page_size": "FourTabloid", "tiles": (2, 2)},
    ),
    "carteles": ("Carteles de 60 × 90 cm", {"page_size": "Poster"}),
}
MATRIX_SESSIONS = {"2", "M"}


def kit_document(session_key: str, org) -> Document:
    """Carta, attendance sheet, concept cards, empty matrix, posters and question sheets, each question once.

    What the carta leaves out is in none of them.
    """
    session = curriculum.session(session_key)
    activities = worked(session)
    parts = (
        _starting_page("Carta descriptiva", carta_blocks(org, session_key)),
        _starting_page("Lista de asistencia", attendance_document(session_key, org).blocks),
        _concept_cards(activities),
        _matrix(session),
        _posters(activities),
        _sheets(activities),
    )
    blocks = [cover_of(org, title="Kit de sala", subtitle=_name(session)), Contents("Qué trae este kit", parts=True)]
    return _document(org, f"Kit de sala · {_name(session)}", [*blocks, *(block for part in parts for block in part)])


def posters_document(session_key: str, page: dict, org) -> Document:
    """Every question of the room as a poster over its whole sheet; `page` says how large that is."""
    session = curriculum.session(session_key)
    empty = _document(org, f"Carteles · {_name(session)}", (), bare=True, **page)
    wide, high = empty.bare_mm
    return replace(
        empty, blocks=[poster(*asked, height=WIDTH * high / wide) for asked in asked_in_the_room(worked(session))]
    )


def _document(org, title, blocks, **page):
    return document_of(org, title, blocks, subject=title, **page)


def _name(session):
    return f"Sesión {session.key}. {session.title}" if session.hours else f"Anexo 3. {session.title}"


def _starting_page(title: str, blocks) -> Iterator[Block]:
    """`blocks` under one heading of the kit, which takes the place of their own title."""
    yield Heading(1, title, page_break=True)
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            continue
        yield replace(block, page_break=False) if isinstance(block, Heading) else block


def _concept_cards(activities: tuple[Activity, ...]) -> Iterator[Block]:
    keys = [key for activity in activities for key in activity.concepts]
    concepts = [curriculum.concept(key) for key in dict.fromkeys(keys)]
    if not concepts:
        return
    yield Heading(1, "Tarjetas de conceptos", page_break=True)
    yield Paragraph("Recorta por las líneas: salen ocho por hoja.", "note")
    yield from concept_cards(concepts)


def _matrix(session: Session) -> Iterator[Block]:
    if session.key in MATRIX_SESSIONS:
        yield Heading(1, "Matriz 5Rs para la pared", page_break=True)
        yield Callout("Cómo se llena", "Un actor por renglón. Primero actores y roles; después relaciones y reglas; "
                      "luego recursos y, al final, resultados.")  # fmt: skip
        yield blank_matrix()


def _posters(activities: tuple[Activity, ...]) -> Iterator[Block]:
    if asked := asked_on_the_wall(activities):
        yield Heading(1, "Carteles para la pared", page_break=True)
        yield from (poster(*one) for one in asked)


def _sheets(activities: tuple[Activity, ...]) -> Iterator[Block]:
    """Question sheets with room to write; the code of each question says which worksheet it is typed into.

    What teams or single people fill in is handed out, so it has pages of its own.
    """
    yield Heading(1, "Planillas para llenar a mano", page_break=True)
    yield Paragraph("Saca una copia por equipo o por persona de lo que se llena así. La clave de cada pregunta dice en "
                    "qué planilla se pasa en limpio. Lo que va en cartel no se repite aquí; en la página de la sesión "
                    "están los carteles de todas las preguntas, más grandes: en cuatro hojas doble carta que se pegan, "
                    "y de 60 × 90 cm para un centro de impresión.", "note")  # fmt: skip
    on_the_wall = {prompt.key for _, prompt in asked_on_the_wall(activities)}
    sheets = [(one, blank_blocks(one.key, on_the_wall)) for one in activities]
    handed_out = False
    for number, (activity, blocks) in enumerate((one, found) for one, found in sheets if found):
        before, handed_out = handed_out, activity.mode != ("plenary",)
        first, *rest = blocks
        yield replace(first, page_break=number > 0 and (before or handed_out))
        yield from rest


for _session in curriculum.sessions():
    _suffix, _label = _session.key.lower(), _name(_session)
    register(Deliverable(f"kit-{_suffix}", f"Kit de sala · {_label}", ("pdf",), partial(kit_document, _session.key)))
    for _key, (_title, _page) in LARGE_POSTERS.items():
        _build = partial(posters_document, _session.key, _page)
        register(Deliverable(f"{_key}-{_suffix}", f"{_title} · {_label}", ("pdf",), _build))
