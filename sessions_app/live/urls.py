"""Included under `o/<slug:org>/sesiones/<session:session>/taller/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.control, name="taller"),
    path("abrir/", views.open_run, name="taller-abrir"),
    path("cerrar/", views.close_run, name="taller-cerrar"),
    path("puerta/", views.door, name="taller-puerta"),
    path("personas/<int:pk>/sacar/", views.expel, name="taller-sacar"),
    path("personas/<int:pk>/readmitir/", views.readmit, name="taller-readmitir"),
]
