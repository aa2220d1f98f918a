from django.urls import path

from . import plan_views

urlpatterns = [
    path("", plan_views.home, name="inicio"),
]
