from django.urls import path, re_path

from . import views

urlpatterns = [
    path("prioridades/", views.priorities, name="prioridades"),
    re_path(
        r"^prioridades/(?P<pk>\d{1,18})/(?P<step>agregar|quitar|subir|bajar)/$", views.set_priority, name="prioridad"
    ),
    path("votaciones/abrir/", views.open_round, name="abrir-votacion"),
    path("votaciones/<int:pk>/", views.one_round, name="votacion"),
    path("votaciones/<int:pk>/avance/", views.round_progress, name="avance-de-votacion"),
    path("votaciones/<int:pk>/votar/", views.vote, name="votar"),
    path("votaciones/<int:pk>/papeleta/", views.paper, name="papeleta"),
    path("votaciones/<int:pk>/papeletas/", views.papers, name="papeletas"),
    path("votaciones/<int:pk>/cerrar/", views.close_round, name="cerrar-votacion"),
    path("votaciones/<int:pk>/cancelar/", views.cancel_round, name="cancelar-votacion"),
    path("votaciones/<int:pk>/desempatar/<int:number>/", views.break_tie, name="desempatar"),
    path("votaciones/<int:pk>/aceptar/", views.accept_ranking, name="aceptar-resultado"),
    path("votaciones/<int:pk>/retirar/", views.take_back_ranking, name="retirar-resultado"),
]
