"""The Plans of every organisation that somebody coordinates, in one ZIP."""

import logging
from collections.abc import Iterator

from alianzas.exports import base
from alianzas.tenancy import inside
from plans.models import Strategy

PLAN, PAPER = "plan-de-alianzas", "pdf"
log = logging.getLogger(__name__)


def entries(organizations, *, render=base.render_cached) -> Iterator:
    """(path, content) of each Plan as PDF; a note says which organisations have none yet, or could not be drawn."""
    missing = []
    for org in organizations:
        try:
            with inside(org):
                if not Strategy.objects.exists():
                    missing.append(f"{org.name}: su Plan todavía no tiene estrategias.")
                    continue
                content, _ = render(base.get(PLAN).document(org, PAPER), PAPER)
        except Exception:
            log.exception("The Plan of %s is not in the ZIP of the portfolio", org.slug)
            missing.append(f"{org.name}: no se pudo preparar; descárgalo desde el portafolio.")
            continue
        yield base.filename(org.slug, PLAN, PAPER), content
    if missing:
        yield "00-sin-plan.txt", "\r\n".join(missing).encode("utf-8-sig")
