"""Gathers what `moments.measure` needs, for one organisation or for many, always with the same number of queries."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.utils import timezone

from alianzas.content import Session
from alianzas.models import Commitment, Process

from . import curriculum, proofs
from .evidence import Evidence, Known, Step, gather
from .models import AgendaItem, Answer, Attendance, LevelAssessment, PartReview, ProductMark, SessionDesign, SessionRun
from .moments import Facts, Measure, Product, SessionFacts, Worksheet, closing_products, measure
from .omissions import omitted_by
from .worksheets.access import ALLY_PREFIX, is_field, is_required

CLOSING = ("ruta", "mapa", "rutas-de-aliados", "plan")


def measure_of(organization, today: date | None = None) -> Measure:
    """How far the organisation in scope is."""
    return measures_of([organization], today)[organization.pk]


def measures_of(organizations: list, today: date | None = None) -> dict[int, Measure]:
    """How far each organisation in scope is, by its id: as many queries for one as for all of them.

    `today` is that of each one's own clocks, where it is not said.
    """
    rows, known = _Rows(), gather(organizations)
    return {
        one.pk: measure(_facts(one, rows, known[one.pk], today or timezone.localdate(timezone=one.zone)))
        for one in organizations
    }


class _Rows:
    """What this floor knows of every organisation in scope, by its id. Ten queries."""

    def __init__(self):
        self.processes = {row.organization_id: row for row in Process.objects.all()}
        self.assessed = set(LevelAssessment.objects.values_list("organization_id", flat=True))
        self.cartas = {(row.organization_id, row.session_key): row for row in SessionDesign.objects.all()}
        self.held = set(Attendance.objects.filter(is_present=True).values_list("organization_id", "session_key"))
        self.marks = set(ProductMark.objects.values_list("organization_id", "session_key", "product"))
        self.reviewed = set(PartReview.objects.values_list("organization_id", "part"))
        self.answered = set(
            Answer.objects.exclude(Q(value=None) | Q(subject__startswith=ALLY_PREFIX))
            .values_list("organization_id", "prompt_key")
            .distinct()
        )
        blocks = defaultdict(list)
        rows = AgendaItem.objects.exclude(activity_key="")
        for org, *block in rows.values_list("organization_id", "activity_key", "is_skipped", "skip_reason"):
            blocks[org].append(block)
        self.omitted = {org: omitted_by(found) for org, found in blocks.items()}
        self.promised = set(Commitment.objects.order_by().values_list("organization_id", "source").distinct())
        self.runs = defaultdict(list)
        for run in SessionRun.objects.filter(closed_at=None, is_rehearsal=False).order_by("opened_at"):
            self.runs[run.organization_id].append(run)

    def is_answered(self, org: int, key: str) -> bool:
        """In its worksheet; promises of the close of a session also in its record."""
        if (org, key) in self.answered:
            return True
        return bool(curriculum.prompt(key).commits) and (org, curriculum.activity_of(key).key) in self.promised


def _facts(organization, rows: _Rows, known: Known, today: date) -> Facts:
    org = organization.pk
    process = rows.processes.get(org) or Process()
    steps = curriculum.path_for(process.level).steps if process.level else ()
    sessions = [(step.session, step.recommended) for step in steps] or [
        (session, True) for session in curriculum.sessions() if session.hours
    ]
    found = {name: known.evidence.get(name, Evidence(0.0)) for name in CLOSING}
    return Facts(
        slug=organization.slug,
        level=process.level,
        level_assessed=org in rows.assessed,
        weights=process.moment_weights,
        sessions=tuple(_session(org, one, is_asked, rows, known, today) for one, is_asked in sessions),
        guide=_session(org, curriculum.session("M"), True, rows, known, today),
        products=closing_products(
            process.level,
            route=found["ruta"].share,
            system_map=found["mapa"].share,
            ally_routes=found["rutas-de-aliados"].share,
            plan=found["plan"].share,
            goes_on=known.goes_on,
            missing={name: one.missing for name, one in found.items()},
        ),
        thread=known.thread,
        now=(*known.now, *(step for run in rows.runs[org] for step in _of_a_run(run))),
        plan=known.plan,
        today=today,
    )


def _of_a_run(run: SessionRun):
    """A workshop that is open is gone on with by whoever facilitates; others look at its session."""
    key, title = run.session_key, f"El taller de la Sesión {run.session_key} está abierto"
    if run.stage == SessionRun.COLLECTING:
        title = f"Se están recogiendo respuestas antes de la Sesión {key}"
    detail = "Sigue con el grupo en el control del taller; al terminar, ciérralo."
    yield Step(title, detail, "taller", (key,), who="facilitate", seen_at=("sesion", (key,)))


def _session(org: int, session: Session, on_path: bool, rows: _Rows, known: Known, today: date) -> SessionFacts:
    carta, key = rows.cartas.get((org, session.key)), session.key
    day = min(days_of(carta), default=None)
    left_out = rows.omitted.get(org, {})
    return SessionFacts(
        key=key,
        hours=session.hours,
        on_path=on_path,
        skip_reason=carta.skip_reason if carta and carta.is_skipped else "",
        has_carta=carta is not None,
        day=day,
        facilitators=facilitators(carta),
        was_held=(org, key) in rows.held and not (day and day > today),
        worksheets=tuple(_worksheets(org, session, rows, known, left_out)),
        products=tuple(_products(org, session, rows, known, left_out)),
        omitted={one.key: left_out[one.key] for one in session.activities if one.key in left_out},
    )


def _worksheets(org, session, rows, known, left_out):
    for activity in session.activities:
        asked = [prompt.key for prompt in activity.prompts if is_field(prompt) and is_required(prompt)]
        elsewhere = [known.evidence[name] for name in proofs.ELSEWHERE.get(activity.key, ()) if name in known.evidence]
        if activity.prompts:
            done = sum(rows.is_answered(org, key) for key in asked) + sum(one.share for one in elsewhere)
            facts = {"is_reviewed": (org, activity.key) in rows.reviewed, "omitted": left_out.get(activity.key, "")}
            yield Worksheet(activity.key, activity.title, len(asked) + len(elsewhere), done, **facts)


def _products(org, session, rows, known, left_out):
    for number, title in enumerate(session.products):
        keys = proofs.PRODUCTS[session.key][number]
        proven = {key: _proof(org, key, rows, known) for key in keys}
        made_in = [proofs.activity_of(key) for key in keys] or [proofs.MADE_IN.get((session.key, number), "")]
        reasons = [left_out.get(activity, "") for activity in made_in]
        yield Product(
            number,
            title,
            share=sum(one.share for one in proven.values()) / len(proven) if proven else None,
            missing=_missing({key: one for key, one in proven.items() if one.share < 1}),
            is_marked=(org, session.key, number) in rows.marks,
            omitted=" ".join(dict.fromkeys(reasons)) if all(reasons) else "",
        )


def _missing(lacking):
    """What a product lacks, in words: several questions are only counted."""
    questions = [key for key in lacking if "." in key]
    if len(questions) > 1:
        return f"responder {len(questions)} preguntas de sus planillas"
    return ", ".join(one.missing for one in lacking.values())


def _proof(org, key, rows, known):
    if "." in key:
        is_there = rows.is_answered(org, key)
        return Evidence(float(is_there), "" if is_there else f"responder «{curriculum.prompt(key).text}»")
    found = known.evidence.get(key, Evidence(0.0))
    return found if found.missing or found.share >= 1 else Evidence(found.share, proofs.NAMES.get(key, ""))


def days_of(carta: SessionDesign | None) -> list[date]:
    """The days of the sittings of a carta, as far as it says them."""
    days = [entry.get("date") for entry in (carta.sittings if carta else ()) if isinstance(entry, dict)]
    return [date.fromisoformat(day) for day in days if day]


def facilitators(carta: SessionDesign | None) -> str:
    """Who facilitates as a carta says it, on one line."""
    people = (carta.participants if carta else {}).get("facilitators") or {}
    return ", ".join(line.strip() for line in (people.get("who") or "").splitlines() if line.strip())
