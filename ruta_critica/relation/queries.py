"""Reads of the relation with allies: how each contact stands, the journal, what both sides see, trust."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from alianzas.models import Commitment, Organization
from ruta_critica import cadence
from ruta_critica.cadence import Standing
from ruta_critica.models import Ally
from sessions_app.models import Answer
from sessions_app.worksheets import access

from . import health
from .models import HealthCheck, JournalEntry, TrustCheck
from .services import source_of, too_old

CADENCE = "S5.7.contacto"
Kind = JournalEntry.Kind
TALKED = (Kind.CONTACT, Kind.AGREEMENT)  # nobody agrees without talking
WATCHED = (Ally.State.CANDIDATE, Ally.State.ACTIVE)


# ── Quiet allies ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Contact:
    """An ally and how the contact with it stands."""

    ally: Ally
    standing: Standing


def contacts(allies: Iterable[Ally], today: date) -> dict[int, Contact]:
    """How the contact with each ally stands, by its pk; those paused or closed are left out.

    Two queries, whatever the number of allies and of organisations in scope.
    """
    return _contacts(allies, lambda ally: today, lambda ally: timezone.localdate(ally.created_at))


def _contacts(allies, today_of, since_of):
    watched = [one for one in allies if one.state in WATCHED]
    agreed, last = _agreed(watched), _last_contact(watched)

    def standing(ally):
        every = agreed.get((ally.organization_id, access.about_ally(ally.pk))) or agreed.get((ally.organization_id, ""))
        return cadence.standing(every or "", last.get(ally.pk), since_of(ally), today_of(ally))

    return {ally.pk: Contact(ally, standing(ally)) for ally in watched}


def quiet(allies: Iterable[Ally], today: date) -> list[Contact]:
    """The allies that nobody has talked to for longer than was agreed, the quietest first. Two queries."""
    found = [one for one in contacts(allies, today).values() if one.standing.is_quiet]
    return sorted(found, key=lambda one: -one.standing.days)


def quiet_by_organization(organizations: Iterable[Organization]) -> Counter:
    """How many quiet allies each of them has today, each on its own clocks, by its pk.

    Three queries, whatever their number; all of them are in scope.
    """
    zones = {one.pk: one.zone for one in organizations}
    found = _contacts(
        Ally.objects.filter(state__in=WATCHED),
        lambda ally: timezone.localdate(timezone=zones[ally.organization_id]),
        lambda ally: timezone.localdate(ally.created_at, zones[ally.organization_id]),
    )
    return Counter(one.ally.organization_id for one in found.values() if one.standing.is_quiet)


def _agreed(allies):
    subjects = {"", *(access.about_ally(one.pk) for one in allies)}
    rows = Answer.objects.filter(prompt_key=CADENCE, subject__in=subjects).exclude(value=None)
    return {(row.organization_id, row.subject): row.value[0].get("every") for row in rows if row.value}


def _last_contact(allies):
    rows = JournalEntry.objects.filter(ally__in=allies, kind__in=TALKED, deleted_at=None)
    return dict(rows.order_by().values_list("ally").annotate(Max("on")))


# ── Journal ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def journal(ally: Ally, kind: str = ""):
    """The entries of an ally, newest first; those of one kind when `kind` is one."""
    rows = JournalEntry.objects.filter(ally=ally, deleted_at=None).select_related("author")
    return rows.filter(kind=kind) if kind in Kind.values else rows


def with_promises(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The entries with the commitment of each next action in `promise`. One query."""
    found = list(entries)
    sources = [source_of(one) for one in found if one.kind == Kind.NEXT_ACTION]
    kept = {one.source: one for one in Commitment.objects.filter(source__in=sources)}
    for entry in found:
        entry.promise = kept.get(source_of(entry))
    return found


def deleted(model, ally: Ally) -> list:
    """What was deleted of an ally and can still be brought back, the latest first."""
    return list(model.objects.filter(ally=ally, deleted_at__gte=too_old()).order_by("-deleted_at"))


# ── Health and trust ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Day:
    """What both sides said on one day, by domain: the cells of a row of the history."""

    on: date
    checks: tuple[HealthCheck, ...]
    cells: tuple["HealthCell", ...]


@dataclass(frozen=True)
class HealthCell:
    """One domain on one day: what each side said of it, if anything."""

    domain: health.Domain
    us: health.Mark | None
    ally: health.Mark | None

    @property
    def differs(self) -> bool:
        return bool(self.us and self.ally and self.us.state != self.ally.state)


@dataclass(frozen=True)
class Health:
    """The health of an alliance today and its history."""

    overall: health.Overall | None
    differences: list[tuple[health.Mark, health.Mark]]
    due: health.Due
    days: list[Day]


def health_of(ally: Ally, today: date) -> Health:
    """All about the health of an alliance. One query."""
    checks = list(HealthCheck.objects.filter(ally=ally, deleted_at=None).select_related("author"))
    looks = {check: health.look(check.side, check.kind, check.on, check.marks) for check in checks}
    newest = list(looks.values())
    days: dict[date, list[HealthCheck]] = {}
    for check in checks:
        days.setdefault(check.on, []).append(check)
    return Health(
        health.overall(newest),
        health.differences(newest),
        health.due(newest, today),
        [Day(on, tuple(found), _cells([looks[one] for one in found])) for on, found in days.items()],
    )


def _cells(looks):
    said = health.latest(looks)
    return tuple(
        HealthCell(one, said.get((health.US, one.key)), said.get((health.ALLY, one.key))) for one in health.domains()
    )


def trust_of(ally: Ally) -> list[TrustCheck]:
    """How much trust there was, the latest first. One query."""
    return list(TrustCheck.objects.filter(ally=ally, deleted_at=None).select_related("author"))
