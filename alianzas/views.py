"""Getting in, registering, and the organisation's own record."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from . import services
from .acting import refusals_on
from .concurrency import answer_status
from .exports.colours import readings
from .exports.styles import screen_css
from .forms import ActionLineForm, OrganizationForm, PhotoFactsForm, PhotoForm, RegistrationForm
from .identity import brand_of, sample_of, screen_faces
from .models import ActionLine, Photo, ProgramMembership
from .tenancy import page_behind


def not_there(request):
    """404 for everybody, as for an address that does not exist."""
    raise Http404


def form_of_another_session(request, reason=""):
    """A form from before somebody signed in again, in another tab perhaps: nothing was saved, and it is not lost."""
    return render(request, "403_csrf.html", {"page": page_behind(request, reverse("inicio"))}, status=403)


@login_required
def register(request):
    """Register an OSC: for those who facilitate or coordinate a programme; for others it does not exist."""
    if not ProgramMembership.objects.filter(user=request.user).exists():
        raise Http404
    form = RegistrationForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        with refusals_on(form):
            organization = services.register_organization(by=request.user, **form.facts())
            messages.success(request, f"Registraste {organization.name}.")
            if form.proposal and form.proposal.zone != organization.program.usual_zone:
                messages.info(request, f"{form.proposal}. Si no es la suya, cámbiala en «Organización».")
            return redirect("camino", organization.slug)
    return render(request, "alianzas/register.html", {"form": form}, status=422 if form.errors else 200)


def organization(request, org):
    """The ficha with lines of action, level and identity."""
    form = OrganizationForm(request.POST or None, request.FILES or None, instance=copy(org))
    if form.is_valid():
        with refusals_on(form):
            services.update_organization(organization=org, by=request.user, **form.facts())
            messages.success(request, "Guardamos la ficha.")
            return redirect("organizacion", org.slug)
    context = {
        "form": form,
        "lines": ActionLine.objects.all(),
        "level": org.process.get_level_display() if hasattr(org, "process") else "",
        "photo_count": Photo.objects.count(),
        "cover": mark_safe(sample_of(org)),  # noqa: S308 (the writer escapes all text)
        "readings": readings(brand_of(org)),
    }
    return render(request, "alianzas/organization.html", context, status=answer_status(form))


def line(request, org, pk=None):
    """Add or change a line of action."""
    row = get_object_or_404(ActionLine, pk=pk) if pk else None
    form = ActionLineForm(request.POST or None, organization=org, instance=row)
    if form.is_valid():
        with refusals_on(form):
            _keep_line(form, row)
            messages.success(request, "Guardamos la línea de acción.")
            return redirect("organizacion", org.slug)
    return render(request, "alianzas/line.html", {"form": form, "line": row}, status=answer_status(form))


def _keep_line(form, row):
    if form.is_the_same:
        services.keep_line_as(line=form.instance, name=form.alike)
    elif row:
        services.save(form.instance)
    else:
        services.append(form.instance)


@require_POST
def move_line(request, org, pk, step):
    row = get_object_or_404(ActionLine, pk=pk)
    services.move(row=row, siblings=ActionLine.objects.all(), step=-1 if step == "subir" else 1)
    return redirect("organizacion", org.slug)


@require_POST
def delete_line(request, org, pk):
    row = get_object_or_404(ActionLine, pk=pk)
    try:
        services.remove(row=row, in_use=f"«{row}» tiene estrategias: muévelas a otra línea o bórralas antes.")
        messages.success(request, f"Borramos «{row}».")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("organizacion", org.slug)


@require_GET
def logo(request, org):
    """The logo, behind the lock."""
    if not org.logo:
        raise Http404
    return _private_file(org.logo, "image/png")


def photos(request, org):
    """Photos of the process; those marked go into the Plan."""
    form = PhotoForm(request.POST or None, request.FILES or None, instance=Photo(organization=org))
    if form.is_valid():
        with refusals_on(form):
            facts = dict(form.cleaned_data)
            services.add_photo(organization=org, image=facts.pop("picture"), **facts)
            messages.success(request, "Agregamos la foto, sin sus metadatos.")
            return redirect("fotos", org.slug)
    context = {"form": form, "photos": Photo.objects.all()}
    return render(request, "alianzas/photos.html", context, status=422 if form.errors else 200)


@require_GET
def photo(request, org, pk):
    return _private_file(get_object_or_404(Photo, pk=pk).image, "image/jpeg")


def change_photo(request, org, pk):
    """Correct what is said of a photo; the picture itself stays."""
    row = get_object_or_404(Photo, pk=pk)
    form = PhotoFactsForm(request.POST or None, instance=row)
    if form.is_valid():
        with refusals_on(form):
            services.save(form.instance)
            messages.success(request, "Guardamos los datos de la foto.")
            return redirect("fotos", org.slug)
    context = {"form": form, "photo": row}
    return render(request, "alianzas/photo.html", context, status=answer_status(form))


@require_POST
def delete_photo(request, org, pk):
    services.delete_photo(photo=get_object_or_404(Photo, pk=pk))
    messages.success(request, "Borramos la foto.")
    return redirect("fotos", org.slug)


@require_GET
def identity_css(request, org):
    """The style sheet of on-screen previews in the organisation's colours: our pages allow no inline style."""
    brand = brand_of(org)
    css = f"{screen_faces(brand)}\n{screen_css(brand)}"
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "private, max-age=60"})


def _private_file(file, content_type):
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        opened,
        content_type=content_type,
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )
