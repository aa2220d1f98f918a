"""The five phases that fill in the matrix (domain §2, Annex 3, M.3 to M.7), and what is missing in each."""

from dataclasses import dataclass

from django.http import Http404

from alianzas.content import Activity
from sessions_app import curriculum
from sessions_app.worksheets import access
from sessions_app.worksheets.sheet import sheet_of
from sessions_app.worksheets.visits import Visit

from . import cells

CHOOSING = 2  # the phase that picks who gets a row; up to it, everybody is listed
ACTIVITIES = ("M.3", "M.4", "M.5", "M.6", "M.7")
MAIN = {1: "sector", 2: "roles", 3: "relation", 4: "resources", 5: "result"}


@dataclass(frozen=True)
class Phase:
    number: int
    activity: Activity

    @property
    def title(self) -> str:
        """«Roles», without the number that the content puts before it."""
        return self.activity.title.partition(": ")[2].capitalize()


PHASES = tuple(Phase(number, curriculum.activity(key)) for number, key in enumerate(ACTIVITIES, 1))


def phase(number: int) -> Phase:
    """404 for a phase that does not exist."""
    if not 1 <= number <= len(PHASES):
        raise Http404
    return PHASES[number - 1]


def progress(number: int, actors) -> tuple[int, int]:
    """(how many actors say what the phase asks, of how many)."""
    asked = [actor for actor in actors if actor.in_matrix]
    return sum(bool(cells.said(actor, MAIN[number])) for actor in asked), len(asked)


def written_fields(request, org, activity: Activity, keys: tuple[str, ...] = ()) -> dict:
    """`visit` and `fields` of the questions of an activity that its worksheet asks; only `keys` if given."""
    visit = Visit(org, request.access, request.user, curriculum.session_of(activity.key), activity)
    wanted = [one for one in sheet_of(visit).fields if access.is_field(one.prompt)]
    return {"visit": visit, "fields": [one for one in wanted if not keys or one.prompt.key in keys]}
