"""The only list of apps."""

from django.urls import include, path, re_path

from . import team_views, views

urlpatterns = [
    path("", include("plans.home_urls")),
    path("organizaciones/nueva/", views.register, name="registrar"),
    re_path(
        r"^invitaciones/(?P<pk>\d{1,18})/(?P<what>aceptar|rechazar)/$", team_views.answer, name="responder-invitacion"
    ),
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
    re_path(r"^cuenta/email/", views.not_there),  # nobody may say without proof that an address is theirs
    path("cuenta/", include("allauth.account.urls")),
    path("cuenta/dos-pasos/", include("allauth.mfa.urls")),
]
