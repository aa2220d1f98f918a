"""Shared links for those who edit: what is open, a new one, and the end of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from alianzas.models import SharedLink
from plans.acting import require_editor

from . import services
from .forms import ShareForm
from .products import shown_by


def links(request, org):
    """The links of the organisation; a POST makes one and shows its address, this one time."""
    require_editor(request)
    today, made, address = timezone.localdate(), None, ""
    form = ShareForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            made, token = services.share(organization=org, by=request.user, **form.cleaned_data)
            address = request.build_absolute_uri(reverse("compartido", args=[token]))
            form = ShareForm(today=today)
        except ValidationError as error:
            form.add_error(None, error)
    rows = [(row, shown_by(row)) for row in SharedLink.objects.select_related("by")]
    context = {"form": form, "rows": rows, "made": made, "address": address}
    response = render(request, "plans/sharing/links.html", context, status=422 if form.errors else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def revoke(request, org, pk):
    row = get_object_or_404(SharedLink, pk=pk)
    services.revoke(link=row, by=request.user)
    messages.success(request, f"Revocamos el enlace «{row}»: quien lo tenga ya no puede abrirlo.")
    return redirect("compartir", org.slug)
