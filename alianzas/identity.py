"""The organisation's look on its documents."""

from collections.abc import Iterable

from django.templatetags.static import static

from .exports.blocks import Block, Brand, Cover, Document, Heading, Image, Paragraph
from .exports.fonts import PAIRS
from .exports.html import fragment

ON_SCREEN = {
    "Atkinson Hyperlegible Next": "vendor/atkinson-hyperlegible-next.woff2",
    "Lora": "vendor/lora.woff2",
    "Figtree": "vendor/figtree.woff2",
}


def brand_of(org) -> Brand:
    heading, body = PAIRS[org.typeface]
    return Brand(
        organization=org.name,
        primary=org.primary_color,
        accent=org.accent_color,
        heading_font=heading,
        body_font=body,
        cover=org.cover_style,
        letterhead=org.letterhead,
    )


def screen_faces(brand: Brand) -> str:
    """The `@font-face` rules of a brand's typefaces for the screen, where the pages themselves do not bring them."""
    families = dict.fromkeys((brand.heading_font, brand.body_font))
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; src: url("{static(ON_SCREEN[family])}") format("woff2"); '
        "font-weight: 200 900; font-display: swap; }"
        for family in families
        if family in ON_SCREEN
    )


def document_of(org, title: str, blocks: Iterable[Block], *, subject: str = "", **page) -> Document:
    """A document in the name and the colours of the organisation; `page` is what else a `Document` takes."""
    return Document(
        title=title,
        brand=brand_of(org),
        blocks=tuple(blocks),
        subject=subject or f"{title} de {org.name}",
        author=org.name,
        **page,
    )


def cover_of(org, *, title, subtitle="", date_text="") -> Cover:
    """Cover with the logo, or the name alone when the file is missing."""
    return Cover(
        title=title,
        subtitle=subtitle,
        organization=org.name,
        logo=logo_of(org),
        date_text=date_text,
        footer=org.program.funder_text,
    )


def sample_of(org) -> str:
    """A cover and a heading as documents of the organisation look, for the screen."""
    blocks = [
        cover_of(org, title="Plan de Alianzas Estratégicas", subtitle=org.place),
        Heading(1, "Así se ven los títulos"),
        Paragraph("Y así el texto: con quién, para qué y cómo nos aliamos."),
    ]
    return fragment(document_of(org, "Muestra", blocks))


def logo_of(org) -> Image | None:
    if not org.logo:
        return None
    try:
        with org.logo.open("rb") as file:
            return Image(data=file.read(), mime="image/png", alt=f"Logotipo de {org.name}")
    except FileNotFoundError:
        return None
