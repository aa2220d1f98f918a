"""Commitments in the browser: the list, one tap to say how each one stands, and its calendar."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from alianzas.concurrency import answer_status
from alianzas.exports import base
from alianzas.models import CalendarFeed, Commitment

from . import hooks, queries, services
from .deliverables import KEY
from .feed_views import calendar_of
from .forms import CommitmentForm, FilterForm, StatusForm
from .ical import MEDIA_TYPE


@require_GET
def commitments(request, org):
    """Everything with an owner and a date, whatever its source."""
    entries = queries.entries(timezone.localdate())
    form = FilterForm(request.GET, entries=entries)
    found = queries.matching(entries, **form.facts())
    context = {
        "form": form,
        "groups": queries.grouped(found),
        "total": len(entries),
        "found": len(found),
        "late": sum(one.group == "late" for one in found),
        "statuses": Commitment.Status.choices,
        "deliverable": base.get(KEY),
        "undo": _undo(request, entries),
        "here": request.get_full_path(),
    }
    return render(request, "commitments/list.html", context)


def _undo(request, entries):
    """After a change without JavaScript the address says which one it was and how it stood."""
    done, earlier = request.GET.get("cambio", ""), request.GET.get("antes", "")
    found = next((one for one in entries if str(one.commitment.pk) == done), None)
    return (found, earlier) if found and earlier in Commitment.Status.values else None


@require_POST
def set_status(request, org, pk):
    """htmx gets the row with its way back; others the list, with theirs above it."""
    row = get_object_or_404(Commitment, pk=pk)
    form = StatusForm(request.POST)
    earlier = None
    if form.is_valid():
        earlier = services.set_status(commitment=row, status=form.cleaned_data["status"], by=request.user)
    if request.htmx:
        context = {
            "one": queries.entry(row, timezone.localdate()),
            "earlier": earlier,
            "statuses": Commitment.Status.choices,
            "here": request.POST.get("regreso", ""),
        }
        return render(request, "commitments/row.html", context, status=200 if form.is_valid() else 422)
    if not form.is_valid():
        messages.error(request, "Elige uno de los estados de la lista.")
        return redirect(_back(request, org))
    is_undo = "deshacer" in request.POST
    return redirect(_back(request, org, {} if is_undo else {"cambio": row.pk, "antes": earlier}))


def _back(request, org, more=None):
    """The list as it was filtered, never an address elsewhere."""
    home = reverse("compromisos", args=[org.slug])
    here = request.POST.get("regreso", "")
    if not (here.startswith(home) and url_has_allowed_host_and_scheme(here, allowed_hosts=None)):
        here = home
    path, _, query = here.partition("?")
    kept = QueryDict(query, mutable=True)
    for name in ("cambio", "antes"):
        kept.pop(name, None)
    kept.update(more or {})
    return f"{path}?{kept.urlencode()}" if kept else path


def commitment(request, org, pk=None):
    """Add one by hand, or change one. What belongs to another page is changed there."""
    row = get_object_or_404(Commitment, pk=pk) if pk else None
    source = hooks.source_of(row.source) if row else None
    if source and source.page:
        messages.info(request, "Ese compromiso se cambia en su página de origen.")
        return redirect(source.page, org.slug, *source.args)
    form = CommitmentForm(request.POST or None, organization=org, today=timezone.localdate(), instance=row)
    if form.is_valid() and _kept(form, org, row):
        messages.success(request, "Guardamos el compromiso.")
        return redirect("compromisos", org.slug)
    context = {
        "form": form,
        "commitment": row,
        "source": source,
        "is_manual": bool(row) and row.source == hooks.MANUAL,
    }
    return render(request, "commitments/form.html", context, status=answer_status(form))


def _kept(form, org, row):
    try:
        if row:
            services.change(commitment=row, **form.cleaned_data)
        else:
            services.add(organization=org, today=timezone.localdate(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@require_POST
def delete_commitment(request, org, pk):
    row = get_object_or_404(Commitment, pk=pk)
    try:
        services.delete(commitment=row)
        messages.success(request, "Borramos el compromiso.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("compromisos", org.slug)


@require_GET
def calendar(request, org):
    """The open commitments as .ics, behind the lock."""
    response = HttpResponse(calendar_of(queries.entries(timezone.localdate())), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{org.slug}_compromisos.ics"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_GET
def shared_calendars(request, org):
    """The secret addresses, for those who can edit; everybody may download the file."""
    feeds = queries.feeds() if request.access.can_edit else []
    links = [(feed, request.build_absolute_uri(reverse("calendario", args=[feed.token]))) for feed in feeds]
    response = render(request, "commitments/calendar.html", {"links": links})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def share_calendar(request, org):
    try:
        services.share_calendar(organization=org, by=request.user)
        messages.success(request, "Creamos un enlace nuevo.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("calendario-compartido", org.slug)


@require_POST
def revoke_calendar(request, org, pk):
    services.revoke_calendar(feed=get_object_or_404(CalendarFeed, pk=pk), by=request.user)
    messages.success(request, "Revocamos el enlace: quien lo tenga ya no puede leer el calendario.")
    return redirect("calendario-compartido", org.slug)
