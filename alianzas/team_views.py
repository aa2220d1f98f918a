"""Who may enter an organisation. Managed by those who facilitate it, or who coordinate its programme."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from . import services
from .forms import MemberForm
from .models import Invitation
from .once import slow


@slow
def team(request, org):
    """The people of the organisation; inviting one more."""
    if request.method == "POST":
        _require_facilitator(request)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        try:
            row = services.invite(organization=org, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            _write_to(request, org, row)
            messages.success(request, _what_happened(row))
            return redirect("equipo", org.slug)
    context = {
        "form": form,
        "members": org.memberships.select_related("user").order_by("role", "user__email"),
        "invitations": org.invitations.select_related("user") if request.access.can_facilitate else [],
    }
    return render(request, "alianzas/team.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request, org, pk):
    """Take back an invitation that waits for its answer."""
    _require_facilitator(request)
    row = get_object_or_404(org.invitations.select_related("user"), pk=pk)
    services.withdraw(invitation=row, by=request.user)
    messages.success(request, f"Retiramos la invitación a {row.user.email}.")
    return redirect("equipo", org.slug)


@require_POST
@login_required
def answer(request, pk, what):
    """`/invitaciones/<pk>/aceptar|rechazar/`: the person who was asked in says yes or no; others find nothing."""
    row = request.user.invitations.select_related("organization").filter(pk=pk).first()
    if row is None:
        messages.info(request, services.ANSWERED)
        return redirect("inicio")
    if what == "rechazar":
        services.withdraw(invitation=row, by=request.user)
        messages.success(request, f"Dijiste que no a la invitación de {row.organization}.")
        return redirect("inicio")
    try:
        services.accept(invitation=row)
    except ValidationError as error:
        messages.info(request, error.message)
        return redirect("inicio")
    messages.success(request, f"Ya puedes trabajar con {row.organization}.")
    return redirect("camino", row.organization.slug)


@require_POST
def remove(request, org, pk):
    member = get_object_or_404(org.memberships, pk=pk)
    _require_facilitator(request)
    try:
        services.remove_member(membership=member, by=request.user)
        messages.success(request, f"{member.user} ya no tiene acceso.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("inicio") if member.user == request.user else redirect("equipo", org.slug)


def _require_facilitator(request):
    if not request.access.can_facilitate:
        raise PermissionDenied("El equipo lo administra quien facilita el proceso.")


def _what_happened(row):
    if isinstance(row, Invitation):
        return f"{row.user.email} ya tiene cuenta: entrará cuando acepte tu invitación. Le avisamos por correo."
    return f"{row.user} ya puede entrar. Le enviamos un correo con las instrucciones."


def _write_to(request, org, row):
    context = {
        "organization": org,
        "inviter": request.user,
        "has_to_accept": isinstance(row, Invitation),
        "has_password": row.user.has_usable_password(),
        "login": request.build_absolute_uri(reverse("account_login")),
        "reset": request.build_absolute_uri(reverse("account_reset_password")),
    }
    send_mail(
        f"Te invitaron a trabajar con {org.name} en Alianzas",
        render_to_string("alianzas/invitation.txt", context),
        None,
        [row.user.email],
        fail_silently=True,
    )
