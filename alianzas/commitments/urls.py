"""Included at o/<slug:org>/compromisos/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.commitments, name="compromisos"),
    path("nuevo/", views.commitment, name="nuevo-compromiso"),
    path("<int:pk>/", views.commitment, name="compromiso"),
    path("<int:pk>/estado/", views.set_status, name="estado-de-compromiso"),
    path("<int:pk>/borrar/", views.delete_commitment, name="borrar-compromiso"),
    path("compromisos.ics", views.calendar, name="compromisos-ics"),
    path("calendario/", views.shared_calendars, name="calendario-compartido"),
    path("calendario/crear/", views.share_calendar, name="crear-calendario"),
    path("calendario/<int:pk>/revocar/", views.revoke_calendar, name="revocar-calendario"),
]
