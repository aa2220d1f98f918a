"""Issue a version of the Plan, and start the next one from what the last one said."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from alianzas import services as shared
from alianzas.commitments.hooks import veil
from alianzas.exports import base
from alianzas.exports.blocks import digest
from plans.completeness import missing
from plans.editor import texts
from plans.models import PlanFile, PlanSource, PlanVersion
from plans.queries import plan_data

from .frozen import facts_of
from .sources import as_issued, source_of

FORMATS = ("pdf", "docx", "xlsx")


def issue(*, organization, by, data, full=None, note="", with_gaps=False, at=None, render=base.render) -> PlanVersion:
    """Freeze the Plan of `data` (a `PlanData`) as the next version, with its three files and what they are made of.

    `full` is the same with the real words (read now, where it is not given); `at` is now, where it is not said;
    `render` makes a file of a document and a format.
    ValidationError when nothing changed since the last one, when it has gaps and nobody said that it may, or when
    somebody else issued one meanwhile; RenderError when a file cannot be made. Then nothing is kept. Records an Event.
    """
    gaps = [one.text for one in missing(data)]
    if gaps and not with_gaps:
        raise ValidationError("Al Plan todavía le faltan cosas. Complétalas, o marca que lo emites así.")
    last = PlanVersion.objects.first()
    hide, number, now = veil(), last.number + 1 if last else 1, at or timezone.now()
    source = source_of(full or plan_data(organization, full=True))
    content = digest(as_issued(source, ""))
    if last and last.content == content:
        raise ValidationError(f"Nada cambió desde la versión {last.number}: sus archivos siguen siendo los de hoy.")
    facts = {"number": number, "issued_at": now, "by": by, "note": note, "gaps": [hide(text) for text in gaps]}
    version = PlanVersion(organization=organization, facts=facts_of(data, hide), content=content, **facts)
    document = as_issued(source, version.stamp)
    return _keep(version, source, {fmt: render(document, fmt) for fmt in FORMATS})


def _keep(version, source, rendered) -> PlanVersion:
    """The rows and the files together, or none of them."""
    written = []
    try:
        with transaction.atomic():
            shared.lock(version.organization)
            if PlanVersion.objects.filter(number=version.number).exists():
                raise ValidationError(f"Alguien acaba de emitir la versión {version.number}: revísala antes de otra.")
            shared.save(version)
            shared.save(PlanSource(organization=version.organization, version=version, data=source))
            for fmt, content in rendered.items():
                row = PlanFile(organization=version.organization, version=version, format=fmt, size=len(content))
                row.sha256 = hashlib.sha256(content).hexdigest()
                row.file.save(f"plan.{fmt}", ContentFile(content), save=False)
                written.append(row.file)
                shared.save(row)
            detail = {"version": version.number, "gaps": len(version.gaps)}
            shared.record(organization=version.organization, user=version.by, verb="plan.issued", detail=detail)
    except BaseException:
        for file in written:
            file.storage.delete(file.name)
        raise
    return version


def content_of(file: PlanFile) -> bytes:
    """The bytes of an issued file; ValidationError when they are not the ones that were issued, or are gone."""
    try:
        with file.file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValidationError(
            "El archivo guardado no es el que se emitió: su huella no coincide. Avisa a quien administra el servidor."
        )
    return content


@transaction.atomic
def start_from(*, version: PlanVersion, by) -> list[str]:
    """Begin an update from the texts of an issued version: each becomes the present text, where it says something else.

    What was there is set aside, not lost. Gives the keys of the texts that changed.
    """
    organization, changed = version.organization, []
    for key, text in version.facts["texts"].items():
        if texts.text_now(organization, key).shown != text:
            texts.write_text(organization=organization, by=by, key=key, text=text, set_aside=True)
            changed.append(key)
    return changed
