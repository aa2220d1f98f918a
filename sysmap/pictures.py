"""The maps that compare: the ideal system, today with where it should go, and what moved between two moments. Pure.

Whatever moves is drawn twice, where it is as a card and where it was or should be as a dashed outline, with an arrow
between them; whatever does not move steps back.
"""

from dataclasses import dataclass, replace

from . import layout
from .compare import compare, place_words, rings_closer, sentence
from .drawing import map_svg
from .ideal import is_moving
from .marks import DEFAULT_PALETTE, Palette
from .states import ActorState, MapState
from .words import counted

BEFORE, GONE, IDEAL = "antes", "salió", "ideal"


@dataclass(frozen=True)
class Picture:
    """A map ready to be drawn: its cards, the pairs of cards (by key) that an arrow joins, and both in words."""

    title: str
    description: str
    cards: tuple[layout.Card, ...]
    arrows: tuple[tuple[str, str], ...] = ()
    ghost_label: str = "Papel que falta"

    def svg(self, organization_name: str, palette: Palette = DEFAULT_PALETTE, *, id_prefix: str = "map") -> str:
        return map_svg(
            layout.lay_out(self.cards),
            organization_name,
            title=self.title,
            description=self.description,
            arrows=[(end, start, end) for start, end in self.arrows],
            ghost_label=self.ghost_label,
            palette=palette,
            id_prefix=id_prefix,
        )


def moment(state: MapState) -> Picture:
    """The map of one moment as it is."""
    return Picture(
        f"Mapa del sistema: {state.label}",
        f"{_actors(state)} alrededor de la organización, cada uno en su lugar.",
        tuple(card(actor) for actor in state.actors),
    )


def ideal(state: MapState) -> Picture:
    """Every actor where the ideal system wants it, and the missing roles as ghosts."""
    return Picture(
        "Mapa del sistema ideal",
        _in_words(f"{_actors(state)} en el lugar que buscamos.", _wishes(state)),
        (
            *(card(one, one.ideal_place, tag=_way(_place(one), one.ideal_place)) for one in state.actors),
            *map(_missing, state.ghosts),
        ),
    )


def overlay(state: MapState) -> Picture:
    """The map of `state` with an arrow from every actor that should move to where it should be."""
    moving = [one for one in state.actors if _moves(_place(one), one.ideal_place)]
    return Picture(
        f"Del mapa actual al ideal: {state.label}",
        _in_words(f"{_actors(state)} en su lugar de hoy. Cada flecha va al lugar que buscamos.", _wishes(state)),
        (
            *(card(one, is_quiet=one not in moving) for one in state.actors),
            *(_outline(one, one.ideal_place, IDEAL) for one in moving),
            *map(_missing, state.ghosts),
        ),
        tuple((one.key, f"{one.key}:{IDEAL}") for one in moving),
        "Lo que buscamos",
    )


def comparison(before: MapState, after: MapState) -> Picture:
    """The later map with the earlier place of whatever moved; who came in is marked, who left is a ghost."""
    old = {actor.key: actor for actor in before.actors}
    left = [one for one in before.actors if not after.find(one.key)]
    moved = [one for one in after.actors if one.key in old and _moves(_place(old[one.key]), _place(one))]

    def later(actor):
        tag = _way(_place(old[actor.key]), _place(actor)) if actor.key in old else "nuevo"
        return card(actor, is_quiet=not tag, tag=tag)

    return Picture(
        f"Qué se movió: de {before.label} a {after.label}",
        _in_words(
            f"{_actors(after)} en su lugar de {after.label}.",
            (sentence(change) for change in compare(before, after) if change.weight < 2),
        ),
        (
            *map(later, after.actors),
            *(_outline(replace(old[one.key], name=one.name), _place(old[one.key]), BEFORE) for one in moved),
            *(_outline(one, _place(one), GONE) for one in left),
        ),
        tuple((f"{one.key}:{BEFORE}", one.key) for one in moved),
        "Donde estaba",
    )


def card(actor: ActorState, place: tuple[str, str] | None = None, **marks) -> layout.Card:
    """The note of an actor, where it is or at another (relation, result)."""
    relation, result = place or _place(actor)
    return layout.Card(
        key=actor.key,
        name=actor.name,
        resource=actor.primary_resource,
        rule=actor.rules,
        relation=relation,
        result=result,
        sector=actor.sector,
        **marks,
    )


def _outline(actor, place, tag):
    bare = replace(actor, key=f"{actor.key}:{tag}", primary_resource="", rules="")
    return card(bare, place, is_ghost=True, tag=tag)


def _missing(ghost):
    return layout.Card(
        ghost.key,
        ghost.role,
        ghost.resource,
        relation=ghost.relation,
        result=ghost.result,
        is_ghost=True,
        tag="falta",
        holder=ghost.holder,
    )


def _place(actor):
    return actor.relation, actor.result


def _moves(before, after):
    """Whether the map shows a difference between two places: without relation or result it has one, the tray."""
    return before != after and (all(before) or all(after))


def _way(before, after):
    """The tag of what moves; "" for what stays."""
    if not _moves(before, after):
        return ""
    rings = rings_closer(before[0], after[0])
    if rings:
        return "más cerca" if rings > 0 else "más lejos"
    return {"positive": "ya ayuda", "negative": "dificulta"}.get(after[1], "por definir")


def _actors(state):
    return counted(len(state.actors), "actor", "actores")


def _wishes(state):
    for one in state.actors:
        if is_moving(one):
            yield f"{one.name}, de {place_words(*_place(one))} a {place_words(*one.ideal_place)}"
    for ghost in state.ghosts:
        yield f"Falta {ghost.role}, con {place_words(ghost.relation, ghost.result)}"


def _in_words(start, moves):
    moves = list(moves) or ["Nadie cambia de lugar"]
    return f"{start} {'. '.join(moves)}."
