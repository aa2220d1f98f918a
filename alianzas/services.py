"""What can be done to organisations and the rows that all floors share. Each verb is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.text import slugify
from django_scopes import scope

from .models import (
    ActionLine,
    Event,
    Membership,
    Organization,
    OrgRole,
    Photo,
    Process,
    User,
)
from .names import key_of


@transaction.atomic
def register_organization(*, by, program, lines=(), logo=None, level="", **facts) -> Organization:
    """Register an OSC in `program` with its lines of action.

    Side effects: starts its Process today; whoever registers facilitates it until they hand that over; records an
    Event. `logo` is a file already cleaned by `images.clean_logo`.
    """
    organization = Organization(program=program, slug=_free_slug(facts["name"]), **facts)
    organization.full_clean(exclude=["logo"])
    organization.save()
    if logo:
        organization.logo.save("logo.png", logo)
    with scope(organization=organization):
        Process.objects.create(organization=organization, level=level, started_on=timezone.localdate())
        for name in lines:
            add_action_line(organization=organization, name=name)
        record(organization=organization, user=by, verb="organization.registered")
    Membership.objects.create(organization=organization, user=by, role=OrgRole.FACILITATOR)
    return organization


def _free_slug(name):
    base = slugify(name)[:50].strip("-") or "organizacion"
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 3) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def update_organization(*, organization, by, logo=None, **facts):
    """Change the ficha. A new `logo` replaces the earlier file once the change is certain."""
    earlier = organization.logo.name
    for name, value in facts.items():
        setattr(organization, name, value)
    organization.full_clean(exclude=["logo"])
    organization.save()
    if logo:
        organization.logo.save("logo.png", logo)
        if earlier:
            transaction.on_commit(lambda: organization.logo.storage.delete(earlier))
    record(organization=organization, user=by, verb="organization.changed")


@transaction.atomic
def set_level(*, organization, by, level):
    """Decide the level; the path of sessions follows from it (domain §1.8)."""
    process, _ = Process.objects.get_or_create(organization=organization)
    process.level = level
    save(process)
    record(organization=organization, user=by, verb="process.level", detail={"level": level})


@transaction.atomic
def add_member(*, organization, by, email, role) -> Membership:
    """Let somebody in with `role`, changing the role of who was in already.

    Side effects: makes an account without a password for an unknown e-mail; records an Event.
    """
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
    membership, _ = Membership.objects.update_or_create(organization=organization, user=user, defaults={"role": role})
    _keep_a_facilitator(organization)
    record(organization=organization, user=by, verb="member.added", detail={"user": user.pk, "role": role})
    return membership


@transaction.atomic
def remove_member(*, membership, by):
    """Take the access away; the last person who facilitates stays. Records an Event."""
    organization, user = membership.organization, membership.user
    membership.delete()
    _keep_a_facilitator(organization)
    record(organization=organization, user=by, verb="member.removed", detail={"user": user.pk})


def _keep_a_facilitator(organization):
    if not organization.memberships.filter(role=OrgRole.FACILITATOR).exists():
        raise ValidationError("Tiene que quedar al menos una persona que facilite.")


def add_action_line(*, organization, name, description="") -> ActionLine:
    return append(ActionLine(organization=organization, name=name, description=description))


@transaction.atomic
def keep_line_as(*, line: ActionLine, name: str) -> ActionLine:
    """What was written of a new `line` goes to the one called `name`, which people said is the same.

    ValidationError when `line` is there already, or both have a description and they do not fit into one.
    """
    kept = ActionLine.objects.filter(name_key=key_of(name)).first()
    if line.pk or kept is None:
        raise ValidationError("Las dos ya están guardadas: pasa sus estrategias a una y borra la otra.")
    if line.description and line.description != kept.description:
        kept.description = "\n".join(filter(None, [kept.description, line.description]))
    return save(kept)


def append(row):
    """Validate `row` (a `Positioned`) and save it after the last one of its organisation."""
    last = type(row).objects.filter(organization=row.organization).aggregate(last=Max("position"))["last"]
    row.position = 0 if last is None else last + 1
    return save(row)


def lock(organization):
    """Make other writers of this organisation's order wait until the transaction ends."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def save(row):
    """Validate `row`, wherever it comes from, and save it."""
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def move(*, row, siblings, step, field="position", start=0):
    """Move `row` by `step` places (−1 = up) among `siblings` (an ordered queryset) and renumber their `field`.

    ValidationError when somebody has taken `row` out of them meanwhile.
    """
    order = list(siblings.select_for_update())
    if row not in order:
        raise ValidationError("Ya no está en la lista: recarga la página.")
    here = order.index(row)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    renumber(order, field, start=start)


def renumber(rows, field, *, start):
    """Give `rows` consecutive numbers in `field`, writing only those that change."""
    changed = []
    for number, row in enumerate(rows, start):
        if getattr(row, field) != number:
            setattr(row, field, number)
            changed.append(row)
    if changed:
        type(changed[0]).objects.bulk_update(changed, [field])


def remove(*, row, in_use):
    """Delete `row`; when others depend on it, ValidationError with the text `in_use` and nothing changes."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise ValidationError(in_use) from error


@transaction.atomic
def add_photo(*, organization, image, caption, activity_key="", in_plan=True, has_consent=False) -> Photo:
    """Keep a picture already cleaned by `images.clean_photo`."""
    photo = Photo(
        organization=organization,
        caption=caption,
        activity_key=activity_key,
        in_plan=in_plan,
        has_consent=has_consent,
    )
    photo.image.save("foto.jpg", image, save=False)
    return append(photo)


@transaction.atomic
def delete_photo(*, photo):
    """Delete the row and, once that is certain, its file."""
    storage, name = photo.image.storage, photo.image.name
    photo.delete()
    transaction.on_commit(lambda: storage.delete(name))


def record(*, organization, user, verb, detail=None):
    """Append to the trace of the organisation."""
    Event.objects.create(organization=organization, user=user, verb=verb, detail=detail or {})
