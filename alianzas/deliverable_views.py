"""The one way out of the product for documents, behind the lock."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from . import services
from .commitments.hooks import veil
from .exports import base
from .exports.errors import RenderError, UnknownFormat
from .forms import FullVersionForm
from .models import Event
from .once import slow

FULL = "document.taken_full"


@require_GET
def download(request, org, key, fmt):
    """`/o/<org>/entregables/<key>.<format>`: the document as a file, or 304 when the person has this very one."""
    try:
        deliverable = base.get(key)
        deliverable.require(fmt)
    except (KeyError, UnknownFormat):
        raise Http404 from None
    if deliverable.editors_only and not request.access.can_edit:
        raise PermissionDenied(f"«{deliverable.title}» es de quien trabaja con los aliados.")
    return answer(request, org, deliverable.document(org, fmt), key, fmt)


def one_of(request, org, offered, key, fmt, *, whom="", **about):
    """Of the deliverables `offered` by key, the document `key` `about` something; 404 for what is not offered.

    The name of its file says `whom` it is about, protected names hidden.
    """
    if key not in offered or fmt not in offered[key].formats:
        raise Http404
    return answer(request, org, offered[key].document(org, fmt, **about), key, fmt, veil()(whom))


def answer(request, org, document, key, fmt, whom=""):
    """`document` as the file `key` of the organisation. Records who took it; 304 to whom has this very one."""
    etag = f'"{base.etag(document, fmt)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        content, _ = base.render_cached(document, fmt)
    except RenderError as error:
        return render(request, "alianzas/not_rendered.html", {"error": error}, status=503)
    response = handed_over(request, org, key, fmt, content, whom)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def handed_over(request, org, key, fmt, content, whom=""):
    """The document `key` as an attachment. Side effect: records who took it out."""
    services.record(organization=org, user=request.user, verb="document.taken", detail={"key": key, "format": fmt})
    return _file(content, fmt, base.filename(org.slug, key, fmt, whom))


@slow
def full_version(request, org):
    """A document with the real names that it hides otherwise: for whoever facilitates, who says why; it is recorded."""
    if not request.access.can_facilitate:
        raise PermissionDenied("La versión completa la descarga solo quien facilita la organización.")
    form = FullVersionForm(request.POST or None)
    if form.is_valid():
        key, fmt = form.chosen()
        try:
            content = base.render(base.get(key).build_full(org), fmt)
        except RenderError as error:
            return render(request, "alianzas/not_rendered.html", {"error": error}, status=503)
        detail = {"key": key, "format": fmt, "reason": veil()(form.cleaned_data["reason"])}
        services.record(organization=org, user=request.user, verb=FULL, detail=detail)
        response = _file(content, fmt, base.filename(org.slug, f"{key}-version-completa", fmt))
        patch_cache_control(response, private=True, no_store=True)
        return response
    earlier = Event.objects.filter(verb=FULL).select_related("user")[:20]
    titles = {key: deliverable.title for key, deliverable in base.load_catalogue().items()}
    rows = [(event, titles.get(event.detail["key"], event.detail["key"])) for event in earlier]
    context = {"form": form, "rows": rows}
    return render(request, "alianzas/full_version.html", context, status=422 if form.errors else 200)


def _file(content, fmt, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=base.MIME[fmt], headers=headers)
