"""How the list of commitments calls what was born in the follow-up of markers."""

from alianzas.commitments.hooks import Source, names_sources


@names_sources
def of_the_follow_up(key: str) -> Source | None:
    return Source("Seguimiento de indicadores") if key == "seguimiento" else None
