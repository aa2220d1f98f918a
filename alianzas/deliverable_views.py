"""The one way out of the product for documents, behind the lock."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from . import services
from .exports import base
from .exports.errors import RenderError, UnknownFormat


@require_GET
def download(request, org, key, fmt):
    """`/o/<org>/entregables/<key>.<format>`: the document as a file, or 304 when the person has this very one."""
    try:
        deliverable = base.get(key)
        deliverable.require(fmt)
    except (KeyError, UnknownFormat):
        raise Http404 from None
    document = deliverable.build(org)
    etag = f'"{base.etag(document, fmt)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        content, _ = base.render_cached(document, fmt)
    except RenderError as error:
        return render(request, "alianzas/not_rendered.html", {"error": error}, status=503)
    response = handed_over(request, org, deliverable, fmt, content)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def handed_over(request, org, deliverable, fmt, content):
    """The document as an attachment. Side effect: records who took it out."""
    detail = {"key": deliverable.key, "format": fmt}
    services.record(organization=org, user=request.user, verb="document.taken", detail=detail)
    name = base.filename(org.slug, deliverable, fmt)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=base.MIME[fmt], headers=headers)
