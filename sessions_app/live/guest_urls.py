"""Included under `t/`. What names a `door` goes through the lock (`alianzas/tenancy.py`)."""

from django.urls import path, re_path

from . import guest_views as views
from . import stream_views
from .codes import KEY

DOOR = rf"^(?P<door>{KEY})/"

urlpatterns = [
    path("", views.code, name="taller-codigo"),
    re_path(r"^(?P<typed>[A-Za-z0-9-]{4,10})/$", views.code, name="taller-codigo-escrito"),
    re_path(DOOR + "$", views.participant, name="taller-participante"),
    re_path(DOOR + "entrar/$", views.enter, name="taller-entrar"),
    re_path(DOOR + r"preguntas/(?P<pk>\d{1,18})/notas/$", views.write, name="taller-nota-nueva"),
    re_path(DOOR + r"preguntas/(?P<pk>\d{1,18})/notas/(?P<note>[0-9a-f-]{36})/$", views.rewrite, name="taller-nota"),
    re_path(DOOR + r"escenas/(?P<stage>[a-z-]{1,20})/$", views.contribute, name="taller-aporte"),
    re_path(DOOR + "equipo/$", views.team, name="taller-equipo"),
    re_path(DOOR + "pared/$", views.wall, name="taller-participante-pared"),
    re_path(DOOR + "vivo/$", stream_views.guest_stream, name="taller-participante-vivo"),
    re_path(DOOR + "version/$", stream_views.guest_version, name="taller-participante-version"),
]
