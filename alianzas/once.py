"""A form has one effect, however often it arrives: a second tap, Back and send again, six at once.

Every form that a page shows to somebody with an account has a key (`templatetags.once`). The middleware, which stands
inside the lock, remembers the forms that were applied by a digest of key, person, address and what was sent, and where
each one led; what comes again is led there too, and nothing else happens. The same key with other words in the form is
something new, so that nothing typed is lost.

One form at a time changes an organisation: what a view reads to decide, it still finds when it writes. A view that
takes long (`slow`) is not waited for, and one that takes part in something secret (`forgets`) leaves no trace here.
"""

import hashlib
from contextlib import nullcontext
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from .models import AppliedForm, Organization

KEY = "once"
KEPT = timedelta(days=30)  # longer than a session: who comes back to an older page has to sign in first
LONGEST = timedelta(minutes=15)  # a `slow` view that takes longer has died


def slow(view):
    """Mark a view that renders or reads files for long, or sends mail: others write meanwhile."""
    view.is_slow = True
    return view


def forgets(view):
    """Mark a view whose forms leave no trace; it sees by itself to what comes twice."""
    view.forgets = True
    return view


class OnceMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = _view_of(request)
        if view is None or getattr(view, "forgets", False) or not _is_form(request):
            return self.get_response(request)
        if getattr(view, "is_slow", False):
            return self._apply(request, nullcontext())
        return self._apply(request, transaction.atomic(), is_whole=True)

    def _apply(self, request, whole, *, is_whole=False):
        with whole:
            if is_whole and request.org:
                request.org.refresh_from_db(from_queryset=Organization.objects.select_for_update())
            digest = digest_of(request)
            _forget_old()
            form, is_new = AppliedForm.objects.get_or_create(digest=digest)
            if not is_new:
                return _again(request, form)
            response = self.get_response(request)
            if response.status_code in (301, 302, 303) and not _was_refused(request):
                form.location = response["Location"][: AppliedForm.LONGEST]
                form.save(update_fields=["location"])
            else:  # nothing came of it, or something that is shown this one time: it may be sent again
                form.delete()
            if is_whole and response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def _view_of(request):
    """The view that a POST goes to; None for what is no business of ours: passwords, guests."""
    if request.method != "POST" or request.guest or not request.user.is_authenticated:
        return None
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return None
    return None if view.__module__.startswith("allauth.") else view


def _is_form(request) -> bool:
    """Whether a page was sent whole; what scripts send from a page that stays has its own ways (`outbox.js`)."""
    return bool(request.POST.get(KEY)) and not request.htmx and "X-Requested-With" not in request.headers


def digest_of(request) -> str:
    """What names this form: who sent which words, under which key, to which address."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    found = hashlib.sha256(repr((request.user.pk, request.get_full_path(), sent)).encode("utf-8", "surrogatepass"))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, file.name, file.size)).encode("utf-8", "surrogatepass"))
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()


def _was_refused(request) -> bool:
    """Whether the page that comes next will say that it could not be done: then it may be tried again."""
    return any(one.level >= messages.ERROR for one in messages.get_messages(request)._queued_messages)


def _again(request, form):
    if form.location:
        messages.info(request, "Ya lo habíamos guardado: quedó una sola vez.")
        return redirect(form.location)
    messages.info(request, "Lo estamos guardando: en un momento lo verás aquí.")
    return redirect(request.get_full_path())


def _forget_old():
    now = timezone.now()
    AppliedForm.objects.filter(Q(at__lt=now - KEPT) | Q(at__lt=now - LONGEST, location="")).delete()
