"""Rows of the session record, for its tests."""

from itertools import count

from django.core.files.base import ContentFile
from django.urls import reverse
from django_scopes import scope

from alianzas.models import Commitment, Photo
from sessions_app.models import Attendance, ProductMark, SessionDesign
from tests import factories as make

_number = count(1)


def at(org, name, *args, session="1"):
    """An address of the record of a session."""
    return reverse(name, args=[org.slug, session, *args])


def keep(row):
    with scope(organization=row.organization):
        row.save()
    return row


def person(org, post=None, session_key="1", **facts):
    return keep(Attendance(organization=org, session_key=session_key, post=post or f"Puesto {next(_number)}", **facts))


def photo(org, activity_key="S1.2", caption="La pared", **facts):
    image = ContentFile(make.picture_bytes((6, 4), format="JPEG"), name="foto.jpg")
    return keep(Photo(organization=org, activity_key=activity_key, caption=caption, image=image, **facts))


def step(org, source="S1", title=None, **facts):
    return keep(Commitment(organization=org, source=source, title=title or f"Paso {next(_number)}", **facts))


def mark(org, product=0, session_key="1"):
    return keep(ProductMark(organization=org, session_key=session_key, product=product))


def sittings(org, *found, session_key="1"):
    return keep(SessionDesign(organization=org, session_key=session_key, sittings=list(found)))
