"""Reads of the Recuperación de aprendizajes."""

from dataclasses import dataclass

from alianzas.models import Level, Process
from sessions_app.models import LevelAssessment

from . import scoring


@dataclass(frozen=True)
class Assessment:
    """One round of the history, with its answers in words."""

    row: LevelAssessment
    replies: tuple[scoring.Reply, ...]

    @property
    def differs(self) -> bool:
        return self.row.decided != self.row.suggested


@dataclass(frozen=True)
class LevelState:
    """The level of an organisation as it stands, and how it came to be."""

    process: Process
    history: tuple[Assessment, ...]

    @property
    def level(self) -> str:
        return self.process.level

    @property
    def label(self) -> str:
        return Level(self.level).label if self.level else "Por decidir"

    @property
    def latest(self) -> Assessment | None:
        return self.history[0] if self.history else None

    @property
    def changed_since(self) -> bool:
        """Whether the level was changed elsewhere after the last assessment."""
        return bool(self.latest) and self.latest.row.decided != self.level


def level_state(organization) -> LevelState:
    """Process and history, the newest first. Two queries."""
    process = Process.objects.filter(organization=organization).first() or Process(organization=organization)
    rows = LevelAssessment.objects.select_related("by")
    return LevelState(process, tuple(Assessment(row, scoring.in_words(row.answers)) for row in rows))
