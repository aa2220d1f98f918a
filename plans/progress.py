"""What Session 6 and the Plan prove of the method: the thread that leads to the Plan, what it lacks, open votes."""

from alianzas.models import Process
from sessions_app.evidence import Evidence, Known, Step, Stop
from sessions_app.models import PartReview, SessionDesign
from sysmap.queries import veils

from . import completeness
from .ballots.queries import VOTE
from .models import Reading, Round
from .plans_of_many import plans_of
from .queries import OUTCOME_SESSION

REVIEWED = "plan."  # begins the part that a review of a section of the Plan names
ASKS_A_PLAN = ("", "advanced")


def known_of(organizations: list) -> dict[int, Known]:
    """What this floor knows of each organisation, in as many queries for one as for all. Seventeen."""
    hide = veils(organizations)
    plans = plans_of(organizations, hide)
    levels = dict(Process.objects.values_list("organization_id", "level"))
    begun = _owners(SessionDesign.objects.filter(session_key=OUTCOME_SESSION, is_skipped=False))
    reviewed = set(PartReview.objects.filter(part__startswith=REVIEWED).values_list("organization_id", "part"))
    stood = _owners(Reading.objects.filter(rehearsal=None, state=Reading.State.CLOSED))
    rounds = {row.organization_id: row for row in Round.objects.filter(rehearsal=None, state__in=Round.PENDING)}

    def one(organization):
        org, data = organization.pk, plans[organization.pk]
        goes_on = org in begun or bool(data.axes) or bool(_used(data.diagnosis))
        asks = levels.get(org, "") in ASKS_A_PLAN or goes_on
        passed = {part.removeprefix(REVIEWED) for owner, part in reviewed if owner == org}
        return Known(
            evidence=_evidence(data, has_stood=org in stood),
            thread=tuple(_thread(data, asks)),
            now=tuple(_of_a_round(rounds.get(org))),
            plan=tuple(_steps(data, passed, hide[org])),
            goes_on=goes_on,
        )

    return {organization.pk: one(organization) for organization in organizations}


def _owners(rows):
    return set(rows.values_list("organization_id", flat=True))


def _of_a_round(row):
    """An open vote goes before everything; a closed one waits for whoever accepts what came out."""
    if row is None:
        return
    where = {"url_name": "votacion", "args": (row.pk,)}
    if row.is_open:
        detail = "Vota por las estrategias que quieres trabajar primero."
        yield Step("Hay una votación abierta", detail, **where, key=VOTE)
        detail = "Cuando todas las personas hayan votado, ciérrala para contar."
        yield Step("La votación sigue abierta", detail, who="facilitate", **where)
    else:
        detail = "Revisa el conteo y acepta el resultado, o cancela la ronda."
        yield Step("Una votación espera su resultado", detail, who="facilitate", **where)


def _steps(data, passed, hide):
    """What the Plan lacks, as whoever reads may see it: it quotes what people wrote."""
    for one in completeness.missing(data):
        if one.section not in passed:
            yield Step("Completa el Plan", hide(one.text), one.url_name, one.args, anchor=one.anchor)


def _evidence(data, has_stood):
    lines = data.diagnosis
    found = {
        "diagnostico": Evidence(_used(lines) / len(lines) if lines else 0.0),
        "posibilidad": Evidence(float(has_stood)),
        "prioridades": Evidence(float(bool(data.axes)), "" if data.axes else "poner en orden las estrategias"),
        "mapa-de-resultados": _outcomes(data),
        "siguientes-pasos": _next_steps(data.next_steps),
        "plan": _plan(data),
    }
    if len(lines) > 1:  # a single line shares its strategies with nobody
        found["transversales"] = Evidence(float(bool(_cross(lines))))
    return found


def _outcomes(data):
    worked = sum(bool(axis.allies) for axis in data.axes)
    if data.axes and worked == len(data.axes):
        return Evidence(1.0)
    said = f"buscar aliados para {len(data.axes) - worked} de {len(data.axes)} estrategias" if data.axes else ""
    return Evidence(worked / len(data.axes) if data.axes else 0.0, said or "poner en orden las estrategias")


def _next_steps(steps):
    whole = sum(bool(step.responsible and step.due_date) for step in steps)
    if steps and whole == len(steps):
        return Evidence(1.0)
    said = "decir quién y cuándo en cada siguiente paso" if steps else "acordar los siguientes pasos"
    return Evidence(whole / len(steps) if steps else 0.0, said)


def _plan(data):
    lacking = completeness.missing(data)
    said = f"completar {_count(len(lacking), 'cosa', 'cosas')} del Plan" if lacking else ""
    return Evidence(completeness.share(data), said)


def _used(lines):
    return sum(bool(line.works or line.did_not or line.could) for line in lines)


def _told(lines):
    return {one.pk: one for line in lines for _, column in line.columns for one in column}.values()


def _cross(lines):
    return sum(one.is_cross_cutting for one in _told(lines))


def _thread(data, asks):
    """The seven stops, from the ficha to the Plan. What comes after the map is asked of who works a Plan."""
    org, lines, axes, actors = data.organization, data.diagnosis, data.axes, data.actors
    placed, used, cross, worked = sum(a.is_placed for a in actors), _used(lines), _cross(lines), _outcomes(data).share
    total, lacking = len(lines), completeness.missing(data)
    lacks = "" if org.mission and org.vision else " · faltan misión o visión"
    words = f"{_count(total, 'línea de acción', 'líneas de acción')}{lacks}"
    yield Stop("ficha", "Ficha y líneas de acción", words, float(bool(total and not lacks)), "organizacion")
    words = f"{_count(len(actors), 'actor', 'actores')}, {placed} con lugar en el mapa" if actors else "Sin actores"
    yield Stop("mapa", "Matriz 5Rs y mapa", words, placed / len(actors) if actors else 0.0, "mapa")
    words = f"{_count(len(_told(lines)), 'estrategia', 'estrategias')} en {used} de {_count(total, 'línea', 'líneas')}"
    share = used / total if total else 0.0
    yield Stop("diagnostico", "Diagnóstico de estrategias", words, share, "resultados", asks, "S6.3")
    words = _count(cross, "sirve a más de una línea", "sirven a más de una línea")
    several, place = asks and total != 1, "transversales"
    yield Stop(place, "Estrategias transversales", words, float(bool(cross)), place, several, "S6.4")
    words = _count(len(axes), "estrategia en orden", "estrategias en orden")
    yield Stop("prioridades", "Prioridades", words, float(bool(axes)), "prioridades", asks, "S6.5")
    rows, done = sum(len(axis.allies) for axis in axes), sum(bool(axis.allies) for axis in axes)
    words = f"{_count(rows, 'alianza', 'alianzas')} en {done} de {_count(len(axes), 'estrategia', 'estrategias')}"
    yield Stop("resultados", "Mapa de resultados", words, worked, "mapa-de-resultados", asks, "S6.6")
    words = "Completo" if not lacking else _count(len(lacking), "cosa por completar", "cosas por completar")
    yield Stop("plan", "Plan de Alianzas Estratégicas", words, completeness.share(data), "plan", asks)


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"
