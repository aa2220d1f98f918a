"""The organisation's look on its documents."""

from .exports.blocks import Brand, Cover, Image


def brand_of(org) -> Brand:
    return Brand(organization=org.name, primary=org.primary_color, accent=org.accent_color)


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
