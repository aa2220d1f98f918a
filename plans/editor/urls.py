from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.editor, name="plan"),
    path("textos/<slug:key>/", views.write, name="plan-texto"),
    re_path(
        r"^textos/(?P<key>[\w-]{1,40})/(?P<decision>tomar|conservar|recuperar)/$",
        views.decide,
        name="plan-texto-decision",
    ),
    path("secciones/<slug:key>/revisada/", views.review, name="plan-seccion-revisada"),
    re_path(r"^fotos/(?P<pk>\d{1,18})/(?P<action>elegir|quitar|subir|bajar)/$", views.photo, name="plan-foto"),
    path("documento/", views.preview, name="plan-documento"),
    path("documento/<slug:key>/", views.part, name="plan-seccion"),
    path("origen/", views.where_from, name="plan-origen"),
    path("origen/<slug:key>/", views.where_from, name="plan-origen-seccion"),
]
