from django.urls import path

from . import views

urlpatterns = [
    path("", views.versions, name="plan-versiones"),
    path("<int:number>/partir/", views.start_from, name="plan-partir-de"),
    path("<int:number>/plan.<slug:fmt>", views.download, name="plan-archivo"),
]
