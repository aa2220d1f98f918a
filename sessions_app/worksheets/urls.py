"""Included under `o/<slug:org>/sesiones/<str:session>/planillas/`."""

from django.urls import path

from . import upload_views, views

FIELD = "<str:activity>/<slug:field>/"

urlpatterns = [
    path("", views.index, name="planillas"),
    path("<str:activity>/", views.worksheet, name="planilla"),
    path("<str:activity>/revisada/", views.review, name="planilla-revisada"),
    path(FIELD, views.field, name="planilla-campo"),
    path(FIELD + "versiones/", views.history, name="planilla-versiones"),
    path(FIELD + "archivos/", upload_views.add_file, name="planilla-archivos"),
    path(FIELD + "archivos/<int:pk>/", upload_views.download, name="planilla-archivo"),
    path(FIELD + "archivos/<int:pk>/borrar/", upload_views.delete_file, name="planilla-borrar-archivo"),
    path(FIELD + "foto/", upload_views.add_photo, name="planilla-foto"),
]
