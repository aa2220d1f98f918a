"""The organisation's look on its documents."""

from collections.abc import Iterable

from .exports.blocks import Block, Brand, Cover, Document, Image


def brand_of(org) -> Brand:
    return Brand(organization=org.name, primary=org.primary_color, accent=org.accent_color)


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


def logo_of(org) -> Image | None:
    if not org.logo:
        return None
    try:
        with org.logo.open("rb") as file:
            return Image(data=file.read(), mime="image/png", alt=f"Logotipo de {org.name}")
    except FileNotFoundError:
        return None
