"""How far each organisation is. Computed from its data, never typed."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from alianzas.models import ActionLine, Level, Organization, Process
from sysmap.models import Actor

from .models import OutcomeRow, PlanText, Strategy, StrategyLine


@dataclass(frozen=True)
class Milestone:
    """One stop of the road: `detail` says in words how it stands, `url_name` where it is worked."""

    title: str
    detail: str
    is_done: bool
    url_name: str


@dataclass(frozen=True)
class Progress:
    organization: Organization
    level: str
    level_label: str
    milestones: tuple[Milestone, ...]

    @property
    def done(self):
        return sum(milestone.is_done for milestone in self.milestones)

    @property
    def plan_share(self):
        """How much of Mapeo de Resultados and Plan is there, 0 to 1: everything after the record and the map."""
        own = self.milestones[2:]
        return sum(milestone.is_done for milestone in own) / len(own)

    @property
    def next(self):
        """The first stop that is not done; None at the end of the road."""
        return next((milestone for milestone in self.milestones if not milestone.is_done), None)


def progress_of(organizations) -> list[Progress]:
    """Progress of every organisation in scope, in eight queries whatever their number."""
    has_strategy = Exists(Strategy.objects.filter(line=OuterRef("pk")))
    lines = _by_organization(ActionLine.objects.annotate(has_strategy=has_strategy), used=Q(has_strategy=True))
    actors = _by_organization(Actor.objects.filter(in_matrix=True), placed=~Q(relation="") & ~Q(result=""))
    strategies = _by_organization(
        Strategy.objects.annotate(has_ally=Exists(OutcomeRow.objects.filter(strategy=OuterRef("pk")))),
        ranked=Q(priority__isnull=False),
        worked=Q(priority__isnull=False, has_ally=True),
    )
    cross = _by_organization(StrategyLine.objects, distinct="strategy")
    rows = _by_organization(OutcomeRow.objects)
    written = PlanText.objects.filter(key="conclusions").exclude(text="")
    plans = set(written.values_list("organization_id", flat=True))
    levels = dict(Process.objects.values_list("organization_id", "level"))
    counts = {"lines": lines, "actors": actors, "strategies": strategies, "cross": cross, "rows": rows}

    def one(organization):
        level = levels.get(organization.pk, "")
        own = {name: found.get(organization.pk, {}) for name, found in counts.items()}
        milestones = _milestones(organization, has_conclusions=organization.pk in plans, **own)
        return Progress(organization, level, Level(level).label if level else "", milestones)

    return [one(organization) for organization in organizations]


def _by_organization(rows, distinct="pk", **conditions):
    counted = (
        rows.order_by()
        .values("organization")
        .annotate(
            total=Count(distinct, distinct=True),
            **{name: Count("pk", filter=condition) for name, condition in conditions.items()},
        )
    )
    return {row.pop("organization"): row for row in counted}


def _milestones(org, *, lines, actors, strategies, cross, rows, has_conclusions):
    total_lines, used_lines = lines.get("total", 0), lines.get("used", 0)
    total_actors, placed = actors.get("total", 0), actors.get("placed", 0)
    ranked, worked = strategies.get("ranked", 0), strategies.get("worked", 0)
    return (
        Milestone(
            "Ficha y líneas de acción",
            f"{_count(total_lines, 'línea de acción', 'líneas de acción')}"
            + ("" if org.mission and org.vision else " · faltan misión o visión"),
            bool(total_lines and org.mission and org.vision),
            "organizacion",
        ),
        Milestone(
            "Matriz 5Rs y mapa",
            f"{_count(total_actors, 'actor', 'actores')}, {placed} con lugar en el mapa"
            if total_actors
            else "Sin actores",
            bool(total_actors) and placed == total_actors,
            "mapa",
        ),
        Milestone(
            "Diagnóstico de estrategias",
            f"{_count(strategies.get('total', 0), 'estrategia', 'estrategias')} en {used_lines} de "
            f"{_count(total_lines, 'línea', 'líneas')}",
            bool(total_lines) and used_lines == total_lines,
            "resultados",
        ),
        Milestone(
            "Estrategias transversales",
            _count(cross.get("total", 0), "sirve a más de una línea", "sirven a más de una línea"),
            bool(cross.get("total")),
            "transversales",
        ),
        Milestone(
            "Prioridades", _count(ranked, "estrategia en orden", "estrategias en orden"), bool(ranked), "prioridades"
        ),
        Milestone(
            "Mapa de resultados",
            f"{_count(rows.get('total', 0), 'alianza', 'alianzas')} en {worked} de "
            f"{_count(ranked, 'estrategia', 'estrategias')}",
            bool(ranked) and worked == ranked,
            "mapa-de-resultados",
        ),
        Milestone(
            "Plan de Alianzas Estratégicas",
            "Con conclusiones" if has_conclusions else "Faltan las conclusiones",
            has_conclusions and bool(worked),
            "plan",
        ),
    )


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"
