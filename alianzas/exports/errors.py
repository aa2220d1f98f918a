"""What can go wrong while a document is made; messages are shown to people, in Spanish."""


class ExportError(Exception):
    """Base of all export errors."""


class UnknownBlock(ExportError, TypeError):
    """A writer met a block that it does not know."""

    def __init__(self, block: object, writer: str):
        super().__init__(f"{writer} no sabe escribir un bloque {type(block).__name__}")


class UnknownFormat(ExportError, ValueError):
    """A format that no writer makes, or that a deliverable does not offer."""


class RenderError(ExportError):
    """A document could not be drawn within its limits of time and memory."""
