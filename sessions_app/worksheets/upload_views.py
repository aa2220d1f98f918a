"""Files and photos of a worksheet."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from alianzas.acting import refusals_on
from sessions_app.models import AnswerFile

from . import access, files, services, wire
from .forms import WallPhotoForm
from .text import Invalid
from .visits import prompt_or_404, visit_or_404


@require_POST
def add_file(request, org, session, activity, field):
    """Keep an uploaded file, or a drawing made on the page."""
    return keep(request, visit_or_404(request, org, session, activity), field)


@require_GET
def download(request, org, session, activity, field, pk):
    """A file as a download: never shown in the page, never guessed."""
    return hand_over(visit_or_404(request, org, session, activity), field, pk)


@require_POST
def delete_file(request, org, session, activity, field, pk):
    return take_away(request, visit_or_404(request, org, session, activity), field, pk)


# ── What any page with the files of a visit does ────────────────────────────────────────────────────────────────────


def keep(request, visit, field):
    prompt = prompt_or_404(visit, field, *access.FILES)
    upload = request.FILES.get("archivo")
    try:
        if upload is None:
            raise Invalid("Elige primero un archivo.")
        kept = files.checked(upload)
        facts = {"organization": visit.organization, "by": request.user, "subject": visit.subject(prompt)}
        services.add_file(prompt=prompt, upload=kept, **facts)
        messages.success(request, f"Subimos «{kept.name}».")
    except Invalid as error:
        messages.error(request, str(error))
    return _back(visit, prompt)


def hand_over(visit, field, pk):
    return sent(_row(visit, field, pk)[1])


def sent(row: AnswerFile):
    """The file as a download; 404 when it is no longer there."""
    try:
        opened = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        opened,
        as_attachment=True,
        filename=row.name,
        content_type=row.media_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


def take_away(request, visit, field, pk):
    prompt, row = _row(visit, field, pk)
    services.delete_file(row=row)
    messages.success(request, f"Borramos «{row.name}».")
    return _back(visit, prompt)


@require_POST
def add_photo(request, org, session, activity, field):
    """Keep a photo of the wall under its activity, without metadata."""
    visit = visit_or_404(request, org, session, activity)
    prompt = prompt_or_404(visit, field, "photo")
    form = WallPhotoForm(request.POST, request.FILES)
    if form.is_valid():
        facts = form.cleaned_data
        with refusals_on(form):
            services.add_photo(
                organization=org,
                prompt=prompt,
                image=facts["picture"],
                caption=facts["caption"] or prompt.text[:200],
                has_consent=facts["has_consent"],
            )
            messages.success(request, "Agregamos la foto, sin sus metadatos.")
    if form.errors:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return _back(visit, prompt)


def _row(visit, field, pk):
    prompt = prompt_or_404(visit, field, *access.FILES)
    row = get_object_or_404(AnswerFile, pk=pk, prompt_key=prompt.key)
    if not visit.may_read(prompt, row.subject):
        raise Http404
    return prompt, row


def _back(visit, prompt):
    return redirect(f"{visit.url}#campo-{wire.field_name(prompt)}")
