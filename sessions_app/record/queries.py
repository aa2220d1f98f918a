"""Reads of what happened in a session. The screen and the documents call the same ones."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q

from alianzas.commitments import hooks
from alianzas.content import Activity, Session
from alianzas.models import Commitment, Photo
from sessions_app import curriculum
from sessions_app.measuring import measure_of
from sessions_app.models import Attendance, ProductMark, SessionDesign
from sessions_app.moments import Product, SessionProgress


@dataclass(frozen=True)
class Sitting:
    """A jornada of the session as the carta says; what is not known is None or empty."""

    date: datetime.date | None
    start: str
    place: str


@dataclass(frozen=True)
class MarkedProduct:
    """A product of the session as it is measured, and who ticked it and when, if somebody did."""

    measured: Product
    mark: ProductMark | None


@dataclass(frozen=True)
class ActivityPhotos:
    activity: Activity
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class NextStep:
    """A next step as it may be shown: protected names are already behind their alias."""

    commitment: Commitment
    title: str
    responsible: str
    from_worksheet: bool  # written in a worksheet, which keeps it: here it is changed but not taken away


@dataclass(frozen=True)
class Record:
    """Everything noted of one session."""

    session: Session
    progress: SessionProgress
    sittings: tuple[Sitting, ...]
    people: tuple[Attendance, ...]
    photos: tuple[ActivityPhotos, ...]  # only the activities that have some
    products: tuple[MarkedProduct, ...]
    steps: tuple[NextStep, ...]

    @property
    def name(self) -> str:
        return session_name(self.session)

    @property
    def present(self) -> tuple[Attendance, ...]:
        return tuple(person for person in self.people if person.is_present)

    @property
    def all_photos(self) -> tuple[Photo, ...]:
        return tuple(photo for group in self.photos for photo in group.photos)

    @property
    def first_date(self) -> datetime.date | None:
        """The day of the first sitting, if the carta says it."""
        return min((sitting.date for sitting in self.sittings if sitting.date), default=None)

    @property
    def words(self) -> str:
        """How far the record is, in a sentence."""
        came, expected, shots = len(self.present), len(self.people), len(self.all_photos)
        people = "sin asistencia anotada"
        if expected:
            people = f"{came} de {expected} {_plural(expected, 'persona asistió', 'personas asistieron')}"
        photos = f"{shots} {_plural(shots, 'foto', 'fotos')}"
        steps = f"{len(self.steps)} {_plural(len(self.steps), 'siguiente paso', 'siguientes pasos')}"
        return f"{people[0].upper()}{people[1:]} · {self.progress.products_words} · {photos} · {steps}"


def _plural(number, one, many):
    return one if number == 1 else many


def session_name(session: Session) -> str:
    """«Sesión 3», or «Anexo 3» for the guide of the map."""
    return f"Sesión {session.key}" if session.key.isdigit() else "Anexo 3"


def shown_activities(session: Session) -> tuple[Activity, ...]:
    """The activities of which there may be photos: all but the breaks."""
    return tuple(activity for activity in session.activities if not activity.is_break)


def closing_key(session: Session) -> str:
    """Where the next steps of a session are born: its last activity that makes commitments, else the session."""
    for activity in reversed(session.activities):
        if any(prompt.commits for prompt in activity.prompts):
            return activity.key
    return f"S{session.key}"


def is_born_in(key: str) -> Q:
    """Commitments of an activity, written in the record or in one of its worksheets."""
    return Q(source=key) | Q(source__startswith=f"{key}.")


def next_steps(session: Session):
    """The commitments made at the close of a session, soonest first."""
    found = Commitment.objects.filter(is_born_in(closing_key(session)))
    return found.order_by(F("due_date").asc(nulls_last=True), "pk")


def photos_of(session: Session):
    """The photos of a session's activities."""
    return Photo.objects.filter(activity_key__in=[activity.key for activity in shown_activities(session)])


def record_of(session: Session, organization) -> Record:
    """All of the record in five queries, those of the veils and those of what is measured."""
    hide, closing = hooks.veil(), closing_key(session)
    photos = list(photos_of(session))
    groups = [
        ActivityPhotos(activity, tuple(photo for photo in photos if photo.activity_key == activity.key))
        for activity in shown_activities(session)
    ]
    progress = measure_of(organization).session(session.key)
    return Record(
        session=session,
        progress=progress,
        sittings=_sittings(SessionDesign.objects.filter(session_key=session.key).first()),
        people=tuple(Attendance.objects.filter(session_key=session.key)),
        photos=tuple(group for group in groups if group.photos),
        products=_marked(progress),
        steps=tuple(
            NextStep(one, hide(one.title), hide(one.responsible), from_worksheet=one.source != closing)
            for one in next_steps(session)
        ),
    )


def _marked(progress: SessionProgress) -> tuple[MarkedProduct, ...]:
    rows = ProductMark.objects.filter(session_key=progress.facts.key).select_related("by")
    marks = {row.product: row for row in rows}
    return tuple(MarkedProduct(one, marks.get(one.number)) for one in progress.facts.products)


def _sittings(design) -> tuple[Sitting, ...]:
    found = []
    for entry in design.sittings if design else ():
        if isinstance(entry, dict):
            found.append(Sitting(_date(entry.get("date")), entry.get("start") or "", entry.get("place") or ""))
    return tuple(found)


def _date(text):
    try:
        return datetime.date.fromisoformat(text or "")
    except (TypeError, ValueError):
        return None


def sessions_with_people(*, but: str) -> list[tuple[str, str]]:
    """(key, words) of the other sessions that have somebody on their list, to copy from. One query."""
    counted = Attendance.objects.exclude(session_key=but).order_by().values("session_key").annotate(total=Count("pk"))
    totals = {row["session_key"]: row["total"] for row in counted}
    return [
        (session.key, f"{session_name(session)}: {session.title} ({totals[session.key]})")
        for session in curriculum.sessions()
        if session.key in totals
    ]
