"""Included at o/<slug:org>/compartir/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.links, name="compartir"),
    path("<int:pk>/revocar/", views.revoke, name="revocar-enlace"),
]
