"""What a service refuses is shown where it came from, with everything that was typed.

`refusals_on` puts it on the form. What a view did not foresee is answered by `RefusalMiddleware`: never an error page.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import render

SAME_MOMENT = "Alguien guardó lo mismo en este momento. Revisa cómo quedó y, si hace falta, envía lo tuyo otra vez."
log = logging.getLogger(__name__)


@contextmanager
def refusals_on(form, field: str | None = None) -> Iterator[None]:
    """Do what stands inside; what is refused goes beside the field that it names, else to `field` or the whole form.

    Nothing of what was done inside is kept then, and the view goes on to answer with the form.
    """
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        for name, messages in _told(error).items():
            form.add_error(name if name in form.fields else field, messages)


def _told(error):
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}


class RefusalMiddleware:
    """The last resort: what is refused is said on a page that holds all that was typed and sends it again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """422 with the reason for a ValidationError, 409 for a row that the database has already."""
        if request.method != "POST" or not isinstance(exception, ValidationError | IntegrityError):
            return None
        is_refused = isinstance(exception, ValidationError)
        if not is_refused:
            log.exception("The database refused a row", exc_info=exception)
        sent = ((name, text) for name, texts in request.POST.lists() for text in texts)
        typed = [(name, text) for name, text in sent if name != "csrfmiddlewaretoken"]
        context = {
            "problems": exception.messages if is_refused else [SAME_MOMENT],
            "typed": [(name, text, " " in text or "\n" in text) for name, text in typed],
        }
        return render(request, "422.html", context, status=422 if is_refused else 409)
