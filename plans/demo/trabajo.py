"""The planes de trabajo of the demonstration's organisations."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from alianzas.models import Commitment
from sessions_app.models import WorkPlanItem
from sessions_app.workplan.cartas import key_of
from sessions_app.workplan.services import mirror_items, source_of

DATA = Path(__file__).parent / "data" / "trabajo.toml"
_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/demo/trabajo")


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"), parse_float=Decimal)


def load(organization):
    """Create the plan of `organization` inside its scope, with its commitments; nothing for those not in the file."""
    parents, items, statuses = {}, [], {}
    for position, entry in enumerate(_data().get(organization.slug, [])):
        facts = dict(entry)
        key, under, status = facts.pop("key", ""), facts.pop("under", None), facts.pop("status", None)
        session = facts.pop("session", "")
        item = WorkPlanItem(
            organization=organization,
            key=_key(organization, session, position),
            parent=parents[under] if under else None,
            position=position,
            **facts,
        )
        item.full_clean()
        item.save()
        items.append(item)
        if key:
            parents[key] = item
        if status:
            statuses[source_of(item)] = status
    mirror_items(items)
    for commitment in Commitment.objects.filter(source__in=statuses):
        commitment.status = statuses[commitment.source]
        commitment.full_clean()
        commitment.save()


def _key(organization, session, position):
    if session:
        return key_of(organization.pk, f"S{session}")
    return uuid5(_NAMESPACE, f"{organization.slug}/{position}")
