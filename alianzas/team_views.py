"""Who may enter an organisation. Managed by those who facilitate it, or who coordinate its programme."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from . import services
from .forms import MemberForm
from .once import slow


@slow
def team(request, org):
    """The people of the organisation; inviting one more."""
    if request.method == "POST" and not request.access.can_facilitate:
        raise PermissionDenied("El equipo lo administra quien facilita el proceso.")
    form = MemberForm(request.POST or None)
    if form.is_valid():
        try:
            member = services.add_member(organization=org, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            _invite(request, org, member.user)
            messages.success(request, f"{member.user} ya puede entrar. Le enviamos un correo con las instrucciones.")
            return redirect("equipo", org.slug)
    members = org.memberships.select_related("user").order_by("role", "user__email")
    context = {"form": form, "members": members}
    return render(request, "alianzas/team.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request, org, pk):
    member = get_object_or_404(org.memberships, pk=pk)
    if not request.access.can_facilitate:
        raise PermissionDenied("El equipo lo administra quien facilita el proceso.")
    try:
        services.remove_member(membership=member, by=request.user)
        messages.success(request, f"{member.user} ya no tiene acceso.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("inicio") if member.user == request.user else redirect("equipo", org.slug)


def _invite(request, org, user):
    context = {
        "organization": org,
        "inviter": request.user,
        "has_password": user.has_usable_password(),
        "login": request.build_absolute_uri(reverse("account_login")),
        "reset": request.build_absolute_uri(reverse("account_reset_password")),
    }
    send_mail(
        f"Te invitaron a trabajar con {org.name} en Alianzas",
        render_to_string("alianzas/invitation.txt", context),
        None,
        [user.email],
        fail_silently=True,
    )
