"""What changed on the map between two moments: as values, and in words that people read aloud. Pure.

An actor is the same one while it keeps its key: who was deleted and added again left the map and came in.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .layout import RELATIONS
from .states import ActorState, MapState
from .words import RELATION_LABELS, RESULT_LABELS, SECTOR_LABELS, UNDEFINED, counted, listed

MOVES = ("relation", "result")
PRESENCE = ("added", "removed")
GHOSTS = ("ghost_removed", "ghost_added")
DETAILS = ("sector", "is_informal", "roles", "primary_resource", "secondary_resources", "rules")
FIELDS = (*MOVES, *PRESENCE, *GHOSTS, "renamed", *DETAILS)
CODED = {"relation", "result", "sector", "is_informal", "added", "removed"}
_UNORDERED = {"roles", "secondary_resources"}

Value = str | bool | tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    `name` is the later one. Who came in or left has its (relation, result) as `after` or `before`, and a
    missing role its text.
    """

    key: str
    name: str
    field: str
    before: Value
    after: Value

    @property
    def ref(self) -> str:
        """Names this change among all of a comparison, in any process: its reason is kept under it."""
        key = self.key if len(self.key) <= 40 else _digest(self.key)
        return f"{key}:{self.field}:{_brief(self.field, self.before)}>{_brief(self.field, self.after)}"

    @property
    def weight(self) -> int:
        """0 for a move on the map, 1 for who came in or left, 2 for the rest."""
        return 0 if self.field in MOVES else 1 if self.field in PRESENCE else 2

    @property
    def asks_why(self) -> bool:
        """Whether people are asked for the reason: for whatever the picture shows."""
        return self.weight < 2


def compare(before: MapState, after: MapState) -> tuple[Change, ...]:
    """Every change from one moment to the other: moves, the largest first; then who came in or left; then the rest."""
    old, new = ({actor.key: actor for actor in state.actors} for state in (before, after))
    lacked, lacks = ({ghost.key: ghost.role for ghost in state.ghosts} for state in (before, after))
    changes = [
        *(change for key, one in old.items() if key in new for change in _differences(one, new[key])),
        *(Change(key, one.name, "added", (), _place(one)) for key, one in new.items() if key not in old),
        *(Change(key, one.name, "removed", _place(one), ()) for key, one in old.items() if key not in new),
        *(Change(key, role, "ghost_added", "", role) for key, role in lacks.items() if key not in lacked),
        *(Change(key, role, "ghost_removed", role, "") for key, role in lacked.items() if key not in lacks),
    ]
    return tuple(sorted(changes, key=_order))


def rings_closer(before: str, after: str) -> int:
    """How many rings nearer to the centre a relation is than another; what has none is beyond the outermost."""
    return _ring(before) - _ring(after)


def closer(change: Change) -> int:
    """How many rings the actor came closer; negative when it moved away, 0 when it is no change of relation."""
    return rings_closer(change.before, change.after) if change.field == "relation" else 0


def _ring(relation):
    return RELATIONS.index(relation) if relation else len(RELATIONS)


def _place(actor):
    return actor.relation, actor.result


def _differences(old: ActorState, new: ActorState):
    if old.name != new.name:
        yield Change(new.key, new.name, "renamed", old.name, new.name)
    for field in (*MOVES, *DETAILS):
        was, now = getattr(old, field), getattr(new, field)
        if set(was) != set(now) if field in _UNORDERED else was != now:
            yield Change(new.key, new.name, field, was, now)


def _order(change):
    detail = change.field not in (*MOVES, *PRESENCE, *GHOSTS)
    return (
        change.weight,
        detail,
        -abs(closer(change)),
        change.name.casefold() if detail else "",
        FIELDS.index(change.field),
        change.name.casefold(),
        change.key,
    )


def _brief(field, value):
    """A value as it stands in a `ref`: codes as they are, words only as a digest, for a `ref` may be seen."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else "+".join(value)
    return text if not text or field in CODED else _digest(text)


def _digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- in words --------------------------------------------------------------------------------------------


def sentence(change: Change, reason: str = "") -> str:
    """The change as people would tell it, with its reason if somebody gave one; no full stop at the end."""
    told = _TELLERS[change.field](change)
    if not reason:
        return told
    return f"{told}. Por qué: {reason}" if ":" in told else f"{told}: {reason}"


def shown(change: Change, value: Value) -> str:
    """A value of the change as a cell of a table."""
    if change.field in PRESENCE:
        return place_words(*value).capitalize() if value else "Fuera del mapa"
    if change.field in GHOSTS:
        return value or ("Cubierto" if change.field == "ghost_removed" else "Sin ver")
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(value) or UNDEFINED
    return label(change.field, value)


def label(field: str, value: str) -> str:
    """What a value of a field is called: the label of a code, or the text itself."""
    return _LABELS.get(field, {}).get(value, value) or UNDEFINED


def place_words(relation: str, result: str) -> str:
    """A place of the map in words, such as «relación débil y efecto positivo»."""
    if not relation and not result:
        return "sin lugar definido todavía"
    return (
        f"relación {label('relation', relation).lower() if relation else 'por definir'} y "
        f"efecto {label('result', result).lower() if result else 'por definir'}"
    )


def summary(before: MapState, after: MapState, changes: Sequence[Change] | None = None) -> str:
    """The whole comparison in one paragraph of counts."""
    changes = compare(before, after) if changes is None else changes
    if not changes:
        return "Nada cambió en el mapa entre un momento y el otro."
    both = {actor.key for actor in before.actors} & {actor.key for actor in after.actors}
    changed = len({change.key for change in changes} & both)
    counts = [(sum(map(is_one, changes)), *words) for is_one, *words in _COUNTS]
    told = [f"{number} {one if number == 1 else many}" for number, one, many in counts if number]
    first = f"{'Cambió' if changed == 1 else 'Cambiaron'} {changed} de {counted(len(both), 'actor', 'actores')}"
    if not changed:
        first = f"De {counted(len(both), 'actor que ya estaba', 'actores que ya estaban')} no cambió ninguno"
    return ". ".join([f"{first}: {listed(told)}" if told else first, *_comings_and_goings(changes)]) + "."


def _comings_and_goings(changes):
    for field, one, many in _PRESENCE_COUNTS:
        names = sorted((change.name for change in changes if change.field == field), key=str.casefold)
        if names:
            yield f"{one if len(names) == 1 else many.format(len(names))}: {listed(names)}"


def _reads(field, value):
    return lambda change: change.field == field and change.after == value


_COUNTS = (
    (lambda change: closer(change) > 0, "se acercó", "se acercaron"),
    (lambda change: closer(change) < 0, "se alejó", "se alejaron"),
    (_reads("result", "positive"), "ahora ayuda al resultado", "ahora ayudan al resultado"),
    (_reads("result", "negative"), "ahora lo dificulta", "ahora lo dificultan"),
)
_PRESENCE_COUNTS = (
    ("added", "Entró al mapa 1", "Entraron al mapa {}"),
    ("removed", "Salió 1", "Salieron {}"),
    ("ghost_removed", "Se cubrió 1 papel que faltaba", "Se cubrieron {} papeles que faltaban"),
    ("ghost_added", "Se vio que falta 1 papel", "Se vio que faltan {} papeles"),
)


# --- one sentence for each field -------------------------------------------------------------------------


def _relation(change):
    was, now = (label("relation", value).lower() for value in (change.before, change.after))
    if not change.before:
        return f"{change.name} ya tiene una relación definida, {now}"
    if not change.after:
        return f"La relación con {change.name}, que era {was}, quedó sin definir"
    return f"{change.name} pasó de {was} a {now}"


def _result(change):
    was, now = (_EFFECTS.get(value) for value in (change.before, change.after))
    if not was:
        return f"Ya se sabe que {change.name} {now[1]} {now[2]} resultado"
    if not now:
        return f"El efecto de {change.name} en el resultado quedó sin definir"
    return f"{change.name} dejó de {was[0]} y ahora {now[1]} {now[2]} resultado"


def _with_place(place):
    return f"{'con ' if any(place) else ''}{place_words(*place)}"


def _sector(change):
    was, now = (label("sector", value) for value in (change.before, change.after))
    if not change.before:
        return f"{change.name} ya tiene sector, {now}"
    if not change.after:
        return f"{change.name} se quedó sin sector (era {was})"
    return f"{change.name} cambió de sector, de {was} a {now}"


def _text(noun, article):
    """Teller of a text of which an actor has one."""

    def tell(change):
        if not change.before:
            return f"{change.name} ya tiene {noun}, «{change.after}»"
        if not change.after:
            return f"{change.name} se quedó sin {noun} (era «{change.before}»)"
        return f"{article} {noun} de {change.name} cambió de «{change.before}» a «{change.after}»"

    return tell


def _list(one, many):
    """Teller of texts of which an actor has several."""

    def tell(change):
        came = [f"«{item}»" for item in change.after if item not in change.before]
        left = [f"«{item}»" for item in change.before if item not in change.after]
        parts = [
            f"{verb} {one if len(items) == 1 else many} {listed(items)}"
            for verb, items in (("sumó", came), ("dejó", left))
            if items
        ]
        return f"{change.name} {' y '.join(parts)}"

    return tell


_EFFECTS = {"positive": ("ayudar", "ayuda", "al"), "negative": ("dificultar", "dificulta", "el")}
_LABELS = {"relation": RELATION_LABELS, "result": RESULT_LABELS, "sector": SECTOR_LABELS}
_TELLERS: dict[str, Callable[[Change], str]] = {
    "relation": _relation,
    "result": _result,
    "added": lambda change: f"Entró al mapa: {change.name}, {_with_place(change.after)}",
    "removed": lambda change: f"Salió del mapa: {change.name}, {_with_place(change.before)}",
    "ghost_added": lambda change: f"Se vio que falta un papel: {change.name}",
    "ghost_removed": lambda change: f"Se cubrió el papel que faltaba: {change.name}",
    "renamed": lambda change: f"«{change.before}» ahora aparece como «{change.after}»",
    "sector": _sector,
    "is_informal": lambda change: f"{change.name} {'ahora' if change.after else 'ya no'} cuenta como actor informal",
    "roles": _list("el papel", "los papeles"),
    "primary_resource": _text("recurso predominante", "El"),
    "secondary_resources": _list("el recurso", "los recursos"),
    "rules": _text("regla", "La"),
}
