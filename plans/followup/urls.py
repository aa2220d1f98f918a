"""Included at o/<slug:org>/seguimiento/."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.follow_up, name="seguimiento"),
    path("<int:pk>/", views.marker, name="bitacora"),
    path("<int:pk>/anotar/", views.tap, name="anotar-avance"),
    path("<int:pk>/avances/<int:number>/", views.check, name="corregir-avance"),
    re_path(
        r"^(?P<pk>\d{1,18})/avances/(?P<number>\d{1,18})/(?P<way>quitar|recuperar)/$",
        views.set_withdrawn,
        name="retirar-avance",
    ),
    path("<int:pk>/avances/<int:number>/documento/", views.document, name="documento-de-avance"),
]
