from django.urls import path, re_path

from . import deliverable_views, team_views, views

urlpatterns = [
    path("organizacion/", views.organization, name="organizacion"),
    path("organizacion/lineas/nueva/", views.line, name="nueva-linea"),
    path("organizacion/lineas/<int:pk>/", views.line, name="linea"),
    re_path(r"^organizacion/lineas/(?P<pk>\d{1,18})/(?P<step>subir|bajar)/$", views.move_line, name="mover-linea"),
    path("organizacion/lineas/<int:pk>/borrar/", views.delete_line, name="borrar-linea"),
    path("organizacion/equipo/", team_views.team, name="equipo"),
    path("organizacion/equipo/<int:pk>/quitar/", team_views.remove, name="quitar-del-equipo"),
    path("organizacion/equipo/invitaciones/<int:pk>/retirar/", team_views.withdraw, name="retirar-invitacion"),
    path("organizacion/logo.png", views.logo, name="logo"),
    path("organizacion/identidad.css", views.identity_css, name="identidad-css"),
    path("organizacion/fotos/", views.photos, name="fotos"),
    path("organizacion/fotos/<int:pk>.jpg", views.photo, name="foto"),
    path("organizacion/fotos/<int:pk>/", views.change_photo, name="cambiar-foto"),
    path("organizacion/fotos/<int:pk>/borrar/", views.delete_photo, name="borrar-foto"),
    path("entregables/version-completa/", deliverable_views.full_version, name="version-completa"),
    path("entregables/<slug:key>.<slug:fmt>", deliverable_views.download, name="entregable"),
]
