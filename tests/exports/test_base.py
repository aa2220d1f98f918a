"""The catalogue, names of files, and the cache by content."""

import threading

import pytest
from django.core.cache import caches

from alianzas.exports import base
from alianzas.exports.base import Deliverable
from alianzas.exports.blocks import Heading, Paragraph
from alianzas.exports.errors import UnknownFormat

from .samples import small


@pytest.fixture
def catalogue(monkeypatch):
    monkeypatch.setattr(base, "CATALOGUE", {})
    return base.CATALOGUE


@pytest.fixture
def counted(monkeypatch):
    """How often something is really rendered."""
    calls, real = [], base.render

    def render(document, fmt):
        calls.append(fmt)
        return real(document, fmt)

    monkeypatch.setattr(base, "render", render)
    return calls


def deliverable(**changes):
    return Deliverable(**({"key": "plan", "title": "Plan", "formats": ("pdf", "xlsx"), "build": small} | changes))


def test_register_refuses_a_second_deliverable_with_the_same_key(catalogue):
    first = base.register(deliverable())
    with pytest.raises(ValueError, match="'plan'"):
        base.register(deliverable(title="Otro"))
    assert catalogue == {"plan": first}


def test_catalogue_is_found_in_the_apps():
    found = base.load_catalogue()
    assert found is base.CATALOGUE
    assert all(base.get(key) is found[key] for key in found)
    with pytest.raises(KeyError):
        base.get("no-existe")


@pytest.mark.parametrize(
    ("changes", "error"), [({"formats": ("odt",)}, UnknownFormat), ({"key": "El Plan"}, ValueError)]
)
def test_deliverable_refuses_what_cannot_be(changes, error):
    with pytest.raises(error):
        deliverable(**changes)


def test_deliverable_is_given_in_its_formats_only():
    deliverable().require("pdf")
    with pytest.raises(UnknownFormat, match="«docx»"):
        deliverable().require("docx")


@pytest.mark.parametrize("fmt", ["odt", "", "../pdf", "blocks"])
def test_unknown_format_raises(fmt):
    with pytest.raises(UnknownFormat):
        base.render(small(), fmt)
    with pytest.raises(UnknownFormat):
        base.filename("org", "plan", fmt)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("tejiendo-barrios", "tejiendo-barrios_plan.pdf"),
        ("../../etc/Niñez «X»", "etcninez-x_plan.pdf"),
        ("", "organizacion_plan.pdf"),
        ("a" * 90, "a" * 60 + "_plan.pdf"),
    ],
)
def test_filename_is_safe(slug, name):
    assert base.filename(slug, deliverable().key, "pdf") == name


def test_same_content_is_rendered_once(counted):
    first = base.render_cached(small(Heading(1, "Uno")), "xlsx")
    assert base.render_cached(small(Heading(1, "Uno")), "xlsx") == first
    base.render_cached(small(Heading(1, "Dos")), "xlsx")
    base.render_cached(small(Heading(1, "Uno")), "html")
    assert counted == ["xlsx", "xlsx", "html"]
    assert first[1] == base.etag(small(Heading(1, "Uno")), "xlsx")


def test_threads_that_want_the_same_render_it_once(counted):
    document, results = small(Heading(1, "Uno"), Paragraph("x")), []
    threads = [
        threading.Thread(target=lambda: results.append(base.render_cached(document, "xlsx")[0])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == ["xlsx"]
    assert len(set(results)) == 1


def test_default_cache_serves_where_there_is_none_for_exports(settings, counted):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    base.render_cached(small(), "html")
    base.render_cached(small(), "html")
    assert counted == ["html"]
    assert caches["default"].get(f"exports:{base.etag(small(), 'html')}")


def test_etag_changes_with_content_format_and_writers(monkeypatch):
    tags = {base.etag(small(), "pdf"), base.etag(small(), "docx"), base.etag(small(Heading(1, "x")), "pdf")}
    monkeypatch.setattr(base, "writer_version", lambda: "otra")
    tags.add(base.etag(small(), "pdf"))
    assert len(tags) == 4
