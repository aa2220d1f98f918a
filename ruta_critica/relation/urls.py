"""Included under `o/<slug:org>/ruta/aliados/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/bitacora/", views.journal, name="aliado-bitacora"),
    path("bitacora/<uuid:entry>/", views.entry, name="entrada-de-bitacora"),
    path("<int:pk>/salud/", views.alliance_health, name="aliado-salud"),
    path("<int:pk>/salud/nueva/", views.new_check, name="nueva-salud"),
    path("salud/<int:pk>/", views.check, name="revision-de-salud"),
    path("<int:pk>/relacion/<slug:key>.<slug:fmt>", views.document, name="aliado-relacion-documento"),
    path("<slug:what>/<int:pk>/borrar/", views.delete, name="borrar-de-la-relacion"),
    path("<slug:what>/<int:pk>/recuperar/", views.restore, name="recuperar-de-la-relacion"),
]
