"""Included at o/<slug:org>/plan-de-trabajo/."""

from django.urls import path, re_path

from . import sheet_views, views

urlpatterns = [
    path("", views.plan, name="plan-de-trabajo"),
    path("actividades/nueva/", views.item, name="nueva-actividad-de-trabajo"),
    path("actividades/<int:pk>/", views.item, name="actividad-de-trabajo"),
    path("actividades/<int:pk>/borrar/", views.delete_item, name="borrar-actividad-de-trabajo"),
    re_path(
        r"^actividades/(?P<pk>\d{1,18})/(?P<step>subir|bajar)/$", views.move_item, name="mover-actividad-de-trabajo"
    ),
    path("proponer/", views.propose, name="proponer-plan-de-trabajo"),
    path("excel/", sheet_views.upload, name="subir-plan-de-trabajo"),
    path("excel/aplicar/", sheet_views.apply, name="aplicar-plan-de-trabajo"),
    path("calendario.ics", views.calendar, name="calendario-de-trabajo"),
]
