"""Included under `o/<slug:org>/ruta/`."""

from django.urls import include, path

from . import closing_views, plenary_views, route_views, views

CLOSING = "aliados/<int:pk>/cierre/"
STEP = "aliados/<int:pk>/pasos/<slug:step>/"

urlpatterns = [
    path("", route_views.route, name="ruta"),
    path("plenaria/", plenary_views.boards, name="plenaria"),
    path("plenaria/<slug:step>/", plenary_views.boards, name="plenaria-paso"),
    path("aliados/", views.allies, name="aliados"),
    path("aliados/elegir/<uuid:actor>/", views.choose, name="elegir-aliado"),
    path("aliados/<int:pk>/", views.ally, name="aliado"),
    path("aliados/<int:pk>/quitar/", views.remove, name="quitar-aliado"),
    path("aliados/<int:pk>/decision/", views.decide, name="decidir-aliado"),
    path("aliados/<int:pk>/documentos/<slug:key>.<slug:fmt>", views.document, name="aliado-documento"),
    path("aliados/", include("ruta_critica.relation.urls")),
    path(CLOSING, closing_views.assistant, name="aliado-cierre"),
    path(CLOSING + "cerrar/", closing_views.close, name="cerrar-aliado"),
    path(CLOSING + "<slug:field>/", closing_views.answer, name="aliado-cierre-respuesta"),
    path(CLOSING + "<slug:field>/versiones/", closing_views.earlier, name="aliado-cierre-versiones"),
    path(STEP, views.step, name="aliado-paso"),
    path(STEP + "<slug:field>/", views.answer, name="aliado-respuesta"),
    path(STEP + "<slug:field>/versiones/", views.earlier, name="aliado-versiones"),
    path(STEP + "<slug:field>/marca/", views.mark, name="aliado-marca"),
    path(STEP + "<slug:field>/marca/documento/", views.evidence, name="aliado-evidencia"),
    path(STEP + "<slug:field>/archivos/", views.add_file, name="aliado-archivos"),
    path(STEP + "<slug:field>/archivos/<int:file>/", views.download, name="aliado-archivo"),
    path(STEP + "<slug:field>/archivos/<int:file>/borrar/", views.delete_file, name="aliado-borrar-archivo"),
]
