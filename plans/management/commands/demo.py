from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plans.demo.load import NotOurs, accounts_text, load


class Command(BaseCommand):
    help = (
        "Carga la demostración: dos programas y cinco organizaciones inventadas, con sus cuentas. "
        "Se puede repetir: deja los datos de ejemplo como nuevos."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--aunque-no-sea-prueba",
            "--force",
            action="store_true",
            dest="force",
            help="Cárgala aunque DEBUG esté apagado; las cuentas tienen una contraseña que cualquiera conoce.",
        )

    def handle(self, *args, force, **options):
        if not settings.DEBUG and not force:
            raise CommandError(
                "Aquí DEBUG está apagado, como en un servidor de verdad, y la demostración crea cuentas con una "
                "contraseña que cualquiera conoce. No se cambió nada. Si es tu propia computadora, escribe DEBUG=true "
                "en el archivo .env. Si es un servidor de prueba, sin datos de personas, repite la orden con "
                "--aunque-no-sea-prueba."
            )
        try:
            load()
        except NotOurs as error:
            raise CommandError(str(error)) from error
        self.stdout.write(accounts_text())
