"""Included at c/<token>/: no account is needed, only the secret."""

from django.urls import path

from . import public_views

urlpatterns = [
    path("", public_views.home, name="compartido"),
    path("identidad.css", public_views.look, name="compartido-identidad"),
    path("logo.png", public_views.logo, name="compartido-logo"),
    path("<slug:key>/", public_views.product, name="compartido-producto"),
    path("<slug:key>.pdf", public_views.paper, {"fmt": "pdf"}, name="compartido-pdf"),
    path("<slug:key>.docx", public_views.paper, {"fmt": "docx"}, name="compartido-docx"),
    path("<slug:key>.xlsx", public_views.paper, {"fmt": "xlsx"}, name="compartido-xlsx"),
]
