"""The Plans of the organisations that somebody coordinates, in one ZIP: what was issued, else the draft."""

import logging
from collections.abc import Iterator

from alianzas.exports import base
from alianzas.tenancy import inside
from plans.deliverables import DRAFT
from plans.models import Strategy
from plans.sharing.products import PRODUCTS, NotIssued, issued_plan, shareable
from plans.versions.services import FORMATS

PLAN, MISSING, NOTES = "plan-de-alianzas", "00-sin-plan.txt", "00-avisos.txt"
log = logging.getLogger(__name__)


def entries(organizations, *, render=base.render_cached) -> Iterator:
    """(path, content) of each Plan in its three formats, masked as for anybody.

    A note says which organisations have none yet or could not be drawn, another which go with a draft instead of an
    older version that cannot be masked.
    """
    missing, notes = [], []
    for org in organizations:
        try:
            with inside(org):
                document, name, note = _plan_of(org)
                files = [(f"{name}.{fmt}", render(document, fmt)[0]) for fmt in FORMATS] if document else []
        except Exception:
            log.exception("The Plan of %s is not in the ZIP of the portfolio", org.slug)
            document, files, note = None, [], "no se pudo preparar; descárgalo desde el portafolio."
        if note:
            (notes if document else missing).append(f"{org.name}: {note}")
        yield from files
    for path, lines in ((MISSING, missing), (NOTES, notes)):
        if lines:
            yield path, "\r\n".join(lines).encode("utf-8-sig")


def _plan_of(org):
    """(document or None, name of its files without the format, what there is to say of it)."""
    stem, note = base.filename(org.slug, PLAN, "pdf").removesuffix(".pdf"), ""
    try:
        version, document = issued_plan()
    except NotIssued as error:
        if error.version:
            number = error.version.number
            note = f"la versión {number} se emitió antes de que se guardaran sus datos; va el borrador de hoy."
        elif not Strategy.objects.exists():
            return None, "", "su Plan todavía no tiene estrategias."
        return shareable(org, PRODUCTS["plan"]), f"{stem}_{DRAFT}", note
    return document, f"{stem}_version-{version.number}", ""
