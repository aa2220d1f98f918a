"""The follow-up of the demonstration's Plans: journals, the trace of allies, a report and links that are shared."""

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from alianzas import services as shared
from alianzas.models import Commitment, Event, Membership, OrgRole, SharedLink
from alianzas.tenancy import digest_of
from plans.followup.services import SOURCE
from plans.models import AllianceReport, MarkerCheck, OutcomeMarker
from plans.reports.queries import STATE_CHANGED, minimum_contents
from ruta_critica.models import Ally

from .mapa import key_of

DATA = Path(__file__).parent / "data" / "seguimiento.toml"
_NAMESPACE = uuid5(NAMESPACE_URL, "alianzas/demo/seguimiento")


@cache
def _data():
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def load(organization):
    """What the file says for `organization`, inside its scope; nothing for those it does not name."""
    data = _data().get(organization.slug, {})
    by = Membership.objects.filter(organization=organization, role=OrgRole.FACILITATOR).first()
    for entry in data.get("allies", []):
        _change_of_state(organization, by, entry)
    for number, entry in enumerate(data.get("checks", [])):
        _check(organization, by, number, dict(entry))
    if "report" in data:
        _report(organization, by, dict(data["report"]))
    for entry in data.get("links", []):
        _link(organization, by, entry)


def _change_of_state(organization, by, entry):
    ally = Ally.objects.get(actor__key=key_of(organization, entry["ally"]))
    detail = {"ally": ally.pk, "state": entry["state"]}
    shared.record(organization=organization, user=by.user, verb=STATE_CHANGED, detail=detail)
    event = Event.objects.first()
    Event.objects.filter(pk=event.pk).update(at=timezone.make_aware(datetime.combine(entry["on"], time(12))))


def _check(organization, by, number, entry):
    marker = OutcomeMarker.objects.get(text__startswith=entry.pop("marker"))
    step = entry.pop("next", None)
    if step:
        step = shared.save(Commitment(organization=organization, source=SOURCE, horizon=marker.horizon, **step))
    key = uuid5(_NAMESPACE, f"{organization.slug}/{number}")
    facts = {"checked_on": entry.pop("on"), "key": key, "next_step": step, "by": by.user}
    shared.save(MarkerCheck(organization=organization, marker=marker, **facts, **entry))


def _report(organization, by, facts):
    texts = facts.pop("contents")
    row = AllianceReport(organization=organization, by=by.user, **facts)
    row.contents = {one.key: text for one, text in zip(minimum_contents(row), texts, strict=True)}
    shared.save(row)


def _link(organization, by, entry):
    """A link whose token everybody may know: what it shows is invented."""
    today = timezone.localdate()
    end = timezone.make_aware(datetime.combine(today + timedelta(days=entry["days"] + 1), time.min))
    start = timezone.make_aware(datetime.combine(today, time.min))
    shared.save(
        SharedLink(
            organization=organization,
            label=entry["label"],
            digest=digest_of(entry["token"]),
            key=uuid5(_NAMESPACE, entry["token"]),
            shows=entry["shows"],
            expires_at=end,
            revoked_at=start if entry.get("revoked") else None,
            last_used_on=today if entry.get("used") else None,
            by=by.user,
        )
    )
