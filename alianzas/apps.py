from django.apps import AppConfig


class AlianzasConfig(AppConfig):
    name = "alianzas"
    verbose_name = "Alianzas"

    def ready(self):
        from . import checks  # noqa: F401
