"""Included under `t/`. What names a `door` goes through the lock (`alianzas/tenancy.py`)."""

from django.urls import path, re_path

from . import guest_views as views
from .codes import KEY

DOOR = rf"^(?P<door>{KEY})/"

urlpatterns = [
    path("", views.code, name="taller-codigo"),
    re_path(r"^(?P<typed>[A-Za-z0-9-]{4,10})/$", views.code, name="taller-codigo-escrito"),
    re_path(DOOR + "$", views.participant, name="taller-participante"),
    re_path(DOOR + "entrar/$", views.enter, name="taller-entrar"),
]
