"""The worksheet of one step about one ally, on its own pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from sessions_app import curriculum
from sessions_app.worksheets import access
from sessions_app.worksheets.sheet import Sheet, sheet_of
from sessions_app.worksheets.visits import Visit

from . import queries
from .models import Ally
from .steps import Step

ADDRESSES = {
    "planilla": "aliado-paso",
    "planilla-campo": "aliado-respuesta",
    "planilla-versiones": "aliado-versiones",
    "planilla-archivos": "aliado-archivos",
    "planilla-archivo": "aliado-archivo",
    "planilla-borrar-archivo": "aliado-borrar-archivo",
}


@dataclass(frozen=True)
class AllyVisit(Visit):
    """Who looks at which step of which ally."""

    ally: Ally | None = None
    step: Step | None = None
    steps: tuple[Step, ...] = ()  # of its file, this one among them
    veil: Callable[[str], str] = str  # what hides protected names; the page has read it already
    is_off: bool = False  # whether the step was taken off the route while somebody wrote in it

    @cached_property
    def hide(self):
        return str if self.access.can_edit else self.veil

    def is_field(self, prompt):
        return prompt in self.step.prompts(self.about)

    def known(self, prompt):
        """What the map says that the ally has."""
        actor = self.ally.actor if self.ally.actor_id else None
        return tuple(actor.resources) if actor and prompt.key == "S5.2.recursos_aliado" else ()

    @cached_property
    def marks(self):
        """What is assumed and what is confirmed, by prompt."""
        return queries.marks(self.step.prompts(self.about), self.about)

    def mark_of(self, prompt):
        return self.marks.get(prompt.key)

    def mark_url(self, prompt):
        return self.address("aliado-marca", prompt)

    def evidence_url(self, prompt):
        return self.address("aliado-evidencia", prompt)

    @property
    def url(self):
        if self.is_off:
            return reverse("aliado", args=[self.organization.slug, self.ally.pk])
        return super().url

    def _address(self, name, *more):
        return reverse(ADDRESSES.get(name, name), args=[self.organization.slug, self.ally.pk, self.step.key, *more])


def visit(
    request, ally: Ally, step: Step, steps: tuple[Step, ...], veil: Callable[[str], str], is_off: bool = False
) -> AllyVisit:
    return AllyVisit(
        ally.organization,
        request.access,
        request.user,
        curriculum.session("5"),
        step.activity,
        about=access.about_ally(ally.pk),
        whose=str(ally),
        ally=ally,
        step=step,
        steps=steps,
        veil=veil,
        is_off=is_off,
    )


def sheet(of: AllyVisit) -> Sheet:
    """The worksheet with its own questions only: what is said elsewhere has its own page."""
    found = sheet_of(of)
    return replace(found, fields=[one for one in found.fields if of.is_field(one.prompt)])
