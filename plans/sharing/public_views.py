"""What anybody with the address of a shared link reads. The lock has checked the link and opened its organisation."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from alianzas.exports import base
from alianzas.exports.colours import palette
from alianzas.exports.errors import RenderError
from alianzas.exports.html import fragment
from alianzas.exports.styles import screen_css
from alianzas.identity import brand_of, logo_of, screen_faces

from . import services
from .products import NotIssued, front_page, shown_by, shown_through


def home(request, link):
    """Who shares, what, and until when."""
    services.used(link=link, today=timezone.localdate())
    org = link.organization
    context = {"org": org, "link": link, "products": shown_by(link), "has_logo": _logo(link) is not None}
    return render(request, "plans/sharing/home.html", context | front_page(link))


def product(request, link, key):
    """One product to be read on the page; of a Plan that was not issued, that it was not."""
    one = _product(link, key)
    services.used(link=link, today=timezone.localdate())
    try:
        html = fragment(shown_through(link, one))
    except NotIssued as error:
        return _page(request, link, one, "not_issued", withheld=error.version)
    # The writer escapes all text.
    return _page(request, link, one, "product", document=mark_safe(html))  # noqa: S308


def paper(request, link, key, fmt):
    """One product as a file. Records that it was taken."""
    one = _product(link, key)
    if fmt not in one.formats:
        raise Http404
    services.used(link=link, today=timezone.localdate())
    try:
        content, _ = base.render_cached(shown_through(link, one), fmt)
    except NotIssued as error:
        return _page(request, link, one, "not_issued", 404, withheld=error.version)
    except RenderError as error:
        return _page(request, link, one, "not_rendered", 503, error=error)
    services.taken(link=link, product=one.key)
    name = base.filename(link.organization.slug, one.deliverable, fmt)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=base.MIME[fmt], headers=headers)


def _page(request, link, one, template, status=200, **said):
    context = {"org": link.organization, "link": link, "product": one, "products": shown_by(link), **said}
    return render(request, f"plans/sharing/{template}.html", context, status=status)


def look(request, link):
    """The style sheet in the organisation's colours."""
    brand = brand_of(link.organization)
    colours = "; ".join(f"--org-{name}: {value}" for name, value in palette(brand).items())
    css = f":root {{ {colours} }}\n{screen_faces(brand)}\n{screen_css(brand)}"
    return HttpResponse(css, content_type="text/css")


def logo(request, link):
    found = _logo(link)
    if found is None:
        raise Http404
    return HttpResponse(found.data, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


def _logo(link):
    return logo_of(link.organization)


def _product(link, key):
    found = next((one for one in shown_by(link) if one.key == key), None)
    if found is None:
        raise Http404
    return found
