"""manage.py programa NAME --coordina EMAIL: the first programme of a new server and who coordinates it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from alianzas import zones
from alianzas.models import Program, ProgramMembership, ProgramRole, User


class Command(BaseCommand):
    help = "Crea un programa (si no existe) y da a una persona su coordinación y su facilitación."

    def add_arguments(self, parser):
        parser.add_argument("name", help="nombre del programa")
        parser.add_argument("--coordina", metavar="CORREO", help="quien ve todas sus organizaciones")
        parser.add_argument("--facilita", metavar="CORREO", help="quien registra organizaciones y las acompaña")

        parser.add_argument("--zona", choices=zones.LABELS, help="hora de las organizaciones que no elijan otra")

    @transaction.atomic
    def handle(self, *, name, coordina, facilita, zona=None, **options):
        if not (coordina or facilita):
            raise CommandError("Di quién: --coordina correo o --facilita correo.")
        program, _ = Program.objects.get_or_create(slug=slugify(name), defaults={"name": name})
        if zona:
            program.time_zone = zona
            program.save(update_fields=["time_zone"])
        for email, role in ((coordina, ProgramRole.MANAGER), (facilita, ProgramRole.FACILITATOR)):
            if email:
                ProgramMembership.objects.update_or_create(
                    program=program, user=_person(email), defaults={"role": role}
                )
        self.stdout.write(f"{program}: listo. La contraseña se crea en /cuenta/password/reset/.")


def _person(email):
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"«{email}» no es un correo.") from None
    return User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
