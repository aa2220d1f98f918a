"""A document that holds every block, and the facts that must be found again in whatever is made of it."""

import io
from datetime import date

from PIL import Image as Pillow

from alianzas.exports.blocks import (
    Brand,
    Bullets,
    Callout,
    Column,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Image,
    KeyValues,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)

BRAND = Brand("Tejiendo Barrios, A. C.", "#7a2e58", "#e8a23d")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<defs><marker id="punta" markerWidth="4" markerHeight="4"><path d="M0 0L4 2L0 4Z"/></marker></defs>'
    '<rect width="{width}" height="{height}" fill="#efe6eb"/>'
    '<line x1="10" y1="10" x2="90" y2="40" stroke="#7a2e58" marker-end="url(#punta)"/>'
    '<text x="20" y="30" font-family="Source Sans 3">Nosotras</text></svg>'
)
SEEN = (
    "Plan de Alianzas",
    "Juventudes de tres colonias",
    "Tejiendo Barrios, A. C.",
    "Noviembre de 2026",
    "Con el equipo de la organización",
    "Semblanza",
    "Propósito",
    "Detalle fino",
    "Nacimos en 2011",
    "Segundo párrafo",
    "Fuente: sesión 6",
    "Primera viñeta",
    "Segunda viñeta",
    "Uno numerado",
    "Misión",
    "Acompañar a jóvenes",
    "Las Flores",
    "El Mirador",
    "Resultados por plazo",
    "Indicador",
    "Carta de intención firmada",
    "Redactar la carta",
    "Enviarla",
    "Corto plazo",
    "Mapa del sistema actual",
    "Calendario del año",
    "Taller en la cancha",
    "Mensaje clave",
    "Nadie previene sola",
)
HIDDEN = ("id-secreto-1", "fila-uno")


def picture(width=120, height=80, kind="PNG", colour=(122, 46, 88), **save) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, kind, **save)
    return out.getvalue()


def drawing(width=400, height=200) -> str:
    return SVG.format(width=width, height=height)


def table(**changes) -> Table:
    columns = (
        Column("indicador", "Indicador", 3, row_header=True),
        Column("actividad", "Actividad", 3),
        Column("avance", "Avance", 1, align="right"),
        Column("fecha", "Fecha", 1.4),
        Column("id", "Identificador", 1, hidden=True),
    )
    rows = (
        Row("grupo", ("Corto plazo", None, None, None, ""), header=True),
        Row("fila-uno", ("Carta de intención firmada", ("Redactar la carta", "Enviarla"), 40, date(2027, 2, 26),
                         "id-secreto-1")),
        Row("fila-dos", ("Primera reunión", "Preparar la minuta", 12.5, None, "id-secreto-2")),
    )  # fmt: skip
    fields = {"key": "resultados", "columns": columns, "rows": rows, "caption": "Resultados por plazo"}
    return Table(**(fields | changes))


def everything(**changes) -> Document:
    logo = Image(picture(), "image/png", "Logotipo de la organización")
    photos = [
        Photo(picture(300, 200, "JPEG", (40 * n, 90, 120)), "image/jpeg", f"Foto {n}", text)
        for n, text in enumerate(("Taller en la cancha", "Votación", "Plenaria"), start=1)
    ]
    blocks = (
        Cover("Plan de Alianzas", "Juventudes de tres colonias", BRAND.organization, logo, "Noviembre de 2026",
              "Con el equipo de la organización"),
        Contents("Contenido"),
        Heading(1, "Semblanza", page_break=True),
        Paragraph("Nacimos en 2011 para acompañar.", "lead"),
        Paragraph("Primer párrafo\ncon dos líneas.\n\nSegundo párrafo."),
        Paragraph("Fuente: sesión 6", "note"),
        Heading(2, "Propósito"),
        Bullets(["Primera viñeta", "Segunda viñeta"]),
        Bullets(["Uno numerado", "Dos numerado"], numbered=True),
        KeyValues([("Misión", "Acompañar a jóvenes"), ("Cobertura", ("Las Flores", "El Mirador")), ("Personas", 1240)]),
        Heading(3, "Detalle fino"),
        Heading(4, "Más fino"),
        Paragraph("Esto anuncia la tabla."),
        table(),
        Heading(1, "El sistema: actores / mapa", page_break=True),
        Figure(drawing(), "Mapa con tres anillos", "Mapa del sistema actual"),
        Figure(drawing(900, 400), "Calendario con ocho barras", "Calendario del año", full_page=True),
        PhotoGrid(photos),
        Image(picture(90, 60), "image/png", "Sello del programa"),
        Callout("Mensaje clave", "Nadie previene sola la violencia."),
    )  # fmt: skip
    fields = {"subject": "Plan 2027", "author": "Equipo de la organización"} | changes
    return Document("Plan de Alianzas Estratégicas", BRAND, blocks, **fields)


def small(*blocks, **changes) -> Document:
    return Document("Prueba", BRAND, blocks, **changes)


def squeezed(text: str) -> str:
    """Text without white space, hyphens at line ends or invisible breaks, to be searched in."""
    return "".join(text.replace("\u200b", "").replace("-\n", "").split())
