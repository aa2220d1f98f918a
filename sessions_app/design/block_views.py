"""One block of the orden del día in the browser."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alianzas.concurrency import Changed, answer_status
from sessions_app.models import AgendaItem

from . import prefill, services
from .forms import BlockForm, DivideForm, LockForm, MinutesForm, MoveForm, ReasonForm
from .views import Trouble, answer, carta_of, kept

KINDS = {
    "actividad": ("Agregar actividad", {"minutes": 30}),
    "receso": (
        "Agregar receso",
        {"title": prefill.BREAK_TITLES["coffee"], "minutes": prefill.COFFEE, "is_break": True},
    ),
    "comida": (
        "Agregar pausa para comer",
        {"title": prefill.BREAK_TITLES["meal"], "minutes": prefill.MEAL, "is_break": True},
    ),
}


def line_of(org, session, block):
    """The carta and the block that an address names, or 404."""
    found = carta_of(org, session)
    line = found.find(block)
    if line is None:
        raise Http404
    return found, line


def _change(request, org, session, block, form, field, verb, said, **kwargs):
    """Check one thing typed at a block, change it and answer with the agenda, or with what is wrong at its field."""
    _, line = line_of(org, session, block)
    if form.is_valid():
        facts = {**form.cleaned_data, **kwargs}
        try:
            item = verb(organization=org, session_key=session, block=block, **facts)
            return answer(request, org, session, said=said.format(item), block=block)
        except AgendaItem.DoesNotExist:
            raise Http404 from None
        except Changed as error:
            trouble = Trouble(field, error.message, line.ref, form.data.get(field, ""), status=409)
            return answer(request, org, session, trouble=trouble)
        except ValidationError as error:
            form.add_error(None, error.messages)
    wrong = " ".join(text for texts in form.errors.values() for text in texts)
    typed = form.data.get(field, "")
    return answer(request, org, session, trouble=Trouble(field, wrong, line.ref, typed))


@require_POST
def minutes(request, org, session, block):
    form = MinutesForm(request.POST)
    return _change(
        request, org, session, block, form, "minutes", services.set_minutes, "Cambiamos los minutos de «{}»."
    )


@require_POST
def lock(request, org, session, block):
    """Fix the hour of a block; an empty one lets it go."""
    form = LockForm({} if "soltar" in request.POST else request.POST)
    said = "«{}» ya no tiene hora fija." if "soltar" in request.POST else "«{}» tiene hora fija."
    return _change(request, org, session, block, form, "locked_start", services.set_lock, said)


@require_POST
def skip(request, org, session, block):
    form = ReasonForm(request.POST)
    return _change(request, org, session, block, form, "reason", services.skip_block, "«{}» se omite.")


@require_POST
def restore(request, org, session, block):
    return _change(request, org, session, block, Form(request.POST), "agenda", services.restore_block, "«{}» vuelve.")


@require_POST
def move(request, org, session, block, step):
    form = MoveForm(request.POST)
    step = -1 if step == "subir" else 1
    return _change(request, org, session, block, form, "agenda", services.move_block, "Movimos «{}».", step=step)


def block(request, org, session, block):
    """Everything of one block on a page of its own, with what else can be done to it."""
    found, line = line_of(org, session, block)
    form = BlockForm(request.POST or None, instance=copy(line.item), carta=found, line=line)
    if form.is_valid() and kept(form, services.edit_block, organization=org, session_key=session, block=line.ref):
        messages.success(request, f"Guardamos «{form.cleaned_data['title']}».")
        return redirect(reverse("carta", args=[org.slug, session]) + f"#bloque-{line.ref}")
    context = {"form": form, "carta": found, "line": line, "divide_form": _divide_form(line)}
    return render(request, "design/block.html", context, status=answer_status(form))


def new_block(request, org, session):
    """A block of one's own: activity, break or meal."""
    found = carta_of(org, session)
    kind = request.GET.get("tipo", "actividad")
    title, facts = KINDS.get(kind, KINDS["actividad"])
    form = BlockForm(
        request.POST or None,
        instance=AgendaItem(organization=org, **facts),
        carta=found,
        initial={"after": request.GET.get("despues", _last_place(found))},
    )
    after = request.POST.get("after", "")
    if form.is_valid() and kept(form, services.add_block, organization=org, session_key=session, after=after):
        messages.success(request, f"Agregamos «{form.cleaned_data['title']}».")
        return redirect(reverse("carta", args=[org.slug, session]) + "#orden")
    context = {"form": form, "carta": found, "title": title}
    return render(request, "design/new_block.html", context, status=422 if form.errors else 200)


def _last_place(found):
    """After the last block that is not the close."""
    places = [line.ref for line in found.lines if not line.item.is_close]
    return places[-1] if places else ""


@require_POST
def divide(request, org, session, block):
    """Divide a block in two, with or without a pause between."""
    found, line = line_of(org, session, block)
    form = DivideForm(request.POST)
    kwargs = {"organization": org, "session_key": session, "block": line.ref}
    if form.is_valid() and kept(form, services.divide_block, **kwargs, facts=form.cleaned_data):
        messages.success(request, f"Dividimos «{line.item.title}» en dos.")
        return redirect(reverse("carta", args=[org.slug, session]) + f"#bloque-{line.ref}")
    edit = BlockForm(instance=copy(line.item), carta=found, line=line)
    context = {"form": edit, "carta": found, "line": line, "divide_form": form}
    return render(request, "design/block.html", context, status=422)


@require_POST
def delete(request, org, session, block):
    """Delete one's own block."""
    form = Form(request.POST)
    return _change(request, org, session, block, form, "agenda", services.delete_block, "Borramos «{}».")


def _divide_form(line):
    inner = line.activity.inner_break if line.activity and not line.is_own else None
    if inner and inner.after < line.item.minutes:
        return DivideForm(initial={"first": inner.after, "pause": inner.minutes, "inside": True})
    return DivideForm(initial={"first": max(line.item.minutes // 2, 1), "pause": 0 if line.item.is_break else 15})
