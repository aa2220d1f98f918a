"""What any session does with a room."""

from .live import stages
from .live.collecting import CollectStage

stages.register(CollectStage())
