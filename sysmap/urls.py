from django.urls import path, re_path

from . import actor_views, analysis_views, ideal_views, matrix_views, moment_views, views

urlpatterns = [
    path("", views.system_map, name="mapa"),
    path("actores/", actor_views.actors, name="actores"),
    path("actores/traer/", actor_views.bring, name="traer-actores"),
    path("actores/unir/", actor_views.merge, name="unir-actores"),
    path("actores/distintos/", actor_views.tell_apart, name="distinguir-actores"),
    path("actores/nuevo/", views.actor, name="nuevo-actor"),
    path("actores/<int:pk>/", views.actor, name="actor"),
    path("actores/<int:pk>/borrar/", views.delete, name="borrar-actor"),
    path("actores/retirados/<int:pk>/traer/", actor_views.restore, name="traer-de-vuelta"),
    path("fichas/<uuid:actor>/", views.record, name="ficha-de-actor"),
    path("fichas/<uuid:actor>/mover/", views.move, name="mover-actor"),
    path("matriz/", matrix_views.matrix, name="matriz"),
    path("matriz/pegar/", matrix_views.paste, name="pegar-en-la-matriz"),
    path("matriz/celdas/<int:pk>/<slug:column>/", matrix_views.cell, name="celda"),
    re_path(r"^matriz/marcas/(?P<pk>\d{1,18})/(?P<what>informal|matriz)/$", matrix_views.toggle, name="marcar-actor"),
    path("fases/<int:number>/", matrix_views.phase, name="fase-de-la-matriz"),
    path("ideal/", ideal_views.ideal, name="mapa-ideal"),
    path("ideal/papeles/nuevo/", ideal_views.missing_role, name="nuevo-papel"),
    path("ideal/papeles/<int:pk>/", ideal_views.missing_role, name="papel"),
    path("ideal/papeles/<int:pk>/borrar/", ideal_views.delete_missing_role, name="borrar-papel"),
    path("momentos/", moment_views.moments, name="momentos"),
    path("momentos/<int:pk>/", moment_views.moment, name="momento"),
    path("momentos/<int:pk>/retirar/", moment_views.withdraw, {"is_withdrawn": True}, name="retirar-momento"),
    path("momentos/<int:pk>/reponer/", moment_views.withdraw, {"is_withdrawn": False}, name="reponer-momento"),
    path("comparar/", moment_views.comparison, name="comparar"),
    path("comparar/<int:pk>/razon/", moment_views.reason, name="razon-de-un-cambio"),
    path("comparar/documento.<slug:fmt>", moment_views.document, name="comparacion-documento"),
    path("analisis/", analysis_views.analysis, name="analisis-del-mapa"),
]
