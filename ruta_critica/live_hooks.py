"""What a room writes about each ally in a workshop: its notes go to the answers of the ally's file."""

from sessions_app import curriculum
from sessions_app.live import sources
from sessions_app.worksheets import access

from .models import Ally


def open_allies() -> list[tuple[str, str]]:
    """The allies that a question can be about, by the name that may be said. One query."""
    allies = Ally.objects.exclude(state=Ally.State.CLOSED).select_related("actor")
    return [(access.about_ally(ally.pk), ally.public_name) for ally in allies]


sources.register(
    sources.Source(
        prompts=frozenset(
            prompt.key
            for activity in curriculum.session("5").activities
            for prompt in activity.prompts
            if prompt.kind == "list" and prompt.scope == "ALLY"
        ),
        abouts=open_allies,
        page="aliados",
        label="el archivo del aliado",
    )
)
