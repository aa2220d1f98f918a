"""What every page does with a verb that may be refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from alianzas.commitments.hooks import veil
from sessions_app.live.stages import run_at


def done(form, verb, *args, **kwargs):
    """Run `verb`; what it refuses is shown on the form. Returns its result, or True when it has none."""
    try:
        return verb(*args, **kwargs) or True
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False


def said(request, success, verb, **kwargs):
    """Run `verb` and say how it went in a message. Whether it was done."""
    try:
        verb(**kwargs)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    if success:
        messages.success(request, success)
    return True


def hidden_from(request):
    """What must go over the texts that this person reads; None for whom may read protected names."""
    return None if request.access.can_edit else veil()


def require_editor(request):
    """403 for whom may only read: what this page shows is meant to be changed."""
    if not request.access.can_edit:
        raise PermissionDenied("Tu cuenta puede leer esta organización, no cambiarla.")


def require_facilitator(request, what):
    """403 unless this person facilitates the organisation; `what` is said in the sentence, such as «abre rondas»."""
    if not request.access.can_facilitate:
        raise PermissionDenied(f"Solo quien facilita la organización {what}.")


def way_back(org, stage, page, *args, label) -> dict:
    """Where a page leads back to: the workshop that has `stage` on its screen, else `page`. One query."""
    if run := run_at(stage):
        return {"back": reverse("taller", args=[org.slug, run.session_key]), "back_label": "Taller en vivo"}
    return {"back": reverse(page, args=[org.slug, *args]), "back_label": label}
