"""The road of one organisation: the four momentos, and the one next step. Looks at every floor below."""

from dataclasses import dataclass

from django.db.models import Q

from alianzas.models import Process
from sessions_app import moments
from sessions_app.models import Answer, LevelAssessment
from sessions_app.queries import session_facts
from sysmap.models import Actor

from .progress import Progress

ADAPTED_ROUTE = "S3.2."


@dataclass(frozen=True)
class NextStep:
    """What to do now; `args` follow the organisation's slug in the address `url_name`."""

    title: str
    detail: str
    url_name: str
    args: tuple = ()


def process_progress(organization, level: str, plan_share: float) -> moments.ProcessProgress:
    """The four momentos with their sessions and products, computed from data. Nine queries."""
    process = Process.objects.filter(organization=organization).first() or Process(organization=organization)
    actors = list(Actor.objects.filter(in_matrix=True).values_list("relation", "result"))
    route = Answer.objects.filter(Q(prompt_key__startswith=ADAPTED_ROUTE) & ~Q(value=None)).exists()
    return moments.progress(
        level_decided=bool(level),
        level_assessed=LevelAssessment.objects.exists(),
        sessions=session_facts(level),
        products=moments.closing_products(
            level,
            route=float(route),
            system_map=sum(bool(relation and result) for relation, result in actors) / len(actors) if actors else 0.0,
            plan=plan_share,
            goes_on=plan_share > 0,
        ),
        weights=process.moment_weights,
    )


def next_step(progress: Progress, process: moments.ProcessProgress) -> NextStep | None:
    """The first thing that is missing, in the order of the method; None at the end. No queries.

    A session asks for its carta and, once it was held, for nothing but the data that the documents stand on.
    """
    record, *data = progress.milestones
    if not record.is_done:
        return _of(record)
    if not progress.level:
        return NextStep(
            "Recuperación de aprendizajes",
            "Con seis preguntas se sugiere el nivel y el camino de sesiones.",
            "nivel",
        )
    for session in (one.facts for momento in process.moments for one in momento.sessions):
        if not session.counts or session.was_held:
            continue
        if not session.has_carta:
            detail = "Ajusta tiempos, lugar y participantes de la carta descriptiva."
            return NextStep(f"Prepara la Sesión {session.key}", detail, "carta", (session.key,))
        detail = "Anota quiénes asistieron, las fotos y los siguientes pasos."
        return NextStep(f"Registra la Sesión {session.key}", detail, "registro", (session.key,))
    return next((_of(milestone) for milestone in data if not milestone.is_done), None)


def _of(milestone):
    return NextStep(milestone.title, milestone.detail, milestone.url_name)
