"""Reads of the carta descriptiva. The page, the documents and the re-timing desk call the same one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils import timezone

from alianzas.concurrency import digest_of
from alianzas.content import Activity, InnerBreak, Session
from alianzas.models import Organization, Process
from sessions_app import agenda, curriculum
from sessions_app.agenda import Item, Notice, Schedule, Slot
from sessions_app.models import AgendaItem, SessionDesign

from . import prefill
from .meals import Meal, missing_meal

PART = "/"  # joins the key of a block and the part of it before, in or after its own break


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the orden del día with its time. `ref` names it in addresses, before it is saved as well as after."""

    item: AgendaItem
    ref: str
    activity: Activity | None
    is_own: bool  # added here, or the second part of a divided activity: it may be deleted
    inner: InnerBreak | None = None
    slot: Slot | None = None
    other_minutes: int | None = None  # those of the method, where the plan says something else

    @property
    def starts(self) -> str:
        return agenda.clock(self.slot.start) if self.slot else ""

    @property
    def ends(self) -> str:
        return agenda.clock(self.slot.end) if self.slot else ""

    @property
    def times(self) -> str:
        return f"{self.starts}–{self.ends}" if self.slot else ""

    @property
    def steps(self) -> list[str]:
        return lines_of(self.item.methodology)

    @property
    def materials(self) -> list[str]:
        return lines_of(self.item.materials)


@dataclass(frozen=True)
class Sitting:
    """One day or half-day of the session."""

    number: int
    date: date | None
    start: int
    place: str
    lines: tuple[Line, ...]
    end: int

    @property
    def starts(self) -> str:
        return agenda.clock(self.start)

    @property
    def ends(self) -> str:
        return agenda.clock(self.end)

    @property
    def is_past(self) -> bool:
        return bool(self.date and self.date < timezone.localdate())


@dataclass(frozen=True)
class Carta:
    """Everything that the carta descriptiva of a session says (domain §3)."""

    organization: Organization
    session: Session
    design: SessionDesign
    sittings: tuple[Sitting, ...]
    schedule: Schedule

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for sitting in self.sittings for line in sitting.lines)

    @property
    def name(self) -> str:
        return name_of(self.session)

    @property
    def is_saved(self) -> bool:
        return self.design.pk is not None

    @property
    def limit(self) -> int:
        """Minutes of the temario; 0 for the guide of Annex 3, which has no hours of its own."""
        return 60 * self.session.hours

    @property
    def planned(self) -> str:
        return agenda.duration(self.schedule.planned)

    @property
    def gap(self) -> int:
        return self.schedule.planned - self.limit if self.limit else 0

    @property
    def gap_words(self) -> str:
        if not self.limit:
            return "sin horas propias en el temario"
        if not self.gap:
            return "justo las del temario"
        return f"{agenda.duration(abs(self.gap))} {'más' if self.gap > 0 else 'menos'} que el temario"

    @property
    def slack(self) -> str:
        return agenda.duration(self.schedule.slack)

    @property
    def overlap(self) -> str:
        return agenda.duration(self.schedule.overlap)

    @property
    def method_minutes(self) -> int:
        return self.session.work_minutes + self.session.break_minutes

    @property
    def method_says(self) -> str:
        """The method's own sum, as it is printed (domain §10.1)."""
        work, rest, session = self.session.work_minutes, self.session.break_minutes, self.session
        untimed = sum(activity.untimed for activity in session.activities)
        parts = [f"{work} min de actividades"]
        if rest:
            parts.append(f"{rest} min de recesos")
        said = " y ".join(parts) + (f", {self.method_minutes} min en total" if rest else "")
        if untimed:
            said += f", y {untimed} receso{'s' if untimed > 1 else ''} sin minutos"
        return f"{said}. El temario le da {self.limit} min ({session.hours} h)." if self.limit else f"{said}."

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        found = self.schedule.warnings(self.session.hours)
        return tuple(replace(notice, key=notice.key.partition(PART)[0]) for notice in found)

    @cached_property
    def meals(self) -> tuple[Meal, ...]:
        """One for each sitting that should stop to eat and does not."""
        found = []
        for sitting in self.sittings:
            meal = missing_meal([line.slot for line in sitting.lines if line.slot])
            found += [meal] if meal else []
        return tuple(found)

    @property
    def participants(self) -> list[dict]:
        """The three fixed rows of the table."""
        empty = {"who": "", "count": None, "profiles": ""}
        return [
            {"key": key, "label": label, **empty, **self.design.participants.get(key, {})}
            for key, label in prefill.PEOPLE.items()
        ]

    @cached_property
    def order_token(self) -> str:
        return order_token([line.item for line in self.lines])

    @cached_property
    def plan_token(self) -> str:
        """Changes with anything that decides a time."""
        fields = ("minutes", "least_minutes", "is_optional", "is_skipped", "is_close", "locked_start", "track")
        values = [[line.ref, line.item.sitting, *(getattr(line.item, name) for name in fields)] for line in self.lines]
        return digest_of([values, [sitting.start for sitting in self.sittings]])

    def find(self, ref: str) -> Line | None:
        """The block that an address names, by its ref or, if it is saved, by its number too."""
        for line in self.lines:
            item = line.item
            was = f"nuevo-{item.position}" if line.is_own and item.is_break else line.ref  # of a break we propose
            if ref in (line.ref, was, str(item.pk or line.ref)):
                return line
        return None


def carta(organization, session_key: str) -> Carta:
    """The carta of a session; before anybody changed anything, that of the method, unsaved. Two queries.

    KeyError if there is no such session.
    """
    session = curriculum.session(session_key)
    design = SessionDesign.objects.filter(session_key=session_key).first()
    if design is None:
        process = Process.objects.filter(organization=organization).first()
        design = prefill.design(organization, session, process.modality if process else "")
        return assemble(organization, session, design, prefill.items(design, session))
    return assemble(organization, session, design, list(AgendaItem.objects.filter(design=design)))


def assemble(organization, session: Session, design: SessionDesign, items: list[AgendaItem]) -> Carta:
    """The carta that these rows make, without asking the database anything."""
    items = sorted(items, key=lambda item: (item.sitting, item.position, item.pk or 0))
    lines = list(_lines(session, items))
    days = sittings_of(design, items)
    starts = {number: _start(day) for number, day in enumerate(days, 1)}
    told = agenda.schedule([part for line in lines for part in _parts(line)], starts)
    slots = _whole(told, lines)
    lines = [
        Line(line.item, line.ref, line.activity, line.is_own, line.inner, slots.get(line.ref), _other_minutes(line))
        for line in lines
    ]
    sittings = tuple(
        Sitting(
            number,
            date.fromisoformat(day["date"]) if day["date"] else None,
            starts[number],
            day["place"],
            tuple(line for line in lines if line.item.sitting == number),
            told.ends.get(number, starts[number]),
        )
        for number, day in enumerate(days, 1)
    )
    return Carta(organization, session, design, sittings, told)


def sittings_of(design: SessionDesign, items: list[AgendaItem]) -> list[dict]:
    """Date, start and place of every sitting, one at least and as many as the blocks need."""
    count = max([len(design.sittings), 1, *(item.sitting for item in items)])
    known = [prefill.sitting(**day) for day in design.sittings]
    return known + [prefill.sitting() for _ in range(count - len(known))]


def clock_items(found: Carta) -> list[Item]:
    """The blocks as the re-timing takes them: whole, in order."""
    return [_item(line) for line in found.lines]


def starts_of(found: Carta) -> dict[int, int]:
    return {sitting.number: sitting.start for sitting in found.sittings}


def name_of(session: Session) -> str:
    return f"Anexo 3. {session.title}" if session.key == "M" else f"Sesión {session.key}. {session.title}"


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def order_token(items: list[AgendaItem]) -> str:
    """Names an order, the same before and after the blocks of the method are saved."""
    return digest_of([(item.sitting, item.activity_key or item.title, item.is_break) for item in items])


def _lines(session: Session, items: list[AgendaItem]) -> Iterator[Line]:
    activities = {activity.key: activity for activity in session.activities}
    of_method = [item for item in items if item.activity_key]
    count = Counter(item.activity_key for item in of_method)
    first: dict[str, AgendaItem] = {}
    for item in sorted(of_method, key=lambda one: one.pk or 0):
        first.setdefault(item.activity_key, item)
    for item in items:
        activity = activities.get(item.activity_key)
        is_own = activity is None or first[item.activity_key] is not item
        ref = (str(item.pk) if item.pk else f"nuevo-{item.position}") if is_own else item.activity_key
        inner = activity.inner_break if activity and not is_own and count[item.activity_key] == 1 else None
        keeps_it = inner and not inner.optional and item.minutes > inner.after + inner.minutes
        yield Line(item, ref, activity, is_own, inner if keeps_it else None)


def _item(line: Line) -> Item:
    item, lock = line.item, line.item.locked_start
    return Item(
        key=line.ref,
        minutes=item.minutes,
        is_break=item.is_break,
        locked_start=None if lock is None else 60 * lock.hour + lock.minute,
        skipped=item.is_skipped,
        optional=item.is_optional,
        least=item.least_minutes,
        is_close=item.is_close,
        track=item.track,
        sitting=item.sitting,
        title=item.title,
    )


def _parts(line: Line) -> list[Item]:
    """The block for the clock; with a break of its own inside, in three parts that follow each other."""
    whole, inner = _item(line), line.inner
    if not inner:
        return [whole]
    shape = {"skipped": whole.skipped, "track": whole.track, "sitting": whole.sitting, "title": whole.title}
    return [
        Item(line.ref, inner.after, locked_start=whole.locked_start, is_close=False, **shape),
        Item(f"{line.ref}{PART}receso", inner.minutes, is_break=True, **shape),
        Item(f"{line.ref}{PART}2", whole.minutes - inner.after - inner.minutes, is_close=whole.is_close, **shape),
    ]


def _whole(told: Schedule, lines: list[Line]) -> dict[str, Slot]:
    """The slot of every block, the parts of those that the clock took in parts put together again."""
    in_parts = {line.ref: line for line in lines if line.inner}
    found: dict[str, Slot] = {}
    for slot in told.slots:
        ref = slot.item.key.partition(PART)[0]
        if ref in in_parts:
            begun = found.get(ref, slot)
            item = _item(in_parts[ref])
            found[ref] = Slot(item, begun.start, slot.end, begun.slack_before, begun.overlap, begun.block)
        else:
            found[ref] = slot
    return found


def _other_minutes(line: Line) -> int | None:
    if line.activity is None or line.is_own or line.activity.untimed:
        return None
    return line.activity.minutes if line.activity.minutes != line.item.minutes else None


def _start(day: dict) -> int:
    return agenda.parse_clock(day["start"] or prefill.START)
