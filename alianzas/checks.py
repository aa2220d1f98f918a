"""Start-up checks: say what is missing before somebody meets it as an error page."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, Warning, register


@register()
def weasyprint_finds_pango(app_configs, **kwargs):
    """PDF needs system libraries; the rest of the product works without them."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        return [
            Warning(
                f"WeasyPrint no encuentra sus bibliotecas de sistema ({error}).",
                hint="Ejecuta scripts/system-packages run; mientras tanto no hay PDF.",
                id="alianzas.W001",
            )
        ]
    return []


@register()
def sqlite_has_one_writer_process(app_configs, **kwargs):
    """SQLite 3.7.0 to 3.51.2 has a defect when several processes reset one WAL: threads are fine, processes are not."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if on_sqlite and settings.WEB_WORKERS > 1 and (3, 7, 0) <= sqlite3.sqlite_version_info <= (3, 51, 2):
        return [
            Error(
                f"SQLite {sqlite3.sqlite_version} no admite varios procesos que escriban.",
                hint="Deja WEB_WORKERS=1 o usa PostgreSQL con DATABASE_URL.",
                id="alianzas.E001",
            )
        ]
    return []
