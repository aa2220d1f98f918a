"""What a workbook would change in the 5Rs matrix, checked as a whole. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from alianzas.names import alike, looks_like, same_name
from alianzas.roundtrip import review
from alianzas.roundtrip.review import REMOVED, Current, Review, SheetLine, without_copies

from .models import Actor
from .sheet import line_of


def current_matrix(actors: Sequence[Actor]) -> Current:
    """The rows of the matrix; `actors` are all of the map."""
    rows = {str(actor.key): actor for actor in actors if actor.in_matrix}
    lines = {key: line_of(actor) for key, actor in rows.items()}
    return Current("la matriz", lines, {key: actor.pk for key, actor in rows.items()})


def compare(actors: Sequence[Actor], lines: Sequence[SheetLine], problems: Sequence[str] = ()) -> Review:
    """What `lines` (read from a workbook) would change in the matrix of `actors`."""
    current = current_matrix(actors)
    lines = without_copies(_veiled(lines, actors, current), current.lines, by="actor")
    named = [one for one in lines if one.line.actor and _is_named_anew(one, current)]
    wrong = [*_repeated(lines, named), *_taken(named, _names_elsewhere(actors, lines, current))]
    return review.compare(current, lines, [*problems, *wrong])


def _veiled(lines, actors, current):
    """The lines with the alias of who became sensitive after the file was written, instead of the real name."""
    hidden = {str(actor.key): same_name(actor.name) for actor in actors if actor.is_sensitive and actor.in_matrix}
    return [
        replace(one, line=replace(one.line, actor=current.lines[one.key].actor))
        if hidden.get(one.key) == same_name(one.line.actor)
        else one
        for one in lines
    ]


def _is_named_anew(one, current):
    return one.key not in current.lines or current.lines[one.key].actor != one.line.actor


def _repeated(lines, named):
    """Names given in this file that another of its rows has too; two that were equal already may stay."""
    rows = {}
    for one in lines:
        rows.setdefault(same_name(one.line.actor), []).append(one.number)
    told = set()
    for one in named:
        name = same_name(one.line.actor)
        first, *others = rows[name]
        if others and name not in told:
            told.add(name)
            where = first if one.number != first else others[0]
            yield f"Celda {one.ref}: «{one.line.actor}» ya está en la fila {where}; escribe otro nombre."


def _names_elsewhere(actors, lines, current):
    """The names of the actors that stay whatever is chosen: those that the file does not name, and real names."""
    here, leaving = {one.key for one in lines}, set(current.missing_from(lines))
    stay = [actor for actor in actors if str(actor.key) not in leaving]
    secret = {same_name(actor.name) for actor in stay if actor.is_sensitive}
    return secret | {same_name(actor.public_name) for actor in stay if str(actor.key) not in here}


def _taken(named, names):
    for one in named:
        if same_name(one.line.actor) in names:
            yield f"Celda {one.ref}: ya está en el mapa un actor que se llama «{one.line.actor}»; escribe otro nombre."


def alike_to(actors: Sequence[Actor], review: Review) -> dict[int, str]:
    """By its place, the name on the map that a name given by the file looks like. A sensitive actor is never compared,
    lest the question tell its name."""
    names: dict[str, list[tuple[str, str]]] = {}
    for actor in actors:
        if not actor.is_sensitive:
            names.setdefault(looks_like(actor.name), []).append((str(actor.key), actor.name))
    found = {}
    for place, change in enumerate(review.changes):
        if change.kind != REMOVED and "actor" in change.differences:
            near = names.get(looks_like(change.line.actor), ())
            if other := alike(change.line.actor, [name for key, name in near if key != change.key]):
                found[place] = other
    return found
