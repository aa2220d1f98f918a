from django.urls import path

from . import views

urlpatterns = [
    path("", views.cases, name="biblioteca"),
    path("casos/nuevo/", views.case, name="nuevo-caso"),
    path("casos/<int:pk>/", views.case, name="caso"),
    path("casos/<int:pk>/borrar/", views.delete_case, name="borrar-caso"),
    path("consideraciones/", views.considerations, name="consideraciones"),
    path("consideraciones/<slug:field>/", views.consideration, name="consideracion"),
    path("consideraciones/<slug:field>/versiones/", views.earlier_consideration, name="consideracion-versiones"),
    path("paquetes/", views.packages, name="paquetes"),
    path("glosario/", views.glossary, name="glosario"),
]
