"""What can be done to organisations and the rows that all floors share. Each verb is one transaction."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.text import slugify

from .models import (
    ActionLine,
    Event,
    InCalendar,
    Invitation,
    Membership,
    Organization,
    OrgRole,
    Photo,
    Process,
    User,
)
from .names import key_of
from .tenancy import inside

ANSWERED = "Esa invitación ya no espera respuesta."


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
    with inside(organization):
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
    earlier, zone = organization.logo.name, organization.zone
    for name, value in facts.items():
        setattr(organization, name, value)
    organization.full_clean(exclude=["logo"])
    organization.save()
    if logo:
        organization.logo.save("logo.png", logo)
        if earlier:
            transaction.on_commit(lambda: organization.logo.storage.delete(earlier))
    if organization.zone != zone:
        outdate_calendars(organization)
    record(organization=organization, user=by, verb="organization.changed")


@transaction.atomic
def set_level(*, organization, by, level):
    """Decide the level; the path of sessions follows from it (domain §1.8)."""
    process, _ = Process.objects.get_or_create(organization=organization)
    process.level = level
    save(process)
    record(organization=organization, user=by, verb="process.level", detail={"level": level})


@transaction.atomic
def invite(*, organization, by, email, role) -> Membership | Invitation:
    """Ask somebody in with `role`; the role of who is in already changes at once.

    An address that has no account gets one, without a password, and comes in: only its mailbox can make the password.
    An account that exists is not let in until it accepts: that it carries an address does not prove whose it is.
    Records an Event.
    """
    lock(organization)
    user = User.objects.filter(email__iexact=email).first()
    if user and not organization.memberships.filter(user=user).exists():
        row, _ = Invitation.objects.update_or_create(
            organization=organization, user=user, defaults={"role": role, "by": by}
        )
        record(organization=organization, user=by, verb="member.invited", detail={"user": user.pk, "role": role})
        return row
    return _let_in(organization, user or User.objects.create_user(email), role, by)


@transaction.atomic
def accept(*, invitation):
    """Come in with the role that the invitation says; ValidationError when it is gone meanwhile. Records an Event."""
    organization, user = invitation.organization, invitation.user
    lock(organization)
    row = Invitation.objects.filter(pk=invitation.pk).first()
    if row is None:
        raise ValidationError(ANSWERED)
    with inside(organization):
        _let_in(organization, user, row.role, user)
    row.delete()


@transaction.atomic
def withdraw(*, invitation, by):
    """End an invitation that nobody answered, for whom it asks or who administers the team. Records an Event."""
    organization, detail = invitation.organization, {"user": invitation.user_id}
    invitation.delete()
    with inside(organization):
        record(organization=organization, user=by, verb="member.not_in", detail=detail)


def _let_in(organization, user, role, by):
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


def outdate_calendars(organization):
    """All that calendars know of the organisation is to be read again: its clocks or protected names changed."""
    now = timezone.now()
    for model in apps.get_models():
        if issubclass(model, InCalendar):
            rows = model.objects.filter(organization=organization)
            rows.update(sequence=models.F("sequence") + 1, modified_at=now)


def lock(organization):
    """Make other writers of this organisation's order wait until the transaction ends."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def save(row):
    """Validate `row`, wherever it comes from, and save it, with the version that calendars know it by."""
    row.full_clean()
    if isinstance(row, InCalendar):
        count_version_of(row)
    row.save()
    return row


def count_version_of(row: InCalendar):
    """Give `row` its first version, or the next one if what calendars show of it is no longer what was read."""
    before, row.shown_before = row.shown_before, row.shown()
    if row._state.adding:
        row.modified_at = timezone.now()
    elif row.shown_before != before:
        row.count_version()


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
