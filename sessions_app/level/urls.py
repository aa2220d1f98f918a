from django.urls import path

from . import views

urlpatterns = [
    path("", views.level, name="nivel"),
    path("pesos/", views.weights, name="pesos-de-momentos"),
]
