"""Start-up check: broken content is said with its file and key, before anybody opens a session."""

from pathlib import Path

from django.core.checks import Error, register

from alianzas.content import ContentError

from . import curriculum


@register()
def content_is_sound(app_configs, **kwargs):
    """Reads the files afresh, so that it sees what is on disk and not what a running process remembers."""
    return errors_in(curriculum.CONTENT)


def errors_in(folder: Path) -> list[Error]:
    try:
        curriculum.load(folder)
    except ContentError as error:
        hint = f"Corrige el archivo en {folder.parent.name}/{folder.name}/ y repite manage.py check."
        return [Error(str(problem), hint=hint, id="sessions_app.E001") for problem in error.problems]
    return []
