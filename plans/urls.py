from django.urls import include, path, re_path

from . import plan_views, views
from .outcomes import views as outcome_views

urlpatterns = [
    path("", plan_views.road, name="camino"),
    path("resultados/", views.diagnosis, name="resultados"),
    path("resultados/estrategias/nueva/", views.strategy, name="nueva-estrategia"),
    path("resultados/estrategias/<int:pk>/", views.strategy, name="estrategia"),
    path("resultados/estrategias/<int:pk>/borrar/", views.delete_strategy, name="borrar-estrategia"),
    path("resultados/transversales/", views.cross_cutting, name="transversales"),
    path("resultados/transversales/<int:pk>/", views.served_lines, name="lineas-de-estrategia"),
    path("resultados/prioridades/", views.priorities, name="prioridades"),
    re_path(
        r"^resultados/prioridades/(?P<pk>\d{1,18})/(?P<step>agregar|quitar|subir|bajar)/$",
        views.set_priority,
        name="prioridad",
    ),
    path("resultados/mapa/", views.outcome_map, name="mapa-de-resultados"),
    path("resultados/plazos/", outcome_views.horizons, name="plazos"),
    path("resultados/mapa/nuevo/<int:pk>/", views.new_outcome_row, name="nuevo-renglon"),
    path("resultados/mapa/<int:pk>/", views.outcome_row, name="renglon"),
    path("resultados/mapa/<int:pk>/borrar/", views.delete_outcome_row, name="borrar-renglon"),
    path("resultados/participantes/", views.participants, name="participantes"),
    path("resultados/participantes/<int:pk>/borrar/", views.delete_participant, name="borrar-participante"),
    path("plan/", include("plans.editor.urls")),
    path("plan/versiones/", include("plans.versions.urls")),
]
