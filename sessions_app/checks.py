"""Start-up check: broken content is said with its file and key, before anybody opens a session."""

from pathlib import Path

from django.core.checks import Error, register

from alianzas.content_loader import ContentError

from . import curriculum
from .level import scoring
from .library import shelf


@register()
def content_is_sound(app_configs, **kwargs):
    """Reads the files afresh, so that it sees what is on disk and not what a running process remembers."""
    return errors_in(curriculum.CONTENT)


def errors_in(folder: Path) -> list[Error]:
    """One error per problem of the content files in `folder`."""
    hint = f"Corrige el archivo en {folder.parent.name}/{folder.name}/ y repite manage.py check."
    found = []
    for read in (curriculum.load, lambda where: scoring.load(where / scoring.CONTENT.name), shelf.load):
        try:
            read(folder)
        except ContentError as error:
            found += [Error(str(problem), hint=hint, id="sessions_app.E001") for problem in error.problems]
    return found
