"""Included at o/<slug:org>/reportes/."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.reports, name="reportes"),
    path("<int:pk>/", views.report, name="reporte"),
    path("<int:pk>/reporte.<slug:fmt>", views.download, name="reporte-archivo"),
    re_path(r"^(?P<pk>\d{1,18})/(?P<way>quitar|recuperar)/$", views.set_withdrawn, name="retirar-reporte"),
]
