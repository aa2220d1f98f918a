"""Actors that a room names in a workshop."""

from django.core.exceptions import ValidationError

from alianzas.fields import SHORT
from sessions_app.live import sources

from .services import add_actors


def actors_from(board, notes, by) -> list[dict]:
    """Put an actor on the map for each note; names that are there already, however often they are written, stay one.

    Closed again, only new names are added: what became of an actor is decided on the map. ValidationError for a note
    that is too long for a name, or more actors than the map takes.
    """
    known = {row["id"] for row in board.handed or []}
    names = [" ".join(note.text.split()) for note in notes if note.key.hex not in known]
    if long := next((name for name in names if len(name) > SHORT), ""):
        raise ValidationError(
            f"«{long[:60]}…» es muy largo para el nombre de un actor. No se perdió nada: corrijan o quiten esa nota."
        )
    add_actors(organization=board.organization, names=names)
    return [{"id": note.key.hex} for note in notes]


sources.register(
    sources.Source(
        prompts=frozenset({"M.3.B", "M.4.actores"}),
        abouts=lambda: [("", "")],
        page="mapa",
        label="el mapa",
        hand_over=actors_from,
    )
)
