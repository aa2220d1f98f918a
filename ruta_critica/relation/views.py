"""The relation with an ally in the browser: its journal, its health and trust. For those who edit, reading included."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from alianzas import deliverable_views
from alianzas.concurrency import SEEN, Changed, answer_status
from ruta_critica.models import Ally

from . import health, queries, services, trust_drawing
from .documents import DOCUMENTS
from .forms import EntryForm, HealthForm, TrustForm
from .models import HealthCheck, JournalEntry, TrustCheck

PAGE = 20
MODELS = {"bitacora": JournalEntry, "salud": HealthCheck, "confianza": TrustCheck}
PAGES = {JournalEntry: "aliado-bitacora", HealthCheck: "aliado-salud", TrustCheck: "aliado-salud"}
CHANGED = "Otra persona cambió esto mientras escribías. Abajo está lo que guardó; si guardas, queda lo tuyo."
GONE = "Otra persona borró esto mientras escribías. Si guardas, vuelve con lo tuyo."


def _for_editors(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.access.can_edit:
            raise PermissionDenied("La bitácora y la salud de una alianza las lee quien trabaja con los aliados.")
        return view(request, *args, **kwargs)

    return guarded


# ── Journal ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@_for_editors
def journal(request, org, pk):
    """What happened with an ally, newest first, and a short form on top."""
    ally = _ally(pk)
    form = entry_form(request, ally)
    if form.is_valid() and _kept(form, services.add):
        messages.success(request, f"Anotado en la bitácora de «{ally}».")
        return redirect("aliado-bitacora", org.slug, pk)
    kind = request.GET.get("clase", "")
    page = Paginator(queries.journal(ally, kind), PAGE).get_page(request.GET.get("pagina"))
    gone = queries.deleted(JournalEntry, ally)
    context = {
        "ally": ally,
        "form": form,
        "kind": kind if kind in JournalEntry.Kind.values else "",
        "kinds": JournalEntry.Kind.choices,
        "page": page,
        "entries": queries.with_promises(page.object_list),
        "contact": queries.contacts([ally], timezone.localdate()).get(ally.pk),
        "deleted": gone,
        "undo": _undo(request, gone),
        "document": DOCUMENTS["bitacora-aliado"],
    }
    return render(request, "ruta_critica/journal.html", context, status=422 if form.errors else 200)


@_for_editors
def entry(request, org, entry):
    """Change an entry of the journal; two people on one of them see what the other wrote."""
    return _edit(request, org, get_object_or_404(_rows(JournalEntry), key=entry), EntryForm, "ruta_critica/entry.html")


def entry_form(request, ally):
    """The short form, for the page of the journal and that of the ally."""
    fresh = JournalEntry(organization=request.org, ally=ally, author=request.user)
    return EntryForm(request.POST or None, instance=fresh, today=timezone.localdate())


# ── Health and trust ────────────────────────────────────────────────────────────────────────────────────────────────


@_for_editors
def alliance_health(request, org, pk):
    """How both sides see the alliance, today and before; a POST brings a measure of trust."""
    ally = _ally(pk)
    fresh = TrustCheck(organization=org, ally=ally, author=request.user)
    form = TrustForm(request.POST or None, instance=fresh, today=timezone.localdate())
    if form.is_valid() and _kept(form, services.add):
        messages.success(request, f"Guardamos la confianza: {form.instance.result}.")
        return redirect("aliado-salud", org.slug, pk)
    trust = queries.trust_of(ally)
    points = [(one.on, one.result) for one in reversed(trust)]
    gone = [("salud", one) for one in queries.deleted(HealthCheck, ally)]
    gone += [("confianza", one) for one in queries.deleted(TrustCheck, ally)]
    context = {
        "ally": ally,
        "health": queries.health_of(ally, timezone.localdate()),
        "domains": health.domains(),
        "trust": trust,
        "picture": mark_safe(trust_drawing.line(points, f"Confianza con {ally} en el tiempo")),  # noqa: S308 (escaped)
        "form": form,
        "deleted": gone,
        "undo": _undo(request, [one for what, one in gone if what == request.GET.get("que")]),
        "document": DOCUMENTS["salud-aliado"],
    }
    return render(request, "ruta_critica/health.html", context, status=422 if form.errors else 200)


@_for_editors
def new_check(request, org, pk):
    """Look at the health of the alliance, from one of its two sides."""
    ally = _ally(pk)
    initial = {"side": request.GET.get("parte", HealthCheck.Side.US), "kind": request.GET.get("clase", "light")}
    fresh = HealthCheck(organization=org, ally=ally, author=request.user)
    form = HealthForm(request.POST or None, instance=fresh, initial=initial, today=timezone.localdate())
    if form.is_valid() and _kept(form, services.add):
        messages.success(request, "Guardamos la revisión.")
        return redirect("aliado-salud", org.slug, pk)
    context = {"form": form, "ally": ally}
    return render(request, "ruta_critica/check.html", context, status=422 if form.errors else 200)


@_for_editors
def check(request, org, pk):
    """Change a check of the health of an alliance."""
    return _edit(request, org, get_object_or_404(_rows(HealthCheck), pk=pk), HealthForm, "ruta_critica/check.html")


# ── What holds for all of them ──────────────────────────────────────────────────────────────────────────────────────


@_for_editors
@require_POST
def delete(request, org, what, pk):
    """Delete without asking; the page it leads to offers to bring it back."""
    row = services.delete(row=_told_or_404(what, pk), by=request.user)
    page = redirect(PAGES[type(row)], org.slug, row.ally_id)
    page["Location"] += f"?que={what}&borrada={row.pk}"
    return page


@_for_editors
@require_POST
def restore(request, org, what, pk):
    row = services.restore(row=_told_or_404(what, pk), by=request.user)
    messages.success(request, f"Volvió: {row}.")
    return redirect(PAGES[type(row)], org.slug, row.ally_id)


@_for_editors
@require_GET
def document(request, org, pk, key, fmt):
    """A document of the relation with one ally as a file."""
    ally = _ally(pk)
    return deliverable_views.one_of(request, org, DOCUMENTS, key, fmt, whom=str(ally), allies=[ally])


def _edit(request, org, row, make_form, template):
    version, stale = row.version, None
    form = make_form(request.POST or None, instance=row, today=timezone.localdate())
    if form.is_valid():
        try:
            if _kept(form, services.change, version=_version(request, row)):
                messages.success(request, "Guardamos el cambio.")
                return redirect(PAGES[type(row)], org.slug, row.ally_id)
        except Changed as error:
            stale, version = error.now, error.now.version
            form.add_error(None, GONE if stale.deleted_at else CHANGED)
    elif request.method == "POST":
        version = _version(request, row)
    context = {"form": form, "ally": row.ally, "row": row, "version": version, "stale": _as_kept(stale)}
    return render(request, template, context, status=answer_status(form))


def _as_kept(row):
    """What another person kept, ready to be read beside what is written now."""
    if isinstance(row, HealthCheck):
        row.looked = health.look(row.side, row.kind, row.on, row.marks)
    return row


def _version(request, row):
    """Over which version somebody wrote: the present one, where the form has told already what others changed."""
    if request.POST.get(SEEN) and not row.deleted_at:
        return row.version
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


def _kept(form, verb, **more):
    """Run `verb` on the row of the form; what it refuses is shown there, with nothing lost."""
    try:
        verb(row=form.instance, **more)
    except Changed:
        raise
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _undo(request, gone):
    """What was deleted a moment ago, as the address says."""
    return next((one for one in gone if str(one.pk) == request.GET.get("borrada")), None)


def _told_or_404(what, pk):
    if what not in MODELS:
        raise Http404
    return get_object_or_404(_rows(MODELS[what]), pk=pk)


def _rows(model):
    return model.objects.select_related("organization", "ally__actor", "author")


def _ally(pk):
    return get_object_or_404(Ally.objects.select_related("actor", "organization"), pk=pk)
