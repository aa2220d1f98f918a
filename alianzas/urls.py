"""The only list of apps."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", include("plans.home_urls")),
    path("organizaciones/nueva/", views.register, name="registrar"),
    path("portafolio/", include("plans.portfolio_urls")),
    path("o/<slug:org>/", include("alianzas.org_urls")),
    path("o/<slug:org>/compromisos/", include("alianzas.commitments.urls")),
    path("o/<slug:org>/nivel/", include("sessions_app.level.urls")),
    path("o/<slug:org>/biblioteca/", include("sessions_app.library.urls")),
    path("o/<slug:org>/plan-de-trabajo/", include("sessions_app.workplan.urls")),
    path("o/<slug:org>/sesiones/", include("sessions_app.urls")),
    path("o/<slug:org>/mapa/", include("sysmap.urls")),
    path("o/<slug:org>/ruta/", include("ruta_critica.urls")),
    path("o/<slug:org>/", include("plans.urls")),
    path("t/", include("sessions_app.live.guest_urls")),
    path("calendario/", include("alianzas.commitments.feed_urls")),
    path("c/<str:link>/", include("plans.sharing.public_urls")),
    path("cuenta/", include("allauth.account.urls")),
    path("cuenta/dos-pasos/", include("allauth.mfa.urls")),
]
