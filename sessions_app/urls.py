from django.urls import include, path

from . import converters, views  # noqa: F401  (registers <session:…>)

urlpatterns = [
    path("", views.sessions, name="sesiones"),
    path("<session:session>/", views.session, name="sesion"),
    path("<session:session>/carta/", include("sessions_app.design.urls")),
    path("<session:session>/planillas/", include("sessions_app.worksheets.urls")),
    path("<session:session>/taller/", include("sessions_app.live.urls")),
    path("<session:session>/registro/", include("sessions_app.record.urls")),
]
