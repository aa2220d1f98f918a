"""What any session does with a room."""

from .live import stages
from .live.collecting import CollectStage
from .live.rating import RateStage

stages.register(CollectStage())
stages.register(RateStage())
