"""What Session 6 and the Plan prove of the method."""

from sessions_app.evidence import knows

from .progress import known_of

knows(known_of)
