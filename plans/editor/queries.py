"""What the editor of the Plan shows: its sections with their state, the preview, and what helps to write."""

from dataclasses import dataclass

from alianzas.commitments import hooks
from alianzas.exports.base import NOT_READ
from alianzas.exports.html import fragment
from alianzas.identity import document_of
from alianzas.models import Photo
from alianzas.veiling import veiled
from plans import completeness
from plans.completeness import Missing, missing
from plans.deliverables import section_blocks
from plans.models import Candidate, Round
from plans.progress import REVIEWED
from plans.words import words
from sessions_app import curriculum
from sessions_app.models import PartReview
from sessions_app.states import PartState, state_of
from sessions_app.worksheets.blocks import value_blocks
from sessions_app.worksheets.queries import answers_to
from sessions_app.worksheets.reading import Shown, shown

from .drafts import SECTIONS, SectionText
from .origins import Line, by_section, origins

WHY_ALLIES = "S1.3"
# Where the data of a section are worked, for those that are not written in the Plan alone.
PLACES = {
    "cover": ("Logotipo, colores y tipografía", "organizacion"),
    "semblanza": ("Misión y visión", "organizacion"),
    "participants": ("Lista de participantes", "participantes"),
    "axes": ("Prioridades", "prioridades"),
    "map": ("Mapa y matriz", "mapa"),
    "lines": ("Diagnóstico de estrategias", "resultados"),
    "outcomes": ("Mapa de resultados", "mapa-de-resultados"),
    "photos": ("Agregar fotos", "fotos"),
}


@dataclass(frozen=True)
class Section:
    """A part of the Plan (domain §9) as the editor shows it."""

    key: str
    title: str
    hint: str
    text: SectionText | None
    missing: list[Missing]
    place: tuple[str, str] | None
    is_whole: bool = True
    has_begun: bool = True
    is_reviewed: bool = False

    @property
    def state(self) -> PartState:
        return state_of(float(self.is_whole), is_reviewed=self.is_reviewed, has_begun=self.has_begun)

    @property
    def asks(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.missing) or bool(self.text and self.text.has_changed)


def lacking(data, hide) -> list[Missing]:
    """What the Plan lacks, as it may be read: it quotes what people wrote."""
    return list(veiled(tuple(missing(data)), hide, {"section", "url_name", "args", "anchor"}))


def lines_by_section(data, *, edits: bool) -> dict[str, list[Line]]:
    """Where each line comes from, as it may be read by somebody who may edit or only read."""
    return by_section(veiled(tuple(origins(data, places_by_vote(), edits=edits)), hooks.veil(), {"section", "url"}))


def places_by_vote() -> dict[int, Candidate]:
    """The candidates that got a place in an accepted round, by their strategy. One query."""
    won = Candidate.objects.filter(round__state=Round.State.ACCEPTED, place__isnull=False, strategy__isnull=False)
    return {candidate.strategy_id: candidate for candidate in won.select_related("round")}


def sections(data, missing: list[Missing]) -> list[Section]:
    """Every part in the order of the document, each with what it lacks. One query."""
    reviewed = set(PartReview.objects.filter(part__startswith=REVIEWED).values_list("part", flat=True))
    begun, incomplete = completeness.begun(data), completeness.incomplete(data, missing)
    return [
        Section(
            key,
            title_of(key),
            words()[key]["hint"],
            data.texts.get(key),
            [one for one in missing if one.section == key],
            PLACES.get(key),
            is_whole=key not in incomplete,
            has_begun=key in begun,
            is_reviewed=f"{REVIEWED}{key}" in reviewed,
        )
        for key in SECTIONS
    ]


def title_of(key: str) -> str:
    """How the editor calls a section; the title in the document may say more."""
    return words()[key].get("name") or words()[key]["title"]


def previews(data, keys=SECTIONS) -> dict[str, str]:
    """The HTML of each of those sections that says anything, as the documents say it, names hidden."""
    hide, found = hooks.veil(), {}
    for key in keys:
        if blocks := section_blocks(data, key):
            document = veiled(document_of(data.organization, words()["title"], blocks), hide, NOT_READ)
            found[key] = fragment(document, name=key)
    return found


def photos() -> list[Photo]:
    """Every photo of the process, those of the Plan first and in its order."""
    return list(in_plan_order())


def in_plan_order():
    return Photo.objects.order_by("-in_plan", "-has_consent", "position", "pk")


def why_allies(hide) -> list[tuple[str, list[Shown]]]:
    """What teams answered in S1.3 about why alliances, question by question: a hint for the conclusions."""
    prompts = [one for one in curriculum.activity(WHY_ALLIES).prompts if not (one.private or one.confidential)]
    answers = answers_to(prompts)
    found = []
    for prompt in prompts:
        if prompt.sensitive or prompt.kind in ("photo", "file", "drawing"):
            continue
        blocks = [
            veiled(block, hide, NOT_READ)
            for answer in answers.of(prompt)
            for block in value_blocks(prompt, answer.value, answers.frame(prompt))
        ]
        if blocks:
            found.append((prompt.text, shown(blocks)))
    return found
