"""Included under `o/<slug:org>/sesiones/<session:session>/taller/`."""

from django.urls import path

from . import board_views, stage_views, stream_views, views

urlpatterns = [
    path("", views.control, name="taller"),
    path("pared/", views.wall, name="pared"),
    path("vivo/", stream_views.member_stream, name="taller-vivo"),
    path("version/", stream_views.member_version, name="taller-version"),
    path("abrir/", views.open_run, name="taller-abrir"),
    path("cerrar/", views.close_run, name="taller-cerrar"),
    path("puerta/", views.door, name="taller-puerta"),
    path("reloj/", views.clock, name="taller-reloj"),
    path("personas/", views.add_person, name="taller-agregar"),
    path("personas/<int:pk>/sacar/", views.expel, name="taller-sacar"),
    path("personas/<int:pk>/readmitir/", views.readmit, name="taller-readmitir"),
    path("personas/<int:pk>/equipo/", views.move, name="taller-mover"),
    path("preguntar/", board_views.ask, name="taller-preguntar"),
    path("mostrar/", stage_views.show, name="taller-mostrar"),
    path("escenas/<slug:stage>/", stage_views.act_on, name="taller-escena"),
    path("despejar/", board_views.clear, name="taller-despejar"),
    path("presentar/", board_views.present, name="taller-presentar"),
    path("preguntas/<int:pk>/cronometro/", board_views.pitch_clock, name="taller-cronometro"),
    path("preguntas/<int:pk>/fase/", board_views.turn, name="taller-fase"),
    path("preguntas/<int:pk>/notas/", board_views.type_notes, name="taller-capturar"),
    path("preguntas/<int:pk>/acomodar/", board_views.arrange, name="taller-acomodar"),
]
