from django.urls import path

from . import views

urlpatterns = [
    path("", views.diagnosis, name="resultados"),
    path("captura/", views.quick_entry, name="captura-de-respuestas"),
    path("aportar/", views.contribute, name="aportar-estrategia"),
    path("parecidas/", views.look_alikes, name="estrategias-parecidas"),
    path("parecidas/<int:pk>/recuperar/", views.suggest_again, name="volver-a-sugerir"),
    path("parecidas/<int:pk>/<int:other>/unir/", views.merge, name="unir-estrategias"),
    path("parecidas/<int:pk>/<int:other>/distinguir/", views.tell_apart, name="distinguir-estrategias"),
    path("estrategias/nueva/", views.strategy, name="nueva-estrategia"),
    path("estrategias/<int:pk>/", views.strategy, name="estrategia"),
    path("estrategias/<int:pk>/borrar/", views.delete_strategy, name="borrar-estrategia"),
    path("estrategias/<int:pk>/separar/", views.separate, name="separar-estrategia"),
    path("estrategias/<int:pk>/igual/", views.choose_equal, name="elegir-igual"),
    path("transversales/", views.cross_cutting, name="transversales"),
    path("transversales/<int:pk>/", views.served_lines, name="lineas-de-estrategia"),
    path("transversales/<int:pk>/acuerdo/", views.agreement, name="acuerdo"),
]
