"""The texts of the Plan as they are drafted from data, and what became of them in people's hands. Pure."""

from dataclasses import dataclass
from datetime import datetime

from plans.words import counted, filled, words

SECTIONS = (
    "cover",
    "semblanza",
    "purpose",
    "participants",
    "objectives",
    "axes",
    "map",
    "lines",
    "outcomes",
    "next_steps",
    "conclusions",
    "photos",
)
TEXTS = (
    "semblanza", "purpose", "participants", "objectives", "axes", "map", "outcomes", "next_steps", "conclusions",
)  # fmt: skip


@dataclass(frozen=True)
class SectionText:
    """A text of the Plan: what data make of it now, and what people wrote over it, if they did.

    `drafted` is what data made of it when they wrote, `set_aside` their text since they went back to the draft.
    """

    key: str
    draft: str
    own: str = ""
    drafted: str = ""
    set_aside: str = ""
    author: object = None  # User
    updated_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        return bool(self.own)

    @property
    def shown(self) -> str:
        return self.own or self.draft

    @property
    def has_changed(self) -> bool:
        """Whether the data say something else than when people wrote their text."""
        return bool(self.own and self.drafted) and self.drafted != self.draft

    @property
    def state(self) -> tuple[str, str]:
        """(words, kind of tag)."""
        if self.has_changed:
            return "Los datos cambiaron", "could"
        return ("Escrito por ustedes", "works") if self.is_own else ("Propuesto con sus datos", "plain")

    def may_be_written_over(self, was: str) -> bool:
        """Whether somebody who read `was` writes over nobody's work: a draft is nobody's."""
        return was == self.own if self.own else was != self.set_aside or not was


def drafts(organization, *, strategies: int, allies: int) -> dict[str, str]:
    """Every text by its key, as the data make it."""
    said = words()
    simple = {
        key: filled(said[key]["text"], organization)
        for key in ("purpose", "participants", "axes", "map", "outcomes", "next_steps")
    }
    return simple | {
        "semblanza": _semblanza(organization, said["semblanza"]),
        "objectives": "\n".join(filled(item, organization) for item in said["objectives"]["items"]),
        "conclusions": _conclusions(organization, said["conclusions"], strategies, allies),
    }


def _semblanza(organization, said):
    facts = {"vision": organization.vision, "mission": organization.mission, "result": organization.desired_result}
    if not (organization.vision or organization.mission):
        return filled(said["none"], organization)
    parts = [filled(said[key], organization, texto=text.strip()) for key, text in facts.items() if text.strip()]
    return "\n\n".join(parts)


def _conclusions(organization, said, strategies, allies):
    parts = [filled(said["text"], organization)]
    if strategies and allies:
        parts.append(
            filled(
                said["chosen"],
                organization,
                ejes=counted(strategies, "una estrategia", "estrategias"),
                aliados=counted(allies, "un potencial aliado", "potenciales aliados"),
            )
        )
    parts.append(filled(said["closing"], organization))
    return "\n\n".join(parts)
