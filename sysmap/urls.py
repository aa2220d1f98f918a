from django.urls import path

from . import views

urlpatterns = [
    path("", views.system_map, name="mapa"),
    path("actores/nuevo/", views.actor, name="nuevo-actor"),
    path("actores/<int:pk>/", views.actor, name="actor"),
    path("actores/<int:pk>/borrar/", views.delete, name="borrar-actor"),
]
