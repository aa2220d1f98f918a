"""Who looks at which worksheet; and from an address to the worksheet it means, or 404."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from alianzas.commitments.hooks import veil
from alianzas.content import Activity, Prompt, Session
from alianzas.models import Organization, User
from alianzas.tenancy import Access
from alianzas.veiling import NO_WORDS, veiled
from sessions_app import curriculum

from . import access, wire
from .blocks import value_blocks
from .frames import Frame
from .reading import shown

# Worksheets that no session asks: {key of the activity: {name of the usual address: name of its own}}.
OWN_PAGES = {
    "biblioteca.consideraciones": {
        "planilla": "consideraciones",
        "planilla-campo": "consideracion",
        "planilla-versiones": "consideracion-versiones",
    }
}


@dataclass(frozen=True)
class Visit:
    """Who looks at which worksheet, and for which team. One that no session asks has pages of its own."""

    organization: Organization
    access: Access
    user: User
    session: Session | None
    activity: Activity
    team: int = 1
    about: str = ""  # the subject of answers about one ally
    whose: str = ""  # how that ally is called where a gap becomes a commitment

    def mark_of(self, prompt: Prompt):
        """What is said of how sure an answer is, where pages of a higher floor keep that."""
        return None

    def known(self, prompt: Prompt) -> tuple[str, ...]:
        """What pages of a higher floor know that may answer a list."""
        return ()

    def is_field(self, prompt: Prompt) -> bool:
        """Whether this worksheet asks for it."""
        return access.is_field(prompt, self.about)

    @cached_property
    def hide(self):
        """What a text goes through before this person reads it: who cannot edit reads no protected name."""
        return (lambda text: text) if self.access.can_edit else veil()

    def blocks(self, prompt: Prompt, value, frame: Frame):
        """A value as this person may read it."""
        return shown(veiled(tuple(value_blocks(prompt, value, frame)), self.hide, NO_WORDS))

    @property
    def url(self):
        return self._address("planilla") + (f"?equipo={self.team}" if self.team > 1 else "")

    @property
    def has_teams(self):
        return any(prompt.scope == "GROUP" and self.is_field(prompt) for prompt in self.activity.prompts)

    def address(self, name: str, prompt: Prompt, *more) -> str:
        """The address `name` of one field; it says for which team when that matters."""
        url = self._address(name, wire.field_name(prompt), *more)
        return f"{url}?equipo={self.team}" if prompt.scope == "GROUP" else url

    def subject(self, prompt: Prompt) -> str:
        return access.subject_of(prompt, self.user, self.team, self.about)

    def may_read(self, prompt: Prompt, subject: str) -> bool:
        return access.may_read(prompt, self.access, self.user, subject)

    def _address(self, name, *more):
        if self.session is None:
            return reverse(OWN_PAGES[self.activity.key][name], args=[self.organization.slug, *more])
        return reverse(name, args=[self.organization.slug, self.session.key, self.activity.key, *more])


def session_or_404(key: str):
    try:
        return curriculum.session(key)
    except KeyError:
        raise Http404 from None


def visit_or_404(request, org, session: str, activity: str) -> Visit:
    """The worksheet of an activity that asks something, for the team that the address names."""
    found = session_or_404(session)
    for one in found.activities:
        if one.key == activity and one.prompts:
            team = access.team_in(request.GET.get("equipo"))
            return Visit(org, request.access, request.user, found, one, team)
    raise Http404


def prompt_or_404(visit: Visit, name: str, *kinds: str):
    """The prompt called `name` that `visit` may fill in and read, of one of `kinds` if any are given."""
    for prompt in visit.activity.prompts:
        if wire.field_name(prompt) == name and visit.is_field(prompt) and (not kinds or prompt.kind in kinds):
            if not visit.may_read(prompt, visit.subject(prompt)):
                break
            return prompt
    raise Http404
