"""What whoever facilitates does with a stage of the run, such as a vote."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sessions_app import curriculum

from . import stages
from .views import act, page, run_or_404


@require_POST
def show(request, org, session):
    """Put a stage on the screen."""
    run = run_or_404(request, session)
    return act(request, session, stages.show, run=run, stage=_stage_or_404(run, request.POST.get("escena", "")))


@require_POST
@sensitive_post_parameters()
def act_on(request, org, session, stage):
    """One more step of it; what is refused stays on the page as it was typed."""
    run = run_or_404(request, session)
    found = _stage_or_404(run, stage)
    try:
        said = found.act(run, request.POST.get("que", ""), request.POST, request.user)
    except KeyError:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return page(request, curriculum.session(session), run, 422, sent={found.key: request.POST})
    if said:
        messages.success(request, said)
    return redirect("taller", request.org.slug, session)


def _stage_or_404(run, key):
    found = stages.stage_of(run, key)
    if found is None:
        raise Http404
    return found
