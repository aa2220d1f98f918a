"""Reads of the map: screen and document call the same."""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from itertools import groupby

from alianzas.fields import SHORT
from alianzas.names import same_name
from sessions_app.models import Answer

from . import layout, pictures, similar
from .compare import Change, compare
from .drawing import map_svg
from .marks import palette_of
from .models import Actor, KnownName, MapSnapshot, MissingRole, MoveReason, NotSame, Removal, Sector
from .removals import too_old
from .states import ActorState, GhostState, MapState, unpack
from .veil import Veil, veiled_change, veiled_state
from .words import RELATION_LABELS, UNDEFINED

TODAY = "Hoy"
LESSONS = ("M.8.aciertos", "M.8.errores")
# Questions of the sessions that name actors, and whether those are informal ones.
NAMING = {"S2.2.actores": False, "M.3.t1": True, "M.3.t2": False, "M.3.t3": False}


def actors() -> list[Actor]:
    """The actors in scope, grouped by sector as on the wall, then in their order. One query."""
    sectors = list(Actor.sector.field.choices)
    order = {value: place for place, (value, _) in enumerate(sectors)}
    rows = Actor.objects.select_related("role_holder")
    return sorted(rows, key=lambda actor: (order.get(actor.sector, len(order)), actor.position, actor.pk))


@dataclass(frozen=True)
class Pair:
    """Two actors that may be one, and why."""

    one: Actor
    other: Actor
    why: str


@dataclass(frozen=True)
class Named:
    """Somebody that a session named and that is not an actor of the map yet."""

    name: str
    is_informal: bool


def by_sector(found: list[Actor]) -> list[tuple[str, list[Actor]]]:
    """(label, actors) of every sector that has any, those without one last."""
    labels = dict(Sector.choices)
    groups = groupby(found, key=lambda actor: actor.sector)
    return [(labels.get(sector, "Sin sector todavía"), list(group)) for sector, group in groups]


def look_alikes(found: list[Actor]) -> list[Pair]:
    """Actors that may be the same; a sensitive one is never compared, lest the reason tell its name. One query."""
    actors = {str(actor.key): actor for actor in found if not actor.is_sensitive}
    apart = [(str(one), str(other)) for one, other in NotSame.objects.values_list("one", "other")]
    pairs = similar.suggestions({key: actor.name for key, actor in actors.items()}, apart)
    return [Pair(actors[pair.one], actors[pair.other], pair.why) for pair in pairs]


def named_in_sessions(found: list[Actor]) -> list[Named]:
    """Who was named in a worksheet and is neither on the map nor was taken off it. Two queries."""
    known = {same_name(actor.name) for actor in found} | {same_name(one.data["name"]) for one in removals()}
    answers = dict(Answer.objects.filter(prompt_key__in=NAMING).exclude(value=None).values_list("prompt_key", "value"))
    names = {}
    for key, is_informal in NAMING.items():
        for row in answers.get(key, ()):
            name = " ".join(row["text"].split())[:SHORT]
            if same_name(name) not in known:
                names.setdefault(same_name(name), Named(name, is_informal))
    return list(names.values())


def removals() -> list[Removal]:
    """What was deleted or merged and can be brought back, the latest first. One query."""
    return list(Removal.objects.filter(at__gte=too_old()).select_related("kept", "by"))


def matrix() -> list[Actor]:
    """The actors that have a row of the matrix, in the same order. One query."""
    return [actor for actor in actors() if actor.in_matrix]


def state_of(actor: Actor, *, full: bool = False) -> ActorState:
    """An actor as a value; the real name of a sensitive one only in the `full` version."""
    return ActorState(
        key=str(actor.key),
        name=actor.name if full else actor.public_name,
        sector=actor.sector,
        is_informal=actor.is_informal,
        roles=tuple(actor.roles),
        primary_resource=actor.primary_resource,
        secondary_resources=tuple(actor.secondary_resources),
        relation=actor.relation,
        rules=actor.rules,
        result=actor.result,
        desired_role=actor.desired_role,
        desired_relation=actor.desired_relation,
        desired_result=actor.desired_result,
        alias=actor.alias if actor.is_sensitive else "",
        is_sensitive=actor.is_sensitive,
    )


def ghosts() -> tuple[GhostState, ...]:
    """The roles that the system lacks, in order. One query."""
    return tuple(
        GhostState(str(one.key), one.role, one.relation, one.result, one.resource, one.held_by)
        for one in MissingRole.objects.select_related("holder")
    )


def states(*, full: bool = False, hide: Veil | None = None) -> tuple[ActorState, ...]:
    """The actors of the matrix as they are shown: no real name of a sensitive one, unless `full`.

    One query, and two for the veil if the caller has none yet.
    """
    found = tuple(state_of(actor, full=full) for actor in matrix())
    return found if full else veiled_state(MapState(TODAY, found), hide or veil()).actors


def today(*, full: bool = False) -> MapState:
    """The map as it is now, to be compared or frozen: what people wrote into it is not veiled. Two queries."""
    found = tuple(state_of(actor, full=full) for actor in matrix())
    return MapState(TODAY, found, ghosts())


def shareable(found: list[Actor], hide: Veil | None = None) -> list[Actor]:
    """Copies of actors as they may leave the house: real names are hidden in what people wrote, too.

    Two queries, none with `hide`, what `veil` gave.
    """
    hide = hide or veil()
    return [_hidden(copy(actor), hide) for actor in found]


def _hidden(actor, hide):
    if not actor.is_sensitive:
        actor.name = hide.name(actor.name)
    for name in ("primary_resource", "rules", "desired_role", "role_holder_name", "ideal_note"):
        setattr(actor, name, hide(getattr(actor, name)))
    for name in ("roles", "secondary_resources"):
        setattr(actor, name, [hide(text) for text in getattr(actor, name)])
    return actor


def moments() -> list[MapSnapshot]:
    """The moments that were frozen and not withdrawn, the earliest first, without their data. One query."""
    return list(MapSnapshot.objects.filter(is_withdrawn=False).defer("data"))


def state_at(snapshot: MapSnapshot) -> MapState:
    """The map as it was frozen, names hidden as they would be today. One query."""
    return unpack(snapshot.data, str(snapshot), aliases_by_key())


def aliases_by_key() -> dict[str, str]:
    """The alias of every actor that is hidden today, even if it is gone, by its key. One query."""
    return {str(key): alias for key, alias in KnownName.objects.exclude(alias="").values_list("key", "alias")}


def map_picture(organization, actors: Iterable[ActorState], *, interactive=False, faint=frozenset()) -> str:
    """The ring map of `actors` as SVG (domain §4.3); those whose key is in `faint` step back."""
    actors = tuple(actors)
    return map_svg(
        map_layout(actors),
        organization.name,
        title=f"Mapa del sistema de {organization.name}",
        description=_in_words(actors),
        palette=palette_of(organization),
        interactive=interactive,
        faint=faint,
    )


def map_layout(actors: Iterable[ActorState]) -> layout.MapLayout:
    """Where every card stands: the same for the picture and for where a card is dropped."""
    return layout.lay_out([pictures.card(actor) for actor in actors])


def bands(actors: Iterable[ActorState]) -> list[tuple[str, list[ActorState], list[ActorState]]]:
    """The map in words: (relation, those that help, those that hinder), from the centre outwards; last, the tray."""
    actors = tuple(actors)
    rings = [
        (label, *([one for one in actors if (one.relation, one.result) == (ring, side)] for side in layout.RESULTS))
        for ring, label in RELATION_LABELS.items()
    ]
    tray = [one for one in actors if not one.is_placed]
    return [*rings, (UNDEFINED, tray, [])] if tray else rings


@dataclass(frozen=True)
class Lessons:
    """What is behind good alliances, and what cuts collaborations short (domain §2, M.8)."""

    successes: tuple[str, ...]
    mistakes: tuple[str, ...]


def lessons(hide: Veil) -> Lessons:
    """The two lists of the analysis, as they may leave the house. One query."""
    answers = dict(Answer.objects.filter(prompt_key__in=LESSONS).exclude(value=None).values_list("prompt_key", "value"))
    return Lessons(*(tuple(hide(row["text"]) for row in answers.get(key, ())) for key in LESSONS))


def by_relation(actors: Iterable[ActorState]) -> list[tuple[str, int, int, int]]:
    """(relation, how many help, how many hinder, how many are undecided), from the centre outwards."""
    sides = (*layout.RESULTS, "")
    counts = Counter((one.relation, one.result) for one in actors)
    rows = [(label, *(counts[ring, side] for side in sides)) for ring, label in RELATION_LABELS.items()]
    return [*rows, (UNDEFINED, *(counts["", side] for side in sides))]


def sector_counts(actors: Iterable[ActorState]) -> list[tuple[str, int]]:
    """(sector, how many), the most frequent first."""
    labels = dict(Sector.choices)
    counts = Counter(one.sector for one in actors)
    return [(labels.get(sector, "Sin sector todavía"), count) for sector, count in counts.most_common()]


def lacking(actors: Iterable[ActorState]) -> list[tuple[str, list[ActorState]]]:
    """(what is missing, the actors that lack it), only what is missing."""
    asked = {
        "Sin rol": lambda one: not one.roles,
        "Sin recurso": lambda one: not one.resources,
        "Sin relación": lambda one: not one.relation,
        "Sin reglas": lambda one: not one.rules,
        "Sin resultado": lambda one: not one.result,
    }
    actors = tuple(actors)
    found = [(label, [one for one in actors if lacks(one)]) for label, lacks in asked.items()]
    return [(label, rows) for label, rows in found if rows]


def _in_words(actors):
    placed = [actor for actor in actors if actor.is_placed]
    positive = sum(actor.result == "positive" for actor in placed)
    return (
        f"{len(actors)} actores alrededor de la organización: {positive} con efecto positivo, "
        f"{len(placed) - positive} con efecto negativo y {len(actors) - len(placed)} sin lugar todavía. "
        "La tabla de la matriz 5Rs dice lo mismo en texto."
    )


# --- what compares, and what leaves the house -------------------------------------------------------------


def moment_picture(organization, state: MapState) -> str:
    """The ring map of a state as SVG, as it was."""
    return _drawn(organization, pictures.moment(state), "moment")


def ideal_picture(organization, state: MapState) -> str:
    """The ideal system as SVG: every actor where it should be, and the missing roles (domain §5)."""
    return _drawn(organization, pictures.ideal(state), "ideal")


def overlay_picture(organization, state: MapState) -> str:
    """The map of a state with arrows to where its actors should be, as SVG."""
    return _drawn(organization, pictures.overlay(state), "overlay")


def comparison_picture(organization, before: MapState, after: MapState) -> str:
    """The later map with where everybody was before, as SVG."""
    return _drawn(organization, pictures.comparison(before, after), "comparison")


def reasons(snapshot: MapSnapshot) -> dict[str, str]:
    """Why things changed since a moment, by `Change.ref`. One query."""
    return dict(MoveReason.objects.filter(before=snapshot).values_list("change", "text"))


def compared(
    before: MapSnapshot, after: MapSnapshot | None, hide: Veil
) -> tuple[MapState, MapState, list[tuple[str, Change, str]]]:
    """Two moments as they may be told, and (ref, change, reason) of all that changed. `after` None is today."""
    why = reasons(before)
    old, new = state_at(before), state_at(after) if after else today()
    told = [(one.ref, veiled_change(one, hide), hide(why.get(one.ref, ""))) for one in compare(old, new)]
    return veiled_state(old, hide), veiled_state(new, hide), told


def protected_names() -> dict[str, str]:
    """The alias of every name that a sensitive actor has or had. Two queries."""
    ever = dict(KnownName.objects.exclude(alias="").values_list("name", "alias"))
    return ever | dict(Actor.objects.filter(is_sensitive=True).values_list("name", "alias"))


def veil() -> Veil:
    """What hides every protected name, wherever it was written. Two queries."""
    return Veil(protected_names())


def veils(organizations) -> dict[int, Veil]:
    """The veil of each organisation in scope, by its id. Two queries, whatever their number."""
    known = {one.pk: {} for one in organizations}
    for org, name, alias in KnownName.objects.exclude(alias="").values_list("organization_id", "name", "alias"):
        known[org][name] = alias
    for org, name, alias in Actor.objects.filter(is_sensitive=True).values_list("organization_id", "name", "alias"):
        known[org][name] = alias
    return {org: Veil(names) for org, names in known.items()}


def _drawn(organization, picture, id_prefix):
    return picture.svg(organization.name, palette_of(organization), id_prefix=id_prefix)
