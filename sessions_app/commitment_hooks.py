"""How the list of commitments calls what was born in a session or in the plan de trabajo."""

from alianzas.commitments.hooks import Source, names_sources

from . import curriculum
from .workplan.services import SOURCE_PREFIX


@names_sources
def of_the_method(key: str) -> Source | None:
    if key.startswith(SOURCE_PREFIX):
        return Source("Plan de trabajo", page="plan-de-trabajo")
    prompt, *_ = key.partition(":")  # what follows says for whom, and which item is missing
    for find in (curriculum.activity, curriculum.activity_of):
        try:
            return Source(find(prompt).title)
        except KeyError:
            continue
    return None
