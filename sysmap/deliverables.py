"""What the map hands over: the 5Rs matrix, the picture, the ideal system and the comparison of moments."""

from functools import partial

from alianzas.exports.base import Deliverable, register
from alianzas.exports.blocks import Callout, Column, Document, Figure, Heading, Paragraph, Row, Table
from alianzas.identity import brand_of

from . import queries
from .comparison_document import ideal_document, latest_comparison
from .models import Actor

MATRIX_COLUMNS = (
    Column("key", "Clave", 1, hidden=True),
    Column("actor", "Actores", 3),
    Column("sector", "Sector", 2),
    Column("roles", "Roles", 4),
    Column("resources", "Recursos", 3),
    Column("relation", "Relaciones", 2),
    Column("rules", "Reglas", 4),
    Column("result", "Resultados", 2),
)


def matrix_table(actors: list[Actor]) -> Table:
    """The 5Rs in wall order (K-24)."""
    return Table(
        key="matriz-5rs",
        columns=MATRIX_COLUMNS,
        rows=tuple(
            Row(
                str(actor.key),
                (
                    str(actor.key),
                    actor.public_name,
                    actor.get_sector_display() if actor.sector else "Sin definir",
                    tuple(actor.roles),
                    tuple(actor.resources),
                    actor.get_relation_display() if actor.relation else "Sin definir",
                    actor.rules,
                    actor.get_result_display() if actor.result else "Sin definir",
                ),
            )
            for actor in actors
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
    actors = queries.actors()
    blocks = [Heading(1, "Matriz 5Rs")]
    if org.desired_result:
        blocks.append(Callout("Resultado que buscamos", org.desired_result))
    blocks.append(matrix_table(actors) if actors else Paragraph("Todavía no hay actores en la matriz."))
    return Document(
        title="Matriz 5Rs",
        brand=brand_of(org),
        blocks=tuple(blocks),
        subject=f"Actores del sistema de {org.name}",
        author=org.name,
        orientation="landscape",
    )


def map_document(org, page_size: str = "Letter") -> Document:
    """The map on one page, which may be one for the wall."""
    return Document(
        title="Mapa del sistema",
        brand=brand_of(org),
        blocks=(map_figure(org, queries.states()),),
        subject=f"Mapa del sistema de {org.name}",
        author=org.name,
        orientation="landscape",
        page_size=page_size,
    )


register(Deliverable("matriz-5rs", "Matriz 5Rs", ("xlsx", "pdf"), matrix_document))
register(Deliverable("mapa", "Mapa del sistema", ("svg", "png", "pdf"), map_document))
register(
    Deliverable(
        "mapa-cartel", "Mapa en cartel de 90 × 120 cm", ("pdf",), partial(map_document, page_size="LargePoster")
    )
)
register(
    Deliverable(
        "mapa-cartel-60x90", "Mapa en cartel de 60 × 90 cm", ("pdf",), partial(map_document, page_size="Poster")
    )
)
register(Deliverable("mapa-ideal", "Sistema ideal", ("svg", "png", "pdf"), ideal_document))
register(Deliverable("comparacion", "Comparación del mapa", ("pdf", "docx"), latest_comparison))
