"""Files and photos of a worksheet: a closed list of types, judged by content."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope
from PIL import Image

from alianzas.models import Photo
from sessions_app.models import AnswerFile
from sessions_app.worksheets import files
from sessions_app.worksheets.text import Invalid
from tests import factories as make


def upload(name, content):
    return SimpleUploadedFile(name, content)


def package(parts, compression=zipfile.ZIP_DEFLATED):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.pdf", b"%PDF-1.7 hola", "a.pdf"),
        ("a.docx", package(DOCX), "a.docx"),
        ("libro.xlsx", package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}), "libro.xlsx"),
        ("p.pptx", package({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "p.pptx"),
        ("t.odt", package({"mimetype": files.OPEN + "text", "content.xml": "<o/>"}), "t.odt"),
        ("s.ods", package({"mimetype": files.OPEN + "spreadsheet", "content.xml": "<o/>"}), "s.ods"),
        ("nota.txt", "Acuerdos de la sesión\n".encode(), "nota.txt"),
        ("foto.webp", make.picture_bytes(format="WEBP"), "foto.jpg"),
        ("dibujo.png", make.picture_bytes(), "dibujo.jpg"),
        ("disfraz.exe", package(DOCX), "disfraz.docx"),
        ("../../etc/clave\x00.pdf", b"%PDF-1.4", "clave.pdf"),
    ],
)
def test_files_of_the_list_are_kept_under_a_safe_name(name, content, kept):
    assert files.checked(upload(name, content)).name == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programa.exe", b"MZ\x90\x00\x03"),
        ("programa.pdf", b"MZ\x90\x00\x03"),
        ("programa.txt", b"MZ\x90\x00\x03"),
        ("guion.sh", b"#!/bin/sh\nrm"),
        ("guion.txt", b"#!/bin/sh\nrm"),
        ("dibujo.svg", b"<svg onload='x()'/>"),
        ("pagina.html", b"<!doctype html><script>x()</script>"),
        ("pagina.txt", b"  <html><script>x()</script>"),
        ("datos.zip", package({"a.txt": "x"})),
        ("roto.docx", b"PK\x03\x04 no es un zip"),
        ("vacio.txt", b""),
        ("foto.png", b"\x89PNG\r\n\x1a\n nada"),
        ("macros.docx", package(DOCX | {"word/vbaProject.bin": "x"})),
        ("bomba.docx", package(DOCX | {"word/media/a": b"\0" * 30_000_000})),
        ("muchas.docx", package(DOCX | {f"p{n}": "" for n in range(4100)})),
        ("otra.odt", package({"mimetype": "application/zip", "content.xml": "x"})),
        ("grande.pdf", b"%PDF-" + b"0" * files.MAX_BYTES),
    ],
)
def test_everything_else_is_refused_with_a_message(name, content):
    with pytest.raises(Invalid) as refused:
        files.checked(upload(name, content))
    assert str(refused.value)


def address(org, name, *more):
    return reverse(name, args=[org.slug, "3", "S3.2", "dibujo", *more])


def test_a_file_is_kept_and_comes_out_only_as_a_download(login, cast, org, other_org):
    client = login(cast.editor)
    client.post(address(org, "planilla-archivos"), {"archivo": upload("ruta <1>.pdf", b"%PDF-1.7 ruta")})
    with scope(organization=org):
        row = AnswerFile.objects.get()
    page = client.get(reverse("planilla", args=[org.slug, "3", "S3.2"])).content.decode()
    assert "ruta &lt;1&gt;.pdf" in page
    taken = login(cast.viewer).get(address(org, "planilla-archivo", row.pk))
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 ruta"
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert taken["Content-Type"] == "application/pdf"
    assert login(cast.stranger).get(address(other_org, "planilla-archivo", row.pk)).status_code == 404


def test_a_file_of_another_prompt_is_404(as_editor, org):
    as_editor.post(address(org, "planilla-archivos"), {"archivo": upload("a.pdf", b"%PDF-1.7")})
    with scope(organization=org):
        row = AnswerFile.objects.get()
    assert (
        as_editor.get(reverse("planilla-archivo", args=[org.slug, "5", "S5.5", "c_archivo", row.pk])).status_code == 404
    )


def test_a_refused_file_says_why_and_leaves_nothing(as_editor, org):
    said = as_editor.post(address(org, "planilla-archivos"), {"archivo": upload("x.svg", b"<svg/>")}, follow=True)
    assert "no se puede subir" in said.content.decode()
    assert "Elige primero" in as_editor.post(address(org, "planilla-archivos"), follow=True).content.decode()
    with scope(organization=org):
        assert not AnswerFile.objects.exists()


def test_deleting_a_file_deletes_it_from_disk(as_editor, org, django_capture_on_commit_callbacks):
    as_editor.post(address(org, "planilla-archivos"), {"archivo": upload("a.pdf", b"%PDF-1.7")})
    with scope(organization=org):
        row = AnswerFile.objects.get()
    storage, name = row.file.storage, row.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        as_editor.post(address(org, "planilla-borrar-archivo", row.pk))
    assert not storage.exists(name)


def test_a_photo_of_the_wall_loses_its_metadata_and_hangs_from_its_activity(as_editor, org):
    exif = Image.Exif()
    exif[0x010E] = "lugar secreto"
    picture = upload("pared.jpg", make.picture_bytes(format="JPEG", exif=exif))
    url = reverse("planilla-foto", args=[org.slug, "2", "S2.3", "mapa"])
    as_editor.post(url, {"picture": picture, "caption": "La pared", "has_consent": "on"})
    with scope(organization=org):
        photo = Photo.objects.get()
    assert (photo.activity_key, photo.caption, photo.has_consent) == ("S2.3", "La pared", True)
    assert not photo.in_plan  # it may name who is at risk
    with photo.image.open() as kept:
        assert b"secreto" not in kept.read()
    assert "La pared" in as_editor.get(reverse("planilla", args=[org.slug, "2", "S2.3"])).content.decode()


def test_what_is_not_a_picture_is_not_a_photo(as_editor, org):
    url = reverse("planilla-foto", args=[org.slug, "2", "S2.3", "mapa"])
    said = as_editor.post(url, {"picture": upload("pared.jpg", b"nada")}, follow=True)
    assert "no es una imagen" in said.content.decode()
    with scope(organization=org):
        assert not Photo.objects.exists()
