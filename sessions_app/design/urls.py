"""Included under `o/<slug:org>/sesiones/<str:session>/carta/`."""

from django.urls import path, re_path

from . import block_views, views

urlpatterns = [
    path("", views.carta, name="carta"),
    path("encabezado/", views.header, name="carta-encabezado"),
    path("notas/", views.notes, name="carta-notas"),
    path("omitir/", views.skip, name="carta-omitir"),
    path("retomar/", views.restore, name="carta-retomar"),
    path("orden/", views.reorder, name="carta-orden"),
    path("comida/", views.add_meal, name="carta-comida"),
    path("dos-jornadas/", views.split, name="carta-dos-jornadas"),
    path("una-jornada/", views.join, name="carta-una-jornada"),
    path("restablecer/", views.reset, name="carta-restablecer"),
    path("retraso/", views.delay, name="carta-retraso"),
    path("retraso/deshacer/", views.undo_delay, name="carta-deshacer"),
    path("bloques/nuevo/", block_views.new_block, name="carta-nuevo-bloque"),
    path("bloques/<str:block>/", block_views.block, name="carta-bloque"),
    path("bloques/<str:block>/minutos/", block_views.minutes, name="carta-minutos"),
    path("bloques/<str:block>/hora/", block_views.lock, name="carta-hora"),
    path("bloques/<str:block>/omitir/", block_views.skip, name="carta-omitir-bloque"),
    path("bloques/<str:block>/retomar/", block_views.restore, name="carta-retomar-bloque"),
    path("bloques/<str:block>/dividir/", block_views.divide, name="carta-dividir-bloque"),
    path("bloques/<str:block>/borrar/", block_views.delete, name="carta-borrar-bloque"),
    re_path(r"^bloques/(?P<block>[^/]+)/(?P<step>subir|bajar)/$", block_views.move, name="carta-mover-bloque"),
]
