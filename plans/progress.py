"""What Session 6 and the Plan prove of the method: the thread that leads to the Plan, what it lacks, open votes."""

from alianzas.models import Process
from sessions_app.evidence import Evidence, Known, Step, Stop
from sessions_app.models import PartReview, SessionDesign

from . import completeness
from .models import Reading, Round
from .plans_of_many import plans_of

REVIEWED = "plan."  # begins the part that a review of a section of the Plan names
ASKS_A_PLAN = ("", "advanced")


def known_of(organizations: list) -> dict[int, Known]:
    """What this floor knows of each organisation, in as many queries for one as for all. Seventeen."""
    plans = plans_of(organizations)
    levels = dict(Process.objects.values_list("organization_id", "level"))
    begun = set(SessionDesign.objects.filter(session_key="6", is_skipped=False).values_list("organization_id", flat=True))
    reviewed = set(PartReview.objects.filter(part__startswith=REVIEWED).values_list("organization_id", "part"))
    stood = set(Reading.objects.filter(rehearsal=None, state=Reading.State.CLOSED).values_list("organization_id", flat=True))
    rounds = {row.organization_id: row for row in Round.objects.filter(rehearsal=None, state__in=Round.PENDING)}

    def one(organization):
        org, data = organization.pk, plans[organization.pk]
        goes_on = org in begun or bool(data.axes) or any(line.works or line.did_not or line.could for line in data.diagnosis)
        asks = levels.get(org, "") in ASKS_A_PLAN or goes_on
        passed = {part.removeprefix(REVIEWED) for owner, part in reviewed if owner == org}
        return Known(
            evidence=_evidence(data, has_stood=org in stood),
            thread=tuple(_thread(data, asks)),
            now=tuple(_of_a_round(rounds.get(org))),
            plan=tuple(_steps(data, passed)),
            goes_on=goes_on,
        )

    return {organization.pk: one(organization) for organization in organizations}


def _of_a_round(row):
    """An open vote goes before everything; a closed one waits for whoever accepts what came out."""
    if row is None:
        return
    where = {"url_name": "votacion", "args": (row.pk,)}
    if row.is_open:
        yield Step("Hay una votación abierta", "Vota por las estrategias que quieres trabajar primero.", **where)
    else:
        detail = "Revisa el conteo y acepta el resultado, o cancela la ronda."
        yield Step("Una votación espera su resultado", detail, who="facilitate", **where)


def _steps(data, passed):
    for one in completeness.missing(data):
        if one.section not in passed:
            yield Step("Completa el Plan", one.text, one.url_name, one.args, anchor=one.anchor)


def _evidence(data, has_stood):
    org, lines = data.organization, data.diagnosis
    found = {
        "mision": Evidence((bool(org.mission) + bool(lines)) / 2),
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
    said = f"{len(lacking)} {'cosa' if len(lacking) == 1 else 'cosas'} en el Plan" if lacking else ""
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
    several = asks and total != 1
    yield Stop("transversales", "Estrategias transversales", words, float(bool(cross)), "transversales", several, "S6.4")
    words = _count(len(axes), "estrategia en orden", "estrategias en orden")
    yield Stop("prioridades", "Prioridades", words, float(bool(axes)), "prioridades", asks, "S6.5")
    rows, done = sum(len(axis.allies) for axis in axes), sum(bool(axis.allies) for axis in axes)
    words = f"{_count(rows, 'alianza', 'alianzas')} en {done} de {_count(len(axes), 'estrategia', 'estrategias')}"
    yield Stop("resultados", "Mapa de resultados", words, worked, "mapa-de-resultados", asks, "S6.6")
    words = "Completo" if not lacking else _count(len(lacking), "cosa por completar", "cosas por completar")
    yield Stop("plan", "Plan de Alianzas Estratégicas", words, completeness.share(data), "plan", asks)


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"
