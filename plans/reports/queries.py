"""What a report of alliances says, assembled from the data of its period: page and documents call the same reads."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from alianzas.commitments import hooks
from alianzas.commitments.queries import CLOSED
from alianzas.models import Commitment, Event, Organization
from plans.followup import queries as followup
from plans.followup.services import SOURCE as FOLLOW_UP
from plans.followup.standing import DROPPED, standing
from plans.models import AllianceReport, OutcomeRow
from ruta_critica.models import Ally
from ruta_critica.relation.models import JournalEntry
from sessions_app import curriculum
from sessions_app.models import Answer
from sysmap import queries as sysmap
from sysmap.compare import sentence, summary
from sysmap.models import Sector

from .period import ANNUAL, current

PERIODICITY, MINIMUM = "S5.6.periodicidad", "S5.6.q2"
STATE_CHANGED, STATUS_CHANGED = "ally.state", "commitment.status"
ADVANCE = {"": 0, "not_yet": 0, "partly": 1, "achieved": 2}
UPCOMING_DAYS, UPCOMING_MOST = 366, 25


@dataclass(frozen=True)
class Alliance:
    """Somebody the organisation works with; `objectives` is what for."""

    name: str
    sector: str
    state: str
    objectives: tuple[str, ...]


@dataclass(frozen=True)
class Advance:
    """A marker that went forward in the period, or was given up."""

    pk: int
    ally: str
    text: str
    term: str
    state: str
    label: str
    day: date
    evidence: str


@dataclass(frozen=True)
class Promise:
    """A commitment of the alliances; `day` is when it was done or is due."""

    pk: int
    title: str
    responsible: str
    day: date | None


@dataclass(frozen=True)
class Content:
    """A minimum content that the organisation agreed on (S5.6), and what this report says of it."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class MapMoves:
    label: str
    summary: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ReportData:
    """Everything a report says."""

    organization: Organization
    report: AllianceReport
    as_of: date
    alliances: list[Alliance]
    changes: tuple[str, ...]
    tallies: list[followup.Tally]
    advances: list[Advance]
    late_markers: tuple[str, ...]
    done: list[Promise]
    late: list[Promise]
    upcoming: list[Promise]
    moves: MapMoves | None
    contents: list[Content]
    lessons: tuple[str, ...]
    agreements: tuple[str, ...]  # of the journal of allies, where those who edit chose to tell it
    ally_lessons: tuple[str, ...]

    @property
    def states(self) -> dict[str, int]:
        """{state: how many alliances}, in the order of the states."""
        count = Counter(one.state for one in self.alliances)
        return {label: count[label] for label in Ally.State.labels if count[label]}


def reports() -> list[AllianceReport]:
    """Every report, the latest period first; withdrawn ones last. One query."""
    return list(AllianceReport.objects.order_by("is_withdrawn", "-ends_on", "-starts_on", "-pk"))


def latest_or_draft(organization: Organization, today: date) -> AllianceReport:
    """The report of the latest period; a draft of the current one, which is not kept, while there is none."""
    found = AllianceReport.objects.filter(is_withdrawn=False).first()
    return found or draft(organization, today)


def draft(organization: Organization, today: date) -> AllianceReport:
    """A report of the current year or semester, as the organisation said in S5.6; not kept."""
    kind = periodicity() or ANNUAL
    period = current(kind, today)
    facts = {"kind": kind, "starts_on": period.starts_on, "ends_on": period.ends_on}
    return AllianceReport(organization=organization, **facts)


def periodicity() -> str:
    """What the organisation agreed on, "" while it did not. One query."""
    value = Answer.objects.filter(prompt_key=PERIODICITY, subject="").values_list("value", flat=True).first()
    return (value or {}).get("choice", "") or ""


def minimum_contents(report: AllianceReport) -> list[Content]:
    """The headings that S5.6 asks for, with what the report says under each. One query."""
    value = Answer.objects.filter(prompt_key=MINIMUM, subject="").values_list("value", flat=True).first()
    return [Content(row["id"], row["text"], report.contents.get(row["id"], "")) for row in value or []]


def report_data(report: AllianceReport, today: date | None = None) -> ReportData:
    """All of a report, told as of its last day, or of today while that has not come. A constant number of queries."""
    organization, period = report.organization, report.period
    today = today or timezone.localdate()
    as_of = min(today, period.ends_on)
    hide = hooks.veil()
    found = followup.follow_up(organization, as_of, hide, until=period.ends_on)
    journal = followup.journals(checked_on__lte=period.ends_on)
    done, late, upcoming = _promises(period, today, hide)
    return ReportData(
        organization=organization,
        report=report,
        as_of=as_of,
        alliances=_alliances(hide),
        changes=_changes(period, hide),
        tallies=found.tallies,
        advances=_advances(found, journal, period, hide),
        late_markers=tuple(f"{ally.name}: {one.text}" for ally, _, one in _walk(found) if one.is_late),
        done=done,
        late=late,
        upcoming=upcoming,
        moves=_moves(period),
        contents=minimum_contents(report),
        lessons=_lessons(found, journal, period, hide),
        agreements=_of_allies(report, JournalEntry.Kind.AGREEMENT, hide),
        ally_lessons=_of_allies(report, JournalEntry.Kind.LESSON, hide),
    )


# ── Alliances ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _alliances(hide):
    objectives = {}
    for ally, text in OutcomeRow.objects.values_list("ally", "objective"):
        objectives.setdefault(ally, []).append(hide(text))
    sectors = dict(Sector.choices)
    order = [Ally.State.ACTIVE, Ally.State.CANDIDATE, Ally.State.PAUSED, Ally.State.CLOSED]
    rows = sorted(Ally.objects.select_related("actor"), key=lambda one: order.index(one.state))
    return [
        Alliance(
            hide(str(one)),
            sectors.get(one.actor.sector, "") if one.actor_id else "",
            one.get_state_display(),
            tuple(objectives.get(one.pk, ())),
        )
        for one in rows
    ]


def _changes(period, hide):
    """What the trace says of how alliances stand: the last state of each one in the period, if it is another one."""
    names = {one.pk: hide(str(one)) for one in Ally.objects.select_related("actor")}
    before, after = {}, {}
    for event in _events(STATE_CHANGED, period.ends_on):
        one = event.detail["ally"], (event.detail["state"], timezone.localdate(event.at))
        (before if one[1][1] < period.starts_on else after).update([one])
    labels = dict(Ally.State.choices)
    told = []
    for pk, (state, day) in sorted(after.items(), key=lambda item: item[1][1]):
        was, _ = before.get(pk, (Ally.State.CANDIDATE, None))
        if pk in names and state != was:
            told.append(f"{names[pk]}: de {labels[was].lower()} a {labels[state].lower()}, el {day:%d/%m/%Y}.")
    return tuple(told)


def _events(verb, until):
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    return Event.objects.filter(verb=verb, at__lt=end).order_by("at", "pk")


# ── Markers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _walk(found):
    for axis in found.axes:
        for ally in axis.allies:
            for term in ally.horizons:
                for one in term.markers:
                    yield ally, term, one


def _advances(found, journal, period, hide):
    advances = []
    for ally, term, one in _walk(found):
        checks = journal.get(one.marker.pk, ())
        now = standing(checks)
        before = standing(check for check in checks if check.checked_on < period.starts_on)
        if now.state == before.state or not now.latest or now.latest.checked_on < period.starts_on:
            continue
        if now.state != DROPPED and ADVANCE[now.state] <= ADVANCE.get(before.state, 0):
            continue
        said = next((check.evidence for check in checks if check.state == now.state and check.evidence), "")
        facts = {"ally": ally.name, "text": one.text, "term": term.horizon.label, "state": now.state}
        advances.append(Advance(one.marker.pk, **facts, label=one.label, day=now.since, evidence=hide(said)))
    return sorted(advances, key=lambda one: -ADVANCE.get(one.state, -1))


def _lessons(found, journal, period, hide):
    said = [
        (check.checked_on, f"{ally.name}: {hide(check.lesson)}")
        for ally, _, one in _walk(found)
        for check in journal.get(one.marker.pk, ())
        if check.lesson and period.holds(check.checked_on)
    ]
    return tuple(dict.fromkeys(text for _, text in sorted(said)))


def _of_allies(report, kind, hide):
    """What the journal of allies says of that kind in the period; nothing unless the report tells it. One query."""
    if not report.tells_journal:
        return ()
    told = JournalEntry.objects.filter(kind=kind, deleted_at=None, on__range=(report.starts_on, report.ends_on))
    rows = told.select_related("ally__actor").order_by("on", "pk")
    return tuple(f"{hide(str(one.ally))}, {one.on:%d/%m/%Y}: {hide(one.text)}" for one in rows)


# ── Commitments ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _promises(period, today, hide):
    """(done in the period, late, to come) of what may be told."""
    done_on = {}
    for event in _events(STATUS_CHANGED, timezone.localdate()):
        if event.detail.get("to") == Commitment.Status.DONE:
            done_on[event.detail["commitment"]] = timezone.localdate(event.at)
    done, late, upcoming = [], [], []
    last = period.ends_on + timedelta(days=UPCOMING_DAYS)
    told = {}
    for row in Commitment.objects.all():
        if row.source not in told:
            told[row.source] = is_told(row.source)
        if not told[row.source]:
            continue
        facts = (row.pk, hide(row.title), hide(row.responsible))
        if row.status == Commitment.Status.DONE:
            day = done_on.get(row.pk, row.due_date)
            if day and period.holds(day):
                done.append(Promise(*facts, day))
        elif row.status in CLOSED or row.due_date is None:
            continue
        elif row.due_date < today and row.due_date <= period.ends_on:
            late.append(Promise(*facts, row.due_date))
        elif today <= row.due_date <= last:
            upcoming.append(Promise(*facts, row.due_date))
    return sorted(done, key=lambda one: one.day), late, upcoming[:UPCOMING_MOST]


def is_told(source: str) -> bool:
    """Whether commitments of this source belong to the alliances and may be read outside.

    What comes from confidential questions, and the logistics of the plan de trabajo, stays in the house.
    """
    if source in (hooks.MANUAL, FOLLOW_UP):
        return True
    key, *_ = source.partition(":")
    try:
        prompt = curriculum.prompt(key)
    except KeyError:
        try:
            return bool(curriculum.activity(key))
        except KeyError:
            return False
    return not (prompt.confidential or prompt.private or prompt.sensitive)


# ── The map ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _moves(period):
    """What moved until the last moment of the period, since the one before it."""
    moments = [one for one in sysmap.moments() if one.taken_on <= period.ends_on]
    if len(moments) < 2 or moments[-1].taken_on < period.starts_on:
        return None
    earlier = [one for one in moments if one.taken_on < period.starts_on]
    before, after = (earlier or moments)[-1 if earlier else 0], moments[-1]
    old, new, asked = sysmap.compared(before, after, sysmap.veil())
    changes = [change for _, change, _ in asked]
    told = tuple(sentence(change, why).rstrip(".") + "." for _, change, why in asked if change.asks_why)
    return MapMoves(f"{old.label} → {new.label}", summary(old, new, changes), told)
