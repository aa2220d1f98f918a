from django.urls import path

from . import views

urlpatterns = [
    path("", views.cases, name="biblioteca"),
    path("casos/nuevo/", views.case, name="nuevo-caso"),
    path("casos/<int:pk>/", views.case, name="caso"),
    path("casos/<int:pk>/borrar/", views.delete_case, name="borrar-caso"),
    path("paquetes/", views.packages, name="paquetes"),
    path("glosario/", views.glossary, name="glosario"),
]
