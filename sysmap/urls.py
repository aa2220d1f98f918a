from django.urls import path

from . import sheet_views, views

urlpatterns = [
    path("", views.system_map, name="mapa"),
    path("actores/nuevo/", views.actor, name="nuevo-actor"),
    path("actores/<int:pk>/", views.actor, name="actor"),
    path("actores/<int:pk>/borrar/", views.delete, name="borrar-actor"),
    path("matriz/excel/", sheet_views.upload, name="subir-matriz"),
    path("matriz/excel/aplicar/", sheet_views.apply, name="aplicar-matriz"),
]
