"""Changes to allies."""

from alianzas import services as shared
from sysmap.models import Actor

from .models import Ally


def ally_from_actor(*, actor) -> Ally:
    """The ally that `actor` of the map is; it becomes one the first time."""
    known = Ally.objects.filter(actor=actor).first()
    return known or shared.append(Ally(organization=actor.organization, actor=actor))


def new_ally(*, organization, name) -> Ally:
    """The ally called `name` (any case), so that nobody is typed twice: an actor of the map, an ally, or a new one."""
    name = name.strip()
    actor = Actor.objects.filter(name__iexact=name).first()
    if actor:
        return ally_from_actor(actor=actor)
    known = Ally.objects.filter(actor__isnull=True, name__iexact=name).first()
    return known or shared.append(Ally(organization=organization, name=name))
