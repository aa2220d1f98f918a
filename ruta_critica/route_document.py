"""What the organisation's route hands over: the picture, then every step in words."""

from alianzas.commitments.hooks import veil
from alianzas.exports.blocks import Document, Figure, Heading, Image, KeyValues, Paragraph
from alianzas.identity import document_of

from . import route_queries
from .route import NOT_NOW

TITLE = "Ruta Crítica"
OF_THE_METHOD = "Estos son los pasos del método: la organización todavía no los adapta a su trabajo."


def route_document(org, hide=None) -> Document:
    """The picture on a page of its own, a block per step, and the first illustration if it may leave.

    `hide` when the caller hides more than protected names.
    """
    route = route_queries.own_route(hide or veil())
    blocks = [_figure(org, route), Heading(1, "La ruta, paso por paso")]
    if not route.is_own:
        blocks.append(Paragraph(OF_THE_METHOD, "note"))
    for number, stop in enumerate(route.stops, 1):
        blocks += _step(number, stop)
    return document_of(org, TITLE, [*blocks, *_illustration()])


def poster(org, page_size: str) -> Document:
    """The picture for the wall."""
    figure = _figure(org, route_queries.own_route(veil()))
    return document_of(org, TITLE, [figure], orientation="landscape", page_size=page_size)


def _figure(org, route):
    return Figure(
        svg=route_queries.page_picture(org, route),
        title=route_queries.title_of(org),
        caption="Cada parada es un paso, con el nombre que le damos, lo que hacemos hoy y quiénes participan.",
        full_page=True,
        main=True,
    )


def _step(number, stop):
    yield Heading(2, f"{number}. {stop.name}" + ("" if stop.is_active else f" ({NOT_NOW})"))
    if stop.canonical:
        yield Paragraph(f"En el método: {stop.canonical}", "note")
    facts = (
        ("Qué significa", stop.meaning),
        ("Qué hacemos hoy", stop.today or "Por anotar"),
        ("Personas", stop.people),
        ("Contactos", stop.contacts),
        ("Elementos propios", stop.own_elements),
        ("Elementos del método", stop.elements),
        ("Qué adaptamos y por qué", stop.note),
    )
    yield KeyValues([(label, value) for label, value in facts if value])


def _illustration():
    photo = route_queries.photo_that_may_leave()
    if photo is None:
        return
    try:
        with photo.image.open("rb") as file:
            picture = Image(data=file.read(), mime="image/jpeg", alt=photo.caption)
    except FileNotFoundError:
        return
    yield Heading(1, "Nuestra primera ilustración")
    yield picture
    yield Paragraph(photo.caption, "note")
