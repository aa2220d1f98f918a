from django.urls import include, path

from . import plan_views, views
from .outcomes import views as outcome_views
from .pack import views as pack_views

urlpatterns = [
    path("", plan_views.road, name="camino"),
    path("resultados/", include("plans.diagnosis.urls")),
    path("resultados/", include("plans.ballots.urls")),
    path("resultados/posibilidad/", include("plans.possibility.urls")),
    path("resultados/mapa/", views.outcome_map, name="mapa-de-resultados"),
    path("resultados/plazos/", outcome_views.horizons, name="plazos"),
    path("resultados/mapa/nuevo/<int:pk>/", views.new_outcome_row, name="nuevo-renglon"),
    path("resultados/mapa/<int:pk>/", views.outcome_row, name="renglon"),
    path("resultados/mapa/<int:pk>/borrar/", views.delete_outcome_row, name="borrar-renglon"),
    path("resultados/participantes/", views.participants, name="participantes"),
    path("resultados/participantes/<int:pk>/borrar/", views.delete_participant, name="borrar-participante"),
    path("plan/", include("plans.editor.urls")),
    path("plan/versiones/", include("plans.versions.urls")),
    path("seguimiento/", include("plans.followup.urls")),
    path("reportes/", include("plans.reports.urls")),
    path("entregables.zip", pack_views.everything, name="entregables-zip"),
    path("compartir/", include("plans.sharing.urls")),
]
