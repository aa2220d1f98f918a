"""What belongs to everybody and can be taken out."""

from .commitments import deliverables as _commitments  # noqa: F401
