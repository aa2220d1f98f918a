from django.urls import path

from . import views

urlpatterns = [
    path("", views.record, name="registro"),
    path("personas/", views.add_person, name="registro-anotar"),
    path("personas/pegar/", views.paste_people, name="registro-pegar"),
    path("personas/copiar/", views.copy_people, name="registro-copiar"),
    path("personas/asistencia/", views.note_attendance, name="registro-asistencia"),
    path("personas/<int:pk>/", views.person, name="registro-persona"),
    path("personas/<int:pk>/borrar/", views.delete_person, name="registro-borrar-persona"),
    path("fotos/", views.add_photo, name="registro-foto"),
    path("fotos/<int:pk>/", views.photo, name="registro-cambiar-foto"),
    path("fotos/<int:pk>/borrar/", views.delete_photo, name="registro-borrar-foto"),
    path("productos/", views.mark_product, name="registro-producto"),
    path("pasos/", views.add_step, name="registro-agregar-paso"),
    path("pasos/<int:pk>/", views.step, name="registro-paso"),
    path("pasos/<int:pk>/borrar/", views.delete_step, name="registro-borrar-paso"),
]
