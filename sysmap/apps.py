from django.apps import AppConfig


class SysmapConfig(AppConfig):
    name = "sysmap"
    verbose_name = "Mapa del sistema"
