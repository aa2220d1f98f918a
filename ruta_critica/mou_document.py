"""The draft of the memorandum of understanding with each ally (domain §6.3)."""

from collections.abc import Iterable, Iterator

from alianzas.exports.blocks import Block, Bullets, Callout, Column, Document, KeyValues, Row, Table
from alianzas.models import Commitment
from sysmap.models import Result

from . import queries
from .drafts import CONTACT, LINE, SHORT_LINE, Draft, contacts, drafted, promises_table, words
from .models import Ally

NAME = "mou"
BLANK = (SHORT_LINE,) * 3
CONTRIBUTION_COLUMNS = (
    Column("what", "Aportación", 4, row_header=True),
    Column("kind", "Dinero o especie", 2.2),
    Column("value", "Valor", 1.6),
    Column("when", "Fecha", 1.6),
)


def mou_document(org, allies: Iterable[Ally] | None = None) -> Document:
    """The draft of the memorandum with each ally; what nobody said yet is a visible blank."""
    return drafted(org, NAME, allies, PARTS, CONTACT)


def _objectives(draft: Draft) -> Iterator[Block]:
    for goal in draft.goals:
        yield Callout(goal.strategy, goal.objective)
        yield KeyValues(tuple((f"A {horizon.label.lower()}", texts) for horizon, texts in goal.markers if texts))


def _activities(draft: Draft) -> Iterator[Block]:
    cancelled = Commitment.Status.CANCELLED
    activities = [one for goal in draft.goals for one in goal.activities if one.status != cancelled]
    if activities:
        yield promises_table(f"actividades-{draft.ally.pk}", activities, "Actividades acordadas, por fecha")


def _roles(draft: Draft) -> Iterator[Block]:
    asked = f"{LINE} (qué hace y de qué responde)"
    pairs = zip(draft.names.values(), ((asked,), (*_known_roles(draft.ally), asked)), strict=True)
    yield KeyValues(tuple((name, "\n".join(lines)) for name, lines in pairs))
    yield _contributions(draft)


def _known_roles(ally):
    """What the map says that the ally does, if it helps: the rest is not for a paper that the ally reads."""
    return ally.actor.roles if ally.actor_id and ally.actor.result == Result.POSITIVE else ()


def _contributions(draft):
    resources, rows = queries.resources(draft.ally), []
    for has, who in zip(("ours", "theirs"), draft.names.values(), strict=True):
        rows.append(Row(has, (who, "", "", ""), header=True))
        names = [one.name for one in resources if getattr(one, has)]
        rows += [Row(f"{has}-{number}", (name, *BLANK)) for number, name in enumerate((*names, LINE))]
    caption = "Aportaciones de cada parte"
    return Table(f"aportaciones-{draft.ally.pk}", CONTRIBUTION_COLUMNS, tuple(rows), caption=caption)


def _signatures(draft: Draft) -> Iterator[Block]:
    signed = f"{LINE}\nNombre, cargo, firma y fecha"
    yield KeyValues(tuple((f"Por {name}", signed) for name in draft.names.values()))


def _annexes(draft: Draft) -> Iterator[Block]:
    yield Bullets(tuple(f"{one}: {LINE}" for one in words(NAME)["annexes"]), numbered=True)


PARTS = {
    "objectives": _objectives,
    "activities": _activities,
    "roles": _roles,
    "contacts": contacts,
    "annexes": _annexes,
    "signatures": _signatures,
}
