"""Uploaded pictures."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope
from PIL import Image

from alianzas import images
from alianzas.models import Photo
from tests import factories as make


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def with_gps():
    exif = Image.Exif()
    exif[0x010E] = "Casa de seguridad"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6  # the camera was turned
    return make.picture_bytes((80, 40), format="JPEG", exif=exif.tobytes())


def test_metadata_is_gone_and_the_photo_upright():
    clean = images.clean_photo(upload(with_gps())).read()
    assert b"seguridad" not in clean
    picture = Image.open(BytesIO(clean))
    assert not picture.getexif()
    assert picture.size == (40, 80)


def test_heic_of_a_phone_is_read():
    assert images.clean_photo(upload(make.picture_bytes((64, 64), format="HEIF"))).read()[:2] == b"\xff\xd8"


def test_a_photo_is_reduced():
    picture = Image.open(images.clean_photo(upload(make.picture_bytes((4000, 1000)))))
    assert picture.size == (1600, 400)


def test_a_logo_keeps_its_transparency():
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    clean = Image.open(images.clean_logo(upload(written.getvalue())))
    assert clean.mode == "RGBA"
    assert clean.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("content", [b"", b"texto", b"GIF89a" + b"\0" * 20, b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError, match="no es una imagen"):
        images.clean_photo(upload(content))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened():
    with pytest.raises(ValidationError, match="demasiados pixeles"):
        images.clean_photo(upload(make.picture_bytes((9000, 9000), colour=0)))


def test_a_heavy_file_is_refused():
    with pytest.raises(ValidationError, match="12 MB"):
        images.clean_photo(upload(b"\0" * (images.MAX_BYTES + 1)))


def test_a_photo_needs_consent_to_enter_the_plan(as_editor, org):
    data = {"picture": upload(with_gps()), "caption": "La pared", "in_plan": "on"}
    answer = as_editor.post(reverse("fotos", args=[org.slug]), data)
    assert answer.status_code == 422
    assert "confirma que hay consentimiento" in answer.content.decode()


def test_a_photo_is_kept_shown_and_deleted_with_its_file(as_editor, org, django_capture_on_commit_callbacks):
    data = {"picture": upload(with_gps()), "caption": "La pared", "in_plan": "on", "has_consent": "on"}
    assert as_editor.post(reverse("fotos", args=[org.slug]), data).status_code == 302
    with scope(organization=org):
        photo = Photo.objects.get()
    shown = as_editor.get(reverse("foto", args=[org.slug, photo.pk]))
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in shown.headers["Cache-Control"]
    with django_capture_on_commit_callbacks(execute=True):
        as_editor.post(reverse("borrar-foto", args=[org.slug, photo.pk]))
    assert not photo.image.storage.exists(photo.image.name)


def test_what_is_said_of_a_photo_is_corrected_later(as_editor, org):
    data = {"picture": upload(with_gps()), "caption": "La pared", "in_plan": "on", "has_consent": "on"}
    as_editor.post(reverse("fotos", args=[org.slug]), data)
    with scope(organization=org):
        photo = Photo.objects.get()
    page = reverse("cambiar-foto", args=[org.slug, photo.pk])
    assert page in as_editor.get(reverse("fotos", args=[org.slug])).content.decode()
    assert 'alt="La pared"' in as_editor.get(page).content.decode()
    assert as_editor.post(page, {"caption": "<i>El mural</i>", "has_consent": "on"}).status_code == 302
    shown = as_editor.get(reverse("fotos", args=[org.slug])).content.decode()
    assert 'alt="&lt;i&gt;El mural&lt;/i&gt;"' in shown
    assert "En el Plan" not in shown
    with scope(organization=org):
        assert Photo.objects.get().image.name == photo.image.name


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"caption": ""}, "obligatorio"),
        ({"caption": "a" * 201}, "200 caracteres"),
        ({"caption": "La pared", "in_plan": "on"}, "confirma que hay consentimiento"),
    ],
)
def test_a_bad_correction_is_said_and_changes_nothing(as_editor, org, data, said):
    as_editor.post(reverse("fotos", args=[org.slug]), {"picture": upload(with_gps()), "caption": "La pared"})
    with scope(organization=org):
        photo = Photo.objects.get()
    answer = as_editor.post(reverse("cambiar-foto", args=[org.slug, photo.pk]), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(organization=org):
        assert Photo.objects.values("caption", "in_plan").get() == {"caption": "La pared", "in_plan": False}


def test_photos_of_others_are_404(login, cast, org, as_editor):
    data = {"picture": upload(with_gps()), "caption": "La pared", "has_consent": "on"}
    as_editor.post(reverse("fotos", args=[org.slug]), data)
    with scope(organization=org):
        photo = Photo.objects.get()
    assert login(cast.stranger).get(reverse("foto", args=[org.slug, photo.pk])).status_code == 404
