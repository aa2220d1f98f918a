"""What Session 6 does with a room in a workshop."""

from sessions_app.live import sources, stages

from .ballots.room import VoteStage
from .diagnosis.room import SOURCE
from .possibility.room import LineStage

sources.register(SOURCE)
stages.register(LineStage())
stages.register(VoteStage())
