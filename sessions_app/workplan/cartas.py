"""What the cartas descriptivas say of the rows of the plan that are sessions: written there once, read here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from sessions_app import curriculum
from sessions_app.measuring import days_of, facilitators
from sessions_app.models import SessionDesign

_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/plan-de-trabajo")


@dataclass(frozen=True)
class Said:
    """When a session is and who facilitates it, by its carta; `omitted` says why it is left out."""

    session_key: str
    start: date | None = None
    end: date | None = None
    facilitators: str = ""
    omitted: str = ""


def key_of(organization_pk: int, name: str) -> UUID:
    """The key of a row that the method proposes; that of a session is called "S1" to "S6"."""
    return uuid5(_NAMESPACE, f"{organization_pk}/{name}")


def said_of(organization_pks: Iterable[int]) -> dict[UUID, Said]:
    """What is said of each session, by the key of its row. One query."""
    cartas = SessionDesign.objects.filter(organization_id__in=set(organization_pks))
    return {key_of(one.organization_id, f"S{one.session_key}"): _said(one) for one in cartas}


def session_of(item) -> str:
    """The session that a row of the plan is; "" for any other activity."""
    keys = (one.key for one in curriculum.sessions() if one.hours)
    return next((key for key in keys if key_of(item.organization_id, f"S{key}") == item.key), "")


def _said(carta):
    days = days_of(carta)
    omitted = carta.skip_reason if carta.is_skipped else ""
    return Said(carta.session_key, min(days, default=None), max(days, default=None), facilitators(carta), omitted)
