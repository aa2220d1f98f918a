"""Journals, health and trust of the demonstration's allies. Days are counted from today, so that some are quiet."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from alianzas.models import Commitment, User
from ruta_critica.models import Ally, HealthCheck, JournalEntry, TrustCheck
from ruta_critica.relation import services

from .mapa import key_of

DATA = Path(__file__).parent / "data" / "relacion.toml"
MODELS = {"journal": JournalEntry, "health": HealthCheck, "trust": TrustCheck}
_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/demo/relacion")


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """Tell what the file says of the allies of `organization`, inside its scope; nothing for those not in it."""
    today = timezone.localdate()
    told = _data().get(organization.slug, {})
    people = {user.email: user for user in User.objects.all()}
    for entry in told.get("decisions", []):
        decided = _ally(organization, entry["ally"])
        decided.decided_by = people[entry["by"]]
        decided.save()
    for table, model in MODELS.items():
        for number, entry in enumerate(told.get(table, [])):
            facts = dict(entry)
            status, due_in, name = facts.pop("status", ""), facts.pop("due_in", None), facts.pop("ally")
            row = services.add(
                row=model(
                    organization=organization,
                    ally=_ally(organization, name),
                    on=today - timedelta(days=facts.pop("days_ago")),
                    author=people[facts.pop("by")],
                    key=uuid5(_NAMESPACE, f"{organization.slug}/{table}/{number}"),
                    **({} if due_in is None else {"due_date": today + timedelta(days=due_in)}),
                    **facts,
                )
            )
            if status:
                Commitment.objects.filter(source=services.source_of(row)).update(status=status)


def _ally(organization, name):
    return Ally.objects.get(actor__key=key_of(organization, name))
