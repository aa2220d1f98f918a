"""What the map hands over: the 5Rs matrix, the picture, the ideal system and the comparison of moments."""

from functools import partial

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Callout, Column, Document, Figure, Heading, Paragraph, Row, Table
from alianzas.identity import document_of
from alianzas.roundtrip.review import MARK, mark_of

from . import queries
from .comparison_document import ideal_document, latest_comparison
from .marks import DEFAULT_PALETTE
from .models import Actor
from .sheet import FULL, LABELS, choices, line_of

KEY = "matriz-5rs"
_WIDTHS = {"sector": 2.2, "informal": 1.3, "roles": 4, "relation": 2, "rules": 4, "result": 1.9}


def matrix_table(actors: list[Actor], *, full: bool = False) -> Table:
    """The 5Rs in wall order (K-24) with their hidden keys, so that the sheet can come back; see `sheet`.

    The `full` version holds the real names of sensitive actors, and a hidden column that keeps it from coming back.
    """
    known = max((actor.pk for actor in actors), default=0)
    lines = {str(actor.key): line_of(actor, full=full) for actor in actors}
    closed = (FULL,) if full else ()
    return Table(
        key=KEY,
        columns=(
            *(
                Column(
                    name,
                    label,
                    _WIDTHS.get(name, 3),
                    row_header=name == "actor",
                    choices=choices(name),
                    sheet_only=name == "informal",  # on paper it crowds the others out
                )
                for name, label in LABELS.items()
            ),
            *(Column(name, name.capitalize(), hidden=True) for name in (MARK, *closed)),
        ),
        rows=tuple(
            Row(key, (*(line.said(name) for name in LABELS), mark_of(line, known), *closed))
            for key, line in lines.items()
        ),
        caption="Matriz 5Rs: roles, recursos, relaciones, reglas y resultados de cada actor",
        sheet="Matriz 5Rs",
    )


def map_figure(org, actors) -> Figure:
    return Figure(
        svg=queries.map_picture(org, actors),
        title=f"Mapa del sistema de {org.name}",
        caption="Cada tarjeta lleva actor, recurso y regla. Más cerca del centro, relación más fuerte; "
        "a la izquierda quienes ayudan al resultado, a la derecha quienes lo dificultan.",
        full_page=True,
    )


def matrix_document(org, *, full: bool = False) -> Document:
    actors = queries.matrix()
    blocks = [Heading(1, "Matriz 5Rs"), *([FULL_NOTICE] if full else [])]
    if org.desired_result:
        blocks.append(Callout("Resultado que buscamos", org.desired_result))
    blocks.append(matrix_table(actors if full else queries.shareable(actors), full=full))
    return _document(org, "Matriz 5Rs", blocks, full=full)


def map_document(org, *, full: bool = False) -> Document:
    """The map on one page."""
    return _document(org, "Mapa del sistema", [map_figure(org, queries.states(full=full))], full=full)


def poster_document(org, page_size: str) -> Document:
    """The map for the wall: whose it is and the result sought, and under them the map over the whole sheet."""
    sought = [Paragraph(org.desired_result, "lead")] if org.desired_result else []
    return _document(
        org,
        "Mapa del sistema",
        [
            Heading(1, f"Mapa del sistema · {org.name}", page_break=True),
            *sought,
            map_figure(org, queries.states()),
        ],
        page_size=page_size,
        bare=True,
        ground=DEFAULT_PALETTE.paper,
    )


def _document(org, title, blocks, *, full=False, **page):
    shown = f"{title} · versión completa, confidencial" if full else title
    return document_of(org, shown, blocks, subject=f"{title} de {org.name}", orientation="landscape", **page)


FULL_NOTICE = Callout(
    "Versión completa", "Lleva los nombres reales de actores sensibles: no la compartas ni la reenvíes."
)
# Width × height: the map is wide, so the sheet lies on its side.
POSTERS = {"mapa-cartel": ("120 × 90", "LargePoster"), "mapa-cartel-60x90": ("90 × 60", "Poster")}

register(
    Deliverable(KEY, "Matriz 5Rs", ("xlsx", "pdf"), matrix_document, build_full=partial(matrix_document, full=True))
)
register(
    Deliverable(
        "mapa", "Mapa del sistema", ("svg", "png", "pdf"), map_document, build_full=partial(map_document, full=True)
    )
)
for _key, (_size, _page) in POSTERS.items():
    _build = partial(poster_document, page_size=_page)
    register(Deliverable(_key, f"Mapa en cartel de {_size} cm", ("pdf",), _build))
register(Deliverable("mapa-ideal", "Sistema ideal", ("svg", "png", "pdf"), ideal_document))
register(Deliverable("comparacion", "Comparación del mapa", ("pdf", "docx"), latest_comparison))
