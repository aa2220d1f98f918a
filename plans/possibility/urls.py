from django.urls import path

from . import views

urlpatterns = [
    path("", views.possibility, name="posibilidad"),
    path("abrir/", views.open_reading, name="abrir-posibilidad"),
    path("<int:pk>/responder/", views.position, name="responder-posibilidad"),
    path("<int:pk>/salon/", views.room, name="posibilidad-en-el-salon"),
    path("<int:pk>/cerrar/", views.close_reading, name="cerrar-posibilidad"),
    path("<int:pk>/cancelar/", views.cancel_reading, name="cancelar-posibilidad"),
]
