"""What the map hands over: the 5Rs matrix and the picture."""

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Callout, Column, Document, Figure, Heading, Row, Table
from alianzas.identity import brand_of
from alianzas.roundtrip.review import MARK, mark_of

from . import queries
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


def matrix_document(org) -> Document:
    blocks = [Heading(1, "Matriz 5Rs")]
    if org.desired_result:
        blocks.append(Callout("Resultado que buscamos", org.desired_result))
    blocks.append(matrix_table(queries.matrix()))
    return Document(
        title="Matriz 5Rs",
        brand=brand_of(org),
        blocks=tuple(blocks),
        subject=f"Actores del sistema de {org.name}",
        author=org.name,
        orientation="landscape",
    )


def map_document(org) -> Document:
    return Document(
        title="Mapa del sistema",
        brand=brand_of(org),
        blocks=(map_figure(org, queries.actors()),),
        subject=f"Mapa del sistema de {org.name}",
        author=org.name,
        orientation="landscape",
    )


register(Deliverable(KEY, "Matriz 5Rs", ("xlsx", "pdf"), matrix_document))
register(Deliverable("mapa", "Mapa del sistema", ("svg", "png", "pdf"), map_document))
