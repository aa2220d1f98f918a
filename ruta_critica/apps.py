from django.apps import AppConfig


class RutaCriticaConfig(AppConfig):
    name = "ruta_critica"
    verbose_name = "Ruta Crítica"
