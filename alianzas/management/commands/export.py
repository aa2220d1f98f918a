"""manage.py export <org-slug> <key> <format> -o FILE: the same documents as in the browser."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alianzas.exports import base
from alianzas.exports.errors import RenderError, UnknownFormat
from alianzas.models import Organization
from alianzas.tenancy import inside


class Command(BaseCommand):
    help = "Escribe un entregable de una organización en un archivo (o en la salida estándar con -o -)."

    def add_arguments(self, parser):
        parser.add_argument("organization", help="dirección corta de la organización")
        parser.add_argument("key", help="clave del entregable, por ejemplo plan-de-alianzas")
        parser.add_argument("format", help="pdf, docx, xlsx, svg o png")
        parser.add_argument("-o", "--output", required=True, help="archivo de salida")

    def handle(self, *, organization, key, format, output, **options):
        org = Organization.objects.select_related("program").filter(slug=organization).first()
        if org is None:
            raise CommandError(f"No hay ninguna organización con la dirección «{organization}».")
        try:
            deliverable = base.get(key)
            deliverable.require(format)
            with inside(org):
                content, _ = base.render_cached(deliverable.document(org, format), format)
        except KeyError:
            raise CommandError(f"No hay entregable «{key}». Hay: {', '.join(sorted(base.load_catalogue()))}.") from None
        except (UnknownFormat, RenderError) as error:
            raise CommandError(str(error)) from error
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        Path(output).write_bytes(content)
        self.stderr.write(f"{output}: {len(content):,} bytes")
