"""Turns the texts of `data/` into rows: the same ones however many times it runs."""

import tomllib
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_scopes import scope

from alianzas.models import (
    ActionLine,
    Commitment,
    Invitation,
    Membership,
    Organization,
    OrgModel,
    Photo,
    Process,
    Program,
    ProgramMembership,
    User,
)
from alianzas.tenancy import inside
from plans.editor.texts import write_text
from plans.models import OutcomeActivity, OutcomeMarker, OutcomeRow, PlanText, Strategy, StrategyLine
from ruta_critica.models import Ally
from sessions_app.models import Attendance
from sysmap.models import Actor
from sysmap.services import keep as keep_actor

from . import (
    cartas,
    mapa,
    pictures,
    registro,
    relacion,
    resultados,
    seguimiento,
    taller,
    trabajo,
    versiones,
    worksheets,
)

DATA = Path(__file__).parent / "data"


class NotOurs(Exception):
    """What the demonstration would replace belongs to somebody else; the message says what to do."""


def load():
    """Create the demonstration afresh, whatever became of an earlier one.

    Deletes the organisations and accounts of the demonstration with all that was added to them, and their files once
    the change is certain. Its programmes stay, with whatever else was registered in them. Raises NotOurs.
    """
    cast = _read("programas")
    drawn = {slug: _drawn(_read(slug)) for program in cast["programs"] for slug in program["organizations"]}
    new_folders = []
    try:
        with transaction.atomic():
            _refuse_what_is_not_ours(cast)
            _forget(cast)
            _create(cast, drawn, new_folders)
    except BaseException:
        for folder in new_folders:
            _remove(folder)
        raise


def accounts_text():
    """The accounts of the demonstration, what each may do, and their password; empty when there are none."""
    cast = _read("programas")
    lines = []
    for user in User.objects.filter(email__in=_emails(cast)).order_by("pk"):
        lines.append(f"{user.email}  ({user.name})")
        for membership in user.program_memberships.select_related("program"):
            lines.append(f"    {membership.get_role_display()}: {membership.program}")
        for membership in user.memberships.select_related("organization"):
            lines.append(f"    {membership.get_role_display()}: {membership.organization}")
    if not lines:
        return ""
    return "\n".join([f"Cuentas de la demostración, todas con la contraseña {cast['password']}", "", *lines])


def _emails(cast):
    return [account["email"] for account in cast["accounts"]]


def _read(name):
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _drawn(data):
    """`data` with its pictures as files, drawn before the database is locked."""
    about = data["organization"]
    data["logo"] = pictures.logo(data["logo"], about["primary_color"], about["accent_color"])
    for photo in data.get("photos", []):
        photo["image"] = pictures.photo(photo.pop("scene"))
    return data


# ── What was there ──────────────────────────────────────────────────────────────────────────────────────────


def _refuse_what_is_not_ours(cast):
    """A programme is ours when one of our accounts works in it; an organisation, when its programme is."""
    for program in cast["programs"]:
        ours = Program.objects.filter(memberships__user__email__in=_emails(cast), slug=program["slug"])
        if Program.objects.filter(slug=program["slug"]).exists() and not ours.exists():
            raise NotOurs(
                f"Ya existe un programa con la dirección corta «{program['slug']}» que no es de la demostración. "
                "No se cambió nada: cámbiale la dirección o usa otra base de datos."
            )
        taken = Organization.objects.filter(slug__in=program["organizations"])
        if other := taken.exclude(program__slug=program["slug"]).first():
            raise NotOurs(
                f"La organización «{other}» ya usa la dirección corta «{other.slug}» y no es de la demostración. "
                "No se cambió nada: cámbiale la dirección o usa otra base de datos."
            )


def _forget(cast):
    for program in cast["programs"]:
        for organization in Organization.objects.filter(slug__in=program["organizations"]):
            with scope(organization=organization):
                for model in _pointing_first():
                    model.objects.all().delete()
            transaction.on_commit(partial(_remove, str(organization.pk)))
            organization.delete()
    User.objects.filter(email__in=_emails(cast)).delete()


def _pointing_first():
    """Every table of organisations' rows; those that point at others before what they point at, for PROTECT."""
    tables = [model for model in apps.get_models() if issubclass(model, OrgModel)]
    points_at = {
        model: {field.related_model for field in model._meta.concrete_fields if field.is_relation} - {model}
        for model in tables
    }
    return [model for model in reversed([*TopologicalSorter(points_at).static_order()]) if model in tables]


def _remove(folder):
    """Delete a folder of the stored files, with all it holds."""
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        _remove(f"{folder}/{name}")
    default_storage.delete(folder)


# ── What there will be ──────────────────────────────────────────────────────────────────────────────────────


def _create(cast, drawn, new_folders):
    programs, organizations = {}, {}
    for entry in cast["programs"]:
        slug, members = entry["slug"], entry["organizations"]
        texts = {"name": entry["name"], "funder_text": entry["funder_text"]}
        programs[slug], _ = Program.objects.update_or_create(slug=slug, defaults=texts)
        for member in members:
            data = drawn[member]
            organizations[member] = row = _save(Organization, data["organization"], program=programs[slug])
            new_folders.append(str(row.pk))
            row.logo.save("logo.png", ContentFile(data["logo"]))
            with inside(row):
                _fill(row, data)
    for entry in cast["accounts"]:
        user = User.objects.create_user(entry["email"], cast["password"], name=entry["name"])
        for slug, role in entry.get("programs", {}).items():
            _save(ProgramMembership, {"role": role}, user=user, program=programs[slug])
        for slug, role in entry.get("organizations", {}).items():
            _save(Membership, {"role": role}, user=user, organization=organizations[slug])
        for slug, role in entry.get("invitations", {}).items():
            _save(Invitation, {"role": role}, user=user, organization=organizations[slug])
    for row in organizations.values():
        with inside(row):
            for desk in (registro, cartas, worksheets, trabajo, mapa, relacion, resultados, taller):
                desk.load(row)
            _write_plan(row, drawn[row.slug])
            versiones.load(row)
            seguimiento.load(row)


def _fill(organization, data):
    """All rows of one organisation; entries name each other by `key` and keep the order they are written in."""
    save = partial(_save, organization=organization)

    def entries(table):
        for position, entry in enumerate(data.get(table, [])):
            yield entry.pop("key", None), {"position": position}, entry

    save(Process, data["process"])
    lines, actors, strategies, allies = {}, {}, {}, {}
    for key, place, entry in entries("lines"):
        lines[key] = save(ActionLine, entry, **place)
    for key, _, entry in entries("actors"):
        named = {"organization": organization, "key": mapa.key_of(organization, key)}
        actors[key] = keep_actor(Actor(**entry, **named))
    for key, place, entry in entries("strategies"):
        line, others = lines[entry.pop("line")], entry.pop("also_serves", [])
        strategies[key] = save(Strategy, entry, **place, line=line)
        for other in others:
            save(StrategyLine, {}, strategy=strategies[key], line=lines[other])
    for key, place, entry in entries("allies"):
        actor = actors[entry.pop("actor")] if "actor" in entry else None
        allies[key] = save(Ally, entry, **place, actor=actor)
    for _, place, entry in entries("outcomes"):
        strategy, ally = strategies[entry["strategy"]], allies[entry["ally"]]
        row = save(OutcomeRow, {"objective": entry["objective"]}, **place, strategy=strategy, ally=ally)
        markers = [(horizon, text) for horizon, texts in entry["markers"].items() for text in texts]
        for position, (horizon, text) in enumerate(markers):
            who = entry.get("who", {}).get(horizon, "") if text == entry["markers"][horizon][0] else ""
            facts = {"horizon": horizon, "text": text, "who_changes": who}
            save(OutcomeMarker, facts, position=position, row=row)
        for position, promise in enumerate(entry["activities"]):
            commitment = save(Commitment, promise, source="S6.6")
            save(OutcomeActivity, {}, position=position, row=row, commitment=commitment)
    for entry in data.get("commitments", []):
        save(Commitment, entry)
    for session, posts in data.get("attendance", {}).items():
        for position, post in enumerate(posts):
            save(Attendance, {"session_key": session, "post": post}, position=position)
    for _, place, entry in entries("photos"):
        image = ContentFile(entry.pop("image"), name="foto.jpg")
        save(Photo, entry, **place, image=image, has_consent=True)


def _write_plan(organization, data):
    """The texts that people wrote, once everything that they speak of is there."""
    for key, text in data.get("plan", {}).items():
        write_text(organization=organization, by=None, key=key, text=text)
    for key, text in data.get("plan_drafted", {}).items():  # what the data said when it was written
        PlanText.objects.filter(key=key).update(drafted=text.strip())


def _save(model, entry, **links):
    row = model(**entry, **links)
    row.full_clean()
    row.save()
    return row
