"""Included under `o/<slug:org>/ruta/`."""

from django.urls import path

from . import route_views

urlpatterns = [
    path("", route_views.route, name="ruta"),
]
