"""From an address to the worksheet it means, or 404."""

from django.http import Http404

from sessions_app import curriculum

from . import access, wire
from .sheet import Visit


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
