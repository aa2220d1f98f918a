"""How far the map is from the ideal system (domain §5), and who is worth approaching to get there. Pure."""

from dataclasses import dataclass

from .compare import label, rings_closer
from .layout import RELATIONS
from .states import ActorState, MapState
from .words import counted, listed

TURN_STEPS, GHOST_STEPS = 2, 3
DEFINITION = (
    "La distancia al ideal se cuenta en pasos. Por cada actor con un ideal anotado: un paso por cada anillo entre la "
    "relación que hay y la que buscamos (sin definir queda un anillo más allá de conflictiva), y dos pasos si su "
    "efecto en el resultado tiene que cambiar o no se ha definido. Por cada papel que falta: tres pasos. Cero es haber "
    "llegado. Todos los momentos se miden contra el mismo ideal, el del momento más reciente, para que se puedan "
    "comparar."
)


@dataclass(frozen=True)
class Part:
    """What one actor, or one missing role, adds to the distance; `rings` are negative when it should move away."""

    key: str
    name: str
    rings: int = 0
    turns: bool = False
    is_missing: bool = False

    @property
    def steps(self) -> int:
        return abs(self.rings) + TURN_STEPS * self.turns + GHOST_STEPS * self.is_missing


@dataclass(frozen=True)
class Distance:
    """Steps to the ideal; `parts` are those that add some, the largest first, and `of` the most there could be."""

    steps: int
    parts: tuple[Part, ...]
    of: int


@dataclass(frozen=True)
class Gap:
    """A candidate ally: what separates it from where we want it. `key` is that of the actor or of the missing role."""

    key: str
    name: str
    steps: int
    why: str
    is_missing: bool = False


def distance(state: MapState, ideal: MapState | None = None) -> Distance:
    """How far `state` is from the ideal kept in `ideal`, by default its own; see `DEFINITION`.

    An actor of the ideal that the state does not have counts as undefined. A role counts while it is missing in the
    state, and also if only the ideal knows that it is missing.
    """
    ideal = ideal or state
    now = {actor.key: actor for actor in state.actors}
    wanted = [actor for actor in ideal.actors if has_ideal(actor)]
    ghosts = {ghost.key: ghost for ghost in (*state.ghosts, *ideal.ghosts)}
    parts = [
        *(_part(now.get(actor.key) or ActorState(actor.key, actor.name), actor) for actor in wanted),
        *(Part(ghost.key, ghost.role, is_missing=True) for ghost in ghosts.values()),
    ]
    return Distance(
        steps=sum(part.steps for part in parts),
        parts=tuple(sorted((part for part in parts if part.steps), key=_order)),
        of=sum(map(_most, wanted)) + GHOST_STEPS * len(ghosts),
    )


def has_ideal(actor: ActorState) -> bool:
    """Whether somebody said where it should be."""
    return bool(actor.desired_relation or actor.desired_result)


def is_moving(actor: ActorState) -> bool:
    """Whether the ideal map shows it elsewhere than today's."""
    return actor.ideal_place != (actor.relation, actor.result)


def gaps(state: MapState) -> tuple[Gap, ...]:
    """The queue of potential allies: who should be closer or help more, and who could take a missing role.

    The largest gap first.
    """
    candidates = [
        *(_gap(actor) for actor in state.actors if is_moving(actor)),
        *(
            Gap(ghost.key, ghost.holder, GHOST_STEPS, f"le tocaría el papel que falta, {ghost.role}", is_missing=True)
            for ghost in state.ghosts
            if ghost.holder
        ),
    ]
    return tuple(sorted(filter(None, candidates), key=_order))


def reached(before: MapState, after: MapState) -> tuple[str, ...]:
    """Names of the actors that were away from the ideal of `after` and are now where it wants them."""
    was = {part.key for part in distance(before, after).parts}
    away = {part.key for part in distance(after).parts}
    return tuple(actor.name for actor in after.actors if actor.key in was - away)


def _part(actor, wanted):
    return Part(
        actor.key,
        wanted.name,
        rings_closer(actor.relation, wanted.desired_relation) if wanted.desired_relation else 0,
        bool(wanted.desired_result) and actor.result != wanted.desired_result,
    )


def _most(wanted):
    """The most steps that an actor may be away."""
    rings = RELATIONS.index(wanted.desired_relation) if wanted.desired_relation else None
    return (0 if rings is None else max(rings, len(RELATIONS) - rings)) + TURN_STEPS * bool(wanted.desired_result)


def _gap(actor):
    """None for an actor that should move away or help less."""
    part = _part(actor, actor)
    closer, helps = max(0, part.rings), part.turns and actor.desired_result == "positive"
    why = []
    if closer:
        now, then = (label("relation", value).lower() for value in (actor.relation, actor.desired_relation))
        start = f"de {now}" if actor.relation else "de relación sin definir"
        why.append(f"{start} a {then}: {counted(closer, 'anillo', 'anillos')} más cerca")
    if helps:
        why.append("de dificultar a ayudar al resultado" if actor.result else "que se defina y ayude al resultado")
    return Gap(actor.key, actor.name, closer + TURN_STEPS * helps, listed(why)) if why else None


def _order(one):
    return -one.steps, one.is_missing, one.name.casefold(), one.key
