from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions_app"
    verbose_name = "Sesiones"

    def ready(self):
        from . import checks  # noqa: F401
        from .live import door  # noqa: F401  (guests enter through it)
