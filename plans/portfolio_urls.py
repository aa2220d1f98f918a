from django.urls import path

from . import plan_views
from .pack import views as pack_views

urlpatterns = [
    path("", plan_views.portfolio, name="portafolio"),
    path("planes.zip", pack_views.plans, name="planes-zip"),
]
