from django.urls import include, path

from . import plan_views, views

urlpatterns = [
    path("", plan_views.road, name="camino"),
    path("resultados/", include("plans.diagnosis.urls")),
    path("resultados/", include("plans.ballots.urls")),
    path("resultados/posibilidad/", include("plans.possibility.urls")),
    path("resultados/mapa/", views.outcome_map, name="mapa-de-resultados"),
    path("resultados/mapa/nuevo/<int:pk>/", views.new_outcome_row, name="nuevo-renglon"),
    path("resultados/mapa/<int:pk>/", views.outcome_row, name="renglon"),
    path("resultados/mapa/<int:pk>/borrar/", views.delete_outcome_row, name="borrar-renglon"),
    path("resultados/participantes/", views.participants, name="participantes"),
    path("resultados/participantes/<int:pk>/borrar/", views.delete_participant, name="borrar-participante"),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/documento/", plan_views.plan_preview, name="plan-documento"),
]
